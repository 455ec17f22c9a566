"""The toolkit as a PDF: a cover with the contents, then one chapter a section."""

from pathlib import Path

from fpdf.enums import XPos, YPos

from codes.formatting import long_day
from contributions.toolkit import words
from contributions.toolkit.document import (
    ACCENT,
    BODY,
    CONTENTS_LINE,
    FALL,
    FONT,
    INK,
    QUIET,
    SMALL,
    TABLE,
    PdfDocument,
    draw_contents,
)
from contributions.toolkit.parts import Medium, Section, Toolkit

DENSE, TIGHT = 10.5, 0.35  # points and millimetres, for a section that is kept on one page
WALL, ROOMY = 22.0, 1.1  # and for one that is hung up


def write_pdf(toolkit: Toolkit, path: Path) -> None:
    """Write the PDF to `path`."""
    document = PdfDocument(
        f"{words.TITLE}, {toolkit.edition}",
        f"MedPayIQ toolkit · {toolkit.edition} · {long_day(toolkit.made_on)} · CPT © AMA",
    )
    _cover(document, toolkit)
    for section in toolkit.sections:
        _chapter(document, section)
    document.output(str(path))


def _cover(document: PdfDocument, toolkit: Toolkit) -> None:
    document.add_page()
    document.set_fill_color(*ACCENT)
    document.rect(0, 0, document.w, 7, style="F")
    document.set_y(24)
    _line(document, "MedPayIQ", 13, ACCENT)
    _line(document, words.TITLE, 30, INK)
    document.paragraph(words.SUBTITLE, 12, QUIET)
    document.ln(1)
    document.paragraph(f"{toolkit.edition} · {words.made_on(toolkit.made_on)}", 12)
    if toolkit.is_sample:
        document.paragraph(words.SAMPLE, BODY, QUIET)
    for warning in toolkit.warnings:
        document.paragraph(warning, BODY, FALL)
    document.caption("Contents")
    contents = document.get_y()
    document.set_y(contents + len(toolkit.sections) * CONTENTS_LINE + 2)
    document.draw_table(toolkit.releases)
    document.caption("Notices")
    for notice in (words.CAVEAT, words.ama_notice(toolkit.made_on.year)):
        document.paragraph(notice, SMALL + 1, QUIET)
    document.set_y(contents)
    document.insert_toc_placeholder(draw_contents, pages=1)  # and a new page begins


def _line(document: PdfDocument, text: str, size: float, color: tuple[int, int, int]) -> None:
    document.set_font(FONT, style="B", size=size)
    document.set_text_color(*color)
    document.multi_cell(0, size * 0.46, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    document.ln(1.5)


def _chapter(document: PdfDocument, section: Section) -> None:
    document.heading(section.title)
    size, padding = (DENSE, TIGHT) if section.one_page else (TABLE, 1.0)
    if section.is_for_the_wall:
        size, padding = WALL, ROOMY
    for paragraph in section.paragraphs:
        document.paragraph(paragraph)
    for chart in section.charts:
        document.draw_chart(chart)
    for table in section.tables:
        if table.medium is not Medium.WORKBOOK:
            document.draw_table(table, size, padding)
