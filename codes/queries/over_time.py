"""One code over time: its values, conversion factor and allowed amount in each release, and what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from codes import pricing
from codes.models import OppsCap, Release
from codes.models.release import Source
from codes.pricing import conversion_factors
from codes.pricing.limits import cap_carriers, locality_key
from codes.pricing.rounding import to_cents
from codes.pricing.schedules.kinds import LISTED_STATUSES
from codes.pricing.years import EFFICIENCY_YEAR
from codes.queries import geography
from codes.queries.circumstances import circumstances_for
from codes.queries.code import CodeRecord, rows_by_release
from codes.queries.listed_amounts import listed_amounts
from codes.queries.price_query import HOSPITAL, OFFICE, PriceQuery
from codes.queries.releases import Calendar

COMPONENTS = ("26", "TC", "53")
EFFICIENCY = Decimal("0.975")
VALUES = {
    "work_rvu": "work RVU",
    "nonfacility_pe_rvu": "practice expense RVU, office",
    "facility_pe_rvu": "practice expense RVU, facility",
    "malpractice_rvu": "malpractice RVU",
}
INDICES = {
    "work": "work index",
    "practice_expense": "practice expense index",
    "malpractice": "malpractice index",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A release as it values the code. `last` is the last day that it prices; `conversion_factor` is the anesthesia
    factor for anesthesia codes. `changes` are sentences: what differs from the release before."""

    release: Release
    last: date
    row: pricing.FeeScheduleRow
    locality: pricing.Locality
    conversion_factor: Decimal | None
    nonfacility: pricing.LinePrice
    facility: pricing.LinePrice
    changes: tuple[str, ...] = ()

    @property
    def office_total(self) -> Decimal:
        return self.row.work_rvu + self.row.nonfacility_pe_rvu + self.row.malpractice_rvu

    def amount(self, setting: pricing.Setting) -> Decimal | None:
        """The allowed amount of a setting. A cell that CMS marks as not valued for the office has none of its own."""
        if setting == "nonfacility" and self.row.nonfacility_na:
            return None
        return (self.facility if setting == "facility" else self.nonfacility).allowed


# The rows of a code, by relative value release.
History = Mapping[int, pricing.CodeRows]
# The caps of a code in a locality, by relative value release.
Caps = Mapping[int, Mapping[tuple[str, str], tuple[Decimal, Decimal]]]


def over_time(calendar: Calendar, record: CodeRecord, query: PriceQuery) -> list[Point]:
    """The code in every release that holds it, earliest first: one query for its rows, one for caps, one for each
    other list that prices it.

    One unit of the component asked for, in the locality, by the practitioner and on the track asked for. Where a
    locality is not in the indices of a year, or none are loaded, that release is priced nationally, and says so by its
    `locality`.
    """
    wanted = next((modifier for modifier in COMPONENTS if modifier in query.modifiers), "")
    schedule = list(reversed(calendar.of(Source.PPRRVU)))
    history = rows_by_release(calendar, record.code)
    caps = _caps(calendar, history, query.locality, schedule)
    ends = [*(following.effective_from - timedelta(days=1) for following in schedule[1:]), date.max]
    points: list[Point] = []
    for release, end in zip(schedule, ends, strict=True):
        rows = history.get(release.pk)
        if rows and wanted in rows.rows:
            last = min(end, date(release.effective_from.year, 12, 31))
            point = _point(calendar, release, last, rows, wanted, query, caps)
            before = points[-1] if points else None
            points.append(replace(point, changes=tuple(changes(before, point)) if before else ()))
    return points


def changes(before: Point, after: Point) -> Iterator[str]:
    """What differs between two releases, as sentences without a full stop."""
    if before.conversion_factor != after.conversion_factor:
        yield f"conversion factor {_change(before.conversion_factor, after.conversion_factor)}"
    for field, words in VALUES.items():
        old, new = getattr(before.row, field), getattr(after.row, field)
        if old != new and field == "work_rvu" and _is_efficiency_adjustment(before, after):
            yield f"{words} {old} to {new}, the {EFFICIENCY_YEAR} efficiency adjustment of -2.5 %"
        elif old != new:
            yield f"{words} {_change(old, new)}"
    for field, words in INDICES.items():
        old, new = getattr(before.locality.gpci, field), getattr(after.locality.gpci, field)
        if old != new:
            yield f"{words} {_change(old, new)}"
    for field, words in (("status", "status"), ("global_days", "global days"), ("pctc", "PC/TC indicator")):
        if getattr(before.row, field) != getattr(after.row, field):
            yield f"{words} {getattr(before.row, field)} to {getattr(after.row, field)}"
    for field, words in (("nonfacility_na", "the office"), ("facility_na", "a facility")):
        if getattr(before.row, field) != getattr(after.row, field):
            yield f"now {'not valued' if getattr(after.row, field) else 'valued'} for {words}"


def _is_efficiency_adjustment(before: Point, after: Point) -> bool:
    """Whether work fell by exactly 2.5 percent, rounded half up, from a year before 2026 into 2026 (CY 2026 physician
    fee schedule final rule): true of 7,372 of the 7,428 rows whose work changed then."""
    crosses = before.release.effective_from.year < EFFICIENCY_YEAR == after.release.effective_from.year
    return crosses and after.row.work_rvu == to_cents(before.row.work_rvu * EFFICIENCY)


def _change(old: Decimal | None, new: Decimal | None) -> str:
    if not old or new is None:
        return f"{old or 0} to {new}"
    return f"{old} to {new} ({to_cents((new / old - 1) * 100):+.1f} %)"


def _point(
    calendar: Calendar,
    release: Release,
    last: date,
    rows: pricing.CodeRows,
    modifier: str,
    query: PriceQuery,
    caps: Caps,
) -> Point:
    at, row = release.effective_from, rows.rows[modifier]
    circumstances = _circumstances(calendar, release, row, query, caps)
    line = pricing.Line(rows.code, (modifier,) if modifier else ())
    is_anesthesia = row.status == "J"
    known = conversion_factors.anesthesia_in_force(at, query.qualifying_apm) if is_anesthesia else None
    return Point(
        release=release,
        last=last,
        row=row,
        locality=circumstances.locality,
        conversion_factor=(known.value if known else None)
        if is_anesthesia
        else circumstances.conversion_factor,
        nonfacility=pricing.price_line(rows, replace(line, place_of_service=OFFICE), circumstances),
        facility=pricing.price_line(rows, replace(line, place_of_service=HOSPITAL), circumstances),
    )


def _circumstances(
    calendar: Calendar,
    release: Release,
    row: pricing.FeeScheduleRow,
    query: PriceQuery,
    caps: Caps,
) -> pricing.Circumstances:
    at = release.effective_from
    key = geography.key_of(query.locality)
    there = (locality for locality in geography.localities(calendar, at) if geography.key_of(locality) == key)
    locality = next(there, pricing.NATIONAL) if key else pricing.NATIONAL
    return replace(
        circumstances_for(calendar, release, {}, replace(query, date_of_service=at, locality=locality)),
        opps_caps=caps.get(release.pk) if locality.mac else None,
        listed=listed_amounts(calendar, [row.code], at, locality) if row.status in LISTED_STATUSES else {},
    )


def _caps(
    calendar: Calendar, history: History, locality: pricing.Locality, schedule: list[Release]
) -> dict[int, dict[tuple[str, str], tuple[Decimal, Decimal]]]:
    """The caps of a code in one locality, by relative value release; a release without its file has none. No query for
    a code without OPPS values."""
    every = [row for rows in history.values() for row in rows.rows.values()]
    if not locality.mac or not any(row.opps_nonfacility_pe or row.opps_facility_pe for row in every):
        return {}
    files = {
        file.pk: release.pk
        for release in schedule
        if (file := calendar.of_same_quarter(Source.OPPS_CAP, release))
    }
    found: dict[int, dict[tuple[str, str], tuple[Decimal, Decimal]]] = {pk: {} for pk in files.values()}
    rows = OppsCap.objects.filter(
        release__in=files, code=every[0].code, mac__in=cap_carriers(locality.mac), locality=locality.number
    )
    for row in rows:
        if locality_key(row.mac, row.locality) == (locality.mac, locality.number):
            prices = (row.facility_price, row.nonfacility_price)
            found[files[row.release_id]][row.code, row.modifier] = prices
    return found
