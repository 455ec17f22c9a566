"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from contributions.models import (
    Decision,
    NewcomerMark,
    Receipt,
    Report,
    ReporterOrdinal,
    Snapshot,
    SpentToken,
)
from contributions.reports.choices import ReportState
from tests.contributions.telling import CODE, TODAY

pytestmark = pytest.mark.django_db


def refused(name: str, make: Any) -> None:
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        make()
    assert name in str(fault.value)


def snapshot(**changes: Any) -> Snapshot:
    fields = {"code": CODE, "floor": 5, "newcomers": 5, "tables": {}, "taken_on": TODAY, **changes}
    return Snapshot.objects.create(**fields)


def reporter(**changes: Any) -> ReporterOrdinal:
    fields = {"code": CODE, "period": "2026", "ordinal": 1, "digest": "0" * 16, **changes}
    return ReporterOrdinal.objects.create(**fields)


def report(by: ReporterOrdinal, **changes: Any) -> Report:
    fields = {"code": CODE, "payer_kind": "medicare", "reason": "97", "received_on": TODAY, **changes}
    return Report.objects.create(reporter=by, **fields)


def test_a_snapshot_of_four_is_refused() -> None:
    refused("snapshot_floor_is_five_or_more", lambda: snapshot(floor=4))


def test_a_snapshot_that_differs_by_four_is_refused() -> None:
    refused("snapshot_differs_by_five_or_more", lambda: snapshot(newcomers=4))


def test_a_snapshot_of_an_unknown_kind_is_refused() -> None:
    refused("snapshot_kind_is_known", lambda: snapshot(kind="rumour"))


def test_two_shown_snapshots_of_a_code_are_refused() -> None:
    snapshot()
    snapshot(shown=False)
    refused("code", snapshot)


def test_a_reporter_of_an_unknown_kind_is_refused() -> None:
    refused("reporter_kind_is_known", lambda: reporter(kind="rumour"))


def test_a_reporter_of_anything_but_a_year_or_a_month_is_refused() -> None:
    refused("reporter_period_is_no_day", lambda: reporter(period="2026-7"))


def test_two_reporters_with_one_ordinal_or_one_digest_are_refused() -> None:
    reporter()
    refused("ordinal", lambda: reporter(digest="1" * 16))
    refused("digest", lambda: reporter(ordinal=2))


def test_one_mark_of_a_kind_a_newcomer() -> None:
    by = reporter()
    NewcomerMark.objects.create(reporter=by, mark="0" * 16)
    refused("mark", lambda: NewcomerMark.objects.create(reporter=by, mark="0" * 16))


def test_destroyed_digests_do_not_collide() -> None:
    assert reporter(digest=None).pk != reporter(digest=None, ordinal=2).pk


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("report_state_is_known", {"state": "lost"}),
        ("denial_month_is_no_day", {"month": "2026-7"}),
        ("payer_kind_is_known", {"payer_kind": "aunt"}),
        ("report_has_a_reason", {"reason": ""}),
    ],
)
def test_a_report_that_cannot_be_is_refused(name: str, changes: dict[str, Any]) -> None:
    by = reporter()
    refused(name, lambda: report(by, **changes))


def test_one_report_a_reporter_payer_reason_and_month() -> None:
    by = reporter()
    report(by, month="2026-06")
    report(by, month="2026-07")
    refused("month", lambda: report(by, month="2026-07"))


def test_a_decision_of_an_unknown_state_is_refused() -> None:
    about = report(reporter())
    refused(
        "decision_state_is_known",
        lambda: Decision.objects.create(report=about, state="lost", staff_member="a", decided_on=TODAY),
    )


def test_a_receipt_and_a_token_are_good_for_one() -> None:
    about = report(reporter())
    Receipt.objects.create(report=about, digest="a")
    refused("digest", lambda: Receipt.objects.create(report=about, digest="a"))
    SpentToken.objects.create(pk="a", spent_on=TODAY)
    refused("digest", lambda: SpentToken.objects.create(pk="a", spent_on=TODAY))


def test_received_is_the_state_of_a_report_that_nobody_judged() -> None:
    assert report(reporter()).state == ReportState.RECEIVED
