"""What two releases of a source differ in, one function a source. Small files are compared in memory."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from codes.loaders.coverage_changes import articles
from codes.loaders.edit_changes import edits
from codes.loaders.new_change import NewChange, as_text
from codes.models import (
    AddOnEdit,
    AscRate,
    Diagnosis,
    DrugLimit,
    EquipmentFee,
    FeeScheduleRow,
    MueLimit,
    OppsRate,
    Release,
)
from codes.models.change import ReleaseChangeKind
from codes.models.release import Source

VALUES = ("status", "global_days", "work_rvu", "nonfacility_pe_rvu", "facility_pe_rvu", "malpractice_rvu")
FACILITY = (
    *(ReleaseChangeKind.FACILITY_NEW, ReleaseChangeKind.FACILITY_GONE),
    *(ReleaseChangeKind.FACILITY_INDICATOR, ReleaseChangeKind.FACILITY_RATE),
)
DRUGS = (
    *(ReleaseChangeKind.DRUG_NEW, ReleaseChangeKind.DRUG_GONE),
    *(ReleaseChangeKind.DRUG_LIMIT, ReleaseChangeKind.DRUG_COINSURANCE, ReleaseChangeKind.DRUG_DOSAGE),
)


def _by_field(
    then: Mapping[str, tuple[Any, ...]],
    now: Mapping[str, tuple[Any, ...]],
    new: ReleaseChangeKind,
    gone: ReleaseChangeKind,
    *kinds: ReleaseChangeKind,
) -> Iterator[NewChange]:
    """The codes that came or went, with their first value, and each value that changed, as its kind."""
    for code in sorted(then.keys() | now.keys()):
        if code not in then or code not in now:
            first = (as_text(values[code][0]) if code in values else "" for values in (then, now))
            yield NewChange(new if code in now else gone, code, "", *first)
            continue
        for kind, before, after in zip(kinds, then[code], now[code], strict=True):
            if before != after:
                yield NewChange(kind, code, "", as_text(before), as_text(after))


def _limits(former: Release, release: Release) -> Iterator[NewChange]:
    then, now = _limits_of(former), _limits_of(release)
    for code in sorted(then.keys() | now.keys()):
        (before, mai_before), (after, mai_after) = then.get(code, (None, "")), now.get(code, (None, ""))
        if before is None or after is None:
            kind = ReleaseChangeKind.LIMIT_NEW if before is None else ReleaseChangeKind.LIMIT_GONE
            yield NewChange(kind, code, "", as_text(before), as_text(after))
            continue
        if before != after:
            kind = ReleaseChangeKind.LIMIT_RAISED if after > before else ReleaseChangeKind.LIMIT_LOWERED
            yield NewChange(kind, code, "", as_text(before), as_text(after))
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
                    yield NewChange(ReleaseChangeKind(field), code, modifier, as_text(before), as_text(after))
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
    return _by_field(_asc_of(former), _asc_of(release), *FACILITY)


def _asc_of(release: Release) -> dict[str, tuple[str, str]]:
    rows = AscRate.objects.filter(release=release).values_list("code", "indicator", "addendum", "rate")
    return {code: (indicator or addendum, as_text(rate)) for code, indicator, addendum, rate in rows}


def _outpatient_hospitals(former: Release, release: Release) -> Iterator[NewChange]:
    """By code: status indicator and rate."""
    return _by_field(_opps_of(former), _opps_of(release), *FACILITY)


def _opps_of(release: Release) -> dict[str, tuple[str, str]]:
    rows = OppsRate.objects.filter(release=release).values_list("code", "status", "rate")
    return {code: (status, as_text(rate)) for code, status, rate in rows}


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
    return _by_field(_drugs_of(former), _drugs_of(release), *DRUGS)


def _drugs_of(release: Release) -> dict[str, tuple[Any, ...]]:
    """Limit, coinsurance and billing unit by code; the unit as letters and digits, which CMS spaces now so, now so."""
    rows = DrugLimit.objects.filter(release=release).values_list("code", "limit", "coinsurance", "dosage")
    return {code: (limit, share, "".join(dosage.upper().split())) for code, limit, share, dosage in rows}


COMPARISONS: dict[str, Callable[[Release, Release], Iterator[NewChange]]] = {
    Source.PPRRVU: _relative_values,
    Source.PTP_PRACTITIONER: edits,
    Source.PTP_HOSPITAL: edits,
    Source.MUE_PRACTITIONER: _limits,
    Source.MUE_OUTPATIENT: _limits,
    Source.MUE_DME: _limits,
    Source.ADD_ON: _add_ons,
    Source.ASC: _surgery_centers,
    Source.OPPS: _outpatient_hospitals,
    Source.DMEPOS: _equipment,
    Source.PEN: _equipment,
    Source.ICD10: _diagnoses,
    Source.COVERAGE_ARTICLES: articles,
    Source.ASP: _drug_limits,
}
