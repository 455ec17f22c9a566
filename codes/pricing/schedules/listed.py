"""What a price list beside the physician fee schedule says of a code."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

COINSURANCE = Decimal("0.20")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A kind of list, and the rules that hold for whatever it prices.

    `statuses` are those that the relative value file gives to codes which the list may price; the first is that of the
    row that stands in for a code which the file leaves out. `unit_name` is what a billing unit is where a row does not
    say. With `mandatory_assignment` nobody is reduced for not participating. At the places of service `institutions`
    the institution is paid and not the practitioner: `paid_to_institution` says so. Rows of `statuses_at_home` are
    priced where the patient lives only: elsewhere they are part of a service. `by_state`: the amounts are not the same
    everywhere.
    """

    kind: str
    name: str
    citation: str
    section: str
    statuses: tuple[str, ...]
    pays_elsewhere: str
    unit_name: str = "unit"
    note: str = ""
    mandatory_assignment: bool = True
    institutions: frozenset[str] = frozenset()
    paid_to_institution: str = ""
    institutions_citation: str = ""
    statuses_at_home: tuple[str, ...] = ()
    by_state: bool = False

    @property
    def source(self) -> str:
        """Where CMS says how the list pays."""
        return f"{self.citation}, {self.section}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAmount:
    """One row of a list: dollars for a billing unit, with all decimals of the list; None where `why` says why not.

    `unit` is what a billing unit holds ("60 MG"). A row holds for lines that carry all its `modifiers`. `coinsurance`
    is the patient's share, a fraction, and `deductible` whether the Part B deductible comes first. `is_former` says
    that the list has ended before the day; `caution` is a reason for less than full confidence. `refusal` is the
    kind of refusal that `why` is, where the MAC does not set the amount.
    """

    schedule: Schedule
    release: str
    amount: Decimal | None
    why: str = ""
    is_former: bool = False
    unit: str = ""
    modifiers: frozenset[str] = frozenset()
    coinsurance: Decimal = COINSURANCE
    deductible: bool = True
    caution: str = ""
    refusal: str = ""

    @property
    def unit_words(self) -> str:
        """What the amount is for: "for 60 MG", "a test"."""
        return f"for {self.unit}" if self.unit else f"a {self.schedule.unit_name}"


def fitting(rows: Iterable[ListedAmount], modifiers: frozenset[str]) -> ListedAmount | None:
    """The row for a line with these modifiers: of those whose modifiers it carries the one with the most."""
    fits = [row for row in rows if row.modifiers <= modifiers]
    return max(fits, key=lambda row: len(row.modifiers), default=None)
