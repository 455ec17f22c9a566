"""Allowed amounts in bulk: one row in many localities, or many rows in one, without the working.

The same figures as `price_line` gives for one unit without further modifiers in an office (place of service 11)
and in an outpatient hospital (22): the formula, then the imaging cap. A cell that CMS does not value for a
setting, and a technical or incident-to service for a hospital's patients, has no amount.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from codes.pricing.schedule import COLUMNS, NOT_PRICED, Caps, Columns, schedule_of
from codes.pricing.types import FeeScheduleRow, Locality, Setting


class Allowed(NamedTuple):
    """What Medicare allows for one unit of a row in a locality, in dollars; None where that setting has no amount.

    `is_capped` says that the imaging cap stands below the fee-schedule amount in either setting.
    """

    row: FeeScheduleRow
    locality: Locality
    nonfacility: Decimal | None
    facility: Decimal | None
    is_capped: bool

    def amount(self, setting: Setting) -> Decimal | None:
        """The amount of one setting."""
        return self.facility if setting == "facility" else self.nonfacility


def allowed(
    rows: Iterable[FeeScheduleRow],
    localities: Collection[Locality],
    conversion_factor: Decimal,
    caps: Caps | None,
) -> Iterator[Allowed]:
    """Each priced row in each locality, as dollars. `caps` is as in `Schedule.cents`."""
    rows, localities = list(rows), list(localities)
    if not rows or not localities:
        return
    schedule = schedule_of(Columns.of(map(attrgetter(*COLUMNS), rows)))
    found = schedule.cents(localities, conversion_factor, caps)
    for number in np.flatnonzero(schedule.is_valued).tolist():
        row_of_each = (array[number].tolist() for array in found)
        for locality, office, facility, is_capped in zip(localities, *row_of_each, strict=True):
            yield Allowed(rows[number], locality, dollars(office), dollars(facility), is_capped)


def dollars(cents: int) -> Decimal | None:
    """
    >>> dollars(9519), dollars(NOT_PRICED)
    (Decimal('95.19'), None)
    """
    return None if cents == NOT_PRICED else Decimal(cents).scaleb(-2)
