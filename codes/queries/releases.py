"""Which release of which source is in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from codes.caching.versions import versions
from codes.models import Release
from codes.models.release import WITHDRAWN, ReleaseState, Source


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """All ready releases, latest first, so that one query answers for every source and date.

    Hashes by identity: there is one instance per version of the data, which makes it a cheap cache key. `load` is the
    number of the last load that it knows; `withdrawn` are releases that it should hold and that were taken out since.
    """

    releases: tuple[Release, ...]
    withdrawn: tuple[Release, ...] = ()
    _by_source: dict[str, list[Release]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_source.update(by_source(self.releases))

    @property
    def load(self) -> int:
        """The number of the last load: it names the state of the data in a receipt."""
        return max((release.pk for release in self.releases), default=0)

    def of(self, source: str) -> list[Release]:
        """The ready releases of `source`, latest first."""
        return [*self._by_source.get(source, ())]

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


def keys_of(calendar: Calendar, *sources: str) -> tuple[int, ...]:
    """The primary keys of the ready releases of these sources."""
    return tuple(release.pk for source in sources for release in calendar.of(source))


def calendar() -> Calendar:
    """All ready releases: read once for each version of the data, then held in memory."""
    return _calendar(data_version())


def calendar_after(load: int) -> Calendar:
    """The releases as they stood after a load, whatever was loaded or corrected since. A release that was taken out by
    hand is not brought back: its rows may be gone."""
    known = [each for each in _all_releases(data_version()) if each.pk <= load]
    found = _standing(tuple(known))
    return found if found.releases != calendar().releases or found.withdrawn else calendar()


def latest_load() -> int:
    """The number of the last load, of a release that stands or not; 0 before anything was loaded."""
    return max((each.pk for each in _all_releases(data_version())), default=0)


@lru_cache(maxsize=2)
def _all_releases(version: tuple[int, datetime] | None) -> tuple[Release, ...]:
    return tuple(Release.objects.exclude(state=ReleaseState.LOADING).order_by("pk"))


@lru_cache(maxsize=16)
def _standing(known: tuple[Release, ...]) -> Calendar:
    """Of each source and day the release that was loaded last."""
    last = {(each.source, each.effective_from): each for each in known if WITHDRAWN not in each.checks}
    latest_first = sorted(last.values(), key=lambda each: (each.effective_from, each.pk), reverse=True)
    return Calendar(tuple(latest_first), tuple(each for each in known if WITHDRAWN in each.checks))


def newer_files(former: Calendar, at: date, sources: Iterable[str]) -> list[Release]:
    """The releases of these sources in force on `at` now that are not those of a former calendar."""
    now = calendar()
    current = (now.in_force(source, at) for source in sources)
    return [each for each in current if each and each != former.in_force(each.source, at)]


def withdrawn_files(former: Calendar, at: date) -> list[Release]:
    """The releases taken out by hand that would be in force on `at` in a former calendar."""
    held = (
        (each, former.in_force(each.source, at)) for each in former.withdrawn if each.effective_from <= at
    )
    return [each for each, other in held if other is None or each.effective_from >= other.effective_from]


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
