"""From a dose to the billing units of a drug: what was administered, what of the vials was discarded, and JW or JZ.

A billing unit is never split: a dose is rounded up to whole units. The whole units of the opened vials that were not
administered are the waste, a separate line with JW; JZ says that there is none. Waste of less than a unit is already
paid for in the last unit administered. Claims Processing Manual, ch. 17, §10 and §40.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

# What a measure is measured in, and how much of the smallest common unit it is.
_SCALES: dict[str, tuple[str, Decimal]] = {
    "KG": ("mass", Decimal(1_000_000_000)), "G": ("mass", Decimal(1_000_000)), "GM": ("mass", Decimal(1_000_000)),
    "GRAM": ("mass", Decimal(1_000_000)), "MG": ("mass", Decimal(1_000)), "MCG": ("mass", Decimal(1)),
    "UG": ("mass", Decimal(1)), "L": ("volume", Decimal(1_000)), "ML": ("volume", Decimal(1)),
    "CC": ("volume", Decimal(1)), "IU": ("units", Decimal(1)), "UNIT": ("units", Decimal(1)),
    "UNITS": ("units", Decimal(1)), "U": ("units", Decimal(1)), "MCI": ("radioactivity", Decimal(1_000)),
    "UCI": ("radioactivity", Decimal(1)), "EA": ("pieces", Decimal(1)), "DOSE": ("pieces", Decimal(1)),
    "DOSES": ("pieces", Decimal(1)), "VIAL": ("pieces", Decimal(1)), "SQ CM": ("area", Decimal(1)),
}  # fmt: skip
MEASURES = tuple(_SCALES)


class Dose(NamedTuple):
    """So much of a measure: 60 of MG. `measure` is one of `MEASURES`."""

    amount: Decimal
    measure: str

    def in_units_of(self, unit: "Dose") -> Decimal | None:
        """How many billing units this is, unrounded; None where they measure different things (mg and ml)."""
        (kind, scale), (unit_kind, unit_scale) = _SCALES[self.measure], _SCALES[unit.measure]
        return self.amount * scale / (unit.amount * unit_scale) if kind == unit_kind else None


@dataclass(frozen=True, slots=True)
class DrugUnits:
    """Whole billing units `administered` and `wasted`; `vials` opened, None where their size is not known.

    `below_a_unit` says that less than a billing unit was discarded besides.
    """

    administered: int
    wasted: int = 0
    vials: int | None = None
    below_a_unit: bool = False


def count_units(dose: Decimal | None, vial: Decimal | None) -> DrugUnits:
    """The units of a dose, both in billing units: with the size of a vial also the waste. Without a dose one vial was
    administered whole."""
    if dose is None:
        assert vial is not None, "a dose or a vial is asked for"
        return DrugUnits(_up(vial), vials=1)
    administered = _up(dose)
    if vial is None:
        return DrugUnits(administered)
    vials = _up(dose / vial)
    held = vials * vial
    wasted = max(0, int(held.to_integral_value(ROUND_FLOOR)) - administered)
    return DrugUnits(administered, wasted, vials, below_a_unit=held > dose and not wasted)


def _up(units: Decimal) -> int:
    return int(units.to_integral_value(ROUND_CEILING))
