"""Which release of which source is in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from codes.caching.versions import versions
from codes.models import Release
from codes.models.release import Source


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """All ready releases, latest first, so that one query answers for every source and date.

    Hashes by identity: there is one instance per version of the data, which makes it a cheap cache key.
    """

    releases: tuple[Release, ...]

    def of(self, source: str) -> list[Release]:
        """The ready releases of `source`, latest first."""
        return [release for release in self.releases if release.source == source]

    def in_force(self, source: str, at: date) -> Release | None:
        """The release of `source` that governs services on `at`, or None."""
        return next((release for release in self.of(source) if release.effective_from <= at), None)

    def nearest(self, source: str, at: date) -> Release | None:
        """The release in force, or else the earliest later one: for facts that hardly move, such as ZIP codes."""
        return self.in_force(source, at) or next(iter(reversed(self.of(source))), None)

    def of_same_quarter(self, source: str, release: Release) -> Release | None:
        """The companion file of `release`: of `source`, in force, and begun in the same quarter."""
        companion = self.in_force(source, release.effective_from)
        if companion and quarter_index(companion.effective_from) == quarter_index(release.effective_from):
            return companion
        return None

    def of_same_year(self, source: str, at: date) -> Release | None:
        """The release of `source` in force on `at`, if it began in that calendar year."""
        release = self.in_force(source, at)
        return release if release and release.effective_from.year == at.year else None

    @property
    def is_sample(self) -> bool:
        """Whether any relative values in use are the sample's."""
        return any(release.is_sample for release in self.of(Source.PPRRVU))


def calendar() -> Calendar:
    """All ready releases: read once for each version of the data, then held in memory."""
    return _calendar(data_version())


def data_version() -> tuple[int, datetime] | None:
    """The version of the data, None before anything was loaded."""
    return next(((number, at) for name, number, at in versions() if name == "data"), None)


@lru_cache(maxsize=4)
def _calendar(version: tuple[int, datetime] | None) -> Calendar:
    return Calendar(tuple(Release.objects.ready().order_by("-effective_from", "-pk")))


def quarter_index(day: date) -> int:
    """A number that grows by one each calendar quarter."""
    return day.year * 4 + (day.month - 1) // 3


def last_day_of_quarter(day: date) -> date:
    """The last day of the calendar quarter of a day."""
    following = day.replace(day=1, month=(day.month - 1) // 3 * 3 + 3) + timedelta(days=31)
    return following.replace(day=1) - timedelta(days=1)


def quarters_carried(release: Release, at: date) -> int:
    """How many quarters a release has been carried past its own (CMS publishes one a quarter)."""
    return max(0, quarter_index(at) - quarter_index(release.effective_from))


def by_source(releases: Iterable[Release]) -> dict[str, list[Release]]:
    """Releases grouped by source, in the order given."""
    groups: dict[str, list[Release]] = {}
    for release in releases:
        groups.setdefault(release.source, []).append(release)
    return groups
