"""CMS's list of single-dose drugs, which need JW or JZ.

The list is not exhaustive: a drug that it leaves out needs JW or JZ too where its label says single-dose.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from codes.models import SingleDoseDrug
from codes.models.release import Source
from codes.queries.releases import Calendar


class SingleDose(NamedTuple):
    """The codes of the list, and its name."""

    codes: frozenset[str]
    name: str


def single_dose_drugs(calendar: Calendar, at: date) -> SingleDose | None:
    """The list nearest to the day, since CMS adds to it and says no day; None where none is loaded."""
    release = calendar.nearest(Source.SINGLE_DOSE, at)
    return SingleDose(_codes(release.pk, release.loaded_at), release.name) if release else None


def codes_of_single_dose(calendar: Calendar, at: date) -> frozenset[str] | None:
    """The codes that need JW or JZ; None where no list is loaded."""
    listed = single_dose_drugs(calendar, at)
    return listed.codes if listed else None


@lru_cache(maxsize=4)
def _codes(release: int, loaded_at: datetime) -> frozenset[str]:
    """The few hundred codes of a release, which never change once it is ready."""
    return frozenset(SingleDoseDrug.objects.filter(release=release).values_list("code", flat=True))
