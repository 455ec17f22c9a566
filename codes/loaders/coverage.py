"""The Medicare Coverage Database: the documents of a download to rows."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from codes.cms import coverage, coverage_tables
from codes.cms.archive import Member
from codes.cms.coverage import Document
from codes.cms.coverage_contractors import Rows as TableRows
from codes.cms.coverage_groups import Groups
from codes.cms.layout import LayoutError, Row
from codes.loaders.rows import Options, Rows

COLUMNS = (
    *("number", "title", "begins", "revised", "ends", "contractors", "equipment_states", "related"),
    *("codes", "supports", "excludes", "drugs"),
)


def articles(members: Sequence[Member]) -> Rows:
    """The articles of a download whose tables come in the order of `coverage_tables.ARTICLES`."""
    return map(_row, coverage.parse_articles(_tables(coverage_tables.ARTICLES, members)))


def lcds(members: Sequence[Member]) -> Rows:
    """The LCDs of a download whose tables come in the order of `coverage_tables.LCDS`."""
    return map(_row, coverage.parse_lcds(_tables(coverage_tables.LCDS, members)))


def one_table(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """A table is not read without the others."""
    raise LayoutError(file_name, 0, "", None, "is one table of the Medicare Coverage Database: load its zip")


def _tables(names: Iterable[str], members: Sequence[Member]) -> TableRows:
    by_name = dict(zip(names, members, strict=True))

    def rows(name: str) -> Iterator[Row]:
        with by_name[name].open() as stream:
            yield from coverage_tables.rows(stream, by_name[name].name, name)

    return rows


def _row(document: Document) -> tuple[Any, ...]:
    states = {state for each in document.contractors for state in each.equipment_states}
    return (
        document.number,
        document.title,
        document.begins,
        document.revised,
        document.ends,
        " ".join(dict.fromkeys(each.number for each in document.contractors)),
        " ".join(sorted(states)),
        " ".join(dict.fromkeys(document.related)),
        _groups(document.codes),
        _groups(document.supports, with_stars=True),
        _groups(document.excludes),
        json.dumps([_drug(each) for each in document.drugs]),
    )


def _groups(groups: Groups, *, with_stars: bool = False) -> str:
    """Groups as JSON, by their numbers."""
    return json.dumps(
        [
            {"number": group.number, "words": group.words, "codes": " ".join(dict.fromkeys(group.codes))}
            | ({"starred": " ".join(dict.fromkeys(group.starred)), "note": group.note} if with_stars else {})
            for _, group in sorted(groups.items())
        ]
    )


def _drug(drug: coverage.ListedDrug) -> dict[str, str]:
    return {"code": drug.code, "brand": drug.brand, "begins": _iso(drug.begins), "ends": _iso(drug.ends)}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
