"""Excel workbooks: typed cells, headings that stay in sight, a filter. The one place that writes them.

Numbers are numbers and text is text: a code keeps its zeros, and no cell begins a formula or a link.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from codes.exports.csv_response import Rows
from codes.exports.files import Export
from codes.exports.serializers import NOTICE

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"name": 48, "code": 9, "release": 10}


def open_workbook(file: Path | IO[bytes], *, row_by_row: bool = False) -> xlsxwriter.Workbook:
    """An empty workbook, to be closed by `with`. Written row by row it needs no memory for what is written already."""
    options = {"constant_memory": row_by_row, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(str(file) if isinstance(file, Path) else file, options)


def write_headings(sheet: Any, row: int, titles: Iterable[str], heading: Any) -> None:
    """The titles of a table's columns, in the format `heading`."""
    for column, title in enumerate(titles):
        sheet.write_string(row, column, title, heading)


def write_cells(sheet: Any, row: int, values: Iterable[Any], formats: Iterable[Any]) -> None:
    """One row of a table: numbers as numbers, days as days, the rest as text; empty for None."""
    for column, (value, cell_format) in enumerate(zip(values, formats, strict=True)):
        if value is None or value == "":
            if cell_format:
                sheet.write_blank(row, column, None, cell_format)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, cell_format)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, value, cell_format)
        else:
            sheet.write_string(row, column, str(value), cell_format)


def workbook_export(
    file_name: str, title: str, headings: Sequence[str], rows: Rows, decided_by: tuple[Any, ...]
) -> Export:
    """A file with one sheet of rows and a second that says what they are. Days are text: "2026-07-01"."""

    def write(file: IO[bytes]) -> None:
        with open_workbook(file, row_by_row=True) as book:
            _table(book, headings, rows())
            _about(book, title)

    return Export(file_name, EXCEL, decided_by, write)


def _table(book: xlsxwriter.Workbook, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet("Fee schedule")
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, WIDTHS.get(heading, 12))
    titles = (heading.replace("_", " ") for heading in headings)
    write_headings(sheet, 0, titles, book.add_format({"bold": True, "bottom": 1}))
    sheet.freeze_panes(1, 1)
    count, plain = 0, [None] * len(headings)
    for count, row in enumerate(rows, 1):
        write_cells(sheet, count, (str(each) if isinstance(each, date) else each for each in row), plain)
    sheet.autofilter(0, 0, count, len(headings) - 1)


def _about(book: xlsxwriter.Workbook, title: str) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(2, 0, NOTICE, wrapped)
