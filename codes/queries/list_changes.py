"""What releases changed in a list of codes: in a code, and between two of its codes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from codes.models import ReleaseChange
from codes.models.change import ReleaseChangeKind
from codes.queries.changes import SOURCES, DescribedChange, ReleaseComparison, comparisons, describe
from codes.queries.releases import Calendar

MOST = 200
_COMPONENTS = (ReleaseChangeKind.COMPONENT_NEW, ReleaseChangeKind.COMPONENT_GONE)


@dataclass(frozen=True, slots=True)
class ListChanges:
    """The changes of one release that touch a list. `more` says that there are others than these."""

    comparison: ReleaseComparison
    changes: tuple[DescribedChange, ...]
    more: bool = False

    @property
    def sentences(self) -> str:
        """The changes as sentences, each with the code that it is of."""
        said = [f"{each.change.code}: {each.sentence}" for each in self.changes]
        return ". ".join([*said, *(["And others"] if self.more else [])]) + "."


def latest_changes(calendar: Calendar, codes: Collection[str]) -> list[ListChanges]:
    """What the newest release of each source changed in these codes: at most six queries."""
    newest = [found[0] for source in SOURCES if (found := comparisons(calendar, source))]
    return list(changes_of(newest, codes))


def every_change(calendar: Calendar, codes: Collection[str]) -> list[ListChanges]:
    """The same of every release that is loaded, the latest first."""
    known = [each for source in SOURCES for each in comparisons(calendar, source)]
    return list(changes_of(known, codes))


def changes_of(compared: Collection[ReleaseComparison], codes: Collection[str]) -> Iterator[ListChanges]:
    """The changes of these releases in these codes, the latest release first, at most MOST of each release."""
    by_release = {each.release.pk: each for each in compared if each.former}
    rows = (
        ReleaseChange.objects.filter(release__in=by_release, code__in=codes)
        .filter(Q(other="") | Q(other__in=codes) | Q(kind__in=_COMPONENTS))
        .order_by("-release__effective_from", "release_id", "kind", "code", "pk")
    )
    parts = {key: list(part) for key, part in groupby(rows, lambda row: row.release_id)}
    shown = describe(row for part in parts.values() for row in part[:MOST])
    for key, part in groupby(shown, lambda each: each.change.release_id):
        yield ListChanges(by_release[key], tuple(part), len(parts[key]) > MOST)
