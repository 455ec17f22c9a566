"""The tables of CMS's Medicare Coverage Database (MCD) that are read, and how: csv files in zips of zips.

CMS's downloads page has `current_article.zip` and `current_lcd.zip`, each with one more zip of csv files inside. Cells
hold HTML, some of more than 128 KB; text is UTF-8 or Latin-1. Columns are found by their titles, in any order and among
others. Refused: a table without a column that we read, a row of another length.

This reader has met no file of CMS yet, only such as were made up after a public list of its tables and titles and after
the field descriptions of CMS's coverage interface.
"""

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from codes.cms.layout import (
    CHANGED,
    Column,
    Layout,
    LayoutError,
    Record,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
)

LONGEST_CELL = 32 * 1024**2
_ARTICLE, _LCD = ("article_id", "article_version"), ("lcd_id", "lcd_version")
_CONTRACTOR = ("contractor_id", "contractor_type_id", "contractor_version")

# The titles that each table is read by. The first table of a download is the one of its documents.
LOOKUPS = {
    "contractor": (*_CONTRACTOR, "contractor_bus_name", "contractor_number"),
    "contractor_jurisdiction": (*_CONTRACTOR, "state_id", "active_date", "term_date"),
    "contractor_type_lookup": ("contractor_type_id", "description"),
    "state_lookup": ("state_id", "state_abbrev"),
}
ARTICLES = {
    "article": (
        *_ARTICLE,
        *("title", "article_eff_date", "article_end_date", "status", "last_updated", "date_retired"),
    ),
    "article_future_retire": ("article_id", "retire_dt"),
    "article_related_documents": (*_ARTICLE, "r_article_id", "r_lcd_id"),
    "article_x_code_table": (*_ARTICLE, "brand_name", "eff_date", "end_date", "hcpc_code_id"),
    "article_x_contractor": (*_ARTICLE, *_CONTRACTOR),
    "article_x_hcpc_code": (*_ARTICLE, "hcpc_code_id", "hcpc_code_group", "range"),
    "article_x_hcpc_code_group": (*_ARTICLE, "hcpc_code_group", "paragraph"),
    "article_x_icd10_covered": (*_ARTICLE, "icd10_code_id", "icd10_covered_group", "range", "asterisk"),
    "article_x_icd10_covered_group": (*_ARTICLE, "icd10_covered_group", "paragraph", "icd10_covered_ast"),
    "article_x_icd10_noncovered": (*_ARTICLE, "icd10_code_id", "icd10_noncovered_group", "range"),
    "article_x_icd10_noncovered_group": (*_ARTICLE, "icd10_noncovered_group", "paragraph"),
    "article_x_revision_history": (*_ARTICLE, "rev_hist_date"),
    **LOOKUPS,
}
LCDS = {
    "lcd": (
        *_LCD,
        *("title", "orig_det_eff_date", "ent_det_end_date", "rev_eff_date", "status", "last_updated"),
    ),
    "lcd_future_retire": ("lcd_id", "retire_dt"),
    "lcd_x_contractor": (*_LCD, *_CONTRACTOR),
    "lcd_x_hcpc_code": (*_LCD, "hcpc_code_id", "hcpc_code_group", "range"),
    "lcd_x_hcpc_code_group": (*_LCD, "hcpc_code_group", "paragraph"),
    **LOOKUPS,
}
_TITLES = ARTICLES | LCDS
# What a table has besides those titles, where another table has them too.
_TELLING = {
    "contractor_type_lookup": "contractor_type_id,description",
    "state_lookup": "state_id,state_abbrev",
}
_KEYS = ("article_id", "lcd_id", "contractor_id", "contractor_type_id", "contractor_subtype_id", "state_id")
_OTHERS = r"(?:current_|all_)?(?:article|lcd|ncd|contractor|dmerc|region|state)_[a-z0-9_]+|update_period"
UNREAD = "a table of the Medicare Coverage Database that no page needs"


def table_of(head: str, name: str) -> str | None:
    """The table that a file holds, by its titles or else by its name; "" for one of this database that is not read,
    None for a file that is none of its tables."""
    stem = name.lower().removesuffix(".csv")
    titles = [title.strip(' "\r').lower() for title in head.partition("\n")[0].split(",")]
    if titles[0] == "ncd_id" or titles[0] in _KEYS:
        return next(
            (table for table in _TITLES if _is_headed(table, titles)), stem if stem in _TITLES else ""
        )
    if not name.lower().endswith(".csv"):
        return None
    return stem if stem in _TITLES else "" if re.fullmatch(_OTHERS, stem) else None


def _is_headed(table: str, titles: list[str]) -> bool:
    if table in _TELLING:
        return ",".join(titles).startswith(_TELLING[table])
    return set(_TITLES[table]) <= set(titles)


def rows(stream: BinaryIO, file_name: str, table: str) -> Iterator[Row]:
    """The rows of a table, each with its place in the file. Raises LayoutError."""
    records = _with_long_cells(csv_records(numbered_lines(stream, file_name, open_end=True), file_name))
    line, titles = next(records, (1, []))
    layout = Layout(Column(title.strip().lower()) for title in titles)
    for title in _TITLES[table]:
        if title not in layout.positions:
            raise LayoutError(file_name, line, title, None, f"the column is missing. {CHANGED}")
    for number, cells in records:
        if not is_blank(cells):
            yield layout.row(file_name, number, cells)


def _with_long_cells(records: Iterator[Record]) -> Iterator[Record]:
    """The records, read with another limit of the csv module, which is set back at once: it holds for all threads."""
    record: Record | None = (0, [])
    while record:
        before = csv.field_size_limit(LONGEST_CELL)
        try:
            record = next(records, None)
        finally:
            csv.field_size_limit(before)
        if record:
            yield record
