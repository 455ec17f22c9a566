"""Everything that changes reports. Each action is one transaction, and none of them changes what the public sees.

The nightly batch does that, a transaction a code. In local mode, where nobody is to be hidden, it follows each action.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from contributions import options, tokens
from contributions.models import Decision, Receipt, Report, Snapshot
from contributions.reports import keys, receipts, snapshots
from contributions.reports.choices import ReporterKind, ReportState
from contributions.reports.erasing import forget_former_pages
from contributions.reports.snapshots import Written
from contributions.sender import Sender

ENDING = ("action", "outcome", "what_worked")


class AlreadySent(Exception):
    """The form's token was used up by another request."""


@transaction.atomic
def submit(
    code: str,
    answers: Mapping[str, str],
    sender: Sender,
    today: date,
    *,
    token: str,
    now: float | None = None,
    hold: str = "",
) -> str:
    """Keep a report and return its receipt, which is nowhere else.

    `answers` are fields of Report, already validated; `hold` says which rule was tripped, if one was. The same
    reporter with the same payer kind, reason and month updates the earlier report. `now` (seconds since 1970) marks
    who comes within an hour, and is not kept. Raises AlreadySent.
    """
    key = keys.key_of_year(today)
    if not tokens.spend(token, today):
        raise AlreadySent
    own = ReporterKind.LOCAL if options.local_mode() else None
    reporter = keys.reporter_of(key, code, sender, today, now=now, own=own)
    same = {name: answers.get(name, "") for name in ("payer_kind", "reason", "month")}
    report = reporter.reports.filter(**same).first() or Report(reporter=reporter, code=code)
    for name, value in answers.items():
        setattr(report, name, value)
    report.state, report.held_because = _verdict(report, hold)
    report.received_on, report.in_snapshot = today, False
    report.save()
    receipt = receipts.new_receipt()
    Receipt.objects.create(report=report, digest=receipts.digest(receipt))
    _write_at_once([code], today)
    return receipt


def _verdict(report: Report, hold: str) -> tuple[str, str]:
    """What becomes of a report: held if it tripped a rule, or if it was held or rejected when it was sent before."""
    if not hold and report.pk and report.state != ReportState.ACCEPTED:
        hold = report.held_because or "sent again after a rejection"
    return (ReportState.HELD, hold) if hold else (ReportState.ACCEPTED, "")


@transaction.atomic
def withdraw(receipt: str, today: date) -> bool:
    """Delete the report of a receipt; False if there is none (any more)."""
    keys.key_of_year(today)
    report = _of_receipt(receipt)
    if report is None:
        return False
    snapshots.outdate(report)
    report.delete()
    forget_former_pages()
    _write_at_once([report.code], today)
    return True


@transaction.atomic
def add_outcome(receipt: str, answers: Mapping[str, str], today: date) -> bool:
    """Say what was done since, and how it ended. It shows from the next step on. False if there is no report."""
    keys.key_of_year(today)
    report = _of_receipt(receipt)
    if report is None:
        return False
    for name in ENDING:
        setattr(report, name, answers[name] or getattr(report, name))
    report.in_snapshot = False
    report.save(update_fields=[*ENDING, "in_snapshot"])
    return True


def _of_receipt(receipt: str) -> Report | None:
    return Report.objects.filter(receipts__digest=receipts.digest(receipt)).first()


@transaction.atomic
def decide(reports: Iterable[Report], state: ReportState, staff_member: str, reason: str, today: date) -> int:
    """Accept or reject reports in one go, with the reason for the audit trail; how many."""
    keys.key_of_year(today)
    codes = set()
    decided = 0
    for report in reports:
        report.state = state
        report.held_because = ""
        report.save(update_fields=["state", "held_because"])
        if state != ReportState.ACCEPTED:
            snapshots.outdate(report)
        Decision.objects.create(
            report=report, state=state, reason=reason, staff_member=staff_member, decided_on=today
        )
        codes.add(report.code)
        decided += 1
    _write_at_once(sorted(codes), today)
    return decided


@transaction.atomic
def erase_notes(reports: Iterable[Report]) -> int:
    """Erase notes that staff are done with; how many."""
    found = [report.pk for report in reports if report.note]
    forget_former_pages()
    return Report.objects.filter(pk__in=found).update(note="")


@transaction.atomic
def take_down(shown: Iterable[Snapshot]) -> int:
    """Stop showing these snapshots; each code needs five new reporters before it has one again; how many."""
    return sum(snapshots.hide(code) for code in {snapshot.code for snapshot in shown if snapshot.shown})


def write_snapshots(today: date) -> Mapping[Written, int]:
    """The nightly batch: bring every code in line with its reports, a transaction each; how many codes came to what.

    It is the only thing that changes what the public sees, but for staff who take a snapshot down.
    """
    with transaction.atomic():
        keys.destroy_old_keys(today)
        forget_former_pages()
    return Counter(_write(code, today) for code in snapshots.codes_to_write(today))


@transaction.atomic
def _write(code: str, today: date) -> Written:
    keys.key_of_year(today)
    return snapshots.write(code, today)


def _write_at_once(codes: Iterable[str], today: date) -> None:
    if options.local_mode():
        for code in codes:
            snapshots.write(code, today)
