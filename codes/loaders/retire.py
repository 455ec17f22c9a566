"""Taking a release out of service."""

from django.db import transaction

from codes.loaders import changes
from codes.loaders.sources import LOADERS
from codes.models import Release, Version
from codes.models.release import State


def retire(release: Release, *, keep_rows: bool = False) -> Release | None:
    """Retire `release` and return the one that is in force from its day on instead, or None."""
    with transaction.atomic():
        Version.bump(
            "data"
        )  # first, as in every load: a load under way is waited for, and its changes are seen
        Release.objects.filter(pk=release.pk).update(state=State.RETIRED)
        if not keep_rows:
            for loader in LOADERS:
                loader.model._default_manager.filter(release=release).delete()
        changes.bridge(release)
    return Release.objects.all().in_force(release.source, release.effective_from)
