"""What can be said about a line before it has a price: refusals, in the order of PRICING's claim check.

Nothing that a user can type raises an error: each of these becomes a sentence.
"""

from decimal import Decimal

from codes.pricing.anesthesia import refuse_anesthesia
from codes.pricing.applicability import refuse_inapplicable
from codes.pricing.components import refuse_not_valued_in_facility, refuse_technical_in_hospital
from codes.pricing.global_package import refuse_care_days, refuse_preoperative_only
from codes.pricing.modifiers import refuse_modifiers
from codes.pricing.payment_window import refuse_in_window
from codes.pricing.practitioner import refuse_practitioner
from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.schedules.price import refuse_listed, refuse_unfitting
from codes.pricing.scope import refuse_scope
from codes.pricing.setting import refuse_place
from codes.pricing.status import refuse_status
from codes.pricing.surgeons import refuse_team
from codes.pricing.therapy import refuse_above_threshold
from codes.pricing.types import Circumstances, Line, Refusal
from codes.pricing.working import Working

MOST_UNITS = 99_999
HIGHEST_CHARGE = Decimal("99999999.99")
CLAIM_FORM = "Claims Processing Manual, ch. 26, §10"
LIABILITY_CITATION = "Claims Processing Manual, ch. 30, §50; ch. 1, §60"
# In this order: where a line carries several, the patient is not asked to pay.
_LIABILITY = {
    "GZ": (
        "Denial expected, no notice on file (GZ): Medicare denies, the patient may not be billed.",
        "provider",
    ),
    "GY": ("Excluded by statute (GY): Medicare denies the line and the patient pays.", "patient"),
    "GX": ("Voluntary notice for an excluded service (GX): Medicare denies and the patient pays.", "patient"),
}


def refuse_line(line: Line, modifiers: frozenset[str], circumstances: Circumstances) -> Refusal | None:
    """What is wrong with a line or its circumstances before the relative value file is opened."""
    return (
        _refuse_denied(line)
        or _refuse_release(circumstances)
        or _refuse_numbers(line)
        or refuse_place(line.place_of_service)
        or refuse_practitioner(circumstances.practitioner)
        or refuse_scope(line.code, circumstances.practitioner)
        or refuse_modifiers(modifiers, line.code)
        or refuse_care_days(line.care_days)
    )


def _refuse_denied(line: Line) -> Refusal | None:
    if not line.denied:
        return None
    return Refusal("denied", line.denied, "Claim check", medicare_pays=ZERO_DOLLARS, liability="provider")


def _refuse_release(circumstances: Circumstances) -> Refusal | None:
    if circumstances.date_of_service >= circumstances.release_effective:
        return None
    text = (
        f"{circumstances.release} is in force from {circumstances.release_effective}; "
        f"it does not price {circumstances.date_of_service}."
    )
    return Refusal("release", text, "Physician fee schedule, relative value files by quarter")


def _refuse_numbers(line: Line) -> Refusal | None:
    if not 1 <= line.units <= MOST_UNITS:
        return Refusal("units", f"{line.units} units cannot be billed on a line.", CLAIM_FORM)
    charge = line.charge
    if charge is not None and not (charge.is_finite() and 0 <= charge <= HIGHEST_CHARGE):
        return Refusal("charge", "A charge is an amount in dollars from 0 to 99,999,999.99.", CLAIM_FORM)
    return None


def refuse_working(working: Working) -> Refusal | None:
    """What the row says against paying this line: status, liability, setting, modifiers."""
    return (
        _refuse_by_status(working)
        or _refuse_liability(working)
        or refuse_inapplicable(working.row, working.modifiers)
        or refuse_in_window(working)
        or refuse_technical_in_hospital(working)
        or refuse_not_valued_in_facility(working)
        or refuse_team(working)
        or refuse_preoperative_only(working)
        or refuse_above_threshold(working)
        or _refuse_unknown_factor(working)
    )


def _refuse_unknown_factor(working: Working) -> Refusal | None:
    """Relative values without the conversion factor of their track. The common factor is not that of a qualifying APM
    participant; anesthesia and what a list prices are not priced by it."""
    circumstances = working.circumstances
    by_values = working.row.status != "J" and working.listed is None
    if circumstances.conversion_factor is not None or not by_values:
        return None
    return unknown_factor(circumstances.date_of_service.year, circumstances.qualifying_apm)


def unknown_factor(year: int, qualifying_apm: bool) -> Refusal:
    """The refusal of what the conversion factor of a year and track would price."""
    whose = " for qualifying APM participants" if qualifying_apm else ""
    text = f"We don't have the {year} conversion factor{whose}."
    return Refusal("no_factor", text, "Social Security Act §1848(d)(1)")


def _refuse_by_status(working: Working) -> Refusal | None:
    if working.row.status == "J":
        return refuse_anesthesia(working)
    if working.listed is not None:
        return refuse_listed(working.listed, working.line.place_of_service)
    place_of_service = working.line.place_of_service
    return refuse_unfitting(
        working.row, working.modifiers, place_of_service, working.circumstances
    ) or refuse_status(working.row, working.rows)


def _refuse_liability(working: Working) -> Refusal | None:
    for modifier, (text, liability) in _LIABILITY.items():
        if modifier in working.modifiers:
            return Refusal(
                "denied", text, LIABILITY_CITATION, medicare_pays=ZERO_DOLLARS, liability=liability
            )
    return None
