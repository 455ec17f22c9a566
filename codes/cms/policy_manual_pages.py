"""The pages of the NCCI Policy Manual as lines of text, out of CMS's PDF or a text made of it.

Each page ends with the date of the manual's revision and the page's label: `Revision Date (Medicare): 1/1/2026`, then
`IX-4`. The pages of the table of contents have `Page 2` and a date in words.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from codes.cms.layout import LayoutError

_LABEL = re.compile(r"(?:Intro|[IVX]+)-\d+|Page \d+")
_REVISED = re.compile(r"Revision Date \(Medicare\): (\d{1,2})/(\d{1,2})/(20\d\d)")
_DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its label ("IX-4", "" without one) and its lines, none of them blank."""

    label: str
    lines: list[str]


def pages(stream: BinaryIO, file_name: str) -> Iterator[Page]:
    """The pages of a PDF, or of a text, in order. LayoutError where a PDF cannot be read."""
    is_pdf = file_name.lower().endswith(".pdf")
    return _of_pdf(stream, file_name) if is_pdf else _of_text(stream)


def revised(line: str) -> date | None:
    """The day of the revision, in the line at the foot of a page that says it."""
    found = _REVISED.search(line)
    return date(int(found[3]), int(found[1]), int(found[2])) if found else None


def _of_text(stream: BinaryIO) -> Iterator[Page]:
    lines: list[str] = []
    for line in io.TextIOWrapper(stream, "utf-8", errors="replace"):
        text = line.strip()
        if _LABEL.fullmatch(text):
            yield Page(text, lines)
            lines = []
        elif text:
            lines.append(text)
    if lines:
        yield Page("", lines)


def _of_pdf(stream: BinaryIO, file_name: str) -> Iterator[Page]:
    import pypdf  # here, because a load of all other files does without its 17 MB
    from pypdf.errors import PyPdfError

    try:
        for page in pypdf.PdfReader(io.BytesIO(stream.read())).pages:
            lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
            label = next((line for line in reversed(lines) if _LABEL.fullmatch(line)), "")
            yield Page(label, [line for line in lines if line != label])
    except (PyPdfError, *_DAMAGED) as error:
        why = f"is not a PDF that can be read ({error}): fetch it again from CMS"
        raise LayoutError(file_name, 0, "", None, why) from None
