"""National conversion factors by date of service and track, in dollars per relative value unit.

The factor of a loaded release stands above this table: it is the fallback where a file does not hold one,
as for the factor of qualifying APM participants, and the answer for years whose files are not loaded.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ConversionFactor(NamedTuple):
    """A factor, the day from which it holds, and where CMS says so."""

    effective: date
    value: Decimal
    source: str


def _table(*rows: tuple[str, str, str]) -> tuple[ConversionFactor, ...]:
    return tuple(
        ConversionFactor(date.fromisoformat(day), Decimal(value), source) for day, value, source in rows
    )


FEE_SCHEDULE = _table(
    ("2014-01-01", "35.8228", "CY 2014 physician fee schedule"),
    ("2015-01-01", "35.7547", "CY 2015 physician fee schedule"),
    ("2015-07-01", "35.9335", "Medicare Access and CHIP Reauthorization Act of 2015"),
    ("2016-01-01", "35.8043", "CY 2016 physician fee schedule"),
    ("2017-01-01", "35.8887", "CY 2017 physician fee schedule"),
    ("2018-01-01", "35.9996", "CY 2018 physician fee schedule"),
    ("2019-01-01", "36.0391", "CY 2019 physician fee schedule"),
    ("2020-01-01", "36.0896", "CY 2020 physician fee schedule"),
    ("2021-01-01", "34.8931", "Consolidated Appropriations Act, 2021"),
    ("2022-01-01", "34.6062", "Protecting Medicare and American Farmers from Sequester Cuts Act"),
    ("2023-01-01", "33.8872", "Consolidated Appropriations Act, 2023"),
    ("2024-01-01", "32.7442", "CY 2024 physician fee schedule"),
    ("2024-03-09", "33.2875", "Consolidated Appropriations Act, 2024, P.L. 118-42"),
    ("2025-01-01", "32.3465", "CY 2025 physician fee schedule"),
    ("2026-01-01", "33.4009", "CY 2026 physician fee schedule, not a qualifying APM participant"),
)
FEE_SCHEDULE_QUALIFYING_APM = _table(
    ("2026-01-01", "33.5675", "CY 2026 physician fee schedule, qualifying APM participant"),
)
ANESTHESIA = _table(
    ("2014-01-01", "22.6765", "CY 2014 anesthesia conversion factor"),
    ("2015-01-01", "22.5550", "CY 2015 anesthesia conversion factor"),
    ("2015-07-01", "22.6093", "Medicare Access and CHIP Reauthorization Act of 2015"),
    ("2016-01-01", "21.9935", "CY 2016 anesthesia conversion factor"),
    ("2017-01-01", "22.0454", "CY 2017 anesthesia conversion factor"),
    ("2018-01-01", "22.1887", "CY 2018 anesthesia conversion factor"),
    ("2019-01-01", "22.2730", "CY 2019 anesthesia conversion factor"),
    ("2020-01-01", "22.2016", "CY 2020 anesthesia conversion factor"),
    ("2021-01-01", "21.5600", "Consolidated Appropriations Act, 2021"),
    ("2022-01-01", "21.5623", "Protecting Medicare and American Farmers from Sequester Cuts Act"),
    ("2023-01-01", "21.1249", "Consolidated Appropriations Act, 2023"),
    ("2024-01-01", "20.4349", "CY 2024 anesthesia conversion factor"),
    ("2024-03-09", "20.7739", "Consolidated Appropriations Act, 2024, P.L. 118-42"),
    ("2025-01-01", "20.3178", "CY 2025 anesthesia conversion factor"),
    ("2026-01-01", "20.4976", "CY 2026 anesthesia conversion factor, not a qualifying APM participant"),
)
ANESTHESIA_QUALIFYING_APM = _table(
    ("2026-01-01", "20.5998", "CY 2026 anesthesia conversion factor, qualifying APM participant"),
)
TWO_TRACKS = FEE_SCHEDULE_QUALIFYING_APM[
    0
].effective.year  # since then qualifying participants have their own


def in_force(at: date, qualifying_apm: bool = False) -> ConversionFactor | None:
    """The fee schedule's factor on a date of service, None outside the years known (2014 to 2026).

    >>> in_force(date(2024, 3, 8)).value, in_force(date(2024, 3, 9)).value
    (Decimal('32.7442'), Decimal('33.2875'))
    """
    return _newest(FEE_SCHEDULE, FEE_SCHEDULE_QUALIFYING_APM, at, qualifying_apm)


def anesthesia_in_force(at: date, qualifying_apm: bool = False) -> ConversionFactor | None:
    """The national anesthesia factor on a date of service, None outside the years known."""
    return _newest(ANESTHESIA, ANESTHESIA_QUALIFYING_APM, at, qualifying_apm)


def _newest(
    table: tuple[ConversionFactor, ...],
    qualifying: tuple[ConversionFactor, ...],
    at: date,
    qualifying_apm: bool,
) -> ConversionFactor | None:
    """The last factor that has begun, of its own year: none is carried into the next. Before there were two tracks a
    qualifying participant has the common factor."""
    candidates = qualifying if qualifying_apm and at.year >= TWO_TRACKS else table
    begun = [factor for factor in candidates if factor.effective <= at]
    return begun[-1] if begun and begun[-1].effective.year == at.year else None
