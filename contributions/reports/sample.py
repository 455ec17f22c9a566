"""Invented reports on two codes, so that the block can be seen on a local site. They are marked wherever they show."""

from datetime import date

from django.db import transaction

from codes.client_network import UNKNOWN
from contributions.models import Report, ReporterOrdinal, YearKey
from contributions.reports import keys, snapshots
from contributions.reports.choices import ReporterKind, ReportState
from contributions.sender import Sender

# (payer, reason, modifiers, action, outcome, what worked): each is sent by so many invented reporters.
_INVENTED = {
    "20610": (
        (7, ("advantage", "97", "25", "appeal_1", "paid", "documents")),
        (6, ("medicare", "4", "", "corrected", "paid", "modifier")),
        (5, ("commercial", "236", "59", "appeal_1", "upheld", "")),
        (5, ("medicaid_plan", "197", "", "nothing", "written_off", "")),
    ),
    "97110": (
        (6, ("medicare", "151", "GP", "corrected", "paid", "units")),
        (5, ("advantage", "50", "GP", "appeal_1", "upheld", "")),
    ),
}
_FIELDS = ("payer_kind", "reason", "modifiers", "action", "outcome", "what_worked")


@transaction.atomic
def load_sample_reports(today: date) -> int:
    """Write the invented reports where there are none yet; how many were written."""
    key = keys.key_of_year(today)
    if ReporterOrdinal.objects.filter(kind=ReporterKind.SAMPLE).exists():
        return 0
    written = 0
    for code, groups in _INVENTED.items():
        for count, answers in groups:
            written += sum(_write(key, code, answers, today) for _ in range(count))
        snapshots.write(code, today)
    return written


def _write(key: YearKey, code: str, answers: tuple[str, ...], today: date) -> int:
    reporter = keys.reporter_of(key, code, Sender(UNKNOWN), today, own=ReporterKind.SAMPLE)
    fields = dict(zip(_FIELDS, answers, strict=True))
    Report.objects.create(
        reporter=reporter, code=code, state=ReportState.ACCEPTED, received_on=today, **fields
    )
    return 1
