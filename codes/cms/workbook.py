"""The few files that CMS publishes as Excel only, read as rows of text.

Numbers come out as one would type them: 2026, not 2026.0; 503.4 as it stands. Rows are counted from 1 as
Excel does.

A workbook is a zip of XML, and its reader makes room for every cell up to the farthest. So a workbook is
measured first: how much it unpacks to, and where its farthest cells are. CMS's largest has 43,000 rows of
ten cells and unpacks to 18 MB.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import python_calamine

from codes.cms.layout import LayoutError, Record

MOST_BYTES = 64 * 1024**2
MOST_CELLS = 1_000_000
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_NOT_READ = (
    *(python_calamine.CalamineError, zipfile.BadZipFile, zlib.error),
    *(EOFError, OSError, RuntimeError, ValueError),
)


def is_workbook(file: str) -> bool:
    """Whether a file of this name is an Excel workbook."""
    return file.lower().endswith(".xlsx")


def first_sheet(
    stream: BinaryIO, file: str, most_rows: int | None = None, *, most_bytes: int | None = None
) -> Iterator[Record]:
    """The rows of the first sheet, all or the first of them. The whole workbook, which may unpack to so many bytes, is
    read before the first row."""
    return _sheet(_opened(stream, file, most_bytes), file, 0, most_rows)


def sheets(stream: BinaryIO, file: str) -> Iterator[Iterator[Record]]:
    """The rows of each sheet, in order."""
    workbook = _opened(stream, file)
    for index in range(len(workbook.sheet_names)):
        yield _sheet(workbook, file, index)


def _opened(stream: BinaryIO, file: str, most_bytes: int | None = None) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(
            _measured(stream, file, most_bytes or MOST_BYTES)
        )
    except _NOT_READ as error:
        raise _not_read(file, error) from None


def _not_read(file: str, error: Exception) -> LayoutError:
    why = f"is not a workbook that can be read ({error}): fetch it again from CMS"
    return LayoutError(file, 0, "", None, why)


def _sheet(
    workbook: python_calamine.CalamineWorkbook, file: str, index: int, most_rows: int | None = None
) -> Iterator[Record]:
    try:
        rows = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False, nrows=most_rows)
    except _NOT_READ as error:
        raise _not_read(file, error) from None
    for number, cells in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in cells]


def _measured(stream: BinaryIO, file: str, most_bytes: int) -> io.BytesIO:
    """The workbook, made anew from parts of which each was unpacked and measured: no part is larger than it says."""
    made, left = io.BytesIO(), most_bytes
    with (
        zipfile.ZipFile(io.BytesIO(stream.read(MOST_BYTES))) as packed,
        zipfile.ZipFile(made, "w") as measured,
    ):
        for name in packed.namelist():
            with packed.open(name) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise _too_large(file, f"unpacks to more than {most_bytes // 1024**2} MiB")
            if _cells(content) > MOST_CELLS:
                raise _too_large(file, f"has cells so far out that it would take more than {MOST_CELLS:,}")
            measured.writestr(name, content)
    made.seek(0)
    return made


def _cells(sheet: bytes) -> int:
    """How many cells the reader will make room for: all in the rectangle up to the farthest row and column. Cells that
    do not say their column are counted as if all stood in one row."""
    column, row, placed = 0, 0, 0
    for found in _ADDRESS.finditer(sheet):
        column, row = max(column, _column(found[1])), max(row, int(found[2]))
        placed += bool(found[1])
    unplaced = sum(1 for _ in _CELL.finditer(sheet)) - placed
    return max(column, unplaced, 1) * max(row, 1)


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large(file: str, why: str) -> LayoutError:
    return LayoutError(file, 0, "", None, f"{why}, more than any workbook of CMS: it is not read")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
