"""The contractors of the Medicare Coverage Database: their numbers, and the states of those for equipment (DME MACs).

A contractor is known by id, type and version. A document may name an older version than the one that the table of
contractors has: the newest of the same id and type stands for it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from codes.cms import coercers, coverage_cells
from codes.cms.layout import Row

Rows = Callable[[str], Iterator[Row]]  # the rows of a table by its name
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contractor:
    """A contractor: its number ("06102"), and the states in which it decides on equipment, none where it does not."""

    number: str
    equipment_states: tuple[str, ...] = ()


def contractors(rows: Rows, at: dt.date) -> Mapping[Key, Contractor]:
    """The contractors by id and type, with their states as of a day."""
    for_equipment = {
        row.text("contractor_type_id") for row in rows("contractor_type_lookup") if _is_equipment(row)
    }
    states = _states(rows, at)
    newest = sorted(rows("contractor"), key=lambda row: row.read("contractor_version", coercers.whole_number))
    return {
        key_of(row): Contractor(
            _number(row),
            tuple(sorted(states[_key(row)])) if row.text("contractor_type_id") in for_equipment else (),
        )
        for row in newest
    }


def key_of(row: Row) -> Key:
    """By what a row of any table names a contractor."""
    return row.text("contractor_id"), row.text("contractor_type_id")


def _key(row: Row) -> tuple[str, ...]:
    return (*key_of(row), row.text("contractor_version"))


def _is_equipment(row: Row) -> bool:
    return "DME" in row.text("description").upper()


def _number(row: Row) -> str:
    """A number of five digits; CMS's own files lose the zero before it now and then."""
    number = row.text("contractor_number")
    return number.zfill(5) if number.isdecimal() else number


def _states(rows: Rows, at: dt.date) -> Mapping[tuple[str, ...], set[str]]:
    names = {row.text("state_id"): row.text("state_abbrev").upper() for row in rows("state_lookup")}
    states: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows("contractor_jurisdiction"):
        begins = row.read("active_date", coverage_cells.day)
        ends = row.read("term_date", coverage_cells.day)
        if (begins is None or begins <= at) and (ends is None or ends > at):
            if row.text("state_id") not in names:
                raise row.refuse("state_id", "is no state of state_lookup")
            states[_key(row)].add(names[row.text("state_id")])
    return states
