"""The paper of the PDF: Letter pages, a running foot, headings that fill the contents, tables and bars.

The font comes with the project (Liberation Sans, SIL Open Font License), so that the file comes out the same on a bare
machine. Of it only the characters used are embedded.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TextEmphasis, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.outline import OutlineSection
from fpdf.table import Row

from codes.formatting import day, dollars
from codes.links import code_address
from contributions.toolkit.parts import Cell, Chart, ColumnKind, Table

FONT = "Liberation Sans"
FONT_FILES = {
    style: Path(__file__).parent / "fonts" / f"LiberationSans-{name}.ttf"
    for style, name in (("", "Regular"), ("B", "Bold"))
}
MARGIN = 17.0  # millimetres
PAPER, INK, QUIET, LINE = (255, 255, 255), (27, 31, 36), (88, 96, 105), (208, 213, 219)
ACCENT, FALL, WASH = (11, 87, 140), (168, 45, 38), (238, 243, 247)
BODY, SMALL, TABLE, CAPTION = 10.5, 9.0, 9.5, 11.0  # points
BOLD = FontFace(emphasis=TextEmphasis.B)
SIDE = 1.7  # millimetres between the words of a cell and its edge
BAR_HEIGHT, BAR_STEP = 4.0, 6.0
CONTENTS_LINE = 8.0
A_CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")


class PdfDocument(FPDF):
    """A Letter document in Liberation Sans."""

    def __init__(self, title: str, footing: str) -> None:
        super().__init__(format="letter", unit="mm")
        for style, path in FONT_FILES.items():
            self.add_font(FONT, style, path)
        self.footing = footing
        self.set_title(title)
        self.set_author("MedPayIQ")
        self.set_lang("en-US")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=18)
        self.set_draw_color(*LINE)

    def footer(self) -> None:
        """What the page was made from, and its number."""
        if self.page_no() == 1:
            return
        self.set_y(-12)
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*QUIET)
        self.cell(self.epw - 20, 4, self.footing)
        self.cell(20, 4, str(self.page_no()), align="R")

    def heading(self, text: str) -> None:
        """A chapter's heading on an empty page; it stands in the contents and in the outline."""
        if self.get_y() > self.t_margin:
            self.add_page()
        self.start_section(text)
        self.set_font(FONT, style="B", size=19)
        self.set_text_color(*INK)
        self.multi_cell(0, 8.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_draw_color(*ACCENT)
        self.set_line_width(0.7)
        self.line(self.l_margin, self.get_y() + 1.2, self.l_margin + 24, self.get_y() + 1.2)
        self.set_line_width(0.2)
        self.ln(4.5)

    def paragraph(self, text: str, size: float = BODY, color: tuple[int, int, int] = INK) -> None:
        """Running text."""
        self.set_font(FONT, size=size)
        self.set_text_color(*color)
        self.multi_cell(0, size * 0.48, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.8)

    def caption(self, text: str, room: float = 26, size: float = CAPTION) -> None:
        """The heading of a table or chart, kept together with the `room` in millimetres that follows it."""
        if self.will_page_break(room):
            self.add_page()
        self.ln(1)
        self.set_font(FONT, style="B", size=size)
        self.set_text_color(*ACCENT)
        self.multi_cell(0, size * 0.49, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(0.8)

    def draw_table(self, table: Table, size: float = TABLE, padding: float = 1.0) -> None:
        """A table whose headings are repeated on each page that it reaches."""
        self.caption(table.caption, size=max(CAPTION, size * 0.75))
        if table.source:
            self.paragraph(f"Source: {table.source}", SMALL, QUIET)
        titled = any(column.title for column in table.columns)
        widths = self._widths(table, size)
        self.set_font(FONT, size=size)
        self.set_text_color(*INK)
        self.set_draw_color(*LINE)
        self.set_fill_color(*PAPER)
        with self.table(
            col_widths=widths,
            text_align=tuple(_align(column.kind) for column in table.columns),
            headings_style=FontFace(emphasis=TextEmphasis.B, color=INK, fill_color=WASH),
            first_row_as_headings=titled,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            line_height=size * 0.45,
            padding=(padding, SIDE),
            v_align="TOP",
        ) as drawn:
            if titled:
                drawn.row([column.title for column in table.columns])
            for row in table.rows:
                _draw_row(drawn.row(), row, table)
        self.ln(2.4)

    def _widths(self, table: Table, size: float) -> tuple[float, ...]:
        """The width of each column in millimetres: by its share, but never less than its longest word needs."""
        self.set_font(FONT, style="B", size=size)
        columns = range(len(table.columns))
        least = [
            max(self.get_string_width(word) for word in _words(table, number)) + 2 * SIDE + 0.2
            for number in columns
        ]
        fixed: dict[int, float] = {}
        while True:
            free = [number for number in columns if number not in fixed]
            rest, shares = self.epw - sum(fixed.values()), sum(table.columns[number].width for number in free)
            widths = {number: rest * table.columns[number].width / shares for number in free}
            if not (narrow := [number for number in free if widths[number] < least[number]]):
                return tuple({**fixed, **widths}[number] for number in columns)
            fixed |= {number: least[number] for number in narrow}

    def draw_chart(self, chart: Chart) -> None:
        """Horizontal bars with their figures, drawn as vectors."""
        height = BAR_STEP * len(chart.bars)
        self.caption(chart.title, room=height + 12)
        longest = max((abs(bar.value) for bar in chart.bars), default=Decimal(1)) or Decimal(1)
        falls = any(bar.value < 0 for bar in chart.bars)
        room = self.epw - 22 - 26
        scale = float(longest) / (room / 2 - 13 if falls else room)
        zero = self.l_margin + 22 + (room / 2 + 13 if falls else 0)
        top = self.get_y()
        for number, bar in enumerate(chart.bars):
            self._draw_bar(bar.label, float(bar.value) / scale, bar.words, zero, top + number * BAR_STEP)
        self.set_draw_color(*QUIET)
        self.line(zero, top - 0.6, zero, top + height - 1.2)
        self.set_y(top + height + 2)

    def _draw_bar(self, label: str, length: float, words: str, zero: float, top: float) -> None:
        self.set_font(FONT, size=TABLE)
        self.set_text_color(*INK)
        self.set_xy(self.l_margin, top)
        self.cell(20, BAR_HEIGHT, label)
        self.set_fill_color(*(ACCENT if length >= 0 else FALL))
        self.rect(min(zero, zero + length), top, abs(length), BAR_HEIGHT, style="F")
        width = self.get_string_width(words) + 3
        self.set_xy(zero + length + 0.5 if length >= 0 else zero + length - width - 0.5, top)
        self.cell(width, BAR_HEIGHT, words, align="L" if length >= 0 else "R")


def draw_contents(document: FPDF, outline: Sequence[OutlineSection]) -> None:
    """The contents: each chapter as a link, with its page."""
    document.set_font(FONT, size=BODY + 1)
    document.set_text_color(*INK)
    document.set_draw_color(*LINE)
    for entry in outline:
        document.set_x(document.l_margin)
        link = document.add_link(page=entry.page_number)
        document.cell(document.epw - 14, CONTENTS_LINE, entry.name, link=link, border="B")
        document.cell(14, CONTENTS_LINE, str(entry.page_number), align="R", link=link, border="B")
        document.ln(CONTENTS_LINE)


def _draw_row(drawn: Row, cells: Sequence[Cell], table: Table) -> None:
    """One row, its codes in bold and each a link to its page."""
    for cell, column in zip(cells, table.columns, strict=True):
        text = said(cell, column.kind)
        of_code = column.kind is ColumnKind.CODE
        drawn.cell(text, style=BOLD if of_code else None, link=_page_of(text) if of_code else None)


def _page_of(text: str) -> str | None:
    """The address of a code's page on this site; None for a letter, a modifier or a remark."""
    return f"{settings.SITE_URL}{code_address(text)}" if A_CODE.fullmatch(text) else None


def _words(table: Table, number: int) -> set[str]:
    """Every word of a column, and nothing as a word, so that an empty column has one."""
    column = table.columns[number]
    texts = [column.title, *(said(row[number], column.kind) for row in table.rows)]
    return {"", *(word for text in texts for word in text.split())}


def said(cell: Cell, kind: ColumnKind) -> str:
    """A cell in words; nothing for a missing one.

    >>> said(Decimal("-1159.35"), ColumnKind.MONEY), said(1200, ColumnKind.NUMBER)
    ('-$1,159.35', '1,200')
    """
    if cell is None:
        return ""
    if kind is ColumnKind.MONEY and isinstance(cell, Decimal):
        return dollars(cell)
    if kind is ColumnKind.NUMBER and isinstance(cell, int):
        return f"{cell:,}"
    return day(cell) if isinstance(cell, date) else str(cell)


def _align(kind: ColumnKind) -> str:
    return "RIGHT" if kind in (ColumnKind.NUMBER, ColumnKind.MONEY) else "LEFT"
