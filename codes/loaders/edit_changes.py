"""What a release of bundling edits changed against the one before it.

Two releases have two and a half million rows each. They are compared where they lie: each side looks up its active
edits in the other's index, and only those without their like come to Python. An edit is active in a release where it
applies on its first day: indicator 0 or 1, begun, not ended.
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from codes.loaders import bulk
from codes.loaders.new_change import NewChange
from codes.models import PtpEdit, Release
from codes.models.change import ReleaseChangeKind


def edits(former: Release, release: Release) -> Iterator[NewChange]:
    """The edits that came, changed or went."""
    bulk.take_stock(PtpEdit)
    return chain(_edits_come(former, release), _edits_gone(former, release))


def _edits_come(former: Release, release: Release) -> Iterator[NewChange]:
    """Active edits that were not, or not with this indicator."""
    alike = _active(former).filter(_same_pair(), indicator=OuterRef("indicator"))
    ended = _ended(former).exclude(indicator="9")
    found = _active(release).filter(~Exists(alike)).order_by("column_one", "column_two")
    found = found.annotate(
        same=Subquery(_active(former).filter(_same_pair()).values("indicator")[:1]),
        swapped=Subquery(_active(former).filter(_swapped_pair()).values("indicator")[:1]),
        last_day=Subquery(ended.values("deletion")[:1]),
    )
    rows = found.values_list("column_one", "column_two", "indicator", "same", "swapped", "last_day")
    for one, two, indicator, same, swapped, last_day in rows.iterator():
        if same:
            yield NewChange(ReleaseChangeKind.EDIT_INDICATOR, one, two, same, indicator)
        elif swapped:
            yield NewChange(ReleaseChangeKind.EDIT_SWAPPED, one, two, swapped, indicator)
        elif last_day:
            yield NewChange(ReleaseChangeKind.EDIT_REVIVED, one, two, last_day.isoformat(), indicator)
        else:
            yield NewChange(ReleaseChangeKind.EDIT_NEW, one, two, "", indicator)


def _edits_gone(former: Release, release: Release) -> Iterator[NewChange]:
    """Edits that were active and are in neither direction now, with the last day that is now given for them."""
    still = _active(release)
    latest = _ended(release)
    found = _active(former).filter(
        ~Exists(still.filter(_same_pair())), ~Exists(still.filter(_swapped_pair()))
    )
    found = found.order_by("column_one", "column_two")
    rows = found.annotate(
        now=Subquery(latest.values("indicator")[:1]), last=Subquery(latest.values("deletion")[:1])
    )
    for one, two, before, now, last in rows.values_list(
        "column_one", "column_two", "indicator", "now", "last"
    ).iterator():
        never = now == "9" or (last is not None and last < former.effective_from)
        kind = ReleaseChangeKind.EDIT_WITHDRAWN if never else ReleaseChangeKind.EDIT_ENDED
        yield NewChange(kind, one, two, before, last.isoformat() if last else "")


def _active(release: Release) -> "QuerySet[PtpEdit]":
    day = release.effective_from
    return PtpEdit.objects.filter(
        Q(effective__isnull=True) | Q(effective__lte=day),
        Q(deletion__isnull=True) | Q(deletion__gte=day),
        release=release,
        indicator__in=("0", "1"),
    )


def _ended(release: Release) -> "QuerySet[PtpEdit]":
    """The records of the pair that have a last day, the latest first."""
    rows = PtpEdit.objects.filter(_same_pair(), release=release, deletion__isnull=False)
    return rows.order_by("-deletion")


def _same_pair() -> Q:
    return Q(column_one=OuterRef("column_one"), column_two=OuterRef("column_two"))


def _swapped_pair() -> Q:
    return Q(column_one=OuterRef("column_two"), column_two=OuterRef("column_one"))
