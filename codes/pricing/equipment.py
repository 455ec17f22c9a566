"""Older equipment: film (FX), computed radiography (FY), CT scanners below the standard (CT).

Each takes a share off the technical component, also within a global amount. FX and FY come before any other
adjustment (Social Security Act §1848(b)(9)); CT is taken off what is otherwise payable, after the imaging cap
(§1834(p); CMS does not say which comes first).
"""

from decimal import Decimal

from codes.pricing.arithmetic import figure, money
from codes.pricing.rounding import to_cents
from codes.pricing.rules import COMPUTED_RADIOGRAPHY, FILM_XRAY, OUTDATED_CT, Rate, value_at
from codes.pricing.working import UnitGroup, Working

_XRAY: tuple[tuple[str, tuple[Rate, ...], str], ...] = (
    ("FX", FILM_XRAY, "X-ray on film"),
    ("FY", COMPUTED_RADIOGRAPHY, "computed radiography"),
)


def apply_xray(working: Working) -> None:
    """S3a: takes the film or computed-radiography reduction off one unit and its technical component."""
    for modifier, table, words in _XRAY:
        if modifier in working.modifiers:
            _reduce_unit(working, modifier, value_at(table, working.circumstances.date_of_service), words)


def _reduce_unit(working: Working, modifier: str, rate: Decimal, words: str) -> None:
    technical = working.technical
    if technical is None:
        _explain_no_technical(working, modifier)
        return
    result, formula = _without(working.amount, technical, rate)
    title = f"{words} ({modifier}): {rate:.0%} off the technical component"
    working.step("equipment", title, "Social Security Act §1848(b)(9)", "", formula, result)
    working.lower_confidence("Day", f"{words} ({modifier})")
    working.amount = result
    working.technical = to_cents(technical * (1 - rate))


def _explain_no_technical(working: Working, modifier: str) -> None:
    if working.row.modifier == "26":
        working.note(f"Modifier {modifier} reduces the technical component only; this line has none.")
        return
    working.note(
        f"Modifier {modifier}: we don't have the technical component of this code, so nothing is taken off."
    )
    working.lower_confidence("Low", f"modifier {modifier} without a known technical component")


def apply_ct(working: Working) -> None:
    """S9a: takes the CT reduction off each unit, after ranking and cap."""
    if "CT" not in working.modifiers:
        return
    rate = value_at(OUTDATED_CT, working.circumstances.date_of_service)
    if any(part.technical is None for part in working.parts):
        _explain_no_technical(working, "CT")
        return
    working.parts = [_reduced_part(working, part, rate) for part in working.parts]
    working.lower_confidence(
        "Medium", "CMS does not say whether the CT reduction comes before or after the imaging cap"
    )


def _reduced_part(working: Working, part: UnitGroup, rate: Decimal) -> UnitGroup:
    technical = part.technical or Decimal(0)
    result, formula = _without(part.amount, technical, rate)
    title = f"CT scanner below the standard (CT): {rate:.0%} off the technical component"
    working.step("equipment", title, "Social Security Act §1834(p)", "", formula, result)
    return UnitGroup(part.units, result, to_cents(technical * (1 - rate)))


def _without(amount: Decimal, technical: Decimal, rate: Decimal) -> tuple[Decimal, str]:
    """An amount less a share of the technical component within it."""
    if amount == technical:
        result = to_cents(amount * (1 - rate))
        return result, f"{money(amount)} × (1 − {figure(rate, 2)}) = {money(result)}"
    result = to_cents(amount - technical * rate)
    return result, f"{money(amount)} − {figure(rate, 2)} × {money(technical)} = {money(result)}"
