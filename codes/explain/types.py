"""What is asked of a payment, and what explains it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from codes.pricing.contract import Contract
from codes.pricing.types import Line, LinePrice, Locality, Shares, Step

SHARE_STEPS = frozenset(
    {"deductible", "coinsurance", "medicare", "therapy_assistant", "sequestration", "hpsa_bonus"}
)
MOST_WAYS = 450
WEAK = 2  # more assumptions than this give nearly any amount


class AmountKind(NamedTuple):
    """Which amount of a remittance line one is, in words, and where a price holds it, in dollars."""

    key: str
    title: str
    of: Callable[[LinePrice], Decimal | None]


def _share(read: Callable[[Shares], Decimal | None]) -> Callable[[LinePrice], Decimal | None]:
    return lambda price: None if price.shares is None else read(price.shares)


_KINDS = (
    AmountKind("allowed", "Allowed amount", lambda price: price.allowed),
    AmountKind("paid", "Medicare paid", _share(lambda shares: shares.medicare_after_sequestration)),
    AmountKind("coinsurance", "Coinsurance (PR-2)", _share(lambda shares: shares.coinsurance)),
    AmountKind("sequestration", "Sequestration (CO-253)", _share(lambda shares: shares.sequestration)),
    AmountKind("before", "Medicare's share before sequestration", _share(lambda shares: shares.medicare)),
    AmountKind("limit", "Limiting charge", _share(lambda shares: shares.limiting_charge)),
)
AMOUNT_KINDS: Mapping[str, AmountKind] = {kind.key: kind for kind in _KINDS}
CONTRACTED = AmountKind("contract", "Allowed by your contract", lambda price: price.allowed)


class Assumption(NamedTuple):
    """Something that nobody has said, in words, and how far-fetched it is: 1 is common, 4 is rare."""

    words: str
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An amount in dollars on a remittance, and what is known of its line; '' and None stand for not known.

    `kind` is a key of AMOUNT_KINDS. `usual_place` is the place of service that is taken where none is known. The line's
    base units and minutes are for anesthesia; `deductible` is what the patient paid of it on this line (PR-1). Of the
    ways in which the line may have been paid, the `most_ways` likeliest are looked at. With a `contract` it is asked
    what that allows, and not what Medicare does. `unit_limit` is the most units of the code that Medicare pays a day
    (its MUE), None where none is published.
    """

    code: str
    amount: Decimal
    kind: str = ""
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    place_of_service: str = ""
    usual_place: str = "11"
    practitioner: str = ""
    participation: str = ""
    charge: Decimal | None = None
    deductible: Decimal = Decimal(0)
    minutes: int | None = None
    base_units: int | None = None
    care_days: int | None = None
    most_ways: int = MOST_WAYS
    contract: Contract | None = None
    unit_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One combination that gives an amount: `amount` in dollars, of the kind named, with the price that holds it.

    `assumptions` is what was assumed beyond what was typed. The rest names the circumstances for a link to the page of
    the code; `day` is the date of service in the form of an address.
    """

    amount: Decimal
    kind: AmountKind
    price: LinePrice
    assumptions: tuple[Assumption, ...]
    line: Line
    release: str
    locality: Locality
    day: str
    qualifying_apm: bool
    practitioner: str
    participation: str

    @property
    def cost(self) -> float:
        """How far-fetched it is altogether; 0 where nothing is assumed."""
        return sum(assumption.cost for assumption in self.assumptions)

    @property
    def words(self) -> tuple[str, ...]:
        """What is assumed, in words; empty where it is the ordinary amount of what was typed."""
        return tuple(assumption.words for assumption in self.assumptions if assumption.words)

    @property
    def is_weak(self) -> bool:
        """Whether so much is assumed that the amount may agree by chance."""
        return len(self.words) > WEAK

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the working that lead to the amount."""
        if self.kind.key in {"allowed", "limit"}:
            return tuple(step for step in self.price.steps if step.rule not in SHARE_STEPS)
        return self.price.steps

    @property
    def arithmetic(self) -> tuple[str, ...]:
        """Its sums: two combinations with the same sums are one explanation."""
        return (self.kind.key, *(step.formula for step in self.steps if step.formula))


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations of an amount, the likeliest first; without any, the nearest amounts that Medicare's rules
    give. `tried` is how many combinations were looked at. `refusal` says why none was, `contract_refusal` why none of
    the contract."""

    found: tuple[Explanation, ...] = ()
    nearest: tuple[Explanation, ...] = ()
    tried: int = 0
    refusal: str = ""
    contract_refusal: str = ""
