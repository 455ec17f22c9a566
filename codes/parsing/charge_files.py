"""A practice's list of charges out of a file, .csv or .xlsx, as the text that `charges` reads: one line for each row.

Where a row near the top names the columns (CPT or Code, Fee or Charge, perhaps Modifier), those are read and no
others; else each row is read as it stands. A row keeps its number, so that an error names the row of the file.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from codes.cms.layout import LayoutError
from codes.cms.workbook import first_sheet, is_workbook
from codes.pricing.rounding import to_cents

MOST_ROWS = 6_000
MOST_UNPACKED = 8 * 1024**2
ROWS_TO_HEADINGS = 20
_HEADINGS = {
    "code": re.compile(
        r"(?:cpt|hcpcs)(?:[ /_-]+(?:cpt|hcpcs))?(?:[ _-]?codes?)?"
        r"|(?:(?:proc(?:edure)?|service|billing)[ _-]?)?codes?",
        re.IGNORECASE,
    ),
    "modifier": re.compile(r"mod(?:ifier)?s?(?:[ _-]?1)?", re.IGNORECASE),
    "charge": re.compile(
        r"(?:(?:standard|gross|our|billed|unit|usual)[ _-])?(?:charge|fee|price|amount|rate)s?", re.IGNORECASE
    ),
}
_LONG_FIGURE = re.compile(r"\d{1,7}\.\d{3,20}")

Row = Sequence[str]


def charges_in_file(name: str, content: bytes) -> str:
    """The lines of a file of charges. ValueError says what is wrong with it.

    >>> charges_in_file("fees.csv", b"CPT,Mod,Description,Fee\\n99213,,Visit,150.00\\n71046,26,Film,45\\n").splitlines()
    ['', '99213\\t150.00', '71046-26\\t45']
    """
    if is_workbook(name):
        rows = _rows_of_workbook(name, content)
    elif name.lower().endswith((".csv", ".txt", ".tsv")):
        rows = _rows_of_text(content)
    else:
        raise ValueError(f'"{name[-60:]}" is not a .csv or .xlsx file.')
    if len(rows) > MOST_ROWS:
        raise ValueError(f"At most {MOST_ROWS:,} rows; this file has {len(rows):,}.")
    return "\n".join(_lines(rows))


def _rows_of_workbook(name: str, content: bytes) -> list[Row]:
    """The first sheet; what a formula made is rounded to the cent."""
    try:
        sheet = list(first_sheet(io.BytesIO(content), name, MOST_ROWS + 1, most_bytes=MOST_UNPACKED))
    except LayoutError:
        raise ValueError(
            "The file can't be read as an Excel workbook (.xlsx). Save it as .csv and try again."
        ) from None
    return [[_to_cents(cell) for cell in cells] for _, cells in sheet]


def _rows_of_text(content: bytes) -> list[Row]:
    """The cells of text in UTF-8, UTF-16 or, as old spreadsheets write it, Windows-1252."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text[:2000].splitlines()[:1]
        delimiter = max(",;\t|", key=lambda mark: first[0].count(mark)) if first else ","
        try:
            return list(csv.reader(io.StringIO(text), delimiter=delimiter))
        except csv.Error as error:
            raise ValueError(f"The file can't be read as CSV: {error}.") from None
    raise ValueError("The file can't be read as text: save it as CSV (UTF-8) and try again.")


def _lines(rows: Sequence[Row]) -> Iterable[str]:
    """The code, its modifier and the charge of each row under the headings; whole rows where there are none."""
    for number, row in enumerate(rows[:ROWS_TO_HEADINGS]):
        if columns := _columns(row):
            return [""] * (number + 1) + [_line(each, columns) for each in rows[number + 1 :]]
    return ["\t".join(" ".join(cell.split()) for cell in row).strip() for row in rows]


def _columns(row: Row) -> dict[str, int]:
    """Where a row of headings has each column; empty for any other row."""
    titles = [cell.strip() for cell in row]
    found = {
        column: number
        for column, pattern in _HEADINGS.items()
        for number, title in reversed(list(enumerate(titles)))
        if title and pattern.fullmatch(title)
    }
    return found if {"code", "charge"} <= found.keys() else {}


def _line(row: Row, columns: dict[str, int]) -> str:
    code, modifier, charge = (
        " ".join(row[columns[name]].split()) if columns.get(name, len(row)) < len(row) else ""
        for name in _HEADINGS
    )
    return f"{code}-{modifier}\t{charge}" if modifier else f"{code}\t{charge}".strip()


def _to_cents(cell: str) -> str:
    return str(to_cents(Decimal(cell))) if _LONG_FIGURE.fullmatch(cell) else cell
