"""Taking a release out of service, and bringing back what it had replaced."""

from django.db import transaction

from codes.loaders import changes
from codes.loaders.sources import LOADERS
from codes.models import Release, Version
from codes.models.release import WITHDRAWN, ReleaseState, Source
from codes.queries.data_health import EXPECTED


def retire(release: Release, *, keep_rows: bool = False) -> Release | None:
    """Retire `release` and return the one that is in force from its day on instead, or None.

    A release of the same day that it had replaced comes back, if its rows are still there: the newest of them.
    One that was itself taken out of service by hand never does.
    """
    with transaction.atomic():
        Version.bump("data")  # first, as in every load: one under way is waited for, and its changes are seen
        Release.objects.filter(pk=release.pk).update(
            state=ReleaseState.RETIRED, checks=[*release.checks, WITHDRAWN]
        )
        if not keep_rows:
            drop_rows(release)
        if replaced := replaced_by(release):
            Release.objects.filter(pk=replaced.pk).update(state=ReleaseState.READY)
            changes.record(replaced)
        else:
            changes.record_across(release)
    return Release.objects.all().in_force(release.source, release.effective_from)


@transaction.atomic
def drop_rows(release: Release) -> None:
    """Delete the rows of a release that is out of service."""
    for loader in LOADERS:
        loader.model._default_manager.filter(release=release).delete()


def replaced_by(release: Release) -> Release | None:
    """The newest release of the same source and day that a correction retired and whose rows are all there."""
    former = Release.objects.filter(
        source=release.source,
        effective_from=release.effective_from,
        state=ReleaseState.RETIRED,
        row_count__gt=0,
    ).exclude(pk=release.pk)
    found = (each for each in former.order_by("-pk") if WITHDRAWN not in each.checks and _is_whole(each))
    return next(found, None)


def _is_whole(release: Release) -> bool:
    table = EXPECTED[Source(release.source)].table
    return bool(table._default_manager.filter(release=release).count() == release.row_count)
