"""Tables to take along as an Excel workbook: typed cells, frozen headings, a filter, and what the figures are."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from codes.exports.csv_response import Rows
from codes.exports.files import Export
from codes.exports.serializers import NOTICE

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = {"name": 48, "code": 9, "release": 10}


def workbook_export(
    file_name: str, title: str, headings: Sequence[str], rows: Rows, decided_by: tuple[Any, ...]
) -> Export:
    """A file with one sheet of rows and a second that says what they are, written row by row.

    Decimals become numbers, text stays text (a code keeps its zeros, and no cell begins a formula), None stays empty.
    """

    def write(file: IO[bytes]) -> None:
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            _table(book, headings, rows())
            _about(book, title)

    return Export(file_name, EXCEL, decided_by, write)


def _table(book: xlsxwriter.Workbook, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet("Fee schedule")
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, WIDTHS.get(heading, 12))
        sheet.write_string(0, column, heading.replace("_", " "), bold)
    sheet.freeze_panes(1, 1)
    count = 0
    for count, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal | int):
                sheet.write_number(count, column, value)
            elif value is not None:
                sheet.write_string(count, column, str(value))
    sheet.autofilter(0, 0, count, len(headings) - 1)


def _about(book: xlsxwriter.Workbook, title: str) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(2, 0, NOTICE, wrapped)
