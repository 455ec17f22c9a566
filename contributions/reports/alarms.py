"""What staff should look at: many reports on one code in few days, and shares that moved a lot at once."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count

from contributions.models import Report, Snapshot
from contributions.reports.choices import ReporterKind
from contributions.reports.queries import TITLES

BURST_DAYS = 2
BURST_REPORTS = 10
SHIFT_PERCENT = 25


def bursts(today: date) -> Iterator[str]:
    """Codes with ten or more reports in two days, as sentences. Those of the sample, invented at once, are none."""
    recent = Report.objects.filter(received_on__gt=today - timedelta(days=BURST_DAYS))
    recent = recent.exclude(reporter__kind=ReporterKind.SAMPLE)
    counts = recent.order_by().values("code").annotate(reports=Count("pk")).filter(reports__gte=BURST_REPORTS)
    for row in counts.order_by("-reports", "code"):
        yield f"Burst: {row['reports']} reports on {row['code']} in {BURST_DAYS} days."


def shifts() -> Iterator[str]:
    """Answers whose share moved by 25 points or more between the shown snapshot and the one before it."""
    for shown in Snapshot.objects.shown():
        before = Snapshot.objects.filter(code=shown.code, pk__lt=shown.pk).last()
        if before and before.tables:
            yield from _moved(before, shown)


def _moved(before: Snapshot, after: Snapshot) -> Iterator[str]:
    for name, (title, _) in TITLES.items():
        was, now = _shares(before, name), _shares(after, name)
        for answer in sorted({*was, *now} if was and now else ()):
            if abs(now.get(answer, 0) - was.get(answer, 0)) >= SHIFT_PERCENT:
                yield (
                    f"Shift on {after.code}, {title.lower()}: {answer} went from {was.get(answer, 0)} % "
                    f"to {now.get(answer, 0)} %."
                )


def _shares(snapshot: Snapshot, name: str) -> dict[str, int]:
    """The shares of a table, none where its answers have words."""
    return {answer: percent for answer, _, percent in snapshot.tables.get(name, []) if percent is not None}
