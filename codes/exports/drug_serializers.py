"""The JSON answers about drugs: limits by quarter, and the billing units of a dose. Every key is written out here."""

from decimal import Decimal
from typing import Any

from codes.pricing.schedules.listed import ListedAmount
from codes.queries.drug_panel import DrugPanel, Quarter
from codes.queries.drug_units import UnitsFound

Json = dict[str, Any]


def serialize_listed(listed: ListedAmount) -> Json:
    """What a list beside the physician fee schedule says of a code: `coinsurance` is a fraction, as text."""
    return {
        "kind": listed.schedule.kind,
        "list": listed.release,
        "amount": _text(listed.amount),
        "unit": listed.unit or listed.schedule.unit_name,
        "coinsurance": _text(listed.coinsurance),
        "deductible": listed.deductible,
        "is_former": listed.is_former,
    }


def serialize_units(panel: DrugPanel, found: UnitsFound | None, page: str) -> Json:
    """A drug by quarters, and the units of the dose where one was asked for."""
    return {
        "code": panel.code,
        "page": page,
        "billing_unit": panel.unit,
        "single_dose": panel.is_single_dose,
        "limits": [_quarter(each) for each in panel.quarters],
        "units": _units(found) if found and found.units else None,
    }


def _quarter(quarter: Quarter) -> Json:
    return {
        "list": quarter.release.name,
        "from": quarter.release.effective_from.isoformat(),
        "to": quarter.last.isoformat(),
        "limit": _text(quarter.limit.amount),
        "unit": quarter.limit.unit,
        "coinsurance": _text(quarter.limit.coinsurance),
        "kind": quarter.limit.kind,
    }


def _units(found: UnitsFound) -> Json:
    assert found.units
    return {
        "administered": found.units.administered,
        "wasted": found.units.wasted,
        "vials": found.units.vials,
        "lines": found.lines,
        "ndc": found.package.ndc if found.package else None,
        "crosswalk": found.crosswalk.name if found.crosswalk else None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
