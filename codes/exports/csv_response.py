"""Tables to take along: rows as CSV, at once or, where a whole schedule is asked for, from a file."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

from django.http import HttpResponse

from codes.exports.files import Export
from codes.exports.serializers import NOTICE

CSV = "text/csv; charset=utf-8"
Rows = Callable[[], Iterable[Sequence[Any]]]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_response(
    file_name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, has_notice: bool = True
) -> HttpResponse:
    """A download with a heading line, and a closing line with the notice that goes wherever amounts go; empty for None.

    No cell begins a formula in a spreadsheet.
    """
    response = HttpResponse("".join(_lines(headings, rows, has_notice)), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def csv_export(file_name: str, headings: Sequence[str], rows: Rows, decided_by: tuple[Any, ...]) -> Export:
    """The same as a file that is made once. `rows` is asked for the rows when it is made."""

    def write(file: IO[bytes]) -> None:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        text.writelines(_lines(headings, rows(), has_notice=True))
        text.detach()

    return Export(file_name, CSV, decided_by, write)


def _lines(headings: Sequence[str], rows: Iterable[Sequence[Any]], has_notice: bool) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(headings)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])
    if has_notice:
        yield writer.writerow([NOTICE])


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text
