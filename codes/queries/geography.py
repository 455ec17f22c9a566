"""Localities by key and by ZIP code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from codes import pricing
from codes.caching.versions import versioned_cache
from codes.models import County, Gpci, ZipLocality
from codes.models.release import Source
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True)
class ZipMatch:
    """What the ZIP file says of a five-digit ZIP code. `spans` marks one that needs its last four digits."""

    zip_code: str
    state: str
    key: str
    spans: bool
    release: str


class Localities:
    """The localities of a release by state and name; one object a release and process, compared by identity."""

    def __init__(self, localities: tuple[pricing.Locality, ...] = ()) -> None:
        self.localities = localities

    def __iter__(self) -> Iterator[pricing.Locality]:
        return iter(self.localities)

    def __len__(self) -> int:
        return len(self.localities)

    def __contains__(self, locality: object) -> bool:
        return locality in self.localities

    @cached_property
    def by_key(self) -> dict[str, pricing.Locality]:
        """The localities by the form that they have in an address, "01182-18"."""
        return {key_of(locality): locality for locality in self.localities}


NOT_LOADED = Localities()


def localities(calendar: Calendar, at: date) -> Localities:
    """The localities in force on `at`; none where no index file of that year is loaded."""
    release = calendar.of_same_year(Source.GPCI, at)
    return _localities(release.pk, release.loaded_at, release.name) if release else NOT_LOADED


@lru_cache(maxsize=128)  # a history of 45 quarters reads as many
def _localities(release: int, loaded_at: datetime, name: str) -> Localities:
    """The localities of a release; they never change once it is ready, so they are read once a process."""
    rows = Gpci.objects.filter(release=release).order_by("state", "name")
    return Localities(tuple(_locality(row, name) for row in rows))


def _locality(row: Gpci, release: str) -> pricing.Locality:
    indices = pricing.Gpci(row.work_gpci, row.pe_gpci, row.mp_gpci)
    return pricing.Locality(row.mac, row.locality, row.name, row.state, indices, release)


def key_of(locality: pricing.Locality) -> str:
    """The address form of a locality, "01182-18"; empty for national."""
    return f"{locality.mac}-{locality.number}" if locality.mac else ""


@versioned_cache(1024)
def zip_match(calendar: Calendar, zip_code: str, at: date) -> ZipMatch | None:
    """The locality of a ZIP code, or None where the file does not hold it (or is not loaded)."""
    release = calendar.nearest(Source.ZIP_LOCALITY, at)
    if release is None:
        return None
    row = ZipLocality.objects.filter(release=release, zip_code=zip_code).first()
    if row is None:
        return None
    return ZipMatch(row.zip_code, row.state, f"{row.mac}-{row.locality}", row.plus_four, release.name)


@versioned_cache(16)
def counties(calendar: Calendar, at: date) -> dict[str, str]:
    """The counties of each locality, by its key."""
    release = calendar.nearest(Source.LOCALITIES, at)
    rows = County.objects.filter(release=release) if release else ()
    return {f"{row.mac}-{row.locality}": row.counties for row in rows}
