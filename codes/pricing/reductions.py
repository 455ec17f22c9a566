"""Multiple-procedure reductions of diagnostic tests, by component (indicators 4, 6 and 7).

    imaging (4)         technical others at 50 percent, professional others at 95 percent
    cardiovascular (6)  technical others at 75 percent
    ophthalmology (7)   technical others at 80 percent

Same patient, same day, same physician or group (imaging: same session). Technical and professional components
are ranked apart; one unit of the highest is paid in full. Social Security Act §1848(b)(4)(D) and (b)(10) for
imaging; for the others the record layout, which has the percentages of all three.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from codes.pricing.arithmetic import figure, money
from codes.pricing.rounding import to_cents
from codes.pricing.rules import IMAGING_PROFESSIONAL, value_at
from codes.pricing.types import ZERO
from codes.pricing.working import UnitGroup, Working

LAYOUT = "Claims Processing Manual, ch. 23, Addendum (MPFSDB), multiple procedure"
SEPARATE_SESSION = frozenset({"59", "XE"})


class Reduction(NamedTuple):
    """What is taken off every unit but the first of each component, as fractions."""

    indicator: str
    title: str
    citation: str
    technical: Decimal
    professional: Callable[[date], Decimal]


def _nothing(_: date) -> Decimal:
    return ZERO


def _imaging_professional(at: date) -> Decimal:
    return value_at(IMAGING_PROFESSIONAL, at)


REDUCTIONS = (
    Reduction(
        "4",
        "diagnostic imaging",
        "Social Security Act §1848(b)(4)(D) and (b)(10)",
        Decimal("0.50"),
        _imaging_professional,
    ),
    Reduction("6", "diagnostic cardiovascular services", LAYOUT, Decimal("0.25"), _nothing),
    Reduction("7", "diagnostic ophthalmology", LAYOUT, Decimal("0.20"), _nothing),
)


def reduce_components(workings: Sequence[Working]) -> None:
    """S8 for tests: each kind ranked for itself."""
    for reduction in REDUCTIONS:
        lines = [line for line in workings if _takes_part(line, reduction)]
        if sum(line.units for line in lines) > 1:
            _reduce(lines, reduction)


def _takes_part(line: Working, reduction: Reduction) -> bool:
    if not line.is_open or line.row.multiple_procedure != reduction.indicator:
        return False
    return not (reduction.indicator == "4" and line.modifiers & SEPARATE_SESSION)


def _reduce(lines: list[Working], reduction: Reduction) -> None:
    first_technical = _highest([(line.technical, line) for line in lines if line.technical is not None])
    first_professional = _highest(
        [(line.professional, line) for line in lines if line.professional is not None]
    )
    for line in lines:
        if line.technical is None and line.professional is None:
            line.note("The components of this code are not at hand: no reduction is worked out.")
            line.lower_confidence("Low", "the components of this code are not at hand")
            continue
        _reduce_line(line, reduction, line is first_technical, line is first_professional)


def _highest(components: list[tuple[Decimal, Working]]) -> Working | None:
    """The line whose component is highest; None where no line has it."""

    def rank(component: tuple[Decimal, Working]) -> tuple[object, ...]:
        amount, line = component
        return -amount, *line.order_among_equals()

    return min(components, key=rank)[1] if components else None


def _reduce_line(
    line: Working, reduction: Reduction, leads_technical: bool, leads_professional: bool
) -> None:
    line.parts = [_unit(line, reduction, leads_technical, leads_professional)]
    if line.units > 1:
        rest = _unit(line, reduction, False, False)
        line.parts.append(rest._replace(units=line.units - 1))
    level = "Medium" if line.both_sides and line.row.bilateral_surgery == "3" else "Day"
    line.lower_confidence(level, f"several {reduction.title} of one day")


def _unit(
    line: Working, reduction: Reduction, technical_in_full: bool, professional_in_full: bool
) -> UnitGroup:
    """One unit: the amount less what is taken off each component, rounded once."""
    off_technical = ZERO if technical_in_full else reduction.technical
    off_professional = (
        ZERO if professional_in_full else reduction.professional(line.circumstances.date_of_service)
    )
    takes = [
        (rate, value)
        for rate, value in ((off_technical, line.technical), (off_professional, line.professional))
        if rate and value is not None
    ]
    technical = None if line.technical is None else to_cents(line.technical * (1 - off_technical))
    off = ZERO if line.professional is None else to_cents(line.professional * off_professional)
    if not takes:
        line.step("multiple_tests", f"First of {reduction.title}: in full", reduction.citation, "")
        return UnitGroup(1, line.amount, technical)
    result = to_cents(line.amount - sum((rate * value for rate, value in takes), ZERO))
    less = "".join(f" − {figure(rate, 2)} × {money(value)}" for rate, value in takes)
    title = f"Further {reduction.title} of the day: components reduced"
    formula = f"{money(line.amount)}{less} = {money(result)}"
    line.step("multiple_tests", title, reduction.citation, "", formula, result)
    return UnitGroup(1, result, technical, off)
