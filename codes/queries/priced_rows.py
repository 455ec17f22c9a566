"""Which release prices a day, and what it and its companions hold of codes: rows, base units, waived tests."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache

from codes import pricing
from codes.formatting import day
from codes.models import AnesthesiaBase, LabRate, Release
from codes.models.release import Source
from codes.pricing import Refusal
from codes.queries.code import code_rows
from codes.queries.listed_amounts import stand_in_rows
from codes.queries.releases import Calendar


def no_release(calendar: Calendar, at: date) -> Refusal | None:
    """Why nothing can be priced on `at`, or None when a release of that year is in force.

    CMS sets new values each January: a release is carried from quarter to quarter, never into another year.
    """
    citation = "42 CFR 414.24: relative values are set for each year"
    release = calendar.in_force(Source.PPRRVU, at)
    if release and release.effective_from.year == at.year:
        return None
    loaded = calendar.of(Source.PPRRVU)
    if not loaded:
        text = "No relative value file is loaded. An operator loads one with load_cms."
    elif release is None:
        first = loaded[-1]
        text = f"The earliest relative value file that is loaded, {first.name}, begins on {day(first.effective_from)}."
    else:
        text = (
            f"No relative value file of {at.year} in force on that day is loaded; "
            f"the last before it is {release.name}."
        )
    return Refusal("no_release", text, citation)


def base_units(calendar: Calendar, rows: Mapping[str, pricing.CodeRows], at: date) -> Mapping[str, int]:
    """The base units of the anesthesia codes among these, by code; empty where no table is loaded."""
    anesthesia = [code for code, each in rows.items() if "" in each.rows and each.rows[""].status == "J"]
    release = calendar.nearest(Source.ANESTHESIA_BASE, at) if anesthesia else None
    held = _base_units(release.pk, release.loaded_at) if release else {}
    return {code: held[code] for code in anesthesia if code in held}


@lru_cache(maxsize=32)
def _base_units(release: int, loaded_at: datetime) -> dict[str, int]:
    """The few hundred base units of a release, which never change once it is ready."""
    return dict(AnesthesiaBase.objects.filter(release=release).values_list("code", "base_units"))


def waived_tests(calendar: Calendar, at: date) -> frozenset[str] | None:
    """The laboratory codes with a QW row in the schedule of that year; None where it is not loaded."""
    release = calendar.of_same_year(Source.CLFS, at)
    return _waived_tests(release.pk, release.loaded_at) if release else None


@lru_cache(maxsize=32)
def _waived_tests(release: int, loaded_at: datetime) -> frozenset[str]:
    rows = LabRate.objects.filter(release=release, modifier="QW")
    return frozenset(rows.values_list("code", flat=True))


def rows_to_price(
    calendar: Calendar, release: Release | None, codes: Collection[str], at: date
) -> dict[str, pricing.CodeRows]:
    """The rows of these codes in a release (one query), and stand-ins for those that only another list prices, or did:
    their price says which list isn't loaded. Without a release only what a list of the day prices has a row."""
    rows = code_rows(release, codes) if release else {}
    return rows | stand_in_rows(
        calendar, {code for code in codes if code not in rows}, at, former=bool(release)
    )
