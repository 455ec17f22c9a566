"""What cannot be true together, in one release and between them, as sentences for the operator."""

from collections.abc import Iterable, Iterator
from datetime import date

from codes.models import Gpci, Release, Version, ZipLocality
from codes.models.release import ReleaseState, Source
from codes.pricing import conversion_factors
from codes.queries.data_health import EXPECTED, DataWarning, WarningKind
from codes.queries.releases import Calendar

# The companions of the relative values, and what becomes of one of another year.
_UNUSED = "It isn't used with them."
_USED = {
    Source.GPCI: _UNUSED,
    Source.LOCALITIES: "Counties are still found by it.",
    Source.ANESTHESIA: _UNUSED,
    Source.OPPS_CAP: _UNUSED,
}


def contradictions(dates: Calendar, today: date) -> Iterator[DataWarning]:
    """Everything that contradicts itself on `today`.

    Counts the rows of every ready release, which takes a few seconds over millions of bundling edits.
    """
    yield from _unversioned(dates)
    yield from _half_loaded()
    yield from _miscounted(dates.releases)
    yield from _same_bytes(dates)
    yield from _unknown_factors(dates)
    yield from _missing_tracks(dates)
    yield from _lonely_indices(dates)
    yield from _mixed_years(dates, today)
    yield from _mixed_with_sample(dates, today)
    yield from _zips_without_index(dates, today)


def _found(release: Release, why: str) -> DataWarning:
    source = Source(release.source)
    return DataWarning(
        WarningKind.CONTRADICTORY, source, f"{source.label}, {release.name} (key {release.pk}): {why}"
    )


def _unversioned(dates: Calendar) -> Iterator[DataWarning]:
    """Releases without a version of the data: somebody wrote into the tables by hand."""
    hidden = Release.objects.ready().first()
    if hidden and not Version.objects.filter(name="data").exists():
        yield _found(
            hidden,
            "the version of the data is missing, so that pages do not learn of new releases. Load again.",
        )


def _half_loaded() -> Iterator[DataWarning]:
    for release in Release.objects.filter(state=ReleaseState.LOADING):
        yield _found(release, "its loading never ended. Load the file again.")


def _miscounted(releases: Iterable[Release]) -> Iterator[DataWarning]:
    for release in releases:
        rows = EXPECTED[Source(release.source)].table._default_manager.filter(release=release).count()
        if rows != release.row_count:
            yield _found(
                release,
                f"{release.row_count:,} rows were loaded and {rows:,} are there. "
                "Retire it and load the file again.",
            )


def _same_bytes(dates: Calendar) -> Iterator[DataWarning]:
    seen: dict[tuple[str, str], Release] = {}
    for release in dates.releases:
        later = seen.setdefault((release.source, release.sha256), release)
        if later is not release:
            yield _found(
                release,
                f"the very same file is in force from {release.effective_from} and again, as {later.name}, from "
                f"{later.effective_from}. One of the days is wrong.",
            )


def _unknown_factors(dates: Calendar) -> Iterator[DataWarning]:
    """The factor of a release against the law's on its first day, in years that the table knows."""
    for source, qualifying in ((Source.PPRRVU, False), (Source.PPRRVU_QPP, True)):
        for release in dates.of(source):
            law = conversion_factors.in_force(release.effective_from, qualifying)
            held = release.conversion_factor
            if law and held and law.value != held:
                yield _found(
                    release,
                    f"its conversion factor is {held}, and from {law.effective} the law has {law.value}.",
                )


def _missing_tracks(dates: Calendar) -> Iterator[DataWarning]:
    """Relative values of a year in which nobody knows the factor of qualifying APM participants, without their file."""
    for release in dates.of(Source.PPRRVU):
        known = conversion_factors.in_force(release.effective_from, True)
        is_alone = dates.of_same_year(Source.PPRRVU_QPP, release.effective_from) is None
        if is_alone and known is None and release.effective_from.year >= conversion_factors.TWO_TRACKS:
            yield _found(
                release,
                "the conversion factor of qualifying APM participants is not known for that year: they are not "
                "priced. Load the QPP file with it.",
            )


def _lonely_indices(dates: Calendar) -> Iterator[DataWarning]:
    """Relative values and indices come in one archive: each year has both or neither."""
    for one, other in ((Source.PPRRVU, Source.GPCI), (Source.GPCI, Source.PPRRVU)):
        years = {release.effective_from.year for release in dates.of(other)}
        for release in dates.of(one):
            if release.effective_from.year not in years:
                yield _found(
                    release,
                    f"there is no file of {release.effective_from.year} for “{other.label}” with it.",
                )


def _mixed_years(dates: Calendar, today: date) -> Iterator[DataWarning]:
    values = dates.in_force(Source.PPRRVU, today)
    for source in _USED if values else ():
        release = dates.in_force(source, today)
        if values and release and release.effective_from.year != values.effective_from.year:
            yield _found(
                release,
                f"it is of {release.effective_from.year}, and the relative values in force ({values.name}) are of "
                f"{values.effective_from.year}. {_USED[source]} Load the one that CMS published with {values.name}.",
            )


def _mixed_with_sample(dates: Calendar, today: date) -> Iterator[DataWarning]:
    values = dates.in_force(Source.PPRRVU, today)
    for source in Source if values and not values.is_sample else ():
        release = dates.in_force(source, today)
        if release and release.is_sample:
            yield _found(release, "it is the sample's, with full relative values. Load the full file.")


def _zips_without_index(dates: Calendar, today: date) -> Iterator[DataWarning]:
    zips, indices = dates.in_force(Source.ZIP_LOCALITY, today), dates.in_force(Source.GPCI, today)
    if zips is None or indices is None:
        return
    known = Gpci.objects.filter(release=indices).values_list("mac", "locality")
    named = ZipLocality.objects.filter(release=zips).values_list("mac", "locality").distinct()
    if unknown := sorted(set(named) - set(known)):
        places = ", ".join("-".join(locality) for locality in unknown[:5])
        yield _found(zips, f"{len(unknown)} of its localities have no index in {indices.name}: {places}.")
