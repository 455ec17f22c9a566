"""What Medicare denied of a code: of a hundred services submitted, by year, by modifier and by place of service."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import Release, ServiceVolume
from codes.models.release import Source
from codes.queries.releases import Calendar

MOST = 6


@dataclass(frozen=True, slots=True)
class Denied:
    """Services submitted and denied under a heading ("25", "Office (11)", "2024"). Rows whose denials may not be told
    are in neither."""

    heading: str
    submitted: int
    denied: int

    @property
    def of_hundred(self) -> int:
        """The services denied of a hundred submitted."""
        return round(self.denied * 100 / self.submitted)


@dataclass(frozen=True, slots=True)
class CodeVolumes:
    """The newest year of a code, and the years that are loaded, latest first."""

    release: Release
    total: Denied
    by_modifier: tuple[Denied, ...]
    by_place: tuple[Denied, ...]
    by_year: tuple[Denied, ...]


@versioned_cache(256)
def volumes_of(calendar: Calendar, code: str) -> CodeVolumes | None:
    """The volumes of a code (one query); None where no year is loaded, or none tells of the code."""
    releases = calendar.of(Source.PSPS)
    if not releases:
        return None
    stored = ServiceVolume.objects.filter(release__in=releases, code=code).exclude(denied=None)
    rows = list(stored)
    by_year = [
        (release, total)
        for release in releases
        if (total := _sum(str(release.effective_from.year), (r for r in rows if r.release_id == release.pk)))
    ]
    if not by_year:
        return None
    release, total = by_year[0]
    newest = [row for row in rows if row.release_id == release.pk]
    return CodeVolumes(
        release,
        total,
        _parted(newest, "modifier"),
        _parted(newest, "place_of_service"),
        tuple(each for _, each in by_year),
    )


def _parted(rows: Iterable[ServiceVolume], field: str) -> tuple[Denied, ...]:
    """The sums by a field, the largest first."""
    parts: dict[str, list[ServiceVolume]] = {}
    for row in rows:
        parts.setdefault(attrgetter(field)(row), []).append(row)
    found = [each for value, part in parts.items() if (each := _sum(_heading(field, value), part))]
    return tuple(sorted(found, key=lambda each: -each.submitted)[:MOST])


def _heading(field: str, value: str) -> str:
    if field == "modifier":
        return value or "no modifier"
    pos = pricing.PLACES.get(value)
    return f"{pos.name} ({value})" if pos else f"place {value}"


def _sum(heading: str, rows: Iterable[ServiceVolume]) -> Denied | None:
    submitted = denied = 0
    for row in rows:
        submitted, denied = submitted + row.submitted, denied + (row.denied or 0)
    return Denied(heading, submitted, denied) if submitted else None
