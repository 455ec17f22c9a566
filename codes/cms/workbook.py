"""The few files that CMS publishes as Excel only, read as rows of text.

Numbers come out as one would type them: 2026, not 2026.0; 503.4 as it stands. Rows are counted from 1 as
Excel does.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

import python_calamine

from codes.cms.layout import LayoutError, Record


def first_sheet(stream: BinaryIO, file: str) -> Iterator[Record]:
    """The rows of the first sheet. The whole workbook is read before the first row."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
        sheet = workbook.get_sheet_by_index(0)
    except (python_calamine.CalamineError, OSError) as error:
        why = f"is not a workbook that can be read ({error}): fetch it again from CMS"
        raise LayoutError(file, 0, "", None, why) from None
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
