"""One code across the country: its allowed amount in every locality, ranked, with the spread and each state's mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from codes import pricing
from codes.knowledge.states import STATES
from codes.pricing.bulk import Allowed, allowed
from codes.pricing.rounding import to_cents
from codes.queries import geography
from codes.queries.code import CodeRecord
from codes.queries.imaging_caps import caps_of_code
from codes.queries.price_result import Component, PriceResult
from codes.queries.releases import Calendar

COMPONENTS = ("26", "TC", "53")


class Ranked(NamedTuple):
    """A locality with its place in the ranking: 1 is the highest amount, and equal amounts share a place."""

    rank: int
    key: str
    allowed: Allowed
    amount: Decimal
    is_current: bool


class StateMean(NamedTuple):
    """A state: the mean of its localities' amounts (each counts once), the lowest and the highest, in dollars."""

    abbreviation: str
    name: str
    mean: Decimal
    lowest: Decimal
    highest: Decimal
    localities: int


class Spread(NamedTuple):
    """Lowest, middle and highest amount of all localities, in dollars, with where the ends are."""

    lowest: Ranked
    median: Decimal
    highest: Ranked

    @property
    def percent(self) -> int:
        """By how many percent the highest stands above the lowest."""
        return round((self.highest.amount / self.lowest.amount - 1) * 100) if self.lowest.amount else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The answer for one component, ranked by one setting. No rows where that component has no amount at all."""

    component: Component
    setting: pricing.Setting
    is_other_setting: bool
    rows: tuple[Ranked, ...] = ()
    everywhere: tuple[Allowed, ...] = ()

    @property
    def spread(self) -> Spread | None:
        if not self.rows:
            return None
        middle = to_cents(median(row.amount for row in self.rows))
        return Spread(self.rows[-1], middle, self.rows[0])

    @property
    def own_locality(self) -> Ranked | None:
        """The locality that was asked for; None for the national amount."""
        return next((row for row in self.rows if row.is_current), None)

    @property
    def states(self) -> list[StateMean]:
        """By name of the state."""
        by_state: dict[str, list[Decimal]] = {}
        for row in self.rows:
            by_state.setdefault(row.allowed.locality.state, []).append(row.amount)
        means = (_state_mean(state, amounts) for state, amounts in by_state.items())
        return sorted(means, key=lambda state: state.name)

    @property
    def is_capped(self) -> bool:
        """Whether the imaging cap binds anywhere."""
        return any(each.is_capped for each in self.everywhere)


def across(calendar: Calendar, record: CodeRecord, result: PriceResult) -> Country | None:
    """The component asked for in every locality of the year: one query where an imaging cap may bind, else none.

    None where nothing is priced on that day or track, or the code has no such component.
    """
    component = _component(result)
    circumstances, release = result.circumstances, record.release
    if component is None or circumstances is None or result.price is None or release is None:
        return None
    if circumstances.conversion_factor is None:
        return None
    row = component.row
    where = geography.localities(calendar, circumstances.date_of_service)
    caps = caps_of_code(calendar, release, row.code) if _may_be_capped(row) else None
    found = tuple(allowed([row], where, circumstances.conversion_factor, caps))
    queried_setting: pricing.Setting = result.price.setting
    other: pricing.Setting = "nonfacility" if queried_setting == "facility" else "facility"
    setting = queried_setting if any(each.amount(queried_setting) is not None for each in found) else other
    return Country(
        component=component,
        setting=setting,
        is_other_setting=setting != queried_setting,
        rows=_ranked(found, setting, result.query.locality),
        everywhere=found,
    )


def _component(result: PriceResult) -> Component | None:
    wanted = next((modifier for modifier in COMPONENTS if modifier in result.query.modifiers), "")
    return next((each for each in result.components if each.modifier == wanted), None)


def _may_be_capped(row: pricing.FeeScheduleRow) -> bool:
    return any((row.opps_nonfacility_pe, row.opps_facility_pe, row.opps_malpractice))


def _ranked(
    found: Iterable[Allowed], setting: pricing.Setting, locality: pricing.Locality
) -> tuple[Ranked, ...]:
    priced = [(amount, each) for each in found if (amount := each.amount(setting)) is not None]
    priced.sort(key=lambda pair: (-pair[0], pair[1].locality.state, pair[1].locality.name))
    ranks: dict[Decimal, int] = {}
    for number, (amount, _) in enumerate(priced, start=1):
        ranks.setdefault(amount, number)
    at = geography.key_of(locality)
    keyed = ((amount, each, geography.key_of(each.locality)) for amount, each in priced)
    return tuple(Ranked(ranks[amount], key, each, amount, key == at) for amount, each, key in keyed)


def _state_mean(state: str, amounts: Sequence[Decimal]) -> StateMean:
    mean = to_cents(sum(amounts, Decimal(0)) / len(amounts))
    return StateMean(state, STATES.get(state, state), mean, min(amounts), max(amounts), len(amounts))
