"""What releases changed: by release, a page at a time, and by code. Recorded at loading, described here in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from codes.caching.versions import versioned_cache
from codes.formatting import day
from codes.models import Diagnosis, Release, ReleaseChange
from codes.models.change import DIAGNOSIS_KINDS, ReleaseChangeKind
from codes.models.release import Source
from codes.parsing.code_shapes import is_code
from codes.parsing.diagnoses import is_diagnosis
from codes.queries.names import names_of
from codes.queries.releases import Calendar, calendar

SOURCES = (
    Source.PPRRVU,
    Source.PTP_PRACTITIONER,
    Source.PTP_HOSPITAL,
    Source.MUE_PRACTITIONER,
    Source.MUE_OUTPATIENT,
    Source.MUE_DME,
    Source.ADD_ON,
    Source.ASC,
    Source.ASP,
    Source.OPPS,
    Source.DMEPOS,
    Source.PEN,
    Source.ICD10,
    Source.COVERAGE_ARTICLES,
)
PAGE = 100
PASSES = {"0": "can't be bypassed", "1": "can be bypassed"}
COMPARED = {
    Source.PPRRVU: "codes, components, status, global days, work, practice expense and malpractice RVUs",
    Source.PTP_PRACTITIONER: "the edits in force on the first day of each",
    Source.PTP_HOSPITAL: "the edits in force on the first day of each",
    Source.MUE_PRACTITIONER: "unit limits and adjudication indicators",
    Source.MUE_OUTPATIENT: "unit limits and adjudication indicators",
    Source.MUE_DME: "unit limits and adjudication indicators",
    Source.ADD_ON: "the add-on records in force on the first day of each",
    Source.ASC: "codes, payment indicators and rates",
    Source.ASP: "limits, coinsurance and billing units",
    Source.OPPS: "codes, status indicators and rates",
    Source.DMEPOS: "codes with their modifiers, and their fees by state",
    Source.PEN: "codes with their modifiers, and their fees by state",
    Source.ICD10: "the codes, and which of them are billable",
    Source.COVERAGE_ARTICLES: "the codes that each article lists, and how many of its diagnoses are others",
}


@dataclass(frozen=True, slots=True)
class ReleaseComparison:
    """A release held against the one before it. `former` is None for the first of its source."""

    release: Release
    former: Release | None
    tally: Mapping[ReleaseChangeKind, int] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What was compared, for the words around an empty list."""
        return COMPARED[Source(self.release.source)]

    @property
    def counted(self) -> list[tuple[ReleaseChangeKind, str]]:
        """Each kind that occurs with its count in words: "18,059 edits ended"."""
        return [(kind, kind.counted(count)) for kind, count in self.tally.items()]

    @property
    def words(self) -> str:
        """ "18,059 edits ended, 833 edits revived", or that nothing changed."""
        return ", ".join(text for _, text in self.counted) or "nothing changed"


@dataclass(frozen=True, slots=True)
class DescribedChange:
    """One change with the names of its codes and its sentence."""

    change: ReleaseChange
    name: str
    other_name: str

    @property
    def sentence(self) -> str:
        return sentence(self.change)

    @property
    def is_pair(self) -> bool:
        """Whether `other` is a code and not a component."""
        return len(self.change.other) == 5

    @property
    def is_diagnosis(self) -> bool:
        """Whether `code` is a diagnosis and not a procedure."""
        return self.change.kind in DIAGNOSIS_KINDS

    @property
    def keyset(self) -> str:
        return f"{self.change.code}~{self.change.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """Which changes of a release. `after` is the keyset of the last row of the page before."""

    kind: str = ""
    code: str = ""
    after: tuple[str, int] | None = None


def comparisons(calendar: Calendar, source: str) -> list[ReleaseComparison]:
    """The ready releases of a source against their forerunners, latest first. Counts are kept until data change."""
    releases = calendar.of(source)
    tallies = _tallies(tuple((release.pk, release.loaded_at) for release in releases))
    return [
        ReleaseComparison(release, _former(release, releases), tallies.get(release.pk, {}))
        for release in releases
    ]


@versioned_cache(2)
def all_comparisons(calendar: Calendar) -> tuple[ReleaseComparison, ...]:
    """Those of all sources."""
    return tuple(each for source in SOURCES for each in comparisons(calendar, source))


def _former(release: Release, releases: list[Release]) -> Release | None:
    """As at loading: the latest earlier one, full beside full, sample beside sample."""
    earlier = (other for other in releases if other.effective_from < release.effective_from)
    return next((other for other in earlier if other.is_sample == release.is_sample), None)


@lru_cache(maxsize=64)
def _tallies(keys: tuple[tuple[int, object], ...]) -> dict[int, dict[ReleaseChangeKind, int]]:
    """Counts by release and kind. Changes differ only where a release came or went, so that the keys differ too."""
    return _counted(ReleaseChange.objects.filter(release__in=[key for key, _ in keys]))


def _counted(rows: "QuerySet[ReleaseChange]") -> dict[int, dict[ReleaseChangeKind, int]]:
    found: dict[int, dict[str, int]] = {}
    for release, kind, count in rows.values_list("release", "kind").annotate(n=Count("pk")).order_by():
        found.setdefault(release, {})[kind] = count
    return {
        key: {kind: n for kind in ReleaseChangeKind if (n := kinds.get(kind))} for key, kinds in found.items()
    }


def tally(release: Release, change_filter: ChangeFilter) -> Mapping[ReleaseChangeKind, int]:
    """The counts by kind of one release among the changes that touch a code (one query)."""
    return _counted(_filtered(release, ChangeFilter(code=change_filter.code))).get(release.pk, {})


def page(
    release: Release, change_filter: ChangeFilter, size: int = PAGE
) -> tuple[list[DescribedChange], bool]:
    """One page of a release's changes of one kind, by code, and whether there is more: four queries."""
    rows = list(_filtered(release, change_filter).order_by("code", "pk")[: size + 1])
    return describe(rows[:size]), len(rows) > size


def everything(release: Release, change_filter: ChangeFilter) -> Iterator[ReleaseChange]:
    """All of it for the CSV, by kind and code."""
    return _filtered(release, change_filter).order_by("kind", "code", "pk").iterator()


def _filtered(release: Release, change_filter: ChangeFilter) -> "QuerySet[ReleaseChange]":
    rows = ReleaseChange.objects.filter(release=release)
    if change_filter.kind:
        rows = rows.filter(kind=change_filter.kind)
    if change_filter.code:
        rows = rows.filter(Q(code=change_filter.code) | Q(other=change_filter.code))
    if change_filter.after:
        code, key = change_filter.after
        rows = rows.filter(Q(code__gt=code) | Q(pk__gt=key), code__gte=code)
    return rows


def read_keyset(text: str) -> tuple[str, int] | None:
    """(code, key) from "45385~123"; None where it is not one."""
    code, _, key = text.partition("~")
    known = (is_code(code) or is_diagnosis(code)) and key.isascii() and key.isdecimal()
    return (code, int(key)) if known and len(key) < 19 else None


@dataclass(frozen=True, slots=True)
class OfCode:
    """The changes of one code in one release; `total` counts those that are not in `changes` too."""

    comparison: ReleaseComparison
    changes: list[DescribedChange]
    total: int


def of_code(calendar: Calendar, code: str, most: int = PAGE) -> list[OfCode]:
    """What each release changed in a code, latest first, with at most so many changes in all.

    Four queries where the counts of all releases are at hand, else one more a source; one more to count the changes
    where there are more.
    """
    known = {each.release.pk: each for each in all_comparisons(calendar)}
    rows = ReleaseChange.objects.filter(Q(code=code) | Q(other=code), release__in=known)
    found = list(rows.order_by("-release__effective_from", "release_id", "kind", "code", "pk")[: most + 1])
    counts = Counter(each.release_id for each in found) if len(found) <= most else _totals(rows)
    latest = sorted(counts, key=lambda key: (-known[key].release.effective_from.toordinal(), key))
    shown = describe(found[:most])
    parts = {key: list(part) for key, part in groupby(shown, lambda each: each.change.release_id)}
    return [OfCode(known[key], parts.get(key, []), counts[key]) for key in latest]


def _totals(rows: "QuerySet[ReleaseChange]") -> dict[int, int]:
    """How many changes there are of each release (one query)."""
    return {key: sum(kinds.values()) for key, kinds in _counted(rows).items()}


def describe(changes: Iterable[ReleaseChange]) -> list[DescribedChange]:
    """The changes with the best names that we may show of their codes (three queries, one more for diagnoses)."""
    rows = list(changes)
    codes = {row.code for row in rows} | {row.other for row in rows}
    names = dict(names_of(calendar(), {code for code in codes if is_code(code)}, timezone.localdate()))
    if diagnoses := [row for row in rows if row.kind in DIAGNOSIS_KINDS]:
        of_both = {key for row in diagnoses for key in (row.former_id, row.release_id)}
        found = Diagnosis.objects.filter(release__in=of_both, code__in=[row.code for row in diagnoses])
        names |= dict(found.order_by("release__effective_from").values_list("code", "name"))
    return [DescribedChange(row, names.get(row.code, ""), names.get(row.other, "")) for row in rows]


def sentence(change: ReleaseChange) -> str:
    """A change in words: "New: 45380 is denied with 45385; can be bypassed"."""
    before, after = _value(change.before), _value(change.after)
    last_day = f", last day {after}" if change.after else ""
    return SENTENCES[ReleaseChangeKind(change.kind)].format(
        code=change.code,
        other=change.other or "what the contractor defines",
        before=before or "none",
        after=after or "none",
        passes=PASSES.get(change.after, ""),
        last_day=last_day,
    )


def _value(text: str) -> str:
    """A day as pages write it; any other value as it stands."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


SENTENCES = {
    ReleaseChangeKind.EDIT_NEW: "New: {other} is denied with {code}; {passes}",
    ReleaseChangeKind.EDIT_ENDED: "Ended{last_day}: {other} was denied with {code}",
    ReleaseChangeKind.EDIT_WITHDRAWN: "Deleted retroactively{last_day}: {other} was denied with {code}",
    ReleaseChangeKind.EDIT_REVIVED: (
        "Applies again after it had ended ({before}): {other} is denied with {code}; {passes}"
    ),
    ReleaseChangeKind.EDIT_INDICATOR: "{other} is denied with {code}: {passes} (indicator {after}, before {before})",
    ReleaseChangeKind.EDIT_SWAPPED: "Columns swapped: now {other} is denied with {code}; {passes}",
    ReleaseChangeKind.LIMIT_NEW: "Unit limit published: {after}",
    ReleaseChangeKind.LIMIT_GONE: "Unit limit no longer published; it was {before}. That is not unlimited",
    ReleaseChangeKind.LIMIT_RAISED: "Unit limit raised from {before} to {after}",
    ReleaseChangeKind.LIMIT_LOWERED: "Unit limit lowered from {before} to {after}",
    ReleaseChangeKind.LIMIT_MAI: "MUE adjudication indicator {before} to {after}",
    ReleaseChangeKind.CODE_NEW: "New on the fee schedule, status {after}",
    ReleaseChangeKind.CODE_GONE: "No longer on the fee schedule; its status was {before}",
    ReleaseChangeKind.COMPONENT_NEW: "Component {other} is new",
    ReleaseChangeKind.COMPONENT_GONE: "Component {other} is gone",
    ReleaseChangeKind.STATUS: "Status {before} to {after}",
    ReleaseChangeKind.GLOBAL_DAYS: "Global days {before} to {after}",
    ReleaseChangeKind.WORK_RVU: "Work RVU {before} to {after}",
    ReleaseChangeKind.NONFACILITY_PE_RVU: "Practice expense RVU, office, {before} to {after}",
    ReleaseChangeKind.FACILITY_PE_RVU: "Practice expense RVU, facility, {before} to {after}",
    ReleaseChangeKind.MALPRACTICE_RVU: "Malpractice RVU {before} to {after}",
    ReleaseChangeKind.FACILITY_NEW: "New on the list, payment indicator {after}",
    ReleaseChangeKind.FACILITY_GONE: "No longer on the list; its payment indicator was {before}",
    ReleaseChangeKind.FACILITY_INDICATOR: "Payment indicator {before} to {after}",
    ReleaseChangeKind.FACILITY_RATE: "Rate {before} to {after}",
    ReleaseChangeKind.ADD_ON_NEW: "Add-on {code} with primary {other}: new, type {after}",
    ReleaseChangeKind.ADD_ON_GONE: "Add-on {code} with primary {other}: gone, it was type {before}",
    ReleaseChangeKind.ADD_ON_TYPE: "Add-on {code} with primary {other}: type {before} to {after}",
    ReleaseChangeKind.EQUIPMENT_NEW: "Equipment fee new; modifiers: {before}",
    ReleaseChangeKind.EQUIPMENT_GONE: "Equipment fee gone; modifiers: {before}",
    ReleaseChangeKind.EQUIPMENT_AMOUNT: "Equipment fee changed in {after} states and areas; modifiers: {before}",
    ReleaseChangeKind.DIAGNOSIS_NEW: "New diagnosis code",
    ReleaseChangeKind.DIAGNOSIS_GONE: "Deleted: no longer valid",
    ReleaseChangeKind.DIAGNOSIS_BILLABLE: "Billable now",
    ReleaseChangeKind.DIAGNOSIS_DIVIDED: "No longer billable: use one of the longer codes under it",
    ReleaseChangeKind.DRUG_NEW: "Drug payment limit published: ${after} a billing unit",
    ReleaseChangeKind.DRUG_GONE: "Drug payment limit no longer published; it was ${before}",
    ReleaseChangeKind.DRUG_LIMIT: "Drug payment limit ${before} to ${after}",
    ReleaseChangeKind.DRUG_COINSURANCE: "Coinsurance {before} % to {after} %",
    ReleaseChangeKind.DRUG_DOSAGE: "Billing unit {before} to {after}",
    ReleaseChangeKind.ARTICLE_LISTS: "Article {before} lists it now",
    ReleaseChangeKind.ARTICLE_DROPS: "Article {before} no longer lists it",
    ReleaseChangeKind.ARTICLE_DIAGNOSES: "Article {before}, diagnoses: {after}",
}
