"""Allowed amounts in bulk: one row in many localities, or many rows in one, without the working.

The same figures as `price_line` gives for one unit without further modifiers in an office (place of service 11)
and in an outpatient hospital (22): the formula, then the imaging cap. A cell that CMS does not value for a
setting, and a technical or incident-to service for a hospital's patients, has no amount.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from codes.pricing import formula
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.pricing.formula import Amount
from codes.pricing.types import FeeScheduleRow, Locality, Setting

Cap = tuple[Decimal, Decimal]  # facility, nonfacility
Caps = Mapping[tuple[str, str, str, str], Cap]  # by code, modifier, MAC and locality number


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
    """Each priced row in each locality. `caps` is CMS's file; None says that it is not loaded, and the cap is then
    worked out from the relative value file."""
    for row in rows:
        found = formula.amounts([row], localities, conversion_factor)
        for locality, amount in zip(localities, found, strict=False):  # a row without a price gives nothing
            yield _limited(row, locality, amount, _cap(row, locality, conversion_factor, caps))


def _cap(row: FeeScheduleRow, locality: Locality, factor: Decimal, caps: Caps | None) -> Cap | None:
    if row.modifier == "26":
        return None
    if caps is not None and locality.mac:
        return caps.get((row.code, row.modifier, locality.mac, locality.number))
    if not formula.has_opps_amount(row):
        return None
    facility = formula.opps_amount(row, "facility", locality.gpci, factor)
    return facility, formula.opps_amount(row, "nonfacility", locality.gpci, factor)


def _limited(row: FeeScheduleRow, locality: Locality, found: Amount, cap: Cap | None) -> Allowed:
    to_hospital = row.modifier == "TC" or row.pctc in PAID_TO_THE_HOSPITAL
    facility = None if to_hospital else found.facility
    if cap is None:
        return Allowed(row, locality, found.nonfacility, facility, False)
    capped = _lower(found.nonfacility, cap[1]), _lower(facility, cap[0])
    return Allowed(row, locality, *capped, capped != (found.nonfacility, facility))


def _lower(amount: Decimal | None, cap: Decimal) -> Decimal | None:
    return None if amount is None else min(amount, cap)
