"""A report costs the same on a code with many others as on an empty one, and the batch counts before it reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contributions.models import Report, ReporterOrdinal
from contributions.reports import actions, snapshots
from contributions.reports.choices import ReportState
from tests.contributions.telling import CODE, OTHER_CODE, TODAY, at_night, tell, tell_all

pytestmark = pytest.mark.django_db


def many(count: int, code: str = CODE) -> None:
    """So many accepted reports, each of a reporter of its own, all in an earlier snapshot."""
    reporters = ReporterOrdinal.objects.bulk_create(
        ReporterOrdinal(code=code, period="2026", ordinal=n, digest=f"{n:016x}", in_snapshot=True)
        for n in range(1, count + 1)
    )
    Report.objects.bulk_create(
        Report(
            reporter=reporter,
            code=code,
            payer_kind="medicare",
            reason="97",
            state=ReportState.ACCEPTED,
            received_on=TODAY,
            in_snapshot=True,
        )
        for reporter in reporters
    )


def statements(act: Any) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return [query["sql"].split(" WHERE ")[0][:200] for query in captured.captured_queries]


def test_a_report_on_a_code_with_many_others_asks_what_one_on_an_empty_code_asks() -> None:
    tell(1, code="00000")
    empty = statements(lambda: tell(2, code=OTHER_CODE))
    many(2_000)
    crowded = statements(lambda: tell(2))
    assert len(crowded) == len(empty)
    assert not any("COUNT(" in sql or "GROUP BY" in sql for sql in crowded)


def test_a_withdrawal_and_a_decision_read_their_own_report_only() -> None:
    receipt = tell(1)
    many(2_000, OTHER_CODE)
    for act in (
        lambda: actions.decide(
            Report.objects.filter(code=CODE), ReportState.ACCEPTED, "robin", "fine", TODAY
        ),
        lambda: actions.withdraw(receipt, TODAY),
    ):
        assert not any("COUNT(" in sql or "GROUP BY" in sql for sql in statements(act))


def test_the_batch_reads_no_report_of_a_code_that_is_not_due(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = snapshots.as_counted

    def noted(report: Any) -> Any:
        read.append(report.code)
        return original(report)

    monkeypatch.setattr(snapshots, "as_counted", noted)
    many(200)
    tell_all(5, code=OTHER_CODE)
    at_night()
    first = set(read)
    read.clear()
    tell(6, code=OTHER_CODE)
    asked = statements(at_night)
    assert OTHER_CODE in first
    assert read == []
    assert len(asked) <= 8


def test_a_second_night_asks_the_same_few_questions_however_many_codes_there_are() -> None:
    at_night()
    few = len(statements(at_night))
    for number in range(30):
        tell_all(2, code=f"9{number:04}")
    assert len(statements(lambda: at_night(TODAY + timedelta(days=1)))) <= few + 1
