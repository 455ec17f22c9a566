"""What the facilities' own lists say of a code on a day: the ASC addenda, and OPPS Addenda A and B.

A list holds within its year, the rate of a drug within its quarter. For a later day the last list before it is named
with what it had, never as that day's amount.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Model

from codes.caching.versions import versioned_cache
from codes.formatting import day, dollars
from codes.models import ApcRate, AscRate, OppsRate, Release
from codes.models.release import Source
from codes.pricing.composites import composite_note
from codes.pricing.facility import FacilityPayment, FacilityStatus
from codes.pricing.outpatient_hospital import OppsEntry, outpatient_payment
from codes.pricing.schedules.listed import COINSURANCE
from codes.pricing.surgery_center import AscEntry, surgery_center_payment
from codes.queries.prepared import Query, prepared
from codes.queries.releases import Calendar, quarters_carried

NAMES = {Source.ASC: "ASC addenda", Source.OPPS: "OPPS Addendum B"}
DRUG_INDICATORS = frozenset({"K2", "K", "G", "K1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityQuery:
    """A code on a day, with the coinsurance that the practitioner's line has. `in_sample` says that the sample holds
    the code, so that a list of the sample that lacks it says something."""

    calendar: Calendar
    code: str
    at: date
    coinsurance: Decimal = COINSURANCE
    in_sample: bool = False


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """What a list says; `payment` is None where none of that year does, and `missing` then tells which is missing."""

    payment: FacilityPayment | None
    release: Release | None
    missing: str = ""


def facility_payment(query: FacilityQuery, source: Source) -> ListedFacility:
    """What the list of `source` in force on the day pays a facility: one query, or one for the list before it."""
    release = query.calendar.of_same_year(source, query.at)
    if release is None:
        return ListedFacility(
            None, None, f"No {NAMES[source]} of {query.at.year} loaded.{_earlier(query, source)}"
        )
    payment = _payment(query, release)
    if payment is None:
        missing = f"{query.code} is not in the sample of {release.name}. CMS's own list may have it."
        return ListedFacility(None, release, missing)
    return ListedFacility(payment, release)


def codes_with_rates(release: Release) -> frozenset[str]:
    """The codes for which a list pays a facility an amount on its first day (one query)."""
    is_center = release.source == Source.ASC
    model, entry = (AscRate, AscEntry) if is_center else (OppsRate, OppsEntry)
    pay: Callable[..., FacilityPayment] = surgery_center_payment if is_center else outpatient_payment
    rows = model._default_manager.filter(release=release).values("code", *entry.__dataclass_fields__)
    paid = ((code := row.pop("code"), pay(code, entry(**row), release.effective_from)) for row in rows)
    return frozenset(code for code, payment in paid if payment.allowed is not None)


def _payment(query: FacilityQuery, release: Release) -> FacilityPayment | None:
    """None where it is a sample that says nothing of the code."""
    found = _center(query, release) if release.source == Source.ASC else _hospital(query, release)
    if found is None or found.allowed is None or found.indicator not in DRUG_INDICATORS:
        return found
    return _of_older_quarter(found, release) if quarters_carried(release, query.at) else found


def _of_older_quarter(drug: FacilityPayment, release: Release) -> FacilityPayment:
    """The payment without an amount: CMS sets the rate of a drug anew each quarter."""
    assert drug.allowed is not None
    rate = f"{dollars(drug.allowed)} was the rate from {day(release.effective_from)}"
    sentence = f"{drug.sentence} {rate}; CMS sets a drug's rate anew each quarter."
    return replace(drug, allowed=None, patient=None, sentence=sentence)


def _center(query: FacilityQuery, release: Release) -> FacilityPayment | None:
    entry = _asc_entry(release, query.code)
    if entry is None and release.is_sample and not query.in_sample:
        return None
    return surgery_center_payment(query.code, entry, query.at, query.coinsurance)


def _hospital(query: FacilityQuery, release: Release) -> FacilityPayment | None:
    entry = _opps_entry(release, query.code)
    if entry is None and release.is_sample and not query.in_sample:
        return None
    payment = outpatient_payment(query.code, entry, query.at, query.coinsurance)
    addendum_a = query.calendar.of_same_year(Source.OPPS_APC, query.at) if payment.group else None
    if addendum_a is None:
        return payment
    groups = _groups(addendum_a)
    note = composite_note(query.code, payment.indicator, groups.rates)
    notes = (*payment.notes, note) if note else payment.notes
    return replace(payment, group_title=groups.titles.get(payment.group, ""), notes=notes)


@versioned_cache(1024)
def _asc_entry(release: Release, code: str) -> AscEntry | None:
    return next((AscEntry(**row) for row in _rates([code], AscRate, AscEntry, release.pk)), None)


@versioned_cache(1024)
def _opps_entry(release: Release, code: str) -> OppsEntry | None:
    return next((OppsEntry(**row) for row in _rates([code], OppsRate, OppsEntry, release.pk)), None)


@dataclass(frozen=True, slots=True)
class _Groups:
    """What Addendum A says of each APC: what CMS calls it, and its rate in dollars where it has one."""

    titles: dict[str, str]
    rates: dict[str, Decimal]


@versioned_cache(16)
def _groups(release: Release) -> _Groups:
    rows = list(ApcRate.objects.filter(release=release).values_list("apc", "title", "rate"))
    return _Groups(
        {apc: title for apc, title, _ in rows}, {apc: rate for apc, _, rate in rows if rate is not None}
    )


@prepared
def _rates(
    codes: Collection[str], model: type[Model], entry: type[AscEntry] | type[OppsEntry], release: int
) -> Query:
    rows = model._default_manager.filter(release=release, code__in=codes)
    return rows.values(*entry.__dataclass_fields__)


def _earlier(query: FacilityQuery, source: Source) -> str:
    """What the last list before the day had, in a sentence with its year; '' where there is none."""
    release = query.calendar.in_force(source, query.at)
    then = _payment(replace(query, at=release.effective_from), release) if release else None
    if release is None or then is None:
        return ""
    if then.allowed:
        return f" The list of {release.effective_from.year} had {dollars(then.allowed)}."
    excluded = then.status is FacilityStatus.EXCLUDED
    return f" In the list of {release.effective_from.year}: {then.sentence}" if excluded else ""
