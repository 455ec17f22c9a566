"""Which loaded lists name a code: whether it is a code at all, and whether a list of edits can know it.

**A code that any loaded list names is a code**, whether or not it has a price: it has a page, search finds it, and a
claim may hold it.

**A list says nothing of codes that are younger than itself.** CMS's edits of 2024 name no code of 2026, and that is not
"no edit". What decides is data, not the look of a code: a release of edits, unit limits or add-on codes *can know* a
code if the release itself names it anywhere, or if any loaded list that begins on its day or before names it. For every
other code the answer is "not checked". It is certain that the list is older where a whole release of the list that
names the code first (relative values, laboratory, HCPCS) lies between the two and lacks the code; otherwise, where no
list of that time is loaded, the code is only not known to be older, and the words say so. A sample lacks codes that CMS
has, so its silence proves nothing.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Model

from codes.caching.versions import versioned_cache
from codes.knowledge.code_life import code_ends
from codes.models import (
    AddOnEdit,
    AnesthesiaBase,
    AscRate,
    CodeText,
    DrugLimit,
    EquipmentFee,
    FeeScheduleRow,
    HcpcsText,
    LabRate,
    MueLimit,
    PtpEdit,
    RbcsAssignment,
    Release,
)
from codes.models.release import Source
from codes.queries.prepared import Query, prepared
from codes.queries.releases import Calendar, keys_of

UNIT_LIMITS = (Source.MUE_PRACTITIONER, Source.MUE_OUTPATIENT, Source.MUE_DME)
BUNDLING = (Source.PTP_PRACTITIONER, Source.PTP_HOSPITAL)
# The lists whose codes can be billed on their day, each with its column of codes.
LISTS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (FeeScheduleRow, "code", (Source.PPRRVU,)),
    (LabRate, "code", (Source.CLFS,)),
    (DrugLimit, "code", (Source.ASP,)),
    (EquipmentFee, "code", (Source.DMEPOS, Source.PEN)),
    (AscRate, "code", (Source.ASC,)),
    (HcpcsText, "code", (Source.HCPCS,)),
    (AnesthesiaBase, "code", (Source.ANESTHESIA_BASE,)),
    (MueLimit, "code", UNIT_LIMITS),
    (AddOnEdit, "add_on", (Source.ADD_ON,)),
    (AddOnEdit, "primary", (Source.ADD_ON,)),
)
# RBCS also keeps codes that were deleted long ago.
_EVERY_LIST: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    *LISTS,
    (RbcsAssignment, "code", (Source.RBCS,)),
)
_PUBLISHED_WHOLE = frozenset({Source.PPRRVU, Source.CLFS, Source.HCPCS})


def releases_naming(calendar: Calendar, codes: Collection[str]) -> Mapping[str, tuple[Release, ...]]:
    """The loaded lists that name each code, earliest first (one query); a code that none names is absent."""
    return _releases_naming(calendar, frozenset(codes))


@versioned_cache(256)
def _releases_naming(calendar: Calendar, codes: frozenset[str]) -> Mapping[str, tuple[Release, ...]]:
    found: dict[str, set[int]] = {}
    for code, release in (row.values() for row in _naming(codes, calendar)):
        found.setdefault(code, set()).add(release)
    earliest_first = calendar.releases[::-1]
    return {code: tuple(each for each in earliest_first if each.pk in keys) for code, keys in found.items()}


@prepared
def _naming(codes: Collection[str], calendar: Calendar) -> Query:
    first, *further = (
        model._default_manager.filter(release__in=keys_of(calendar, *sources), **{f"{column}__in": codes})
        .values(column, "release_id")
        .order_by()
        for model, column, sources in _EVERY_LIST
    )
    return first.union(*further, all=True)


def schedules_listing(calendar: Calendar, codes: Collection[str]) -> Mapping[str, frozenset[int]]:
    """The keys of the fee schedules that list each code (one query); a code that none lists is absent."""
    return _schedules_listing(calendar, frozenset(codes))


@versioned_cache(512)
def _schedules_listing(calendar: Calendar, codes: frozenset[str]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row in _listing(codes, keys_of(calendar, Source.PPRRVU)):
        found.setdefault(row["code"], set()).add(row["release_id"])
    return {code: frozenset(keys) for code, keys in found.items()}


@prepared
def _listing(codes: Collection[str], releases: tuple[int, ...]) -> Query:
    rows = FeeScheduleRow.objects.filter(release__in=releases, code__in=codes)
    found: Query = rows.values("code", "release_id").order_by()
    return found


@versioned_cache(512)
def is_known(calendar: Calendar, code: str) -> bool:
    """Whether any loaded list, or a text of ours, names the code, a deleted one too: at most four queries."""
    return (
        code in code_ends()
        or bool(releases_naming(calendar, [code]))
        or CodeText.objects.filter(pk=code).exists()
        or any(in_edits(release, [code]) for source in BUNDLING for release in calendar.of(source))
    )


def in_edits(release: Release, codes: Collection[str]) -> frozenset[str]:
    """Those of these codes that a release of bundling edits names anywhere, ended edits included (one query)."""
    if not codes:
        return frozenset()
    edits = PtpEdit.objects.filter(release=release).order_by()
    first = edits.filter(column_one__in=codes).values_list("column_one", flat=True)
    second = edits.filter(column_two__in=codes).values_list("column_two", flat=True)
    return frozenset(first.union(second))


def younger(calendar: Calendar, codes: Collection[str], release: Release) -> dict[str, bool]:
    """The codes that a release of edits, unit limits or add-on codes cannot know, each with whether that is certain:
    at most three queries, one where fee schedules tell that all are as old."""
    listing = schedules_listing(calendar, codes) if codes else {}
    schedules = _schedules_until(calendar, release.effective_from)
    unlisted = {code for code in codes if not listing.get(code, frozenset()) & schedules}
    if not unlisted:
        return {}
    naming = releases_naming(calendar, unlisted)
    unseen = {code for code in unlisted if not _is_as_old(naming.get(code, ()), release)}
    if release.source in BUNDLING:
        unseen -= in_edits(release, unseen)
    return {code: _is_certain(calendar, naming.get(code, ()), release) for code in sorted(unseen)}


@versioned_cache(64)
def _schedules_until(calendar: Calendar, day: date) -> frozenset[int]:
    """The keys of the fee schedules that were in force on a day or before."""
    return frozenset(each.pk for each in calendar.of(Source.PPRRVU) if each.effective_from <= day)


def _is_as_old(naming: Collection[Release], release: Release) -> bool:
    return any(each.effective_from <= release.effective_from or each.pk == release.pk for each in naming)


def _is_certain(calendar: Calendar, naming: tuple[Release, ...], release: Release) -> bool:
    """Whether a whole release, as new as these edits or newer, still lacked the code."""
    first = next((each for each in naming if each.source in _PUBLISHED_WHOLE), None)
    if first is None or first.is_sample:
        return False
    before = (each for each in calendar.of(first.source) if each.effective_from < first.effective_from)
    return any(each.effective_from >= release.effective_from and not each.is_sample for each in before)
