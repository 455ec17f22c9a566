"""From the accepted reports of a code to the snapshot that the public sees.

No version of the site's content moves with a snapshot: a version holds a time, and pages would carry it as their
Last-Modified, which would be the time of the fifth report. The block has an ETag of its own bytes instead.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contributions import anonymity, options
from contributions.anonymity import Counted
from contributions.choices import APPEALS, LOST, WON, Kind, State
from contributions.models import Report, ReporterOrdinal, Snapshot

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


def settle(code: str, today: date) -> Snapshot | None:
    """Bring what is shown of `code` in line with its accepted reports; the new snapshot, if one was due.

    Fewer than five reporters hide what was shown. Call it in the transaction that changed the reports, with the
    lock of `keys.key_of_month`.
    """
    reports = _accepted(code)
    everybody = {report.reporter_id: report.reporter for report in reports}
    shown = Snapshot.objects.shown().filter(code=code, kind__in=options.kinds()).first()
    if len(everybody) < anonymity.DENIAL_MINIMUM:
        hide(code)
        return None
    newcomers = [reporter.pk for reporter in everybody.values() if not reporter.in_snapshot]
    if not anonymity.is_due(len(everybody), len(newcomers), shown.floor if shown else 0):
        return None
    return _take(code, today, reports, newcomers)


def hide(code: str) -> bool:
    """Stop showing the snapshot of a code; True if there was one. The next needs five new reporters."""
    return Snapshot.objects.shown().filter(code=code).update(shown=False) > 0


def tables_of(reports: Sequence[Report]) -> dict[str, Any]:
    """The tables of accepted reports (oldest first), as the snapshot keeps them."""
    counted = anonymity.capped(as_counted(report) for report in reports)
    tables: dict[str, Any] = {
        question: [[share.answer, share.percent] for share in anonymity.table(counted, question)]
        for question in QUESTIONS
    }
    tables["overturned"] = anonymity.rate(_by_ending(counted), "won", "lost")
    return tables


def as_counted(report: Report) -> Counted:
    """A report as the rule of five counts it."""
    answers = {question: getattr(report, field) for question, field in QUESTIONS.items()}
    answers["modifiers"] = answers["modifiers"] or NO_MODIFIER
    return Counted(report.reporter_id, answers)


def _accepted(code: str) -> list[Report]:
    found = Report.objects.filter(code=code, state=State.ACCEPTED, reporter__kind__in=options.kinds())
    return list(found.select_related("reporter"))


def _take(code: str, today: date, reports: Sequence[Report], newcomers: Sequence[int]) -> Snapshot:
    hide(code)
    reporters = {report.reporter_id for report in reports}
    taken = Snapshot.objects.create(
        code=code,
        floor=anonymity.floor_of(len(reporters)),
        newcomers=len(newcomers),
        tables=tables_of(reports),
        kind=_kind(reports),
        taken_on=today,
    )
    ReporterOrdinal.objects.filter(pk__in=newcomers).update(in_snapshot=True)
    return taken


def _kind(reports: Sequence[Report]) -> str:
    """The least real kind among the reporters."""
    kinds = {report.reporter.kind for report in reports}
    return next(kind for kind in (Kind.SAMPLE, Kind.LOCAL, Kind.COUNTED) if kind in kinds)


def _by_ending(reports: Sequence[Counted]) -> Mapping[str, list[Counted]]:
    """Every report in one group: appealed and won, appealed and lost, appealed and open, or not appealed."""
    groups: dict[str, list[Counted]] = {}
    for report in reports:
        groups.setdefault(_ending(report.answers), []).append(report)
    return {name: groups.get(name, []) for name in ("won", "lost", *groups)}


def _ending(answers: Mapping[str, str]) -> str:
    outcome = answers["outcome"]
    result = "won" if outcome in WON else "lost" if outcome in LOST else "open"
    return result if answers["action"] in APPEALS else f"{result}, not appealed"
