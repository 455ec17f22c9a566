"""What a release changed against the one before it of its source, recorded as it is loaded.

Full releases are compared with full ones and the sample with itself. Small files are compared in memory; two
releases of bundling edits, of two and a half million rows each, where they lie: each side looks up its active
edits in the other's index, and only those without their like come to Python.

An edit is active in a release where it applies on the release's first day: indicator 0 or 1, begun, not ended.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from codes.loaders import bulk
from codes.loaders.coverage_changes import listed_in
from codes.models import (
    AddOnEdit,
    AscRate,
    Diagnosis,
    DrugLimit,
    EquipmentFee,
    FeeScheduleRow,
    MueLimit,
    OppsRate,
    PtpEdit,
    Release,
    ReleaseChange,
)
from codes.models.change import ReleaseChangeKind
from codes.models.release import Source

COLUMNS = ("kind", "code", "other", "before", "after", "release_id", "former_id")
VALUES = ("status", "global_days", "work_rvu", "nonfacility_pe_rvu", "facility_pe_rvu", "malpractice_rvu")


class NewChange(NamedTuple):
    """One change; `ReleaseChangeKind` says what the fields hold."""

    kind: ReleaseChangeKind
    code: str
    other: str = ""
    before: str = ""
    after: str = ""


def record(release: Release) -> list[str]:
    """Record what `release` changed, set right what the one after it changed, and return the former in sentences.

    Call it in the transaction that loads `release`, which need not be saved as READY yet. Nothing is
    returned for a source that is not compared, nor for the first release of one.
    """
    if release.source not in COMPARISONS:
        return []
    same_day = Release.objects.filter(source=release.source, effective_from=release.effective_from)
    ReleaseChange.objects.filter(release__in=same_day).delete()
    if replaced := same_day.exclude(is_sample=release.is_sample).first():
        record_across(replaced)
    former, following = _neighbours(release)
    if following:
        _write(following, release)
    return _write(release, former)


def record_across(retired: Release) -> None:
    """Set right what the release after `retired` changed, now that another stands before it."""
    ReleaseChange.objects.filter(release=retired).delete()
    former, following = _neighbours(retired)
    if following and retired.source in COMPARISONS:
        _write(following, former)


def _neighbours(release: Release) -> tuple[Release | None, Release | None]:
    """The ready releases of the same source before and after it; a correction's forerunner is neither."""
    others = Release.objects.ready().filter(source=release.source, is_sample=release.is_sample)
    before = others.filter(effective_from__lt=release.effective_from)
    after = others.filter(effective_from__gt=release.effective_from)
    return before.order_by("effective_from").last(), after.order_by("effective_from").first()


def _write(release: Release, former: Release | None) -> list[str]:
    ReleaseChange.objects.filter(release=release).delete()
    if former is None:
        return []
    tally: Counter[ReleaseChangeKind] = Counter()
    changes = _counted(COMPARISONS[release.source](former, release), tally)
    bulk.copy_rows(ReleaseChange, COLUMNS, ((*change, release.pk, former.pk) for change in changes))
    counts = ", ".join(kind.counted(tally[kind]) for kind in ReleaseChangeKind if tally[kind])
    if release.conversion_factor == former.conversion_factor:
        return [f"{counts or 'nothing changed'} since {former.name}"]
    factors = f"conversion factor {release.conversion_factor} instead of {former.conversion_factor}"
    return [f"{counts or 'no relative value changed'} since {former.name}", factors]


def _counted(changes: Iterable[NewChange], tally: Counter[ReleaseChangeKind]) -> Iterator[NewChange]:
    for change in changes:
        tally[change.kind] += 1
        yield change


def _edits(former: Release, release: Release) -> Iterator[NewChange]:
    bulk.take_stock(PtpEdit)
    return chain(_edits_come(former, release), _edits_gone(former, release))


def _edits_come(former: Release, release: Release) -> Iterator[NewChange]:
    """Active edits that were not, or not with this indicator."""
    alike = _active(former).filter(_same_pair(), indicator=OuterRef("indicator"))
    ended = _ended(former).exclude(indicator="9")
    found = _active(release).filter(~Exists(alike)).order_by("column_one", "column_two")
    found = found.annotate(
        same=Subquery(_active(former).filter(_same_pair()).values("indicator")[:1]),
        swapped=Subquery(_active(former).filter(_swapped_pair()).values("indicator")[:1]),
        last_day=Subquery(ended.values("deletion")[:1]),
    )
    rows = found.values_list("column_one", "column_two", "indicator", "same", "swapped", "last_day")
    for one, two, indicator, same, swapped, last_day in rows.iterator():
        if same:
            yield NewChange(ReleaseChangeKind.EDIT_INDICATOR, one, two, same, indicator)
        elif swapped:
            yield NewChange(ReleaseChangeKind.EDIT_SWAPPED, one, two, swapped, indicator)
        elif last_day:
            yield NewChange(ReleaseChangeKind.EDIT_REVIVED, one, two, last_day.isoformat(), indicator)
        else:
            yield NewChange(ReleaseChangeKind.EDIT_NEW, one, two, "", indicator)


def _edits_gone(former: Release, release: Release) -> Iterator[NewChange]:
    """Edits that were active and are in neither direction now, with the last day that is now given for them."""
    still = _active(release)
    latest = _ended(release)
    found = _active(former).filter(
        ~Exists(still.filter(_same_pair())), ~Exists(still.filter(_swapped_pair()))
    )
    found = found.order_by("column_one", "column_two")
    rows = found.annotate(
        now=Subquery(latest.values("indicator")[:1]), last=Subquery(latest.values("deletion")[:1])
    )
    for one, two, before, now, last in rows.values_list(
        "column_one", "column_two", "indicator", "now", "last"
    ).iterator():
        never = now == "9" or (last is not None and last < former.effective_from)
        kind = ReleaseChangeKind.EDIT_WITHDRAWN if never else ReleaseChangeKind.EDIT_ENDED
        yield NewChange(kind, one, two, before, last.isoformat() if last else "")


def _active(release: Release) -> "QuerySet[PtpEdit]":
    day = release.effective_from
    return PtpEdit.objects.filter(
        Q(effective__isnull=True) | Q(effective__lte=day),
        Q(deletion__isnull=True) | Q(deletion__gte=day),
        release=release,
        indicator__in=("0", "1"),
    )


def _ended(release: Release) -> "QuerySet[PtpEdit]":
    """The records of the pair that have a last day, the latest first."""
    rows = PtpEdit.objects.filter(_same_pair(), release=release, deletion__isnull=False)
    return rows.order_by("-deletion")


def _same_pair() -> Q:
    return Q(column_one=OuterRef("column_one"), column_two=OuterRef("column_two"))


def _swapped_pair() -> Q:
    return Q(column_one=OuterRef("column_two"), column_two=OuterRef("column_one"))


def _limits(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _limits_of(former), _limits_of(release)
    for code in sorted(then.keys() | now.keys()):
        (before, mai_before), (after, mai_after) = then.get(code, (None, "")), now.get(code, (None, ""))
        if before is None or after is None:
            kind = ReleaseChangeKind.LIMIT_NEW if before is None else ReleaseChangeKind.LIMIT_GONE
            yield NewChange(kind, code, "", _text(before), _text(after))
            continue
        if before != after:
            kind = ReleaseChangeKind.LIMIT_RAISED if after > before else ReleaseChangeKind.LIMIT_LOWERED
            yield NewChange(kind, code, "", _text(before), _text(after))
        if mai_before != mai_after:
            yield NewChange(ReleaseChangeKind.LIMIT_MAI, code, "", mai_before, mai_after)


def _limits_of(release: Release) -> dict[str, tuple[int, str]]:
    rows = MueLimit.objects.filter(release=release).values_list("code", "value", "mai")
    return {code: (value, mai) for code, value, mai in rows}


def _relative_values(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _values_of(former), _values_of(release)
    for key in sorted(then.keys() | now.keys()):
        code, modifier = key
        if key in then and key in now:
            for field, before, after in zip(VALUES, then[key], now[key], strict=True):
                if before != after:
                    yield NewChange(ReleaseChangeKind(field), code, modifier, _text(before), _text(after))
        elif not modifier:
            kind = ReleaseChangeKind.CODE_NEW if key in now else ReleaseChangeKind.CODE_GONE
            yield NewChange(kind, code, "", *(values.get(key, ("",))[0] for values in (then, now)))
        elif (code, "") in then and (code, "") in now:
            yield NewChange(
                ReleaseChangeKind.COMPONENT_NEW if key in now else ReleaseChangeKind.COMPONENT_GONE,
                code,
                modifier,
            )


def _values_of(release: Release) -> dict[tuple[str, str], tuple[Any, ...]]:
    rows = FeeScheduleRow.objects.filter(release=release).values_list("code", "modifier", *VALUES)
    return {(code, modifier): tuple(values) for code, modifier, *values in rows}


def _surgery_centers(former: Release, release: Release) -> Iterator[NewChange]:
    """By code: payment indicator ("EE" of a code that is excluded) and rate."""
    return _facility(_asc_of(former), _asc_of(release))


def _asc_of(release: Release) -> dict[str, tuple[str, str]]:
    rows = AscRate.objects.filter(release=release).values_list("code", "indicator", "addendum", "rate")
    return {code: (indicator or addendum, _text(rate)) for code, indicator, addendum, rate in rows}


def _outpatient_hospitals(former: Release, release: Release) -> Iterator[NewChange]:
    """By code: status indicator and rate."""
    return _facility(_opps_of(former), _opps_of(release))


def _opps_of(release: Release) -> dict[str, tuple[str, str]]:
    rows = OppsRate.objects.filter(release=release).values_list("code", "status", "rate")
    return {code: (status, _text(rate)) for code, status, rate in rows}


def _facility(then: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]) -> Iterator[NewChange]:
    for code in sorted(then.keys() | now.keys()):
        if code not in now or code not in then:
            kind = ReleaseChangeKind.FACILITY_NEW if code in now else ReleaseChangeKind.FACILITY_GONE
            yield NewChange(kind, code, "", *(values.get(code, ("",))[0] for values in (then, now)))
            continue
        kinds = (ReleaseChangeKind.FACILITY_INDICATOR, ReleaseChangeKind.FACILITY_RATE)
        for kind, before, after in zip(kinds, then[code], now[code], strict=True):
            if before != after:
                yield NewChange(kind, code, "", before, after)


def _add_ons(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _add_ons_of(former), _add_ons_of(release)
    for pair in sorted(then.keys() | now.keys()):
        before, after = then.get(pair, ""), now.get(pair, "")
        if before != after:
            kind = ReleaseChangeKind.ADD_ON_TYPE if before and after else ReleaseChangeKind.ADD_ON_NEW
            yield NewChange(kind if after else ReleaseChangeKind.ADD_ON_GONE, *pair, before, after)


def _add_ons_of(release: Release) -> dict[tuple[str, str], str]:
    """The type of each pair that is in force on the release's first day."""
    day = release.effective_from
    rows = AddOnEdit.objects.filter(
        Q(effective__isnull=True) | Q(effective__lte=day),
        Q(deletion__isnull=True) | Q(deletion__gte=day),
        release=release,
    )
    return {
        (add_on, primary): kind for add_on, primary, kind in rows.values_list("add_on", "primary", "kind")
    }


def _equipment(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _equipment_of(former), _equipment_of(release)
    for key in sorted(then.keys() | now.keys()):
        code, modifiers = key
        if key not in then or key not in now:
            gone = key in then
            kind = ReleaseChangeKind.EQUIPMENT_GONE if gone else ReleaseChangeKind.EQUIPMENT_NEW
            yield NewChange(kind, code, "", modifiers)
        elif states := sum(then[key].get(state) != amounts for state, amounts in now[key].items()):
            yield NewChange(ReleaseChangeKind.EQUIPMENT_AMOUNT, code, "", modifiers, str(states))


def _equipment_of(release: Release) -> dict[tuple[str, str], dict[str, Any]]:
    rows = EquipmentFee.objects.filter(release=release).values_list("code", "modifiers", "amounts")
    return {(code, modifiers): amounts for code, modifiers, amounts in rows}


def _diagnoses(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _billable_of(former), _billable_of(release)
    for code in sorted(then.keys() | now.keys()):
        if code not in then or code not in now:
            gone = code in then
            yield NewChange(
                ReleaseChangeKind.DIAGNOSIS_GONE if gone else ReleaseChangeKind.DIAGNOSIS_NEW, code
            )
        elif then[code] != now[code]:
            divided = then[code]
            kind = ReleaseChangeKind.DIAGNOSIS_DIVIDED if divided else ReleaseChangeKind.DIAGNOSIS_BILLABLE
            yield NewChange(kind, code)


def _billable_of(release: Release) -> dict[str, bool]:
    return dict(Diagnosis.objects.filter(release=release).values_list("code", "is_billable"))


def _drug_limits(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _drugs_of(former), _drugs_of(release)
    kinds = (ReleaseChangeKind.DRUG_LIMIT, ReleaseChangeKind.DRUG_COINSURANCE, ReleaseChangeKind.DRUG_DOSAGE)
    for code in sorted(then.keys() | now.keys()):
        if code in then and code in now:
            for kind, before, after in zip(kinds, then[code], now[code], strict=True):
                if before != after:
                    yield NewChange(kind, code, "", _text(before), _text(after))
        elif code in now:
            yield NewChange(ReleaseChangeKind.DRUG_NEW, code, "", "", _text(now[code][0]))
        else:
            yield NewChange(ReleaseChangeKind.DRUG_GONE, code, "", _text(then[code][0]))


def _drugs_of(release: Release) -> dict[str, tuple[Any, ...]]:
    """Limit, coinsurance and billing unit by code; the unit as letters and digits, which CMS spaces now so, now so."""
    rows = DrugLimit.objects.filter(release=release).values_list("code", "limit", "coinsurance", "dosage")
    return {code: (limit, share, "".join(dosage.upper().split())) for code, limit, share, dosage in rows}


def _articles(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = listed_in(former), listed_in(release)
    for listed in sorted(then.keys() | now.keys()):
        code, number = listed
        if listed not in then or listed not in now:
            gone = listed in then
            yield NewChange(
                ReleaseChangeKind.ARTICLE_DROPS if gone else ReleaseChangeKind.ARTICLE_LISTS, code, "", number
            )
        elif then[listed] != now[listed]:
            added, removed = len(now[listed] - then[listed]), len(then[listed] - now[listed])
            words = f"{added:,} added, {removed:,} removed"
            yield NewChange(ReleaseChangeKind.ARTICLE_DIAGNOSES, code, "", number, words)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


COMPARISONS: dict[str, Callable[[Release, Release], Iterator[NewChange]]] = {
    Source.PPRRVU: _relative_values,
    Source.PTP_PRACTITIONER: _edits,
    Source.PTP_HOSPITAL: _edits,
    Source.MUE_PRACTITIONER: _limits,
    Source.MUE_OUTPATIENT: _limits,
    Source.MUE_DME: _limits,
    Source.ADD_ON: _add_ons,
    Source.ASC: _surgery_centers,
    Source.OPPS: _outpatient_hospitals,
    Source.DMEPOS: _equipment,
    Source.PEN: _equipment,
    Source.ICD10: _diagnoses,
    Source.COVERAGE_ARTICLES: _articles,
    Source.ASP: _drug_limits,
}
