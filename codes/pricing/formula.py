"""The fee schedule's formula: three relative values, three indices, one conversion factor.

    amount = (work RVU × work GPCI + PE RVU × PE GPCI + malpractice RVU × malpractice GPCI) × conversion
    factor

Nothing is rounded on the way; the amount is rounded once, to the cent. Social Security Act §1848(b);
42 CFR 414.20 to 414.26. The one formula is `unrounded`; every amount in this package comes out of it, but for those in
bulk, which `schedule` works out in whole numbers and tests hold against it.
"""

from decimal import Decimal

from codes.pricing.arithmetic import figure, money
from codes.pricing.rounding import to_cents
from codes.pricing.types import ZERO, FeeScheduleRow, Gpci, Setting

PRICED_STATUSES = frozenset("ART")


def unrounded(
    work: Decimal,
    practice_expense: Decimal,
    malpractice: Decimal,
    work_gpci: Decimal,
    pe_gpci: Decimal,
    mp_gpci: Decimal,
    conversion_factor: Decimal,
) -> Decimal:
    """Dollars with every digit that the multiplication gives."""
    return (work * work_gpci + practice_expense * pe_gpci + malpractice * mp_gpci) * conversion_factor


def amount(
    work: Decimal, practice_expense: Decimal, malpractice: Decimal, gpci: Gpci, conversion_factor: Decimal
) -> Decimal:
    """Dollars, rounded once to the cent.

    >>> from codes.pricing.types import NATIONAL
    >>> amount(Decimal("1.30"), Decimal("1.46"), Decimal("0.09"), NATIONAL.gpci, Decimal("33.4009"))
    Decimal('95.19')
    """
    indices = (gpci.work, gpci.practice_expense, gpci.malpractice)
    return to_cents(unrounded(work, practice_expense, malpractice, *indices, conversion_factor))


def practice_expense(row: FeeScheduleRow, setting: Setting) -> Decimal:
    """The practice expense RVU of a setting. A row not valued for the office takes the facility's
    (Addendum A of the fee schedule's final rules), whatever its non-facility cell repeats."""
    if setting == "facility" or row.nonfacility_na:
        return row.facility_pe_rvu
    return row.nonfacility_pe_rvu


def fee(row: FeeScheduleRow, setting: Setting, gpci: Gpci, conversion_factor: Decimal) -> Decimal:
    """The fee-schedule amount of one unit in dollars, before any adjustment."""
    return amount(row.work_rvu, practice_expense(row, setting), row.malpractice_rvu, gpci, conversion_factor)


def opps_practice_expense(row: FeeScheduleRow, setting: Setting) -> Decimal:
    return row.opps_facility_pe if setting == "facility" else row.opps_nonfacility_pe


def has_opps_amount(row: FeeScheduleRow) -> bool:
    """The cap touches technical and global rows that carry OPPS values, never a professional component."""
    values = (row.opps_nonfacility_pe, row.opps_facility_pe, row.opps_malpractice)
    return row.modifier != "26" and any(value != ZERO for value in values)


def opps_amount(row: FeeScheduleRow, setting: Setting, gpci: Gpci, conversion_factor: Decimal) -> Decimal:
    """What the outpatient prospective payment system would pay, in dollars: the ceiling of an imaging service
    (Social Security Act §1848(b)(4)). Work stays; practice expense and malpractice are those of the OPPS."""
    return amount(
        row.work_rvu, opps_practice_expense(row, setting), row.opps_malpractice, gpci, conversion_factor
    )


def therapy_amount(
    row: FeeScheduleRow, setting: Setting, gpci: Gpci, conversion_factor: Decimal, share: Decimal
) -> Decimal:
    """A therapy unit with only `share` of its practice expense; work and malpractice stay whole."""
    reduced = practice_expense(row, setting) * share
    return amount(row.work_rvu, reduced, row.malpractice_rvu, gpci, conversion_factor)


def as_text(
    work: Decimal, practice_expense: str, malpractice: Decimal, gpci: Gpci, factor: Decimal, result: Decimal
) -> str:
    """The formula with its numbers, ready to print and to redo."""
    products = (
        f"{figure(work, 2)} × {figure(gpci.work, 3)}",
        f"{practice_expense} × {figure(gpci.practice_expense, 3)}",
        f"{figure(malpractice, 2)} × {figure(gpci.malpractice, 3)}",
    )
    return f"({' + '.join(products)}) × {figure(factor, 4)} = {money(result)}"


def has_values(row: FeeScheduleRow) -> bool:
    """False for the rows that CMS leaves to the MAC: no relative value at all."""
    return any((row.work_rvu, row.nonfacility_pe_rvu, row.facility_pe_rvu, row.malpractice_rvu))
