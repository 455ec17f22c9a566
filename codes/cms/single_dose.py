"""The HCPCS codes that CMS lists as single-dose containers, for modifiers JW and JZ
(`jw_jz_single_dose_2025-06-20.csv`, an extract of CMS's document "JW Modifier and JZ Modifier Policy: HCPCS Codes").

Titles `hcpcs,single_dose,effective_note,source`, then one row a code: 438 in the list of June 20, 2025, all of them
`True`. The day of the list stands in the file's name. Refused: a code twice, anything but True, a file without rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, csv_records, is_blank, numbered_lines

LAYOUT = Layout(map(Column, ("hcpcs", "single_dose", "effective_note", "source")))
_true = coercers.one_of("True")


@dataclass(frozen=True, slots=True)
class SingleDoseRow:
    """A code whose drug comes in single-dose containers."""

    code: str


def parse(stream: BinaryIO, file_name: str) -> Iterator[SingleDoseRow]:
    """One record a code."""
    records = csv_records(numbered_lines(stream, file_name), file_name)
    line, titles = next(records, (0, []))
    LAYOUT.check_titles(file_name, line, titles)
    seen: set[str] = set()
    for number, cells in records:
        if is_blank(cells):
            continue
        row = LAYOUT.row(file_name, number, cells)
        row.read("single_dose", _true)
        code = row.read("hcpcs", coercers.code)
        if code in seen:
            raise row.refuse("hcpcs", "stands twice")
        seen.add(code)
        yield SingleDoseRow(code)
    if not seen:
        raise LayoutError(file_name, 0, "", None, "holds no rows below its titles")
