"""Allowed amounts of many lines of one unit at once, from the schedule in memory: what `price_line` allows, unasked.

It answers where a line is the fee schedule's amount of its setting and nothing else: one unit, of a physician, in a
place that the engine knows. Whatever else there is (other lists, anesthesia, refusals, a setting without a value)
has no amount here and goes through the engine.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Protocol

from codes.models import Release
from codes.pricing.bulk import dollars
from codes.pricing.limits import NONPARTICIPATING
from codes.pricing.rounding import to_cents
from codes.pricing.schedule import NOT_PRICED, Caps
from codes.pricing.setting import PLACES
from codes.pricing.usual_place import usual_place_by
from codes.queries.circumstances import conversion_factor
from codes.queries.imaging_caps import caps_of_locality
from codes.queries.price_query import PriceQuery
from codes.queries.releases import Calendar
from codes.queries.schedules import schedule_of_release

UnitLine = tuple[str, str]  # code, and component modifier or ""


class Unit(Protocol):
    """One unit of a code or of its component."""

    @property
    def code(self) -> str: ...
    @property
    def component(self) -> str: ...


def amounts_in_bulk(
    calendar: Calendar,
    release: Release,
    units: Collection[Unit],
    query: PriceQuery,
    own_factor: Decimal | None = None,
) -> dict[UnitLine, Decimal]:
    """Dollars allowed for each unit that the schedule alone prices, by code and component: one query, for the caps. A
    factor of one's own, of a contract, knows no caps."""
    factor = own_factor or conversion_factor(calendar, release, query.qualifying_apm)
    if factor is None or query.practitioner != "physician":
        return {}
    held = schedule_of_release(release)
    caps: Caps | None = {} if own_factor else None
    if query.locality.mac and not own_factor:
        caps = caps_of_locality(calendar, release, query.locality)
    found = held.schedule.cents([query.locality], factor, caps)
    cells = {"nonfacility": found.nonfacility[:, 0].tolist(), "facility": found.facility[:, 0].tolist()}
    amounts = {}
    for unit in units:
        row, whole = held.row_of.get((unit.code, unit.component)), held.row_of.get((unit.code, ""))
        has_value = {setting: whole is not None and cents[whole] >= 0 for setting, cents in cells.items()}
        pos = PLACES.get(query.place_of_service or _usual_place(unit.code, **has_value))
        if row is not None and pos and (cents := cells[pos.setting][row]) != NOT_PRICED:
            amounts[unit.code, unit.component] = _of_participation(dollars(cents), query)
    return amounts


def _usual_place(code: str, *, nonfacility: bool, facility: bool) -> str:
    """The usual place of a code whose global row has a value in an office, in a facility; "" where it has in neither,
    because its flags are then not known here."""
    return usual_place_by(code, is_for_facilities=not nonfacility) if nonfacility or facility else ""


def _of_participation(amount: Decimal | None, query: PriceQuery) -> Decimal:
    assert amount is not None, "a cell without an amount is left to the engine"
    return amount if query.participating else to_cents(amount * NONPARTICIPATING)
