"""What is known of one code: its words, its rows in every release, its category."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.knowledge.code_life import code_ends, ended_name
from codes.models import CodeText, FeeScheduleRow, HcpcsText, RbcsAssignment, Release
from codes.models.release import Source
from codes.queries.names import best_name, public_texts
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


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """One code as the page shows it. `history` holds its rows by release, latest release first."""

    code: str
    text: CodeText | None
    hcpcs: HcpcsText | None
    category: RbcsAssignment | None
    release: Release | None
    rows: pricing.CodeRows | None
    descriptor: str
    name: str
    history: Mapping[int, pricing.CodeRows] = field(default_factory=dict)

    @property
    def is_listed(self) -> bool:
        """Whether relative values, a text of ours or CMS's HCPCS file hold the code; other lists may know it still."""
        return bool(self.history or self.text or self.hcpcs)

    @property
    def main_row(self) -> pricing.FeeScheduleRow | None:
        """The row of the whole code (never of a component), or None."""
        return self.rows.rows.get("") if self.rows else None


@versioned_cache(256)
def load_code(calendar: Calendar, code: str, at: date) -> CodeRecord:
    """Everything about `code` on `at`: four queries for CPT, five for HCPCS Level II."""
    release = calendar.in_force(Source.PPRRVU, at)
    stored = list(FeeScheduleRow.objects.filter(code=code, release__in=calendar.of(Source.PPRRVU)))
    history = _by_release(code, stored)
    text, hcpcs = CodeText.objects.filter(pk=code).first(), _hcpcs_text(calendar, code, at)
    descriptor = _descriptor(stored, release)
    own, public = text.plain_name if text else ended_name(code), hcpcs.long_description if hcpcs else ""
    return CodeRecord(
        code=code,
        text=text,
        hcpcs=hcpcs,
        category=_category(calendar, code, at),
        release=release,
        rows=history.get(release.pk) if release else None,
        descriptor=descriptor,
        name=best_name(own, public, descriptor) or _earlier_name(calendar, code, at),
        history=history,
    )


def _earlier_name(calendar: Calendar, code: str, at: date) -> str:
    """What a release besides the one in force calls the code (one query for Level II), else the bare code."""
    codes = {code} if system_of(code) == "hcpcs" else set()
    return public_texts(calendar, codes, at).get(code, f"Code {code}")


def _by_release(code: str, stored: Iterable[FeeScheduleRow]) -> dict[int, pricing.CodeRows]:
    releases: dict[int, dict[str, pricing.FeeScheduleRow]] = {}
    for row in stored:
        releases.setdefault(row.release_id, {})[row.modifier] = as_pricing_row(row)
    return {
        key: pricing.CodeRows(code, {c: rows[c] for c in COMPONENTS if c in rows})
        for key, rows in releases.items()
    }


def code_rows(release: Release, codes: Collection[str]) -> dict[str, pricing.CodeRows]:
    """The rows of these codes in a release (one query, none for no codes)."""
    found: dict[str, dict[str, pricing.FeeScheduleRow]] = {}
    stored = FeeScheduleRow.objects.filter(release=release, code__in=codes) if codes else ()
    for row in stored:
        found.setdefault(row.code, {})[row.modifier] = as_pricing_row(row)
    return {
        code: pricing.CodeRows(code, {c: rows[c] for c in COMPONENTS if c in rows})
        for code, rows in found.items()
    }


def whole_codes(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, pricing.FeeScheduleRow]:
    """The row of each whole code, never of a component, in the release in force (one query); empty without one."""
    release = calendar.in_force(Source.PPRRVU, at)
    stored = FeeScheduleRow.objects.filter(release=release, code__in=codes, modifier="") if release else ()
    return {row.code: as_pricing_row(row) for row in stored}


def as_pricing_row(row: FeeScheduleRow) -> pricing.FeeScheduleRow:
    """A stored row as the engine takes it."""
    return pricing.FeeScheduleRow(**{name: getattr(row, name) for name in PRICING_FIELDS})


def _descriptor(stored: Iterable[FeeScheduleRow], release: Release | None) -> str:
    if not settings.CPT_DESCRIPTIONS or release is None:
        return ""
    return next((row.description for row in stored if row.release_id == release.pk and not row.modifier), "")


def _hcpcs_text(calendar: Calendar, code: str, at: date) -> HcpcsText | None:
    release = calendar.nearest(Source.HCPCS, at) if system_of(code) == "hcpcs" else None
    return (
        HcpcsText.objects.filter(release=release, code=code).select_related("release").first()
        if release
        else None
    )


def _category(calendar: Calendar, code: str, at: date) -> RbcsAssignment | None:
    release = calendar.nearest(Source.RBCS, at)
    return RbcsAssignment.objects.filter(release=release, code=code).first() if release else None
