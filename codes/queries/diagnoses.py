"""Reads of ICD-10-CM: the diagnoses of a claim, one code with what stands around it, and codes by words.

CMS changes the list each October 1 and April 1. The release in force on the date of service decides; for a day before
the first one that is loaded nothing is checked, and nothing is called wrong.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Length

from codes.diagnoses import Book, DiagnosisFinding, Entry, Excludes1, check_diagnoses
from codes.formatting import day
from codes.models import Diagnosis, Release
from codes.models.release import Source
from codes.queries import known_codes
from codes.queries.data_health import half_year
from codes.queries.releases import Calendar

MOST_LONGER = 6
MOST_FOUND = 50
_SHORTEST, _LONGEST = 3, 8
_COLUMNS = ("code", "name", "is_billable", "excludes1")
_Rows = Mapping[str, "tuple[str, str, bool, list[dict[str, object]]]"]


@dataclass(frozen=True, slots=True)
class CheckedDiagnoses:
    """The diagnoses of a claim with their names where they are known, what is wrong with them, and why they were not
    checked ("" where they were)."""

    codes: tuple[str, ...]
    names: Mapping[str, str]
    findings: tuple[DiagnosisFinding, ...]
    release: str = ""
    not_checked: str = ""

    @property
    def named(self) -> list[tuple[str, str]]:
        """Each code with its name; "" where it has none."""
        return [(code, self.names.get(code, "")) for code in self.codes]

    @property
    def is_returned(self) -> bool:
        """Whether the claim comes back unprocessed because of one of them."""
        return any(finding.is_returned for finding in self.findings)


@dataclass(frozen=True, slots=True)
class DiagnosisRecord:
    """One code: the codes that it is a part of, from the category down, those directly under it, and its Excludes1
    notes with the names of the codes in them."""

    entry: Entry
    release: Release
    above: tuple[Entry, ...]
    under: tuple[Entry, ...]
    names: Mapping[str, str]


def check(
    calendar: Calendar, codes: Sequence[str], at: date, encounters: Sequence[Collection[str]] = ()
) -> CheckedDiagnoses | None:
    """The diagnoses of a claim on its date of service, and of each encounter where there were several: at most five
    queries. None where there are none."""
    if not codes:
        return None
    release = calendar.in_force(Source.ICD10, at)
    if release is None:
        return CheckedDiagnoses(tuple(codes), {}, (), not_checked=_why_not(calendar, at))
    book = _book(calendar, release, codes, at)
    names = {code: entry.name for code, entry in book.entries.items()}
    return CheckedDiagnoses(tuple(codes), names, check_diagnoses(codes, book, at, encounters), release.name)


def _why_not(calendar: Calendar, at: date) -> str:
    loaded = calendar.of(Source.ICD10)
    if not loaded:
        return "ICD-10-CM isn't loaded here, so the diagnoses weren't checked."
    first = day(loaded[-1].effective_from)
    return f"The diagnoses weren't checked: our first release of ICD-10-CM is of {first}, after {day(at)}."


def _book(calendar: Calendar, release: Release, codes: Collection[str], at: date) -> Book:
    rows = _rows(release, {part for code in codes for part in parts(code)})
    entries = {code: _entry(rows, code) for code in codes if code in rows}
    unknown = [code for code in codes if code not in rows]
    unready = [code for code, entry in entries.items() if not entry.is_billable]
    found = {code: _longer(release, rows, code) for code in (*unknown, *unready)}
    return Book(
        release=release.name,
        effective_from=release.effective_from,
        entries=entries,
        longer={code: longer[:MOST_LONGER] for code, longer in found.items()},
        more=frozenset(code for code, longer in found.items() if len(longer) > MOST_LONGER),
        other_releases=_other_releases(calendar, release, unknown),
        procedures=_procedures(calendar, unknown),
        is_sample=release.is_sample,
        next_due=_next_due(release, at),
    )


def parts(code: str) -> list[str]:
    """The codes that a code may be a part of, from the category down, and the code itself.

    >>> parts("S52.501A")
    ['S52', 'S52.5', 'S52.50', 'S52.501', 'S52.501A']
    """
    return [code[:length] for length in range(_SHORTEST, len(code) + 1) if length != _SHORTEST + 1]


def _rows(release: Release, codes: Collection[str]) -> _Rows:
    found = Diagnosis.objects.filter(release=release, code__in=codes).values_list(*_COLUMNS)
    return {row[0]: row for row in found}


def _entry(rows: _Rows, code: str) -> Entry:
    """The code with its own notes and those of the codes above it."""
    _, name, is_billable, _ = rows[code]
    notes = (note for part in parts(code) if part in rows for note in _notes(rows[part][3]))
    return Entry(code, name, is_billable, tuple(notes))


def _notes(held: Iterable[dict[str, object]]) -> Iterable[Excludes1]:
    return (Excludes1(str(note["under"]), str(note["words"]), tuple(note["codes"])) for note in held)  # type: ignore[arg-type]


def _longer(release: Release, rows: _Rows, code: str) -> tuple[Entry, ...]:
    """The first billable codes under a code, or under the longest part of it that is a code and not billable."""
    part = next((each for each in reversed(parts(code)) if each in rows), "")
    if not part or rows[part][2]:
        return ()
    begins = part if "." in part else f"{part}."
    found = Diagnosis.objects.filter(release=release, is_billable=True, code__startswith=begins)
    named = found.order_by("code").values_list("code", "name")[: MOST_LONGER + 1]
    return tuple(Entry(code, name, is_billable=True) for code, name in named)


def _other_releases(
    calendar: Calendar, release: Release, codes: Collection[str]
) -> Mapping[str, tuple[date, ...]]:
    """The days of the other releases in which these codes are billable."""
    others = {other.pk: other.effective_from for other in calendar.of(Source.ICD10) if other.pk != release.pk}
    days: dict[str, tuple[date, ...]] = {}
    if others and codes:
        rows = Diagnosis.objects.filter(release__in=others, code__in=codes, is_billable=True)
        for code, key in rows.values_list("code", "release_id"):
            days[code] = (*days.get(code, ()), others[key])
    return days


def _procedures(calendar: Calendar, codes: Collection[str]) -> frozenset[str]:
    """The codes that are codes of HCPCS without their dot."""
    plain = {code: code.replace(".", "") for code in codes}
    named = known_codes.releases_naming(calendar, list(plain.values())) if plain else {}
    return frozenset(code for code, without in plain.items() if without in named)


def _next_due(release: Release, at: date) -> date | None:
    """The first April 1 or October 1 after the release that has come by `at`, where it has."""
    if half_year(at) == half_year(release.effective_from):
        return None
    start = release.effective_from
    return (
        date(start.year, 10, 1) if start.month in range(4, 10) else date(start.year + (start.month > 9), 4, 1)
    )


def load_diagnosis(calendar: Calendar, code: str, at: date) -> DiagnosisRecord | None:
    """One code as of a day, of the nearest release where none is in force; None where that lacks it: four queries."""
    release = calendar.nearest(Source.ICD10, at)
    rows = _rows(release, parts(code)) if release else {}
    if release is None or code not in rows:
        return None
    entry = _entry(rows, code)
    under = Diagnosis.objects.filter(release=release, parent=code).order_by("code")
    return DiagnosisRecord(
        entry=entry,
        release=release,
        above=tuple(_entry(rows, part) for part in parts(code)[:-1] if part in rows),
        under=tuple(Entry(*row) for row in under.values_list("code", "name", "is_billable")),
        names=_names(release, entry.notes),
    )


def _names(release: Release, notes: Iterable[Excludes1]) -> Mapping[str, str]:
    """The names of the codes in notes, ranges by their ends."""
    named = {end for note in notes for code in note.codes for end in code.split("-")}
    return dict(Diagnosis.objects.filter(release=release, code__in=named).values_list("code", "name"))


def find_diagnoses(calendar: Calendar, typed: str, at: date) -> list[Entry]:
    """The codes whose names hold all words typed, or that begin as typed, the shortest names first; those with a
    seventh character are found by the code that they extend."""
    release = calendar.nearest(Source.ICD10, at)
    words = typed.split()
    if release is None or not words:
        return []
    by_words = Q()
    for word in words:
        by_words &= Q(name__icontains=word)
    by_code = Q(code__startswith=typed.strip().upper())
    found = Diagnosis.objects.filter(by_words | by_code, release=release).alias(length=Length("code"))
    rows = found.filter(length__lt=_LONGEST).order_by(Length("name"), "code")
    return [Entry(*row) for row in rows.values_list("code", "name", "is_billable")[:MOST_FOUND]]
