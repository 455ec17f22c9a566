"""Everything that changes reports. Each action is one transaction that ends with what the public sees put right."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from contributions import keys, options, receipts, snapshots, tokens
from contributions.choices import Kind, State
from contributions.models import Decision, Receipt, Report, Snapshot
from contributions.sender import Sender

ENDING = ("action", "outcome", "what_worked")


class AlreadySent(Exception):
    """The form's token was used up by another request."""


@transaction.atomic
def submit(
    code: str, answers: Mapping[str, str], sender: Sender, today: date, *, token: str, hold: str = ""
) -> str:
    """Keep a report and return its receipt, which is nowhere else.

    `answers` are fields of Report, already validated; `hold` says which rule was tripped, if one was. The same
    reporter with the same payer kind, reason and month updates the earlier report. Raises AlreadySent.
    """
    key = keys.key_of_month(today)
    if not tokens.spend(token, today):
        raise AlreadySent
    reporter = keys.reporter_of(key, code, sender, own=Kind.LOCAL if options.local_mode() else None)
    same = {name: answers.get(name, "") for name in ("payer_kind", "reason", "month")}
    report = reporter.reports.filter(**same).first() or Report(reporter=reporter, code=code)
    for name, value in answers.items():
        setattr(report, name, value)
    report.state, report.held_because = _verdict(report, hold)
    report.received_on = today
    report.save()
    receipt = receipts.new_receipt()
    Receipt.objects.create(report=report, digest=receipts.digest(receipt))
    snapshots.settle(code, today)
    return receipt


def _verdict(report: Report, hold: str) -> tuple[str, str]:
    """What becomes of a report: held if it tripped a rule, or if it was held or rejected when it was sent before."""
    if not hold and report.pk and report.state != State.ACCEPTED:
        hold = report.held_because or "sent again after a rejection"
    return (State.HELD, hold) if hold else (State.ACCEPTED, "")


@transaction.atomic
def withdraw(receipt: str, today: date) -> bool:
    """Delete the report of a receipt; False if there is none (any more)."""
    keys.key_of_month(today)
    report = _of_receipt(receipt)
    if report is None:
        return False
    report.delete()
    snapshots.settle(report.code, today)
    return True


@transaction.atomic
def add_outcome(receipt: str, answers: Mapping[str, str], today: date) -> bool:
    """Say what was done since, and how it ended. It shows from the next snapshot on. False if there is no report."""
    keys.key_of_month(today)
    report = _of_receipt(receipt)
    if report is None:
        return False
    for name in ENDING:
        setattr(report, name, answers[name] or getattr(report, name))
    report.save(update_fields=ENDING)
    return True


def _of_receipt(receipt: str) -> Report | None:
    return Report.objects.filter(receipts__digest=receipts.digest(receipt)).first()


@transaction.atomic
def decide(reports: Iterable[Report], state: State, staff_member: str, reason: str, today: date) -> int:
    """Accept or reject reports in one go, with the reason for the audit trail; how many."""
    keys.key_of_month(today)
    codes = set()
    decided = 0
    for report in reports:
        report.state = state
        report.held_because = ""
        report.save(update_fields=["state", "held_because"])
        Decision.objects.create(
            report=report, state=state, reason=reason, staff_member=staff_member, decided_on=today
        )
        codes.add(report.code)
        decided += 1
    for code in sorted(codes):
        snapshots.settle(code, today)
    return decided


@transaction.atomic
def erase_notes(reports: Iterable[Report]) -> int:
    """Erase notes that staff are done with; how many."""
    found = [report.pk for report in reports if report.note]
    return Report.objects.filter(pk__in=found).update(note="")


@transaction.atomic
def take_down(shown: Iterable[Snapshot]) -> int:
    """Stop showing these snapshots; each code needs five new reporters before it has one again; how many."""
    return sum(snapshots.hide(code) for code in {snapshot.code for snapshot in shown if snapshot.shown})


@transaction.atomic
def settle_all(today: date) -> int:
    """Bring every code in line with its reports; how many new snapshots. There are none to take, as a rule."""
    keys.key_of_month(today)
    codes = {
        *Report.objects.order_by().values_list("code", flat=True).distinct(),
        *Snapshot.objects.shown().values_list("code", flat=True),
    }
    return sum(snapshots.settle(code, today) is not None for code in sorted(codes))
