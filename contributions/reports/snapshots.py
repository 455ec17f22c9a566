"""From the accepted reports of a code to the snapshot that the public sees. The nightly batch calls it.

No version of the site's content moves with a snapshot: a version holds a time, and pages would carry it as their
Last-Modified. The block has an ETag of its own bytes instead.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import QuerySet

from contributions import options
from contributions.models import NewcomerMark, Report, Snapshot
from contributions.reports import anonymity
from contributions.reports.anonymity import Counted
from contributions.reports.choices import ReporterKind
from contributions.reports.counting import (
    Reporters,
    accepted_reports,
    codes_with_aged_reports,
    reporters_by_code,
    reporters_with,
)
from contributions.reports.crowds import hold_crowd

# The tables of a snapshot: the name in the page, the JSON and the CSV, and the field of the report.
QUESTIONS = {
    "reason": "reason",
    "payer": "payer_kind",
    "modifiers": "modifiers",
    "action": "action",
    "outcome": "outcome",
    "what_worked": "what_worked",
}
NO_MODIFIER = "none"


class Written(Enum):
    """What became of a code."""

    TAKEN = "taken"
    TAKEN_AGAIN = "taken again"
    HIDDEN = "hidden"
    HELD = "held for staff"
    UNCHANGED = "unchanged"


def codes_to_write(today: date) -> list[str]:
    """The codes whose snapshot is to be taken, taken again or hidden: three queries, which read no report."""
    reporters = reporters_by_code(accepted_reports(today))
    shown = {snapshot.code: snapshot for snapshot in _shown()}
    aged = codes_with_aged_reports(today)
    return [
        code
        for code in sorted({*reporters, *shown})
        if code in aged or _needs_writing(reporters.get(code, Reporters()), shown.get(code))
    ]


def write(code: str, today: date) -> Written:
    """Bring what is shown of `code` in line with its accepted reports.

    Call it in a transaction, with the lock of `keys.key_of_year`.
    """
    reporters = reporters_by_code(accepted_reports(today, code)).get(code, Reporters())
    shown = _shown().filter(code=code).first()
    if reporters.people < anonymity.DENIAL_MINIMUM:
        return Written.HIDDEN if hide(code) else Written.UNCHANGED
    due = _is_due(reporters, shown)
    if due and not hold_crowd(code, today):
        return _take(code, today, reporters.newcomers)
    if shown and (shown.outdated or codes_with_aged_reports(today, code)):
        return _take_again(shown, today)
    return Written.HELD if due else Written.UNCHANGED


def hide(code: str) -> bool:
    """Stop showing the snapshot of a code; True if there was one. The next needs five new reporters."""
    Report.objects.filter(code=code, in_snapshot=True).update(in_snapshot=False)
    return Snapshot.objects.shown().filter(code=code).update(shown=False) > 0


def outdate(report: Report) -> None:
    """Note that a report is withdrawn or rejected: the next batch leaves it out of what is shown."""
    if report.in_snapshot:
        Snapshot.objects.shown().filter(code=report.code).update(outdated=True)


def tables_of(reports: Iterable[Counted], floor: int) -> dict[str, Any]:
    """The tables of reports (oldest first), as the snapshot keeps them: [answer, word, percent] a row."""
    counted = anonymity.capped(reports)
    return {
        question: [[row.answer, row.word, row.percent] for row in anonymity.table(counted, question, floor)]
        for question in QUESTIONS
    }


def as_counted(report: Report) -> Counted:
    """A report as the rule of five counts it."""
    answers = {question: getattr(report, field) for question, field in QUESTIONS.items()}
    answers["modifiers"] = answers["modifiers"] or NO_MODIFIER
    return Counted(report.reporter_id, answers, report.reporter.period)


def _shown() -> QuerySet[Snapshot]:
    return Snapshot.objects.shown().filter(kind__in=options.kinds()).defer("tables")


def _needs_writing(reporters: Reporters, shown: Snapshot | None) -> bool:
    if shown and (shown.outdated or reporters.people < anonymity.DENIAL_MINIMUM):
        return True
    return _is_due(reporters, shown)


def _is_due(reporters: Reporters, shown: Snapshot | None) -> bool:
    return anonymity.is_due(reporters.people, reporters.newcomers, shown.floor if shown else 0)


def _take(code: str, today: date, newcomers: int) -> Written:
    """The snapshot of a step: every report that counts is in it."""
    hide(code)
    reports = accepted_reports(today, code)
    _keep(code, reports, newcomers, today)
    reporters_with(reports).filter(in_snapshot=False).update(in_snapshot=True)
    NewcomerMark.objects.filter(reporter__code=code).delete()
    reports.update(in_snapshot=True)
    return Written.TAKEN


def _take_again(shown: Snapshot, today: date) -> Written:
    """The snapshot that is shown, without the reports that left it.

    No report comes in, and no changed answer: else a reporter could change an answer, withdraw another report, and see
    in the morning whether somebody else gave the same answer.
    """
    reports = accepted_reports(today, shown.code).filter(in_snapshot=True)
    if anonymity.reporters_of(_counted(reports)) < anonymity.DENIAL_MINIMUM:
        return Written.HIDDEN if hide(shown.code) else Written.UNCHANGED
    Snapshot.objects.shown().filter(code=shown.code).update(shown=False)
    _keep(shown.code, reports, shown.newcomers, shown.taken_on)
    marked = Report.objects.filter(code=shown.code, in_snapshot=True)
    marked.exclude(pk__in=accepted_reports(today, shown.code)).update(in_snapshot=False)
    return Written.TAKEN_AGAIN


def _keep(code: str, reports: QuerySet[Report], newcomers: int, taken_on: date) -> None:
    counted = list(_counted(reports))
    floor = anonymity.floor_of(anonymity.reporters_of(counted))
    Snapshot.objects.create(
        code=code,
        floor=floor,
        newcomers=newcomers,
        tables=tables_of(counted, floor),
        kind=_kind(reports),
        taken_on=taken_on,
    )


def _counted(reports: QuerySet[Report]) -> Iterable[Counted]:
    needed = ("reporter__period", *QUESTIONS.values())
    return map(as_counted, reports.select_related("reporter").only(*needed).iterator())


def _kind(reports: QuerySet[Report]) -> str:
    """The least real kind among the reporters."""
    kinds = set(reports.order_by().values_list("reporter__kind", flat=True).distinct())
    return next(
        kind for kind in (ReporterKind.SAMPLE, ReporterKind.LOCAL, ReporterKind.COUNTED) if kind in kinds
    )
