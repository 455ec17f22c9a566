"""What is known of one code: its words, its rows in every release."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.knowledge.code_life import code_ends, ended_name
from codes.models import CodeText, FeeScheduleRow, HcpcsText, Release
from codes.models.release import Source
from codes.queries.known_codes import schedules_listing
from codes.queries.names import best_name, public_texts
from codes.queries.prepared import Query, Values, prepared
from codes.queries.releases import Calendar

COMPONENTS = ("", "26", "TC", "53")
PRICING_FIELDS = tuple(pricing.FeeScheduleRow.__dataclass_fields__)


@versioned_cache(1024)
def was_loaded(calendar: Calendar, code: str) -> bool:
    """Whether any release of the fee schedule that is loaded holds the code, or it is known to have been deleted."""
    return (
        code in code_ends()
        or FeeScheduleRow.objects.filter(code=code, release__in=calendar.of(Source.PPRRVU)).exists()
    )


def system_of(code: str) -> str:
    """'cpt' for CPT of every category, 'hcpcs' for Level II (D codes too): the first part of the address."""
    return "cpt" if code[0].isdigit() else "hcpcs"


class OwnText(NamedTuple):
    """Our own words for a code."""

    code: str
    plain_name: str
    summary: str


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """One code as the page shows it. `listed_in` holds the keys of the fee schedules that list it."""

    code: str
    text: OwnText | None
    hcpcs: HcpcsText | None
    release: Release | None
    rows: pricing.CodeRows | None
    descriptor: str
    name: str
    listed_in: frozenset[int] = frozenset()

    @property
    def is_listed(self) -> bool:
        """Whether relative values, a text of ours or CMS's HCPCS file hold the code; other lists may know it still."""
        return bool(self.listed_in or self.text or self.hcpcs)

    @property
    def main_row(self) -> pricing.FeeScheduleRow | None:
        """The row of the whole code (never of a component), or None."""
        return self.rows.rows.get("") if self.rows else None


@versioned_cache(256)
def load_code(calendar: Calendar, code: str, at: date) -> CodeRecord:
    """Everything about `code` on `at`: three queries for CPT, four for HCPCS Level II."""
    return load_codes(calendar, (code,), at)[code]


def load_codes(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, CodeRecord]:
    """Everything about each of these codes: as many queries as for one."""
    release = calendar.in_force(Source.PPRRVU, at)
    stored = _stored_rows(codes, (release.pk,)) if release else []
    descriptors = _descriptors(stored)
    rows = _by_code(stored)
    texts = {row["code"]: OwnText(**row) for row in _texts(codes)}
    hcpcs = _hcpcs_texts(calendar, codes, at)
    names = {
        code: best_name(
            texts[code].plain_name if code in texts else ended_name(code),
            hcpcs[code].long_description if code in hcpcs else "",
            descriptors.get(code, ""),
        )
        for code in codes
    }
    names |= _earlier_names(calendar, {code for code in codes if not names[code]}, at)
    listing = schedules_listing(calendar, codes)
    return {
        code: CodeRecord(
            code=code,
            text=texts.get(code),
            hcpcs=hcpcs.get(code),
            release=release,
            rows=rows.get(code),
            descriptor=descriptors.get(code, ""),
            name=names[code],
            listed_in=listing.get(code, frozenset()),
        )
        for code in codes
    }


def _earlier_names(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """What a release besides the one in force calls each code (one query for Level II), else the bare code."""
    public = public_texts(calendar, {code for code in codes if system_of(code) == "hcpcs"}, at)
    return {code: public.get(code, f"Code {code}") for code in codes}


def rows_by_release(schedules: Iterable[Release], code: str) -> dict[int, pricing.CodeRows]:
    """The rows of a code in those of these fee schedules that list it, by the key of the release (one query)."""
    found: dict[int, list[Values]] = {}
    for values in _stored_rows((code,), tuple(each.pk for each in schedules)):
        found.setdefault(values["release_id"], []).append(values)
    return {key: _by_code(rows)[code] for key, rows in found.items()}


def code_rows(release: Release, codes: Collection[str]) -> dict[str, pricing.CodeRows]:
    """The rows of these codes in a release (one query, none for no codes)."""
    return _by_code(_rows_of(codes, release.pk))


def _by_code(stored: Iterable[Values]) -> dict[str, pricing.CodeRows]:
    """Rows of one release as the engine takes them, by code."""
    found: dict[str, dict[str, pricing.FeeScheduleRow]] = {}
    for values in stored:
        row = pricing.FeeScheduleRow(**{name: values[name] for name in PRICING_FIELDS})
        found.setdefault(row.code, {})[row.modifier] = row
    return {
        code: pricing.CodeRows(code, {c: rows[c] for c in COMPONENTS if c in rows})
        for code, rows in found.items()
    }


def whole_codes(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, pricing.FeeScheduleRow]:
    """The row of each whole code, never of a component, in the release in force (one query); empty without one."""
    release = calendar.in_force(Source.PPRRVU, at)
    stored = _rows_of(codes, release.pk) if release else ()
    return {row["code"]: pricing.FeeScheduleRow(**row) for row in stored if not row["modifier"]}


def as_pricing_row(row: FeeScheduleRow) -> pricing.FeeScheduleRow:
    """A stored row as the engine takes it."""
    return pricing.FeeScheduleRow(**{name: getattr(row, name) for name in PRICING_FIELDS})


def _descriptors(stored: Iterable[Values]) -> dict[str, str]:
    """What CMS's file calls each code, where the site shows it."""
    whole = (each for each in stored if not each["modifier"]) if settings.CPT_DESCRIPTIONS else ()
    return {each["code"]: each["description"] for each in whole}


def _hcpcs_texts(calendar: Calendar, codes: Iterable[str], at: date) -> dict[str, HcpcsText]:
    """CMS's texts of the Level II codes among these (one query, none for CPT)."""
    release, level_two = calendar.nearest(Source.HCPCS, at), [c for c in codes if system_of(c) == "hcpcs"]
    if release is None or not level_two:
        return {}
    return {row["code"]: HcpcsText(**row, release=release) for row in _texts_of_cms(level_two, release.pk)}


@prepared
def _stored_rows(codes: Collection[str], releases: tuple[int, ...]) -> Query:
    rows = FeeScheduleRow.objects.filter(code__in=codes, release__in=releases)
    found: Query = rows.values("release_id", "description", *PRICING_FIELDS)
    return found


@prepared
def _rows_of(codes: Collection[str], release: int) -> Query:
    found: Query = FeeScheduleRow.objects.filter(release=release, code__in=codes).values(*PRICING_FIELDS)
    return found


@prepared
def _texts(codes: Collection[str]) -> Query:
    found: Query = CodeText.objects.filter(code__in=codes).order_by().values(*OwnText._fields)
    return found


@prepared
def _texts_of_cms(codes: Collection[str], release: int) -> Query:
    fields = (each.name for each in HcpcsText._meta.fields if each.name != "release")
    found: Query = HcpcsText.objects.filter(release=release, code__in=codes).values(*fields)
    return found
