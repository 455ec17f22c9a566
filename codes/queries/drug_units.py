"""The billing units of a dose of one drug, by CMS's billing unit and its NDC crosswalk."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes.models import DrugPackage, Release
from codes.models.release import Source
from codes.parsing.doses import read_dose
from codes.pricing.schedules.drug_units import Dose, DrugUnits, count_units
from codes.queries.drug_panel import DrugPanel
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsQuery:
    """What was given, the size of a vial, and the NDC on it; at least one of the first and the last."""

    dose: Dose | None = None
    vial: Dose | None = None
    ndc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsFound:
    """The units, or in `problem` why they cannot be counted. `package` is the NDC's row of the crosswalk."""

    code: str
    units: DrugUnits | None = None
    problem: str = ""
    package: DrugPackage | None = None
    crosswalk: Release | None = None
    needs_modifier: bool | None = None

    @property
    def lines(self) -> str:
        """The lines of the claim, as the Claim Desk takes them: "J0897-JZx60"."""
        if self.units is None:
            return ""
        return ",".join(self._lines)

    @property
    def _lines(self) -> list[str]:
        assert self.units
        if not self.needs_modifier:
            return [f"{self.code}x{self.units.administered}"]
        if not self.units.wasted:
            return [f"{self.code}-JZx{self.units.administered}"]
        return [f"{self.code}x{self.units.administered}", f"{self.code}-JWx{self.units.wasted}"]


def find_units(calendar: Calendar, panel: DrugPanel, query: UnitsQuery, at: date) -> UnitsFound:
    """Count the units of a dose (one query where an NDC is given)."""
    crosswalk = calendar.nearest(Source.ASP_NDC, at) if query.ndc else None
    package = _package(panel.code, query.ndc, crosswalk)
    if problem := _problem_of_ndc(panel.code, query, crosswalk, package):
        return UnitsFound(problem=problem, code=panel.code)
    try:
        dose, vial = _in_units(panel, query.dose), _in_units(panel, query.vial)
    except ValueError as problem:
        return UnitsFound(problem=str(problem), package=package, crosswalk=crosswalk, code=panel.code)
    units = count_units(dose, package.units if package else vial)
    return UnitsFound(
        units=units,
        package=package,
        crosswalk=crosswalk,
        needs_modifier=panel.is_single_dose,
        code=panel.code,
    )


def _package(code: str, ndc: str, crosswalk: Release | None) -> DrugPackage | None:
    if crosswalk is None:
        return None
    rows = DrugPackage.objects.filter(release=crosswalk, ndc=ndc)
    return next((row for row in rows if row.code == code), rows.first())


def _problem_of_ndc(
    code: str, query: UnitsQuery, crosswalk: Release | None, package: DrugPackage | None
) -> str:
    if not query.ndc:
        return ""
    if crosswalk is None:
        return "The NDC crosswalk isn't loaded. Enter the size of the vial instead."
    if package is None:
        return (
            f"NDC {query.ndc} isn't in {crosswalk.name}, which doesn't list every NDC. Enter the vial size."
        )
    if package.code != code:
        return f"NDC {query.ndc} is {package.drug or 'another drug'}, billed with {package.code}, not {code}."
    return ""


def _in_units(panel: DrugPanel, dose: Dose | None) -> Decimal | None:
    """A dose in billing units; ValueError where CMS's billing unit is measured otherwise."""
    if dose is None:
        return None
    try:
        unit = read_dose(panel.unit)
    except ValueError:
        raise ValueError(f"CMS's billing unit is “{panel.unit}”: count the units by hand.") from None
    found = dose.in_units_of(unit)
    if found is None:
        raise ValueError(f"The billing unit is {panel.unit}: enter the dose in that measure.")
    return found
