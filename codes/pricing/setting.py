"""Place of service to payment setting.

The facility amount is paid where somebody else (a hospital, an ambulatory surgical center, a nursing facility
during a Part A stay) is paid for room, staff and supplies; the non-facility amount everywhere else.
"""

from typing import NamedTuple

from codes.pricing.types import Circumstances, Refusal, Setting

CITATION = "Claims Processing Manual, ch. 26, §10.5; ch. 12, §20.4.2; 42 CFR 414.22(b)(5)"


class PlaceOfService(NamedTuple):
    """A place of service: its two-digit code, its name, and which amount Medicare pays there."""

    code: str
    name: str
    setting: Setting
    caution: str = ""


_FACILITY = {
    "02": "Telehealth, patient not at home",
    "19": "Off-campus outpatient hospital",
    "21": "Inpatient hospital",
    "22": "On-campus outpatient hospital",
    "23": "Emergency room of a hospital",
    "24": "Ambulatory surgical center",
    "26": "Military treatment facility",
    "31": "Skilled nursing facility (Part A stay)",
    "34": "Hospice (inpatient care)",
    "41": "Ambulance, land",
    "42": "Ambulance, air or water",
    "51": "Inpatient psychiatric facility",
    "52": "Psychiatric facility, partial hospitalization",
    "53": "Community mental health center",
    "56": "Psychiatric residential treatment center",
    "61": "Comprehensive inpatient rehabilitation facility",
}
_NONFACILITY = {
    "01": "Pharmacy",
    "03": "School",
    "04": "Homeless shelter",
    "09": "Prison or correctional facility",
    "10": "Telehealth, patient at home",
    "11": "Office",
    "12": "Home",
    "13": "Assisted living facility",
    "14": "Group home",
    "15": "Mobile unit",
    "16": "Temporary lodging",
    "17": "Walk-in retail health clinic",
    "18": "Place of employment (worksite)",
    "20": "Urgent care facility",
    "25": "Birthing center",
    "27": "Outreach site or street",
    "32": "Nursing facility (no Part A stay)",
    "33": "Custodial care facility",
    "49": "Independent clinic",
    "50": "Federally qualified health center",
    "54": "Intermediate care facility",
    "55": "Residential substance abuse treatment facility",
    "57": "Non-residential substance abuse treatment facility",
    "58": "Non-residential opioid treatment facility",
    "60": "Mass immunization center",
    "62": "Comprehensive outpatient rehabilitation facility",
    "65": "End-stage renal disease treatment facility",
    "66": "PACE center",
    "71": "Public health clinic",
    "72": "Rural health clinic",
    "81": "Independent laboratory",
    "99": "Other place of service",
}
_CAUTIONS = {
    "18": "Medicare has not said how a worksite (18) is paid; the office amount is assumed.",
    "66": "Medicare has not said how a PACE center (66) is paid; the office amount is assumed.",
    "31": "Consolidated billing of the nursing facility may pay for this service; that is not checked here.",
    "34": "The hospice benefit may pay for this service; that is not checked here.",
    "65": "The dialysis bundle may pay for this service; that is not checked here.",
}
_TRIBAL = {
    "05": "Indian Health Service, free-standing",
    "06": "Indian Health Service, provider-based",
    "07": "Tribal 638, free-standing",
    "08": "Tribal 638, provider-based",
}

_BY_SETTING: tuple[tuple[Setting, dict[str, str]], ...] = (
    ("facility", _FACILITY),
    ("nonfacility", _NONFACILITY),
)
PLACES: dict[str, PlaceOfService] = {
    code: PlaceOfService(code, name, setting, _CAUTIONS.get(code, ""))
    for setting, names in _BY_SETTING
    for code, name in sorted(names.items())
}
# Places where Medicare pays the hospital, and not a physician, for technical and incident-to services.
HOSPITAL = frozenset({"19", "21", "22", "23", "51", "52", "61"})
UNCERTAIN_PLACES = frozenset({"18", "66"})


def refuse_place(place_of_service: str) -> Refusal | None:
    """A refusal for a place that Medicare does not price by, None for one that it does."""
    if place_of_service in PLACES:
        return None
    if place_of_service in _TRIBAL:
        name = _TRIBAL[place_of_service]
        text = f"Medicare does not price by place of service {place_of_service} ({name})."
    else:
        text = (
            f"Place of service {place_of_service!r} is not one that CMS has assigned. Choose from the list."
        )
    return Refusal("place_of_service", text, CITATION)


def setting_of(place_of_service: str) -> Setting:
    """The setting of a known place of service."""
    return PLACES[place_of_service].setting


def setting_for(place_of_service: str, circumstances: Circumstances) -> Setting:
    """The setting that is paid. A registered hospital patient is paid at the facility amount wherever the
    encounter takes place (Claims Processing Manual, ch. 12, §20.4.2)."""
    if circumstances.registered_inpatient or circumstances.registered_outpatient:
        return "facility"
    return setting_of(place_of_service)


def is_hospital_patient(place_of_service: str, circumstances: Circumstances) -> bool:
    """True where the hospital bills for the technical side of a service."""
    registered = circumstances.registered_inpatient or circumstances.registered_outpatient
    return registered or place_of_service in HOSPITAL
