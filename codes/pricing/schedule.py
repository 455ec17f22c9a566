"""A whole fee schedule as arrays of integers: the cents of all rows in all localities in one multiplication.

The arithmetic is that of `formula`, in whole numbers: CMS prints relative values in hundredths, indices in
thousandths and the conversion factor in ten-thousandths, so that a product is a count of billionths of a dollar, and
cents are rounded half up from it. Nothing is lost on the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from codes.pricing import formula
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.pricing.types import Locality

Cap = tuple[Decimal, Decimal]  # facility, nonfacility
Caps = Mapping[tuple[str, str, str, str], Cap]  # by code, modifier, MAC and locality number
Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Number: TypeAlias = Decimal | float

NOT_PRICED = -1  # in place of cents
RVU_SCALE, INDEX_SCALE, FACTOR_SCALE = 100, 1000, 10_000
A_CENT = RVU_SCALE * INDEX_SCALE * FACTOR_SCALE // 100
NO_CAP = int(np.iinfo(np.int64).max)
INEXACT = 0.05  # of a hundredth: more than a float of two decimals is ever off
BLOCK = 256  # rows at a time, so that the products stay in the processor's cache


class Cents(NamedTuple):
    """Cents of each row (down) in each locality (across), NOT_PRICED where that setting has no amount."""

    nonfacility: Integers
    facility: Integers
    is_capped: Flags


class Values(NamedTuple):
    """The three relative values of some rows in hundredths: an array each."""

    work: Integers
    practice_expense: Integers
    malpractice: Integers

    def of_rows(self, rows: Integers) -> "Values":
        """The same of these rows only."""
        return Values(*(values[rows] for values in self))

    def cents(self, indices: Sequence[Integers], conversion_factor: Decimal) -> Integers:
        """The formula: cents of each row in each locality, whose three indices are given in thousandths. Raises
        ValueError for what no file of CMS holds."""
        factor = _whole(conversion_factor, FACTOR_SCALE)
        self._refuse_too_large(indices, factor)
        found = np.empty((len(self.work), len(indices[0])), np.int64)
        for start in range(0, len(found), BLOCK):
            total, rows = found[start : start + BLOCK], slice(start, start + BLOCK)
            np.multiply(self.work[rows, None], indices[0], out=total)
            total += self.practice_expense[rows, None] * indices[1]
            total += self.malpractice[rows, None] * indices[2]
            total *= factor
            total += A_CENT // 2
            total //= A_CENT
        return found

    def _refuse_too_large(self, indices: Sequence[Integers], factor: int) -> None:
        """The sums must fit, and half a cent goes up only where nothing is negative."""
        largest = sum(
            int(values.max(initial=0)) * int(index.max()) for values, index in zip(self, indices, strict=True)
        )
        smallest = min(factor, *(int(array.min(initial=0)) for array in (*self, *indices)))
        if smallest < 0 or largest * factor >= NO_CAP - A_CENT:
            raise ValueError(
                f"values from {smallest} to {largest}, in hundredths: expected those of a fee schedule"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The rows of a fee schedule as arrays. `is_valued` marks the rows that Medicare prices at all, `has_opps` those
    that an imaging cap worked out from the relative value file may touch."""

    keys: Sequence[tuple[str, str]]  # code and modifier
    office: Values
    facility: Values
    opps_office: Values
    opps_facility: Values
    is_valued: Flags
    has_office: Flags
    has_facility: Flags
    has_opps: Flags

    def cents(self, localities: Sequence[Locality], conversion_factor: Decimal, caps: Caps | None) -> Cents:
        """Every row in every locality. `caps` is CMS's file; None says that it is not loaded, and the cap is then
        worked out from the relative value file; an empty one caps nothing."""
        indices = _indices(localities)
        found = Cents(
            self.office.cents(indices, conversion_factor),
            self.facility.cents(indices, conversion_factor),
            np.zeros((len(self.keys), len(localities)), np.bool_),
        )
        rows, *limits = self._limits(localities, indices, conversion_factor, caps)
        for amounts, limit, has_amount in zip(
            found[:2], limits, (self.has_office, self.has_facility), strict=True
        ):
            limited = amounts[rows]
            found.is_capped[rows] |= (limit < limited) & has_amount[rows, None]
            amounts[rows] = np.minimum(limited, limit)
            amounts[~has_amount] = NOT_PRICED
        return found

    def _limits(
        self,
        localities: Sequence[Locality],
        indices: Sequence[Integers],
        factor: Decimal,
        caps: Caps | None,
    ) -> tuple[Integers, Integers, Integers]:
        """The rows that have an imaging cap, and their caps in an office and in a facility, in cents."""
        if caps is not None and (not caps or all(locality.mac for locality in localities)):
            return self._published_limits(localities, caps)
        rows = np.flatnonzero(self.has_opps)
        office, facility = self.opps_office.of_rows(rows), self.opps_facility.of_rows(rows)
        return rows, office.cents(indices, factor), facility.cents(indices, factor)

    def _published_limits(
        self, localities: Sequence[Locality], caps: Caps
    ) -> tuple[Integers, Integers, Integers]:
        across = {(each.mac, each.number): number for number, each in enumerate(localities)}
        capped = {key[:2] for key in caps if key[1] != "26" and key[2:] in across}
        rows = [row for row, key in enumerate(self.keys) if key in capped]
        down = {self.keys[row]: number for number, row in enumerate(rows)}
        office, facility = (np.full((len(rows), len(localities)), NO_CAP) for _ in range(2))
        for (code, modifier, *where), (in_facility, in_office) in caps.items():
            row, column = down.get((code, modifier)), across.get((where[0], where[1]))
            if row is not None and column is not None:
                office[row, column], facility[row, column] = _whole(in_office, 100), _whole(in_facility, 100)
        return np.array(rows, np.int64), office, facility


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a schedule that decide its amounts: text, flags, and relative values in RVU (any numbers with at
    most two decimals)."""

    code: Sequence[str]
    modifier: Sequence[str]
    status: Sequence[str]
    pctc: Sequence[str]
    nonfacility_na: Sequence[bool]
    facility_na: Sequence[bool]
    work_rvu: Sequence[Number]
    nonfacility_pe_rvu: Sequence[Number]
    facility_pe_rvu: Sequence[Number]
    malpractice_rvu: Sequence[Number]
    opps_nonfacility_pe: Sequence[Number]
    opps_facility_pe: Sequence[Number]
    opps_malpractice: Sequence[Number]

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> "Columns":
        """Columns out of rows that hold the fields in this order."""
        return cls(**dict(zip(COLUMNS, zip(*rows, strict=True), strict=False)))


COLUMNS = tuple(each.name for each in fields(Columns))


def schedule_of(columns: Columns) -> Schedule:
    """A schedule, ready to be multiplied. Raises ValueError for a value with more than two decimals."""
    work, malpractice = _hundredths(columns.work_rvu), _hundredths(columns.malpractice_rvu)
    office, facility = _hundredths(columns.nonfacility_pe_rvu), _hundredths(columns.facility_pe_rvu)
    opps = [
        _hundredths(column)
        for column in (columns.opps_nonfacility_pe, columns.opps_facility_pe, columns.opps_malpractice)
    ]
    priced = np.array([status in formula.PRICED_STATUSES for status in columns.status], np.bool_)
    is_valued = priced & ((work | office | facility | malpractice) != 0)
    technical = [
        modifier == "TC" or pctc in PAID_TO_THE_HOSPITAL
        for modifier, pctc in zip(columns.modifier, columns.pctc, strict=True)
    ]
    professional = np.array([modifier == "26" for modifier in columns.modifier], np.bool_)
    return Schedule(
        keys=list(zip(columns.code, columns.modifier, strict=True)),
        office=Values(work, office, malpractice),
        facility=Values(work, facility, malpractice),
        opps_office=Values(work, opps[0], opps[2]),
        opps_facility=Values(work, opps[1], opps[2]),
        is_valued=is_valued,
        has_office=is_valued & ~np.array(columns.nonfacility_na, np.bool_),
        has_facility=is_valued & ~np.array(columns.facility_na, np.bool_) & ~np.array(technical, np.bool_),
        has_opps=~professional & ((opps[0] | opps[1] | opps[2]) != 0),
    )


def _indices(localities: Sequence[Locality]) -> list[Integers]:
    """The indices of work, practice expense and malpractice in thousandths, an array each."""
    gpcis = ((each.gpci.work, each.gpci.practice_expense, each.gpci.malpractice) for each in localities)
    columns = zip(*gpcis, strict=True)
    return [np.array([_whole(index, INDEX_SCALE) for index in column], np.int64) for column in columns]


def _hundredths(column: Sequence[Number]) -> Integers:
    exact = np.array(column, np.float64) * RVU_SCALE
    whole = np.rint(exact)
    if (np.abs(exact - whole) > INEXACT).any():
        raise ValueError("a relative value with more than two decimals")
    return whole.astype(np.int64)


def _whole(value: Decimal, scale: int) -> int:
    whole = int(value * scale)
    if whole != value * scale:
        raise ValueError(f"{value}: expected a multiple of 1/{scale}")
    return whole
