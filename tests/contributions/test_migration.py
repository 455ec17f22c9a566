"""What becomes of reports from the time when a key lived a month, and a browser made another reporter."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from contributions.models import Report, ReporterOrdinal, Snapshot
from contributions.reports import actions, queries
from contributions.reports.snapshots import Written
from tests.contributions.telling import CODE, OTHER_CODE

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = "0002_toolkit_signup", "0003_reporters_of_a_year"
TODAY = date(2026, 11, 29)


def migrate(to: str) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate([("contributions", to)])
    return executor.loader.project_state([("contributions", to)]).apps


@pytest.fixture
def old_reports() -> Any:
    """On one code five reporters of July and two of August; on another three of each month, shown as six."""
    apps = migrate(BEFORE)
    apps.get_model("contributions", "MonthlyKey").objects.create(month="2026-07", secret="ab" * 32)
    for code, counts in ((CODE, {"2026-07": 5, "2026-08": 2}), (OTHER_CODE, {"2026-07": 3, "2026-08": 3})):
        for month, count in counts.items():
            for ordinal in range(1, count + 1):
                _write(apps, code, month, ordinal, is_shown=code == OTHER_CODE or month == "2026-07")
        apps.get_model("contributions", "Snapshot").objects.create(
            code=code,
            floor=5,
            newcomers=5,
            tables={"reason": [["97", 100]], "overturned": None},
            taken_on=TODAY,
        )
    migrate(AFTER)
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _write(apps: Any, code: str, month: str, ordinal: int, *, is_shown: bool) -> None:
    reporter = apps.get_model("contributions", "ReporterOrdinal").objects.create(
        code=code, month=month, ordinal=ordinal, digest=f"{ordinal:016x}", in_snapshot=is_shown
    )
    apps.get_model("contributions", "Report").objects.create(
        reporter=reporter,
        code=code,
        payer_kind="medicare",
        reason="97" if is_shown else "50",
        state="accepted",
        received_on=date.fromisoformat(f"{month}-20"),
    )


def test_old_digests_are_gone_and_old_months_are_periods_of_their_own(old_reports: None) -> None:
    assert not ReporterOrdinal.objects.exclude(digest=None).exists()
    assert set(ReporterOrdinal.objects.values_list("period", flat=True)) == {"2026-07", "2026-08"}
    assert Report.objects.count() == 13


def test_the_batch_makes_the_shown_blocks_anew_from_what_they_counted(old_reports: None) -> None:
    assert queries.patterns(CODE) is None, "nothing is shown before the batch"
    assert actions.write_snapshots(TODAY) == {Written.TAKEN_AGAIN: 1, Written.HIDDEN: 1}
    found = queries.patterns(CODE)
    assert found is not None
    assert found.at_least == 5
    assert [(row.answer, row.word) for row in found.tables[0].rows] == [("97", "most")]
    assert Snapshot.objects.shown().count() == 1


def test_months_are_not_added_up_to_five(old_reports: None) -> None:
    actions.write_snapshots(TODAY)
    assert queries.patterns(OTHER_CODE) is None
