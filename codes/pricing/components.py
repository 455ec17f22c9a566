"""The global service and its professional (26) and technical (TC) components.

They are three rows of the relative value file, each rounded for itself: none is ever worked out by adding or
subtracting the other two. Claims Processing Manual, ch. 13, §20; ch. 23, Addendum (PC/TC indicator).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from codes.pricing.arithmetic import in_words
from codes.pricing.formula import fee
from codes.pricing.indicator_words import PCTC
from codes.pricing.setting import is_hospital_patient
from codes.pricing.types import CodeRows, FeeScheduleRow, Refusal
from codes.pricing.working import Working

CITATION = "Claims Processing Manual, ch. 23, Addendum (MPFSDB), PC/TC indicator"
NA_CITATION = "Physician fee schedule final rules, Addendum A (NA indicator)"
# PC/TC indicators of services that the hospital is paid for: technical only, incident to, therapy.
PAID_TO_THE_HOSPITAL = frozenset({"3", "5", "7"})
FACILITY_PAID = "The facility, by its own Medicare payment system"


def choose_row(rows: CodeRows, modifiers: frozenset[str]) -> FeeScheduleRow | Refusal:
    """The row that the modifiers ask for: 26, TC, 53 where the code has one, else the global row."""
    for component in ("26", "TC"):
        if component in modifiers:
            return rows.rows.get(component) or _no_component(rows, component)
    if "53" in modifiers and "53" in rows.rows:
        return rows.rows["53"]
    return rows.rows.get("") or Refusal("component", _only_components(rows), CITATION)


def _no_component(rows: CodeRows, component: str) -> Refusal:
    row = rows.rows.get("") or next(iter(rows.rows.values()))
    text = f"Modifier {component} does not apply to {rows.code}: {PCTC.reason(row.pctc)}."
    return Refusal("modifier", text, CITATION)


def _only_components(rows: CodeRows) -> str:
    return f"{rows.code} is listed only with modifier {in_words(sorted(rows.rows))}."


def refuse_technical_in_hospital(working: Working) -> Refusal | None:
    """Technical, incident-to and therapists' services for a hospital's patients are paid to the hospital
    (42 CFR 414.22; Claims Processing Manual, ch. 12, §20.4.2; ch. 13, §20.2)."""
    row, line = working.row, working.line
    belongs = row.modifier == "TC" or row.pctc in PAID_TO_THE_HOSPITAL
    if not (belongs and is_hospital_patient(line.place_of_service, working.circumstances)):
        return None
    what = "the technical component" if row.modifier == "TC" else PCTC.reason(row.pctc)
    text = f"The hospital is paid for this, not you: {what}."
    return Refusal("facility_paid", text, CITATION, FACILITY_PAID)


def refuse_not_valued_in_facility(working: Working) -> Refusal | None:
    """The facility NA indicator: the number in the cell is a copy, not a price for this setting."""
    row = working.row
    if working.setting != "facility" or not row.facility_na:
        return None
    text = "The facility is paid for this, not you (facility NA indicator)."
    if row.pctc == "1" and "26" in working.rows.rows and row.modifier == "":
        text += " Bill modifier 26 for the interpretation."
    return Refusal("facility_paid", text, NA_CITATION, FACILITY_PAID)


def set_components(working: Working) -> None:
    """Finds the technical and the professional amount within one unit, where a rule needs them later."""
    row = working.row
    if row.modifier == "TC" or row.pctc == "3":
        working.technical = working.amount
    elif row.modifier == "26":
        working.professional = working.amount
    elif row.pctc == "1":
        working.technical = _fee_of(working, "TC")
        working.professional = _fee_of(working, "26")


def _fee_of(working: Working, component: str) -> Decimal | None:
    row = working.rows.rows.get(component)
    return None if row is None else _fee(row, working)


def _fee(row: FeeScheduleRow, working: Working) -> Decimal:
    circumstances = working.circumstances
    return fee(row, working.setting, circumstances.locality.gpci, circumstances.known_factor)


# The technical codes within a test that has one code for the whole (PC/TC indicator 4).
TECHNICAL_CODES = {
    "93000": ("93005",),
    "93015": ("93017",),
    "93040": ("93041",),
    "93224": ("93225", "93226"),
    "93241": ("93242", "93243"),
    "93245": ("93246", "93247"),
    "93268": ("93270", "93271"),
    "93784": ("93786", "93788"),
}


def find_technical_codes(workings: Sequence[Working], rows_by_code: Mapping[str, CodeRows]) -> None:
    """Gives whole tests (PC/TC 4) the technical amount of the codes that are their technical part."""
    for working in workings:
        codes = TECHNICAL_CODES.get(working.code, ())
        rows = [rows_by_code[code].rows.get("") for code in codes if code in rows_by_code]
        found = [row for row in rows if row is not None]
        if working.is_open and working.row.pctc == "4" and found and len(found) == len(codes):
            working.technical = sum((_fee(row, working) for row in found), Decimal(0))
