"""Anesthesia (status J): 42 CFR 414.46; Claims Processing Manual, ch. 12, §50 and §140.

    amount = (base units + time units) × the locality's anesthesia conversion factor × the provider's share

Time units are minutes divided by fifteen, rounded half up to one decimal. Medicare pays no physical-status
units and no qualifying circumstances. Of several anesthesia codes only the one with the most base units is
paid; three add-on codes add to it.
"""

from collections.abc import Sequence
from decimal import Decimal

from codes.pricing.arithmetic import figure, in_words, money
from codes.pricing.modifiers import ANESTHESIA
from codes.pricing.rounding import ZERO_DOLLARS, to_cents, to_tenth
from codes.pricing.types import Gpci, Refusal
from codes.pricing.working import UnitGroup, Working

CITATION = "Claims Processing Manual, ch. 12"
SECTION = "§50"
MINUTES_A_UNIT = 15
SUPERVISED_UNITS = 3
LONGEST_MINUTES = 7 * 24 * 60
SHARES = {
    "AA": Decimal("1.00"),
    "QK": Decimal("0.50"),
    "QX": Decimal("0.50"),
    "QY": Decimal("0.50"),
    "QZ": Decimal("1.00"),
}
NURSE_ANESTHETIST = frozenset({"QX", "QZ"})
WITHOUT_TIME = frozenset({"01953", "01996"})  # by area burned, and by the day of an epidural
ADD_ONS = frozenset({"01953", "01968", "01969"})
PHYSICAL_STATUS = frozenset({"P1", "P2", "P3", "P4", "P5", "P6"})
PRACTICE_SHARES_2025 = (Decimal("0.769"), Decimal("0.166"), Decimal("0.065"))


def time_units(minutes: int) -> Decimal:
    """Units of fifteen minutes, to one decimal.

    >>> time_units(95), time_units(48)
    (Decimal('6.3'), Decimal('3.2'))
    """
    return to_tenth(Decimal(minutes) / MINUTES_A_UNIT)


def locality_factor(
    national: Decimal, gpci: Gpci, shares: tuple[Decimal, Decimal, Decimal] = PRACTICE_SHARES_2025
) -> Decimal:
    """A locality's anesthesia conversion factor in dollars a unit, from the national one. The shares of work,
    practice expense and malpractice are those of 2025; CMS's own list for the year stands above this sum.

    >>> alabama = Gpci(Decimal("1.000"), Decimal("0.869"), Decimal("0.575"))
    >>> locality_factor(Decimal("20.3178"), alabama)
    Decimal('19.31')
    """
    work, practice_expense, malpractice = shares
    index = work * gpci.work + practice_expense * gpci.practice_expense + malpractice * gpci.malpractice
    return to_cents(index * national)


def refuse_anesthesia(working: Working) -> Refusal | None:
    """What is missing before an anesthesia line can be paid, in words."""
    line, factor = working.line, working.circumstances.anesthesia_factor
    if not working.modifiers & ANESTHESIA:
        text = (
            "An anesthesia line needs one of AA, AD, QK, QX, QY, QZ: without it Medicare returns the claim."
        )
        return _refusal(text)
    if factor is None:
        return _refusal("We don't have the anesthesia conversion factor for this date.", "no_factor")
    if line.base_units is None and "AD" not in working.modifiers:
        return _refusal("We don't have the base units of this anesthesia code.", "no_factor")
    needs_time = "AD" not in working.modifiers and line.code not in WITHOUT_TIME
    if needs_time and line.minutes is None:
        return _refusal("Give the minutes of anesthesia: Medicare pays base units and time.", "minutes")
    return _refuse_numbers(line.minutes, line.base_units)


def _refuse_numbers(minutes: int | None, base_units: int | None) -> Refusal | None:
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        return _refusal(f"{minutes} minutes are not a time of anesthesia.")
    if base_units is not None and base_units < 0:
        return _refusal("Base units cannot be negative.")
    return None


def _refusal(text: str, kind: str = "anesthesia") -> Refusal:
    return Refusal(kind, text, f"{CITATION}, {SECTION}")


def price_anesthesia(working: Working) -> None:
    """S3 for anesthesia: the units of the line times the factor and the share of who gave it."""
    factor = working.circumstances.anesthesia_factor or Decimal(0)
    if "AD" in working.modifiers:
        _supervised(working, factor)
    else:
        _by_units(working, factor)
    working.units = 1
    working.parts = [UnitGroup(1, working.amount)]
    _note_national(working)
    _note_status_modifiers(working)


def _by_units(working: Working, factor: Decimal) -> None:
    line = working.line
    share = SHARES[next(iter(working.modifiers & ANESTHESIA))]
    base = line.base_units or 0
    minutes = 0 if line.code in WITHOUT_TIME else line.minutes or 0
    if line.code in WITHOUT_TIME:
        base *= working.units
    time = time_units(minutes)
    time_text = f"{minutes} ÷ {MINUTES_A_UNIT} = {time}"
    working.step("anesthesia_time", "Time units of fifteen minutes", CITATION, "§50", time_text, time)
    working.amount = to_cents((base + time) * factor * share)
    formula = f"({base} + {time}) × {figure(factor, 2)} × {figure(share, 2)} = {money(working.amount)}"
    title = "Base and time units at the anesthesia factor and the provider's share"
    working.step("anesthesia", title, CITATION, SECTION, formula, working.amount)
    working.lower_confidence("Day", "anesthesia by base and time units")


def _supervised(working: Working, factor: Decimal) -> None:
    """More than four concurrent procedures: three base units, one more if present at induction, no time."""
    units = SUPERVISED_UNITS + (1 if working.line.present_at_induction else 0)
    working.amount = to_cents(units * factor)
    formula = f"{units} × {figure(factor, 2)} = {money(working.amount)}"
    title = "Supervision of more than four procedures (AD): base units without time"
    working.step("anesthesia", title, CITATION, SECTION, formula, working.amount)
    working.lower_confidence("Low", "supervision (AD) depends on the record of induction")


def _note_national(working: Working) -> None:
    circumstances = working.circumstances
    if circumstances.anesthesia_is_national:
        year = circumstances.date_of_service.year
        working.note(
            f"National anesthesia conversion factor: we don't have the local factors of {year}. "
            "Your MAC's amount differs."
        )
        working.lower_confidence("Low", "the local anesthesia conversion factor is not loaded")


def _note_status_modifiers(working: Working) -> None:
    status = sorted(modifier for modifier in working.modifiers if modifier in PHYSICAL_STATUS)
    if status:
        working.note(f"Medicare pays no units for physical status ({in_words(status)}).")


def pay_highest_base_only(workings: Sequence[Working]) -> None:
    """Several anesthesia codes in one session: of each practitioner only the one with the most base units is paid
    (§50). A nurse anesthetist (QX, QZ) is another practitioner than the physician."""
    lines = [line for line in workings if line.is_open and _is_own_procedure(line)]
    for of_nurse in (False, True):
        _pay_highest([line for line in lines if bool(line.modifiers & NURSE_ANESTHETIST) is of_nurse])


def _pay_highest(lines: Sequence[Working]) -> None:
    if len(lines) < 2:
        return
    highest = min(lines, key=_rank)
    highest.note(
        "Of several anesthesia codes the one with the most base units is paid, with the time of all."
    )
    for line in lines:
        line.lower_confidence(
            "Medium", "several anesthesia codes: the time of all belongs on the one that is paid"
        )
        if line is not highest:
            text = (
                f"Paid within line {highest.number}: only the anesthesia code with the highest base is paid."
            )
            line.refuse(Refusal("bundled", text, f"{CITATION}, {SECTION}", medicare_pays=ZERO_DOLLARS))


def _rank(line: Working) -> tuple[object, ...]:
    return -(line.line.base_units or 0), -line.amount, *line.order_among_equals()


def _is_own_procedure(line: Working) -> bool:
    return line.row.status == "J" and line.code not in ADD_ONS
