"""Who is counted as one reporter, without knowing who it is."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from contributions.choices import Kind

models.CharField.register_lookup(Length)  # CHECKs below and in report.py ask how long a text is


class MonthlyKey(models.Model):
    """The secret of one month, with which reporters are told apart. It is destroyed 30 days after its month ends."""

    month = models.CharField(max_length=7, primary_key=True, help_text="2026-07")
    secret = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Key of {self.month}"


class ReporterOrdinal(models.Model):
    """One reporter on one code in one month of sending: a number, and the digest that finds it while the key lives.

    The digest covers the code, so that nothing joins one person's reports on two codes. `in_snapshot` says that some
    snapshot of the code, present or past, counts this reporter.
    """

    code = models.CharField(max_length=5)
    month = models.CharField(max_length=7)
    ordinal = models.PositiveIntegerField()
    digest = models.CharField(max_length=16, null=True)  # noqa: DJ001  (NULL once the key is destroyed, and never equal)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.COUNTED)
    in_snapshot = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "month", "ordinal"], name="one_reporter_an_ordinal"),
            models.UniqueConstraint(fields=["code", "month", "digest"], name="one_reporter_a_digest"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="reporter_kind_is_known"),
            models.CheckConstraint(condition=Q(month__length=7), name="reporter_month_is_no_day"),
        )

    def __str__(self) -> str:
        return f"Reporter {self.ordinal} of {self.month} on {self.code}"
