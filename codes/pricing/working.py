"""A line on its way from the relative value file to its price.

The one thing here that changes: each rule reads and writes a `Working`, and leaves behind steps, notes and
reasons.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from codes.pricing.schedules.listed import ListedAmount
from codes.pricing.types import Circumstances, CodeRows, FeeScheduleRow, Line, Refusal, Setting, Step

ANATOMIC_SIDES = frozenset({"LT", "RT"})


class Reason(NamedTuple):
    """A reason for less than full confidence. 'Day' is High if all lines of the day are known, else
    Medium.
    """

    level: str
    text: str


class UnitGroup(NamedTuple):
    """So many units of a line at so many dollars each; `technical` is the technical component within,
    `off_professional` what a ranking has taken off the professional one."""

    units: int
    amount: Decimal
    technical: Decimal | None = None
    off_professional: Decimal = Decimal(0)


@dataclass(slots=True)
class Working:
    """One line while it is priced. Amounts are dollars a unit until `parts` are added up (rule S13).

    `scaled_by` is what the rules before the ranking have multiplied the fee by: a share of the global package, both
    sides, two surgeons. Whatever is then compared with the amount is scaled alike. `after_screening` marks surgery of
    a date on which a colorectal screening became therapeutic. `listed` is the row of a list that says what the code is
    paid where the physician fee schedule does not.
    """

    number: int
    line: Line
    circumstances: Circumstances
    rows: CodeRows
    row: FeeScheduleRow
    setting: Setting
    modifiers: frozenset[str]
    units: int
    charge: Decimal | None
    fee: Decimal | None = None
    amount: Decimal = Decimal(0)
    technical: Decimal | None = None
    professional: Decimal | None = None
    scaled_by: Decimal = Decimal(1)
    both_sides: bool = False
    paid_with: int | None = None
    after_screening: bool = False
    parts: list[UnitGroup] = field(default_factory=list)
    adjusted: Decimal | None = None
    limiting_charge: Decimal | None = None
    allowed: Decimal | None = None
    ceiling: Decimal | None = None
    refusal: Refusal | None = None
    listed: ListedAmount | None = None
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.line.code

    @property
    def is_open(self) -> bool:
        """Neither refused nor paid within another line: takes part in claim rules."""
        return self.refusal is None and self.paid_with is None

    def order_among_equals(self) -> tuple[Decimal, str, tuple[str, ...], str, int, int, bool]:
        """Who goes first of two lines with equal amounts: the higher charge (one that is not given is taken to
        be high enough), then what is billed, so that the order in which lines were typed plays no part."""
        line, charge = self.line, Decimal("Infinity") if self.charge is None else self.charge
        days = -1 if line.care_days is None else line.care_days
        billed = (self.code, tuple(sorted(self.modifiers)), line.place_of_service)
        return -charge, *billed, self.units, days, line.preventive

    def has(self, *modifiers: str) -> bool:
        """True if the line carries any of these modifiers."""
        return not self.modifiers.isdisjoint(modifiers)

    def step(
        self,
        rule: str,
        title: str,
        citation: str,
        section: str,
        formula: str = "",
        result: Decimal | None = None,
    ) -> None:
        self.steps.append(Step(rule, title, formula, result, citation, section))

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def lower_confidence(self, level: str, text: str) -> None:
        """Lowers the confidence, and says why."""
        reason = Reason(level, text)
        if reason not in self.reasons:
            self.reasons.append(reason)

    def refuse(self, refusal: Refusal) -> None:
        """Ends the line without an amount."""
        self.refusal = refusal

    def scale(self, factor: Decimal) -> None:
        """Multiplies the components by a factor that has just been applied to the amount, unrounded."""
        self.technical = None if self.technical is None else self.technical * factor
        self.professional = None if self.professional is None else self.professional * factor
