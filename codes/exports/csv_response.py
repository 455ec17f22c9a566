"""Tables to take along: rows as CSV."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from codes.exports.serializers import NOTICE

CSV = "text/csv; charset=utf-8"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_response(
    file_name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, has_notice: bool = True
) -> HttpResponse:
    """A download of `csv_text`."""
    response = HttpResponse(csv_text(headings, rows, has_notice=has_notice), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, has_notice: bool = True) -> str:
    """A heading line, the rows, and a closing line with the notice that goes wherever amounts go; empty for None.

    No cell begins a formula in a spreadsheet.
    """
    return "".join([csv_line(headings), *map(csv_line, rows), csv_line([NOTICE]) if has_notice else ""])


def csv_line(values: Iterable[Any]) -> str:
    """A line with its end."""
    line: str = _writer.writerow([_cell(value) for value in values])
    return line


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text


_writer: Any = csv.writer(_Echo())
