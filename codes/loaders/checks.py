"""What is checked of a release before it becomes the one in force, as sentences with numbers."""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import Count

from codes.loaders.errors import LoadRefused
from codes.models import (
    ApcRate,
    AscRate,
    CoverageDocument,
    Diagnosis,
    EquipmentFee,
    FeeScheduleRow,
    Gpci,
    OppsRate,
    Release,
    ZipLocality,
)
from codes.models.release import Source
from codes.pricing.years import LOCALITIES_BY_YEAR

MOST_CODES_GONE = Decimal("0.10")


def sentences(release: Release, former: Release | None) -> list[str]:
    """The checks of `release`, each a sentence; LoadRefused when one fails."""
    messages = [f"{release.row_count:,} rows"]
    check = CHECKS.get(release.source)
    return messages + (check(release, former) if check else [])


def _fee_schedule(release: Release, former: Release | None) -> list[str]:
    rows = FeeScheduleRow.objects.filter(release=release)
    priced = rows.filter(status__in="ART", modifier="").count()
    if former and former.is_sample == release.is_sample:
        _refuse_cut_short(release, former)
    return [
        "totals equal their parts",
        f"one conversion factor, {release.conversion_factor}",
        f"{priced:,} codes with status A, R or T",
    ]


def _refuse_cut_short(release: Release, former: Release) -> None:
    then = _codes(former)
    gone = then - _codes(release)
    if len(gone) > MOST_CODES_GONE * len(then):
        raise LoadRefused(
            f"{len(gone):,} of {len(then):,} codes of {former.name} are missing. "
            "A release never drops so many: the file looks cut short."
        )


def _codes(release: Release) -> set[str]:
    return set(FeeScheduleRow.objects.filter(release=release, modifier="").values_list("code", flat=True))


def _localities(release: Release, former: Release | None) -> list[str]:
    year = release.effective_from.year
    known = max((each for each in LOCALITIES_BY_YEAR if each <= year), default=None)
    expected = LOCALITIES_BY_YEAR[known] if known else 0
    if year == known and release.row_count != expected:
        raise LoadRefused(
            f"{release.row_count} localities; {year} has {expected}. The file looks cut short or doubled."
        )
    if release.row_count < expected:
        raise LoadRefused(
            f"{release.row_count} localities; {known} had {expected}. The file looks cut short. If CMS has merged "
            f"localities in {year}, this check (LOCALITIES_BY_YEAR) has to learn it first."
        )
    states = Gpci.objects.filter(release=release).aggregate(n=Count("state", distinct=True))["n"]
    return [f"{release.row_count} localities in {states} states and territories"]


def _zips(release: Release, former: Release | None) -> list[str]:
    rows = ZipLocality.objects.filter(release=release)
    places = rows.values("mac", "locality").distinct().count()
    spanning = rows.filter(plus_four=True).count()
    return [f"{places} localities", f"{spanning:,} ZIP codes span localities"]


def _surgery_centers(release: Release, former: Release | None) -> list[str]:
    rows = AscRate.objects.filter(release=release)
    counts = {name: rows.filter(addendum=name).count() for name in ("AA", "BB", "EE")}
    if release.is_sample or all(counts.values()):
        return ["{AA:,} surgical, {BB:,} ancillary and {EE:,} excluded codes".format(**counts)]
    raise LoadRefused("It has no codes of one of the addenda AA, BB and EE.")


def _outpatient_hospitals(release: Release, former: Release | None) -> list[str]:
    rows = OppsRate.objects.filter(release=release)
    return [f"{rows.filter(rate__isnull=False).count():,} codes with a rate"]


def _hospital_groups(release: Release, former: Release | None) -> list[str]:
    rows = ApcRate.objects.filter(release=release)
    return [f"{rows.filter(rate__isnull=False).count():,} groups with a rate"]


def _equipment(release: Release, former: Release | None) -> list[str]:
    rows = EquipmentFee.objects.filter(release=release).values_list("code", "amounts")
    codes, states = {code for code, _ in rows}, {state for _, amounts in rows for state in amounts}
    return [f"{len(codes):,} codes", f"{len(states)} states and areas"]


def _diagnoses(release: Release, former: Release | None) -> list[str]:
    rows = Diagnosis.objects.filter(release=release)
    billable = rows.filter(is_billable=True).count()
    if former and former.is_sample == release.is_sample and release.row_count < former.row_count * 9 // 10:
        raise LoadRefused(
            f"{release.row_count:,} diagnoses; {former.name} has {former.row_count:,}. The file looks cut short."
        )
    return [f"{billable:,} billable", f"{rows.exclude(excludes1=[]).count():,} with Excludes1 notes"]


def _coverage(release: Release, former: Release | None) -> list[str]:
    rows = CoverageDocument.objects.filter(release=release)
    if former and former.is_sample == release.is_sample and release.row_count < former.row_count * 9 // 10:
        raise LoadRefused(
            f"{release.row_count:,} documents; {former.name} has {former.row_count:,}. The download looks cut short."
        )
    without = rows.filter(contractors="").count()
    return [f"{rows.exclude(codes=[]).count():,} list codes", f"{without:,} without a contractor"]


CHECKS: dict[str, Callable[[Release, Release | None], list[str]]] = {
    Source.PPRRVU: _fee_schedule,
    Source.PPRRVU_QPP: _fee_schedule,
    Source.GPCI: _localities,
    Source.ZIP_LOCALITY: _zips,
    Source.ASC: _surgery_centers,
    Source.OPPS: _outpatient_hospitals,
    Source.OPPS_APC: _hospital_groups,
    Source.DMEPOS: _equipment,
    Source.PEN: _equipment,
    Source.ICD10: _diagnoses,
    Source.COVERAGE_ARTICLES: _coverage,
    Source.COVERAGE_LCDS: _coverage,
}
