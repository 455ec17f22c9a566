"""The multiple-procedure ranking of surgery: Claims Processing Manual, ch. 12, §40.6 (indicators 2 and 3).

The highest amount is paid in full, the next four at half; the sixth and later are by report, never below
half. Ranked is the fee-schedule amount after the bilateral step, not the charge and not the relative
values; each unit of a line is a procedure of its own; an endoscopic family is one procedure. Lines with
modifier 78, add-on codes (indicators 0 and 9) and denied lines take no part. An assistant's lines are
ranked among themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from codes.pricing.arithmetic import times
from codes.pricing.endoscopy import family_bases, pay_family
from codes.pricing.global_package import is_unranked_return
from codes.pricing.rounding import to_cents
from codes.pricing.surgeons import is_assistant
from codes.pricing.types import CodeRows
from codes.pricing.working import UnitGroup, Working

CITATION = "Claims Processing Manual, ch. 12"
SECTION = "§40.6"
RULE = "multiple_procedures"
HALF = Decimal("0.50")
RANKED_BEFORE_REPORT = 5


@dataclass(slots=True)
class Procedure:
    """What is ranked: a line, unit by unit, or a whole endoscopic family as one."""

    lines: list[Working]
    amount: Decimal
    units: int
    is_family: bool = False

    def rank(self) -> tuple[object, ...]:
        """Highest amount first."""
        return -self.amount, *min(line.order_among_equals() for line in self.lines)


def rank_surgery(workings: Sequence[Working], rows_by_code: Mapping[str, CodeRows]) -> None:
    """S7 and S8 for surgery: endoscopic families, then the ranking, surgeons and assistants apart."""
    for assisting in (False, True):
        _rank(
            [line for line in workings if _is_ranked(line) and is_assistant(line) == assisting], rows_by_code
        )


def _is_ranked(working: Working) -> bool:
    surgical = working.row.multiple_procedure in ("2", "3")
    return working.is_open and surgical and not is_unranked_return(working)


def _rank(lines: list[Working], rows_by_code: Mapping[str, CodeRows]) -> None:
    procedures = sorted(_procedures(lines, rows_by_code), key=Procedure.rank)
    if sum(procedure.units for procedure in procedures) < 2:
        return
    before = 0
    for procedure in procedures:
        _pay(procedure, before)
        before += procedure.units


def _procedures(lines: list[Working], rows_by_code: Mapping[str, CodeRows]) -> list[Procedure]:
    """Families of two or more endoscopies become one procedure each, every other line one for each unit."""
    procedures, in_family = [], set()
    for base in family_bases(lines):
        family = pay_family(base, lines, rows_by_code)
        if family:
            in_family |= {line.number for line in family}
            total = sum((part.units * part.amount for line in family for part in line.parts), Decimal(0))
            procedures.append(Procedure(family, total, 1, is_family=True))
    alone = [line for line in lines if line.number not in in_family]
    return procedures + [Procedure([line], line.amount, line.units) for line in alone]


def _pay(procedure: Procedure, before: int) -> None:
    for line in procedure.lines:
        if before == 0:
            _pay_first(line, procedure.is_family)
        else:
            line.parts = _halved(line, line.parts)
        line.lower_confidence("Day", "several procedures are ranked")
        if before + procedure.units > RANKED_BEFORE_REPORT:
            line.note("The sixth and later procedures are paid by report, at least half.")
            line.lower_confidence("Low", "more than five procedures: the sixth and later are paid by report")


def _pay_first(line: Working, is_family: bool) -> None:
    """The first procedure in full; further units of the same line are procedures two, three and so on."""
    if is_family:
        line.step(RULE, "Ranked first with its endoscopic family: not reduced", CITATION, SECTION)
        return
    line.step(RULE, "Ranked first: paid in full", CITATION, SECTION)
    if line.units > 1:
        rest = [UnitGroup(line.units - 1, line.amount, line.technical)]
        line.parts = [UnitGroup(1, line.amount, line.technical), *_halved(line, rest)]


def _halved(line: Working, parts: list[UnitGroup]) -> list[UnitGroup]:
    halves, title = [], "Ranked after another procedure: half"
    for part in parts:
        result = to_cents(part.amount * HALF)
        line.step(RULE, title, CITATION, SECTION, times(part.amount, HALF, result), result)
        halves.append(UnitGroup(part.units, result, part.technical))
    return halves
