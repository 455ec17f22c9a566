"""What a line is priced from: the rows of a release, a locality, a conversion factor, a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

import numpy as np

from codes.explain.types import Assumption
from codes.pricing.schedule import COLUMNS, Columns, Integers, schedule_of
from codes.pricing.types import Circumstances, CodeRows, Locality

Fees = Mapping[tuple[str, str], Integers]  # by component and setting: the cents of each basis


@dataclass(frozen=True, kw_only=True, eq=False)
class Basis:
    """A release, a locality and a track. `circumstances` is made only where a line is priced from it: it may have to
    read imaging caps. `factor` is None where the release has none for the track."""

    release: str
    locality: Locality
    qualifying_apm: bool
    factor: Decimal | None
    rows: CodeRows
    make_circumstances: Callable[[], Circumstances]
    related: Mapping[str, CodeRows] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: tuple[Assumption, ...] = ()
    companies: dict[str, Mapping[str, CodeRows]] = field(
        default_factory=dict
    )  # made-up services, by their key

    @cached_property
    def circumstances(self) -> Circumstances:
        """The circumstances of a price, without who bills."""
        return self.make_circumstances()


def fees_of(bases: Sequence[Basis]) -> Fees:
    """The fee-schedule amounts of one unit from every basis, in cents; below zero where there is none. They tell where
    to look; what is found is priced by the engine."""
    components = sorted({component for basis in bases for component in basis.rows.rows})
    fees = {
        (c, s): np.full(len(bases), -1, np.int64) for c in components for s in ("nonfacility", "facility")
    }
    at = 0
    for (_, factor), group in groupby(bases, key=lambda basis: (id(basis.rows), basis.factor)):
        alike = list(group)
        if factor is not None:
            _fill(fees, alike, at, factor)
        at += len(alike)
    return fees


def _fill(fees: Fees, alike: Sequence[Basis], at: int, factor: Decimal) -> None:
    """The amounts of bases that differ in their locality only."""
    rows = list(alike[0].rows.rows.values())
    schedule = schedule_of(Columns.of(map(attrgetter(*COLUMNS), rows)))
    found = schedule.cents([basis.locality for basis in alike], factor, None)
    for number, row in enumerate(rows):
        for setting, cents in (("nonfacility", found.nonfacility), ("facility", found.facility)):
            fees[row.modifier, setting][at : at + len(alike)] = cents[number]
