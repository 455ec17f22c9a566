"""A sentence about one code, what it is computed from, and how its dollars are written."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from codes.formatting import dollars
from codes.knowledge.indicators import PAID, meaning, value_of
from codes.knowledge.meaning import Meaning
from codes.pricing.formula import PRICED_STATUSES, has_values
from codes.pricing.rounding import to_cents
from codes.pricing.types import CodeRows, FeeScheduleRow

OUTSIDE = "outside a facility"
INSIDE = "in a facility"
ONCE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One plain sentence or two. `impact` is in dollars, worked out from the amounts of the code, or ''."""

    key: str
    text: str
    impact: str
    citation: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """The fee schedule amounts of one code in one place on one day, in dollars rounded to the cent.

    `nonfacility` and `facility` are those of the code without a modifier, `professional` of its row 26 and
    `technical` of its row TC. None where there is none.
    """

    nonfacility: Decimal | None = None
    facility: Decimal | None = None
    professional: Decimal | None = None
    technical: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The code that a sentence is about: its rows, its main row, and only those amounts that CMS pays by."""

    rows: CodeRows
    row: FeeScheduleRow
    amounts: Amounts

    @property
    def is_priced(self) -> bool:
        """Whether the main row has a national amount."""
        return has_amount(self.row)

    @property
    def may_be_paid(self) -> bool:
        """Whether Medicare pays the code by the rules of the fee schedule, be it at the MAC's amount."""
        return self.row.status in PAID

    def priced_row(self, modifier: str) -> FeeScheduleRow | None:
        """The row of a component, if it has a national amount."""
        row = self.rows.rows.get(modifier)
        return row if row is not None and has_amount(row) else None

    def says(self, field: str) -> Meaning:
        return meaning(field, value_of(self.row, field))


Sentence = Callable[[Subject], Fact | None]


def has_amount(row: FeeScheduleRow) -> bool:
    """A status that Medicare pays by relative values, and relative values."""
    return row.status in PRICED_STATUSES and has_values(row)


def subject_of(rows: CodeRows, amounts: Amounts) -> Subject | None:
    """The subject of the sentences: the row of the whole code, or its first row where CMS prints
    components only.

    An amount in a setting marked NA, or of a row that Medicare does not pay by, is dropped.
    """
    row = rows.rows.get("") or next(iter(rows.rows.values()), None)
    if row is None:
        return None
    subject = Subject(rows, row, amounts)
    paid = Amounts(
        amounts.nonfacility if subject.is_priced and not row.nonfacility_na else None,
        amounts.facility if subject.is_priced and not row.facility_na else None,
        amounts.professional if subject.priced_row("26") else None,
        amounts.technical if subject.priced_row("TC") else None,
    )
    return Subject(rows, row, paid)


def from_meaning(key: str, said: Meaning, impact: str = "") -> Fact:
    """The sentence that an indicator alone tells."""
    return Fact(key, said.for_a_claim, impact, said.citation)


def total_rvu(row: FeeScheduleRow, setting: str) -> Decimal:
    """All relative value units of a row in 'facility' or 'nonfacility'."""
    practice_expense = row.facility_pe_rvu if setting == "facility" else row.nonfacility_pe_rvu
    return row.work_rvu + practice_expense + row.malpractice_rvu


def share_of(amount: Decimal, share: Decimal) -> Decimal:
    """Part of an amount, in dollars rounded to the cent."""
    return to_cents(amount * share)


def in_each_setting(amounts: Amounts, share: Decimal = ONCE) -> str:
    """A share of the amount in each setting that has one: '$95.19 outside a facility, ...'."""
    outside, inside = (
        None if amount is None else share_of(amount, share)
        for amount in (amounts.nonfacility, amounts.facility)
    )
    if outside is not None and outside == inside:
        return f"{dollars(outside)} in any setting"
    subject = ((outside, OUTSIDE), (inside, INSIDE))
    return ", ".join(f"{dollars(amount)} {where}" for amount, where in subject if amount is not None)


def surgical_amount(amounts: Amounts) -> tuple[Decimal, str] | None:
    """The amount that several surgeons divide, and where: in a facility, else outside one."""
    if amounts.facility is not None:
        return amounts.facility, INSIDE
    return None if amounts.nonfacility is None else (amounts.nonfacility, OUTSIDE)
