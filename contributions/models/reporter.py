"""Who is counted as one reporter, without knowing who it is."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from contributions.reports.choices import ReporterKind

models.CharField.register_lookup(Length)  # CHECKs below and in report.py ask how long a text is


class YearKey(models.Model):
    """The secret of one year, with which reporters are distinguished. It is destroyed 30 days after its year ends."""

    year = models.CharField(max_length=4, primary_key=True, help_text="2026")
    secret = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Key of {self.year}"


class DayKey(models.Model):
    """The secret of one day, with which arrivals within an hour are distinguished. The night's update destroys it."""

    day = models.DateField(primary_key=True)
    secret = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Key of {self.day:%Y-%m-%d}"


class ReporterOrdinal(models.Model):
    """One reporter on one code in one period: a number, and the digest that finds it while the key lives.

    A period is a year, "2026"; reports of the time when a key lived a month have that month, "2026-07". The digest
    covers the code, so that nothing joins one person's reports on two codes. `in_snapshot` says that some snapshot of
    the code, present or past, counts this reporter.
    """

    code = models.CharField(max_length=5)
    period = models.CharField(max_length=7)
    ordinal = models.PositiveIntegerField()
    digest = models.CharField(max_length=16, null=True)  # noqa: DJ001  (NULL once the key is destroyed, and never equal)
    kind = models.CharField(max_length=8, choices=ReporterKind, default=ReporterKind.COUNTED)
    in_snapshot = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "period", "ordinal"], name="one_reporter_an_ordinal"),
            models.UniqueConstraint(fields=["code", "period", "digest"], name="one_reporter_a_digest"),
            models.CheckConstraint(condition=Q(kind__in=ReporterKind.values), name="reporter_kind_is_known"),
            models.CheckConstraint(condition=Q(period__length__in=[4, 7]), name="reporter_period_is_no_day"),
        )

    def __str__(self) -> str:
        return f"Reporter {self.ordinal} of {self.period} on {self.code}"


class NewcomerMark(models.Model):
    """What newcomers on a code may have in common: the larger network, and the hour in which they came.

    A mark is a digest of 64 bits that covers the code. Two newcomers with the same mark came from one /16 (IPv6: /32),
    or within about an hour; what it was, nothing here says. The marks of a code go when a snapshot counts its
    newcomers or staff look at them.
    """

    reporter = models.ForeignKey(ReporterOrdinal, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reporter", "mark"], name="one_mark_a_newcomer"),)

    def __str__(self) -> str:
        return f"Mark of reporter {self.reporter_id}"
