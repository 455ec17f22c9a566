"""The whole fee schedule of a release, in memory: what amounts in bulk are worked out from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.db import connection
from django.db.models import BooleanField, DecimalField, FloatField, IntegerField
from django.db.models.functions import Cast

from codes.models import FeeScheduleRow, Release
from codes.pricing.schedule import COLUMNS, Columns, Schedule, schedule_of


@dataclass(frozen=True)
class ReleaseSchedule:
    """A schedule, and where each row of it stands."""

    schedule: Schedule

    @cached_property
    def row_of(self) -> Mapping[tuple[str, str], int]:
        """The number of each row, by code and modifier."""
        return {key: row for row, key in enumerate(self.schedule.keys)}


def schedule_of_release(release: Release) -> ReleaseSchedule:
    """The rows of a release, by code and modifier: one query, once a process and release."""
    return _schedule(release.pk, release.loaded_at)


@lru_cache(maxsize=4)
def _schedule(release: int, loaded_at: datetime) -> ReleaseSchedule:
    rows = FeeScheduleRow.objects.filter(release=release).order_by("code", "modifier")
    with connection.cursor() as cursor:  # Django would look at each of half a million values once more
        cursor.execute(*rows.values_list(*map(_fast, COLUMNS)).query.sql_with_params())
        return ReleaseSchedule(schedule_of(Columns.of(cursor.fetchall())))


def _fast(name: str) -> str | Cast:
    """A field as the database reads it fastest: a number with two decimals as a float, which tells it exactly, and a
    truth as 0 or 1."""
    field = FeeScheduleRow._meta.get_field(name)
    if isinstance(field, DecimalField):
        return Cast(name, FloatField())
    return Cast(name, IntegerField()) if isinstance(field, BooleanField) else name
