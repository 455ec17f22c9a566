"""What the addenda of the outpatient rule share, those of surgery centers (ASC) and those of hospitals (OPPS).

An addendum is a table below a few rows of title and notices: the first row names it and its year (`Addendum AA --
... for CY 2026`, `Addendum B.-- ... for CY 2025`), a later one begins with `HCPCS Code`, in Addendum A with `APC`, and
holds the titles. Notes
(`NOTE 1: ...`) and blank rows may follow the last code. As csv or as txt with tabs, in UTF-8 or Windows-1252.

Columns are found by their titles, because their number and order vary. Titles of a quarterly addendum begin with its
month (`July 2026 Payment Rate`), and the number of a footnote may end them (`Copayment1`); the column behind the code
has no title and holds stars. A csv may drop the empty cells at the end of a row, and its last line end. A no-break
space may come as `ÿ`, from a program of DOS.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from codes.cms.layout import (
    CHANGED,
    Column,
    Layout,
    LayoutError,
    Line,
    Record,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
)
from codes.cms.workbook import is_workbook, sheets

FIRST_TITLE, GROUP = "HCPCS Code", "APC"
_FIRST_TITLES = (FIRST_TITLE, GROUP)
STARS = "stars"
MONTHS = {"January": 1, "April": 4, "July": 7, "October": 10}
_NAME = re.compile(r"Addendum\s+([A-Z]{1,2}\d?)\b", re.IGNORECASE)
_YEAR = re.compile(r"\bCY\s*(20\d\d)\b")
_DATED = re.compile(rf"({'|'.join(MONTHS)})\s+(20\d\d)\s+(.+)")
_NO_BREAK = re.compile("[\u00a0ÿ]")
_FOOTNOTE = re.compile(r"(?<=[a-z])\d$")


class Addendum(NamedTuple):
    """One addendum: `name` as CMS letters it ("AA"), the year, the first month of its quarter (0 where no title says
    it), and its rows below the titles, without notes and blank rows."""

    file: str
    name: str
    year: int
    month: int
    rows: Iterator[Row]


def read_addenda(stream: BinaryIO, file: str, required: dict[str, tuple[str, ...]]) -> Iterator[Addendum]:
    """The addenda of a file that `required` names, each with the columns that it must have: one of a csv or txt, one
    of each sheet of a workbook."""
    for records in _tables(stream, file):
        found = _addendum(list(records), file, required)
        if found:
            yield found


def _tables(stream: BinaryIO, file: str) -> Iterator[Iterator[Record]]:
    if is_workbook(file):
        yield from sheets(stream, file)
        return
    lines = list(numbered_lines(stream, file, open_end=True))
    yield csv_records(iter(lines), file, _delimiter(lines))


def _delimiter(lines: Iterable[Line]) -> str:
    """What stands behind the first title."""
    titles = (text for _, text in lines if text.startswith(_FIRST_TITLES))
    return "\t" if "\t" in next(titles, "") else ","


def _addendum(records: list[Record], file: str, required: dict[str, tuple[str, ...]]) -> Addendum | None:
    top = next(
        (n for n, (_, cells) in enumerate(records) if cells and cells[0].strip() in _FIRST_TITLES), None
    )
    heading = " ".join(" ".join(cells) for _, cells in records[: top or 1])
    named, year = _NAME.search(heading), _YEAR.search(heading)
    name = named[1].upper() if named else ""
    if name and name not in required:
        return None
    if top is None or not name or year is None:
        first = " or ".join(f'"{title}"' for title in _FIRST_TITLES)
        why = f'has no title with "Addendum" and "CY" above a row that begins with {first}. {CHANGED}'
        raise LayoutError(file, 0, "", None, why)
    line, cells = records[top]
    layout, month = _layout(file, line, cells, int(year[1]))
    for column in required[name]:
        if column not in layout.positions:
            raise LayoutError(file, line, column, None, f"no column has this title. {CHANGED}")
    return Addendum(file, name, int(year[1]), month, _rows(records[top + 1 :], file, layout))


def _layout(file: str, line: int, cells: list[str], year: int) -> tuple[Layout, int]:
    """The columns by their titles without month and footnote, and the month that the titles name."""
    titles, months = [], set()
    for number, cell in enumerate(cells):
        title = _FOOTNOTE.sub("", " ".join(cell.split()))
        if dated := _DATED.fullmatch(title):
            months.add((MONTHS[dated[1]], int(dated[2])))
            title = dated[3]
        titles.append(title or (STARS if number == 1 else f"column {number + 1}"))
    if len(months) > 1 or any(each != year for _, each in months):
        raise LayoutError(
            file, line, "", None, f"its titles name months of other years or quarters. {CHANGED}"
        )
    repeated = next((title for title in titles if titles.count(title) > 1), None)
    if repeated:
        raise LayoutError(file, line, repeated, None, f"two columns have this title. {CHANGED}")
    return Layout(map(Column, titles)), months.pop()[0] if months else 0


def _rows(records: Iterable[Record], file: str, layout: Layout) -> Iterator[Row]:
    width = len(layout.columns)
    for line, cells in records:
        if is_blank(cells) or (cells[0].startswith("NOTE") and is_blank(cells[1:])):
            continue
        if not is_blank(cells[width:]):
            why = f"has {len(cells)} cells, not {width}: a comma is not quoted"
            raise LayoutError(file, line, "", None, why)
        padded = [*cells[:width], *[""] * (width - len(cells))]
        yield layout.row(file, line, [_NO_BREAK.sub(" ", cell) for cell in padded])
