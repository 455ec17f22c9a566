"""Groups of codes and of diagnoses in the documents of the Medicare Coverage Database."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from codes.cms import coercers, coverage_cells
from codes.cms.layout import Row

Groups = dict[int, "Group"]
Owned = Iterable[tuple[Row, Groups]]  # rows of a table, each with the groups of its document


@dataclass(slots=True)
class Group:
    """A group by its number: its paragraph without markup, its codes ("M17.0-M17.9" is a range), those of them with an
    asterisk, and what the asterisk means. Without codes it has no list."""

    number: int
    words: str = ""
    codes: list[str] = field(default_factory=list)
    starred: list[str] = field(default_factory=list)
    note: str = ""


def add_paragraphs(rows: Owned, column: str, note: str = "") -> None:
    """The paragraphs of groups whose number stands in `column`, with the note on asterisks where the table has one."""
    for row, groups in rows:
        group = _group(row, groups, column)
        group.words = coverage_cells.words(row.text("paragraph"))
        group.note = coverage_cells.words(row.text(note)) if note else ""


def add_codes(
    rows: Owned, column: str, group_column: str, coerce: Callable[[str], str], star: str = ""
) -> None:
    """The codes of groups, each once, in the order of the file. A group with XX000 alone stays empty."""
    for row, groups in rows:
        group = _group(row, groups, group_column)
        code = row.read(column, coerce)
        if code == coverage_cells.NO_LIST:
            continue
        if last := row.read("range", coverage_cells.last_of_range):
            code = f"{code}-{_end(row, last, coerce)}"
        group.codes.append(sys.intern(code))
        if star and row.read(star, coverage_cells.star):
            group.starred.append(sys.intern(code))


def _end(row: Row, last: str, coerce: Callable[[str], str]) -> str:
    try:
        return coerce(last)
    except ValueError as refusal:
        raise row.refuse("range", str(refusal), last) from None


def _group(row: Row, groups: Groups, column: str) -> Group:
    number = row.read(column, coercers.whole_number)
    return groups.setdefault(number, Group(number))
