"""Snapshots of a code's reports: the only thing that the public ever sees of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from contributions.reports.anonymity import DENIAL_MINIMUM
from contributions.reports.choices import ReporterKind


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def shown(self) -> "SnapshotQuerySet":
        return self.filter(shown=True)


class Snapshot(models.Model):
    """The tables of one code at one step, worked out once. Later it may only be marked as outdated or not shown.

    `floor` is the step reached ("20+ reporters"), `newcomers` how many reporters were new at the last step: the
    database refuses fewer than five of either. `outdated` says that a report which it counts was withdrawn
    or rejected since: the night's update takes it again without that report.
    """

    code = models.CharField(max_length=5)
    floor = models.PositiveIntegerField()
    newcomers = models.PositiveIntegerField()
    tables = models.JSONField()
    kind = models.CharField(max_length=8, choices=ReporterKind, default=ReporterKind.COUNTED)
    shown = models.BooleanField(default=True)
    outdated = models.BooleanField(default=False)
    taken_on = models.DateField()

    objects: ClassVar = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ("code", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(floor__gte=DENIAL_MINIMUM), name="snapshot_floor_is_five_or_more"
            ),
            models.CheckConstraint(
                condition=Q(newcomers__gte=DENIAL_MINIMUM), name="snapshot_differs_by_five_or_more"
            ),
            models.CheckConstraint(condition=Q(kind__in=ReporterKind.values), name="snapshot_kind_is_known"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(shown=True), name="one_shown_snapshot_a_code"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: at least {self.floor}, {self.taken_on:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new snapshot; one that is written does not change."""
        if self.pk is not None:
            raise TypeError("A snapshot is never changed: write a new one.")
        super().save(*args, **kwargs)
