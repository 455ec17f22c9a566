"""NCCI: records to rows, and four files that make one release."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import BinaryIO

from codes.cms import ncci_addon, ncci_ptp, policy_manual
from codes.cms.ncci_ptp import PtpRow
from codes.loaders.rows import Options, Rows
from codes.models import Rationale

PTP_COLUMNS = (
    "column_one",
    "column_two",
    "indicator",
    "prior_to_1996",
    "effective",
    "deletion",
    "rationale_id",
)
PARTS = {number: f"f{number}" for number in (1, 2, 3, 4)}
MANUAL_COLUMNS = (
    *("chapter", "chapter_title", "section", "section_title"),
    *("number", "page", "codes", "text"),
)
PLACEHOLDER = date(1996, 1, 1)
ENOUGH = (
    5_000  # rows with one and the same first day: CMS adds edits every quarter, so these are placeholders
)


def ptp(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """Bundling edits of one part. First days that are placeholders become empty; reasons become their keys."""
    records = iter(ncci_ptp.parse(stream, file_name))
    first = list(islice(records, ENOUGH))
    placeholders = _are_placeholders(first)
    reasons = _Reasons()
    for one, two, prior, effective, deletion, indicator, rationale in chain(first, records):
        known = None if placeholders and (effective == PLACEHOLDER or indicator == "9") else effective
        yield one, two, indicator, prior, known, deletion, reasons[rationale]


def _are_placeholders(rows: Iterable[PtpRow]) -> bool:
    return {row.effective for row in rows if row.indicator != "9"} == {PLACEHOLDER}


class _Reasons(defaultdict[str, int]):
    """The key of each reason, stored when it is first met."""

    def __missing__(self, text: str) -> int:
        self[text] = Rationale.objects.get_or_create(text=text)[0].pk
        return self[text]


def add_ons(stream: BinaryIO, file_name: str, options: Options) -> Iterator[tuple[object, ...]]:
    """Add-on records; an empty primary where contractors define it."""
    for record in ncci_addon.parse(stream, file_name):
        yield record.add_on, record.primary or "", record.kind, record.effective, record.deletion


def manual(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """Paragraphs of the NCCI Policy Manual, each with the codes that it names, parted by blanks."""
    for record in policy_manual.parse(stream, file_name):
        yield (
            *(record.chapter, record.chapter_title, record.section, record.section_title),
            *(record.number, record.page, " ".join(record.codes), record.text),
        )
