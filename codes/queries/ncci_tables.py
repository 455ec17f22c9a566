"""NCCI for the claim check: the edits among a claim's codes, their unit limits and add-on codes, as plain values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from codes import ncci
from codes.caching.versions import versioned_cache
from codes.models import AddOnEdit, MueLimit, PtpEdit, Release
from codes.models.release import Source
from codes.ncci.types import Setting
from codes.queries.equipment_fees import billed_by_suppliers
from codes.queries.known_codes import younger
from codes.queries.prepared import Query, Values, prepared, prepared_by_key
from codes.queries.releases import Calendar

PTP_SOURCES = {"practitioner": Source.PTP_PRACTITIONER, "hospital": Source.PTP_HOSPITAL}
MUE_SOURCES: Mapping[Setting, Source] = {
    "practitioner": Source.MUE_PRACTITIONER,
    "hospital": Source.MUE_OUTPATIENT,
    "dme": Source.MUE_DME,
}

_OF_EDIT = ("column_one", "column_two", "indicator", "effective", "deletion")
_WHOLE_EDIT = (*_OF_EDIT, "rationale__text", "prior_to_1996")


def ptp_release(calendar: Calendar, setting: str, at: date) -> Release | None:
    """The edit file for a date: the one in force, or the earliest later one (edits carry their own dates)."""
    return calendar.nearest(PTP_SOURCES[setting], at)


def provenance(release: Release, setting: Setting, months: int = 3) -> ncci.Provenance:
    """Where an answer comes from, for its words."""
    return ncci.Provenance(release.name, setting, release.effective_from, months, release.is_sample)


def edits_among(
    calendar: Calendar, codes: Collection[str], at: date, setting: Setting = "practitioner"
) -> ncci.PtpTable | None:
    """Every edit between two of these codes, ended ones too (at most three queries); None where no file is loaded."""
    release = ptp_release(calendar, setting, at)
    if release is None:
        return None
    edits = [ncci.PtpEdit(*row.values()) for row in _edits_among(codes, release.pk)]
    return ncci.PtpTable.of(provenance(release, setting), edits, younger(calendar, codes, release))


@prepared
def _edits_among(codes: Collection[str], release: int) -> Query:
    rows = PtpEdit.objects.filter(release=release, column_one__in=codes, column_two__in=codes)
    found: Query = rows.values(*_WHOLE_EDIT)
    return found


def edits_with(
    release: Release, code: str, others: Collection[str], at: date
) -> dict[tuple[str, str], ncci.PtpEdit]:
    """The edit in force on a day between a code and each of the others that has one, by column one and two; without
    CMS's rationale (one query)."""
    found: dict[tuple[str, str], list[ncci.PtpEdit]] = {}
    for row in _edits_with((code, *others), release.pk):
        found.setdefault((row["column_one"], row["column_two"]), []).append(ncci.PtpEdit(*row.values()))
    active = {pair: ncci.active_edit(edits, at) for pair, edits in found.items()}
    return {pair: edit for pair, edit in active.items() if edit}


@prepared
def _edits_with(codes: Collection[str], release: int) -> Query:
    """Those of the first code with any other."""
    code, *others = codes
    of_release = PtpEdit.objects.filter(release=release).order_by().values(*_OF_EDIT)
    denied = of_release.filter(column_two=code, column_one__in=others)
    found: Query = denied.union(of_release.filter(column_one=code, column_two__in=others), all=True)
    return found


def edits_in_force(
    calendar: Calendar, codes: Collection[str], at: date, setting: Setting = "practitioner"
) -> list[ncci.PtpEdit]:
    """The edits in force on a day between two of these codes, without CMS's rationale (one query); none where no
    file is loaded."""
    release = ptp_release(calendar, setting, at)
    if release is None:
        return []
    begun = Q(effective__isnull=True) | Q(effective__lte=at)
    open_still = Q(deletion__isnull=True) | Q(deletion__gte=at)
    rows = PtpEdit.objects.filter(
        begun, open_still, release=release, column_one__in=codes, column_two__in=codes, indicator__in="01"
    )
    return [ncci.PtpEdit(*row) for row in rows.values_list(*_OF_EDIT)]


def edits_too_old(calendar: Calendar, code: str, release: Release, setting: Setting) -> str:
    """Why a release of edits cannot speak of a code, as the end of "not checked: ..."; '' where it can."""
    return provenance(release, setting).too_old("edits", younger(calendar, [code], release), [code])


def edits_by_key(keys: Collection[int]) -> dict[int, ncci.PtpEdit]:
    """Stored edits by their primary keys, as the claim check takes them (one query)."""
    return {row.pop("pk"): ncci.PtpEdit(*row.values()) for row in _edits_by_key(keys)}


@prepared_by_key
def _edits_by_key(keys: Collection[int]) -> Query:
    found: Query = PtpEdit.objects.filter(pk__in=keys).values("pk", *_WHOLE_EDIT)
    return found


def unit_limits(
    calendar: Calendar, codes: Collection[str], at: date, setting: Setting = "practitioner"
) -> ncci.MueTable | None:
    """The unit limits of these codes (one query, two more for codes without, up to five for codes that practitioners
    may not bill); None where no table is loaded."""
    release = calendar.in_force(MUE_SOURCES[setting], at)
    if release is None:
        return None
    return _table(calendar, codes, at, release, setting, _limits(codes, (release.pk,)))


@versioned_cache(512)
def unit_limits_of(
    calendar: Calendar, code: str, at: date, setting: Setting = "practitioner"
) -> ncci.MueTable | None:
    """The table of unit limits with one code in it; None where none is loaded. For all settings as many queries as for
    one."""
    release = calendar.in_force(MUE_SOURCES[setting], at)
    if release is None:
        return None
    rows = [row for row in _limits_of_all(calendar, code, at) if row["release_id"] == release.pk]
    return _table(calendar, [code], at, release, setting, rows)


@versioned_cache(512)
def _limits_of_all(calendar: Calendar, code: str, at: date) -> list[Values]:
    """The unit limits of a code in the tables in force."""
    in_force = (calendar.in_force(source, at) for source in MUE_SOURCES.values())
    return _limits([code], tuple(release.pk for release in in_force if release))


def _table(
    calendar: Calendar,
    codes: Collection[str],
    at: date,
    release: Release,
    setting: Setting,
    rows: Iterable[Values],
) -> ncci.MueTable:
    limits = {
        row["code"]: ncci.Mue(row["code"], row["value"], row["mai"], row["rationale"], setting)
        for row in rows
    }
    missing = younger(calendar, set(codes) - set(limits), release)
    table = ncci.MueTable(provenance(release, setting), limits, missing)
    return _with_suppliers(calendar, table, at) if setting == "practitioner" else table


def _with_suppliers(calendar: Calendar, table: ncci.MueTable, at: date) -> ncci.MueTable:
    """The practitioners' table with what suppliers may bill of the codes that practitioners may not."""
    none_allowed = {code for code, limit in table.limits.items() if not limit.value}
    if not none_allowed:
        return table
    supplied = billed_by_suppliers(calendar, none_allowed, at)
    return replace(
        table, supplied=supplied, suppliers=unit_limits(calendar, supplied, at, "dme") if supplied else None
    )


@prepared
def _limits(codes: Collection[str], releases: tuple[int, ...]) -> Query:
    rows = MueLimit.objects.filter(release__in=releases, code__in=codes)
    return rows.values("release_id", "code", "value", "mai", "rationale")


@versioned_cache(256)
def add_ons_of(calendar: Calendar, code: str, at: date) -> ncci.AddOnTable | None:
    """The table of add-on codes with one code in it; None where none is loaded."""
    return add_on_table(calendar, [code], at)


class UnitLimit(NamedTuple):
    """What a table says of a code on a day: its limit, None for no published one, or why that was not checked."""

    setting: str
    release: str
    limit: ncci.Mue | None
    unchecked: str = ""


@versioned_cache(256)
def limits_of(calendar: Calendar, code: str, at: date) -> tuple[UnitLimit, ...]:
    """What each table that is loaded says of one code on a day: three queries at most for all tables."""
    settings = [setting for setting, source in MUE_SOURCES.items() if calendar.of(source)]
    return tuple(_limit_of(calendar, code, at, setting) for setting in settings)


def _limit_of(calendar: Calendar, code: str, at: date, setting: Setting) -> UnitLimit:
    table = unit_limits_of(calendar, code, at, setting)
    name, limit = (table.provenance.release, table.limits.get(code)) if table else ("", None)
    is_known = table is not None and (limit or code not in table.younger)
    return UnitLimit(setting, name, limit, "" if is_known else ncci.explain_absence(code, table, at))


def add_on_table(calendar: Calendar, codes: Collection[str], at: date) -> ncci.AddOnTable | None:
    """Add-on records in which one of these codes is the add-on or the primary (at most two queries)."""
    release = calendar.nearest(Source.ADD_ON, at)
    if release is None:
        return None
    in_force = (row for row in _add_ons(codes, release.pk) if _covers(row["effective"], row["deletion"], at))
    return ncci.AddOnTable.of(
        provenance(release, "practitioner", 12),
        [ncci.AddOn(row["add_on"], row["primary"] or None, row["kind"]) for row in in_force],
        younger(calendar, codes, release),
    )


@prepared
def _add_ons(codes: Collection[str], release: int) -> Query:
    rows = AddOnEdit.objects.filter(release=release).order_by()
    values = rows.values("add_on", "primary", "kind", "effective", "deletion")
    return values.filter(add_on__in=codes).union(values.filter(primary__in=codes))


def _covers(effective: date | None, deletion: date | None, at: date) -> bool:
    return (effective is None or effective <= at) and (deletion is None or at <= deletion)
