"""Documents to search: the sample's, and those of CMS's full-size files."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from codes.cms import hcpcs, pprrvu, rbcs
from codes.knowledge.code_life import code_ends, is_off_every_schedule
from codes.search import Document

FIXTURES = Path(__file__).parents[2] / "fixtures"
QUERIES = Path(__file__).parent
RELATIVE_VALUES = "PPRRVU2026_Jul_nonQPP.csv"
TABLES = (
    "queries.csv",
    "queries_all_codes.csv",
    "queries_unseen.csv",
    "queries_second_unseen.csv",
    "queries_third_unseen.csv",
    "queries_fourth_unseen.csv",
    "queries_fifth_unseen.csv",
    "queries_sixth_unseen.csv",
    "queries_seventh_unseen.csv",
    "queries_eighth_unseen.csv",
    "queries_ninth_unseen.csv",
    "queries_tenth_unseen.csv",
    "queries_eleventh_unseen.csv",
    "queries_twelfth_unseen.csv",
)


@cache
def sample_documents() -> Sequence[Document]:
    """Our names, and the HCPCS text and categories of the sample; no description of a CPT code."""
    with (
        (FIXTURES / "cms" / "hcpcs_level2_2025oct.csv").open("rb") as texts,
        (FIXTURES / "cms" / "rbcs_2024.csv").open("rb") as categories,
    ):
        return tuple(_documents({}, texts, categories))


def full_documents(cms_files: Path, *, licensed: bool) -> list[Document]:
    """All codes of July 2026, as a site would load them that has accepted the AMA's license, or has not."""
    reference = cms_files / "reference"
    with ZipFile(cms_files / "rvu26c.zip") as packed, packed.open(RELATIVE_VALUES) as stream:
        rows = pprrvu.parse(stream, RELATIVE_VALUES)  # type: ignore[arg-type]
        descriptions = {row.code: row.description if licensed else "" for row in rows}
    with (
        (reference / "hcpcs_level2_2025oct.csv").open("rb") as texts,
        (reference / "rbcs_2024.csv").open("rb") as categories,
    ):
        return list(_documents(descriptions, texts, categories))


def queries(name: str) -> list[tuple[str, frozenset[str]]]:
    """(query, acceptable codes) of a table beside this module."""
    with (QUERIES / name).open(encoding="utf-8", newline="") as file:
        return [(row["query"], frozenset(row["codes"].split())) for row in csv.DictReader(file)]


def _documents(descriptions: dict[str, str], texts: BinaryIO, categories: BinaryIO) -> Iterator[Document]:
    ours = {row["code"]: row for row in _names()}
    theirs = {row.code: row.long_description for row in _codes(hcpcs.parse(texts, "hcpcs.csv"))}
    kinds = {
        row.code: row for row in sorted(rbcs.parse(categories, "rbcs.csv"), key=lambda row: row.effective)
    }
    for code in sorted({*ours, *theirs, *descriptions}):
        name, kind = ours.get(code, {}), kinds.get(code)
        yield Document(
            code=code,
            name=name.get("plain_name", ""),
            words=name.get("words", ""),
            summary=name.get("summary", ""),
            band=int(name.get("band", 5)),
            description=descriptions.get(code, ""),
            hcpcs_text=theirs.get(code, ""),
            category=kind.category if kind else "",
            subcategory=kind.subcategory if kind else "",
            family=kind.family if kind else "",
            kind="cpt" if code[0].isdigit() else "hcpcs",
            is_deleted=bool(descriptions)
            and code not in descriptions
            and (code in code_ends() or is_off_every_schedule(code, descriptions)),
        )


def _codes(rows: Iterable[hcpcs.HcpcsRow | hcpcs.ModifierRow]) -> Iterator[hcpcs.HcpcsRow]:
    return (row for row in rows if isinstance(row, hcpcs.HcpcsRow))


def _names() -> Iterator[dict[str, str]]:
    for path in sorted((FIXTURES / "texts").glob("names_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
