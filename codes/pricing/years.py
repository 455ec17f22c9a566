"""What has to be typed for each new year, and what of it is missing. `docs/runbook.md` has the list for January."""

from collections.abc import Iterator

from codes.pricing import conversion_factors, rules
from codes.pricing.conversion_factors import ConversionFactor
from codes.pricing.rules import Rate

LOCALITIES_BY_YEAR = {2024: 109, 2025: 109, 2026: 109}  # CMS's payment localities, Addendum E
EFFICIENCY_YEAR = 2026  # the year whose work values fell by the efficiency adjustment

_TABLES: dict[str, tuple[ConversionFactor | Rate, ...]] = {
    "conversion factor": conversion_factors.FEE_SCHEDULE,
    "conversion factor of qualifying APM participants": conversion_factors.FEE_SCHEDULE_QUALIFYING_APM,
    "anesthesia conversion factor": conversion_factors.ANESTHESIA,
    "anesthesia conversion factor of qualifying APM participants": conversion_factors.ANESTHESIA_QUALIFYING_APM,
    "Part B deductible": rules.PART_B_DEDUCTIBLE,
    "inpatient deductible": rules.INPATIENT_DEDUCTIBLE,
    "therapy threshold": rules.THERAPY_THRESHOLD,
}


def missing_of(year: int) -> Iterator[str]:
    """The constants of a year that nobody has typed yet, by name."""
    for name, table in _TABLES.items():
        if table[-1].effective.year < year:
            yield name
    if max(LOCALITIES_BY_YEAR) < year:
        yield "number of localities"
