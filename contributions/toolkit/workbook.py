"""The toolkit as an Excel workbook: one sheet a section, headings frozen where a sheet is one table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codes.exports.excel import open_workbook, write_cells, write_headings
from contributions.toolkit import words
from contributions.toolkit.parts import ColumnKind, Medium, Section, Table, Toolkit

NUMBER_FORMATS: Mapping[ColumnKind, str] = {
    ColumnKind.TEXT: "@",
    ColumnKind.CODE: "@",
    ColumnKind.NUMBER: "#,##0",
    ColumnKind.MONEY: '"$"#,##0.00;[Red]-"$"#,##0.00',
    ColumnKind.DAY: "mmm d, yyyy",
}
ABOUT = "About"
WIDE = 100


class Book:
    """A workbook with its formats, and where the next line of the sheet goes."""

    def __init__(self, path: Path) -> None:
        self.book = open_workbook(path)
        self.title = self.book.add_format({"bold": True, "font_size": 16})
        self.prose = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.caption = self.book.add_format({"bold": True, "font_size": 12, "font_color": "#0B578C"})
        self.heading = self.book.add_format(
            {"bold": True, "bg_color": "#EEF3F7", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.cells = {
            kind: self.book.add_format({"num_format": number_format, "valign": "top", "text_wrap": True})
            for kind, number_format in NUMBER_FORMATS.items()
        }

    def sheet(self, name: str) -> Any:
        """A new sheet that prints on pages of its own width."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet


def write_workbook(toolkit: Toolkit, path: Path) -> None:
    """Write the workbook to `path`."""
    book = Book(path)
    book.book.set_properties({"title": f"{words.TITLE}, {toolkit.edition}", "author": "MedPayIQ"})
    _about(book, toolkit)
    for section in toolkit.sections:
        _section(book, section)
    book.book.close()


def _about(book: Book, toolkit: Toolkit) -> None:
    sheet = book.sheet(ABOUT)
    lines = [words.SUBTITLE, f"{toolkit.edition}. {words.made_on(toolkit.made_on)}."]
    lines += [words.SAMPLE] if toolkit.is_sample else []
    lines += [*toolkit.warnings, words.CAVEAT, words.ama_notice(toolkit.made_on.year)]
    row = _prose(book, sheet, words.TITLE, lines, 4)
    row = _table(book, sheet, toolkit.releases, row)
    for number, section in enumerate(toolkit.sections, start=row + 1):
        sheet.write_url(number, 0, f"internal:'{section.sheet}'!A1", string=section.title)
    _widths(sheet, toolkit.releases)


def _section(book: Book, section: Section) -> None:
    sheet = book.sheet(section.sheet)
    tables = [table for table in section.tables if table.medium is not Medium.PDF]
    row = _prose(book, sheet, section.title, section.paragraphs, len(tables[0].columns) if tables else 1)
    for number, table in enumerate(tables):
        top = row + 1
        row = _table(book, sheet, table, row)
        if number == 0:
            _widths(sheet, table)
        if len(tables) == 1 and table.rows:
            sheet.freeze_panes(top + 1, 0)
            sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    if not tables:
        sheet.set_column(0, 0, WIDE)


def _prose(book: Book, sheet: Any, title: str, lines: Any, columns: int) -> int:
    """The title and paragraphs over the whole width of the first table; the row after them."""
    sheet.write_string(0, 0, title, book.title)
    for number, line in enumerate(lines, start=1):
        if columns > 1:
            sheet.merge_range(number, 0, number, columns - 1, "", book.prose)
        sheet.write_string(number, 0, line, book.prose)
        sheet.set_row(number, 15 * (1 + len(line) // WIDE))
    return len(lines) + 2


def _table(book: Book, sheet: Any, table: Table, row: int) -> int:
    """A caption, headings, rows and the source; the row after them."""
    sheet.write_string(
        row, 0, f"{table.caption}. Source: {table.source}" if table.source else table.caption, book.caption
    )
    write_headings(sheet, row + 1, (column.title for column in table.columns), book.heading)
    formats = [book.cells[column.kind] for column in table.columns]
    for offset, cells in enumerate(table.rows, start=row + 2):
        write_cells(sheet, offset, cells, formats)
    return row + 3 + len(table.rows)


def _widths(sheet: Any, table: Table) -> None:
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width + 2)
