"""What a release changed against the one before it of its source, recorded as it is loaded.

Full releases are compared with full ones and the sample with itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from codes.loaders import bulk
from codes.loaders.comparisons import COMPARISONS
from codes.loaders.new_change import NewChange
from codes.models import Release, ReleaseChange
from codes.models.change import ReleaseChangeKind

COLUMNS = ("kind", "code", "other", "before", "after", "release_id", "former_id")


def record(release: Release) -> list[str]:
    """Record what `release` changed, set right what the one after it changed, and return the former in sentences.

    Call it in the transaction that loads `release`, which need not be saved as READY yet. Nothing is
    returned for a source that is not compared, nor for the first release of one.
    """
    if release.source not in COMPARISONS:
        return []
    same_day = Release.objects.filter(source=release.source, effective_from=release.effective_from)
    ReleaseChange.objects.filter(release__in=same_day).delete()
    if replaced := same_day.exclude(is_sample=release.is_sample).first():
        record_across(replaced)
    former, following = _neighbours(release)
    if following:
        _write(following, release)
    return _write(release, former)


def record_across(retired: Release) -> None:
    """Set right what the release after `retired` changed, now that another stands before it."""
    ReleaseChange.objects.filter(release=retired).delete()
    former, following = _neighbours(retired)
    if following and retired.source in COMPARISONS:
        _write(following, former)


def _neighbours(release: Release) -> tuple[Release | None, Release | None]:
    """The ready releases of the same source before and after it; a correction's forerunner is neither."""
    others = Release.objects.ready().filter(source=release.source, is_sample=release.is_sample)
    before = others.filter(effective_from__lt=release.effective_from)
    after = others.filter(effective_from__gt=release.effective_from)
    return before.order_by("effective_from").last(), after.order_by("effective_from").first()


def _write(release: Release, former: Release | None) -> list[str]:
    ReleaseChange.objects.filter(release=release).delete()
    if former is None:
        return []
    tally: Counter[ReleaseChangeKind] = Counter()
    changes = _counted(COMPARISONS[release.source](former, release), tally)
    bulk.copy_rows(ReleaseChange, COLUMNS, ((*change, release.pk, former.pk) for change in changes))
    counts = ", ".join(kind.counted(tally[kind]) for kind in ReleaseChangeKind if tally[kind])
    if release.conversion_factor == former.conversion_factor:
        return [f"{counts or 'nothing changed'} since {former.name}"]
    factors = f"conversion factor {release.conversion_factor} instead of {former.conversion_factor}"
    return [f"{counts or 'no relative value changed'} since {former.name}", factors]


def _counted(changes: Iterable[NewChange], tally: Counter[ReleaseChangeKind]) -> Iterator[NewChange]:
    for change in changes:
        tally[change.kind] += 1
        yield change
