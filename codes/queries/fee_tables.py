"""The whole fee schedule of a locality: what decides it, and its rows, priced or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from codes import pricing
from codes.caching.versions import versions
from codes.models import FeeScheduleRow, Release
from codes.models.release import Source
from codes.pricing.bulk import dollars
from codes.pricing.conversion_factors import TWO_TRACKS
from codes.queries.circumstances import conversion_factor, refuse_fees
from codes.queries.imaging_caps import caps_of_release
from codes.queries.names import best_name, every_name
from codes.queries.releases import Calendar
from codes.queries.schedules import schedule_of_release

FEE_COLUMNS = (
    *("code", "modifier", "name", "status", "office", "facility", "imaging_cap_binds", "global_days"),
    *("work_rvu", "practice_expense_rvu_office", "practice_expense_rvu_facility", "malpractice_rvu"),
    *("mac", "locality", "conversion_factor", "release", "release_in_force_from"),
)
_STATIC = (
    *("code", "modifier", "description", "status", "global_days"),
    *("work_rvu", "nonfacility_pe_rvu", "facility_pe_rvu", "malpractice_rvu"),
)
# The releases that a fee schedule of a day reads.
DECIDING = (Source.PPRRVU, Source.PPRRVU_QPP, Source.GPCI, Source.OPPS_CAP, Source.HCPCS)

Amounts = tuple[Decimal | None, Decimal | None, str]


@dataclass(frozen=True, slots=True)
class FeeTable:
    """The fee schedule of a day and track. All days that the same releases decide have the same rows."""

    calendar: Calendar
    at: date
    release: Release
    factor: Decimal
    qualifying_apm: bool

    @property
    def decided_by(self) -> tuple[Any, ...]:
        """All that decides the rows."""
        found = (
            self.release,
            self.calendar.of_same_year(Source.GPCI, self.at),
            self.calendar.of_same_quarter(Source.OPPS_CAP, self.release),
            self.calendar.nearest(Source.HCPCS, self.at),
        )
        texts = next((number for name, number, _ in versions() if name == "texts"), 0)
        read = tuple((each.pk, each.loaded_at.isoformat()) if each else None for each in found)
        return (*read, str(self.factor), self.qualifying_apm, texts, settings.CPT_DESCRIPTIONS)


def fee_table(calendar: Calendar, at: date, qualifying_apm: bool) -> FeeTable | None:
    """None where no release, or no factor of the track, prices that day. Before there were two tracks, both have one
    table."""
    release = calendar.in_force(Source.PPRRVU, at)
    if release is None or refuse_fees(calendar, at, qualifying_apm):
        return None
    factor = conversion_factor(calendar, release, qualifying_apm)
    has_tracks = release.effective_from.year >= TWO_TRACKS
    return FeeTable(calendar, at, release, factor, qualifying_apm and has_tracks) if factor else None


class FeeRows:
    """The rows of a fee table (four queries)."""

    def __init__(self, table: FeeTable) -> None:
        self._factor = table.factor
        self._caps = caps_of_release(table.calendar, table.release)
        self._schedule = schedule_of_release(table.release).schedule
        self.static = list(_static_rows(table))

    def amounts(self, locality: pricing.Locality) -> Iterator[Amounts]:
        """For an office, for a facility, and whether the imaging cap binds ("yes" or "no"): a tuple a row."""
        found = self._schedule.cents([locality], self._factor, self._caps)
        office, facility, is_capped = (array[:, 0].tolist() for array in found)
        for in_office, in_facility, capped in zip(office, facility, is_capped, strict=True):
            yield dollars(in_office), dollars(in_facility), "yes" if capped else "no"


def _static_rows(table: FeeTable) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """What all localities share of each row: the cells before the amounts, and those after them."""
    names = every_name(table.calendar, table.at)
    stored = FeeScheduleRow.objects.filter(release=table.release).order_by("code", "modifier")
    for code, modifier, description, status, *values in stored.values_list(*_STATIC).iterator():
        licensed = description if settings.CPT_DESCRIPTIONS else ""
        yield (code, modifier, best_name(names.get(code, ""), "", licensed), status), tuple(values)
