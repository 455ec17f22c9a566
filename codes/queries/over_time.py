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
class Basis:
    """What a release says of the code in the place asked for: all that its amounts are worked out from."""

    release: Release
    rows: pricing.CodeRows
    circumstances: pricing.Circumstances

    def is_that_of(self, before: "Basis") -> bool:
        """Whether a release of the same year says the same: each year has rules of its own."""
        then = before.circumstances
        now = replace(
            self.circumstances,
            date_of_service=then.date_of_service,
            release=then.release,
            release_effective=then.release_effective,
        )
        is_same_year = self.release.effective_from.year == before.release.effective_from.year
        return is_same_year and self.rows == before.rows and now == then


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How the code was valued through one release, or several that follow each other and say the same. `last` is the
    last day priced so; `conversion_factor` is the anesthesia factor for anesthesia codes. `changes` are sentences: what
    differs from the release before."""

    releases: tuple[Release, ...]
    last: date
    basis: Basis
    row: pricing.FeeScheduleRow
    conversion_factor: Decimal | None
    nonfacility: pricing.LinePrice
    facility: pricing.LinePrice
    changes: tuple[str, ...] = ()

    @property
    def release(self) -> Release:
        """The first of the releases."""
        return self.releases[0]

    @property
    def locality(self) -> pricing.Locality:
        """The locality priced: national where the indices of the year lack the one asked for."""
        return self.basis.circumstances.locality

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


def over_time(
    calendar: Calendar, record: CodeRecord, query: PriceQuery, since: date = date.min
) -> list[Point]:
    """The code in every release `since` a day that has it, earliest first, those that say the same together: one query
    for its rows, one for caps, one for each other list that prices it.

    One unit of the component asked for, in the locality, by the practitioner and on the track asked for. Where a
    locality is not in the indices of a year, or none are loaded, that release is priced nationally, and says so by its
    `locality`.
    """
    wanted = next((modifier for modifier in COMPONENTS if modifier in query.modifiers), "")
    schedule = [each for each in reversed(calendar.of(Source.PPRRVU)) if each.effective_from >= since]
    history = rows_by_release(schedule, record.code)
    caps = _caps(calendar, history, query.locality, schedule)
    ends = [*(following.effective_from - timedelta(days=1) for following in schedule[1:]), date.max]
    points: list[Point] = []
    for release, end in zip(schedule, ends, strict=True):
        rows = history.get(release.pk)
        if not rows or wanted not in rows.rows:
            continue
        last = min(end, date(release.effective_from.year, 12, 31))
        basis = Basis(
            release=release,
            rows=rows,
            circumstances=_circumstances(calendar, release, rows.rows[wanted], query, caps),
        )
        before = points[-1] if points else None
        if before and _goes_on(before, basis):
            points[-1] = replace(before, releases=(*before.releases, release), last=last)
        else:
            point = _point(basis, last, wanted, query)
            points.append(replace(point, changes=tuple(changes(before, point)) if before else ()))
    return points


def _goes_on(before: Point, basis: Basis) -> bool:
    """Whether a release leaves everything as it was until the day before."""
    begins = before.last + timedelta(days=1)
    return basis.release.effective_from == begins and basis.is_that_of(before.basis)


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


def _point(basis: Basis, last: date, modifier: str, query: PriceQuery) -> Point:
    row, circumstances = basis.rows.rows[modifier], basis.circumstances
    line = pricing.Line(row.code, (modifier,) if modifier else ())
    factor = circumstances.conversion_factor
    if row.status == "J":
        known = conversion_factors.anesthesia_in_force(circumstances.date_of_service, query.qualifying_apm)
        factor = known.value if known else None
    return Point(
        releases=(basis.release,),
        last=last,
        basis=basis,
        row=row,
        conversion_factor=factor,
        nonfacility=pricing.price_line(basis.rows, replace(line, place_of_service=OFFICE), circumstances),
        facility=pricing.price_line(basis.rows, replace(line, place_of_service=HOSPITAL), circumstances),
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
