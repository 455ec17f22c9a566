"""One line from its row to its allowed amount: the steps S1 to S16, before and after the lines are ranked.

    S1  row            S5  both sides       S9  imaging cap      S13 units
    S2  setting        S6  co-surgeons      S9a CT scanner       S14 lower of charge and amount
    S3  base amount    S7  endoscopy *      S10 assistant        S15 deductible, coinsurance, sequestration
    S3a film, CR       S8  ranking *        S11 practitioner     S16 bonus outside the claim
    S4  split care                          S12 nonparticipating

The two with a star look at all lines of the day: see `multiple_procedures`.
"""

from collections.abc import Iterable
from decimal import Decimal

from codes.pricing import formula
from codes.pricing.anesthesia import price_anesthesia
from codes.pricing.arithmetic import figure, money, times
from codes.pricing.bilateral import apply_bilateral, find_both_sides
from codes.pricing.checks import refuse_line, refuse_working
from codes.pricing.components import choose_row, set_components
from codes.pricing.confidence import collect_reasons, confidence_of
from codes.pricing.equipment import apply_ct, apply_xray
from codes.pricing.global_package import apply_global_package
from codes.pricing.limits import (
    LIMITING_CHARGE,
    NONPARTICIPATING,
    apply_opps_cap,
    ceiling_of,
    limiting_charge,
)
from codes.pricing.modifiers import normalised
from codes.pricing.patient_share import is_unassigned, split_allowed
from codes.pricing.payment_window import is_in_window, with_component
from codes.pricing.practitioner import apply_practitioner, is_nonparticipating
from codes.pricing.rounding import ZERO_DOLLARS, to_cents
from codes.pricing.schedules.price import listed_amount, price_listed
from codes.pricing.setting import CITATION as PLACE_CITATION
from codes.pricing.setting import PLACES, setting_for
from codes.pricing.surgeons import apply_assistant, apply_co_surgeons, scale_parts
from codes.pricing.telehealth import note_telehealth
from codes.pricing.therapy import note_plan
from codes.pricing.types import (
    ZERO,
    Circumstances,
    CodeRows,
    FeeScheduleRow,
    Line,
    LinePrice,
    Refusal,
    Setting,
    Shares,
)
from codes.pricing.working import UnitGroup, Working

FORMULA_CITATION = "Social Security Act §1848(b); 42 CFR 414.20"
NOT_VALUED_FOR_OFFICE = (
    "Medicare has no office price for this code. If your MAC accepts it there, it pays the facility amount."
)
_SETTING_WORDS = {"facility": "facility amount", "nonfacility": "non-facility amount"}
# Stands in for a row while a line that has none carries its refusal.
_NO_ROW = FeeScheduleRow(
    code="", modifier="", status="", work_rvu=ZERO, nonfacility_pe_rvu=ZERO, nonfacility_na=False,
    facility_pe_rvu=ZERO, facility_na=False, malpractice_rvu=ZERO, pctc="", global_days="",
    preoperative_share=ZERO, intraoperative_share=ZERO, postoperative_share=ZERO, multiple_procedure="",
    bilateral_surgery="", assistant_surgery="", co_surgeons="", team_surgery="",
)  # fmt: skip


def open_line(number: int, rows: CodeRows | None, line: Line, circumstances: Circumstances) -> Working:
    """S1 and S2: the row that the modifiers ask for, and the setting that the place decides."""
    modifiers = normalised(line.modifiers)
    if is_in_window(modifiers, circumstances.date_of_service):
        modifiers = with_component(modifiers, rows)
    row = choose_row(rows, modifiers) if rows and rows.rows else _unknown_code(line, circumstances)
    refusal = refuse_line(line, modifiers, circumstances) or (row if isinstance(row, Refusal) else None)
    working = Working(
        number=number,
        line=line,
        circumstances=circumstances,
        rows=rows or CodeRows(line.code, {}),
        row=_NO_ROW if isinstance(row, Refusal) else row,
        setting=_setting(line, modifiers, circumstances),
        modifiers=modifiers,
        units=line.units,
        charge=None if refusal or line.charge is None else to_cents(line.charge),
        refusal=refusal,
        listed=None
        if isinstance(row, Refusal)
        else listed_amount(row, modifiers, line.place_of_service, circumstances),
    )
    if line.left_to_mac:
        working.lower_confidence("Low", line.left_to_mac)
    return working


def _unknown_code(line: Line, circumstances: Circumstances) -> Refusal:
    if not circumstances.release:
        text = f"No {circumstances.date_of_service.year} physician fee schedule is loaded for this date."
        return Refusal("no_release", text, "42 CFR 414.24: relative values are set for each year")
    text = f"{line.code} is not in this release of the relative value file."
    return Refusal("unknown_code", text, "Physician fee schedule, relative value file")


def _setting(line: Line, modifiers: frozenset[str], circumstances: Circumstances) -> Setting:
    if is_in_window(modifiers, circumstances.date_of_service):
        return "facility"
    if line.place_of_service not in PLACES:
        return "nonfacility"
    return setting_for(line.place_of_service, circumstances)


def value_line(working: Working) -> None:
    """S3 to S4: the base amount and the adjustments that come before sides and ranking."""
    if working.refusal is None:
        working.refusal = refuse_working(working)
    if working.refusal is not None:
        _note_ceiling(working)
        return
    if working.listed is not None:
        price_listed(working, working.listed)
    elif working.row.status == "J":
        price_anesthesia(working)
    else:
        set_fee(working)
        set_components(working)
        apply_xray(working)
        apply_global_package(working)
        find_both_sides(working)


def _note_ceiling(working: Working) -> None:
    """A MAC's own price of an image may not exceed the OPPS amount: an upper bound, and not a price."""
    if working.refusal is not None and working.refusal.kind == "mac_priced":
        working.ceiling = ceiling_of(working)
    if working.ceiling is not None:
        working.note(f"The MAC's price may not exceed {money(working.ceiling)} (imaging cap).")
        working.lower_confidence("Low", "priced by the MAC: only a ceiling is known")


def set_fee(working: Working) -> None:
    """S2 and S3: the setting and the formula, with their numbers."""
    row, circumstances, pos = working.row, working.circumstances, PLACES[working.line.place_of_service]
    gpci, factor = circumstances.locality.gpci, circumstances.known_factor
    title = f"{pos.name} (place of service {pos.code}): {_SETTING_WORDS[working.setting]}"
    working.step("setting", title, PLACE_CITATION, "")
    if working.setting == "nonfacility" and row.nonfacility_na:
        working.note(NOT_VALUED_FOR_OFFICE)
    expense = formula.practice_expense(row, working.setting)
    working.fee = working.amount = formula.fee(row, working.setting, gpci, factor)
    text = formula.as_text(
        row.work_rvu, figure(expense, 2), row.malpractice_rvu, gpci, factor, working.amount
    )
    title = f"Relative values × indices × conversion factor ({circumstances.release})"
    working.step("base", title, FORMULA_CITATION, "", text, working.amount)
    note_telehealth(working)
    note_plan(working)


def join_sides_and_surgeons(working: Working) -> None:
    """S5 and S6: one amount for both sides, the co-surgeon's share; then one part for all units."""
    if not working.is_open or working.parts:
        return
    apply_bilateral(working)
    apply_co_surgeons(working)
    working.parts = [UnitGroup(working.units, working.amount, working.technical)]


def finish_amounts(working: Working) -> None:
    """S9 to S14: from the ranked amounts to the allowed amount of the line."""
    if working.refusal is not None:
        return
    collect_reasons(working)
    if working.paid_with is not None:
        working.parts = [UnitGroup(1, ZERO_DOLLARS)]
    elif working.listed is None:
        apply_opps_cap(working)
        apply_ct(working)
        apply_assistant(working)
        apply_practitioner(working)
        _apply_nonparticipating(working)
    _add_units(working)
    _compare_charge(working)


def _apply_nonparticipating(working: Working) -> None:
    """S12: 95 percent for physicians who do not participate; the limiting charge is of the whole amount."""
    if not is_nonparticipating(working):
        return
    if is_unassigned(working):
        _set_limiting_charge(working)
    title, citation = "Nonparticipating: 95 percent", "Social Security Act §1848(a)(3)"
    scale_parts(working, NONPARTICIPATING, "nonparticipating", title, citation, "")


def _set_limiting_charge(working: Working) -> None:
    limits = [UnitGroup(part.units, limiting_charge(part.amount)) for part in working.parts]
    title, citation = (
        "Limiting charge, from the full amount",
        "Social Security Act §1848(g)(2); 42 CFR 414.48",
    )
    for part, limit in zip(working.parts, limits, strict=True):
        text = times(part.amount, LIMITING_CHARGE, limit.amount)
        working.step("limiting_charge", title, citation, "", text, limit.amount)
    working.limiting_charge = _sum(limits)


def _add_units(working: Working) -> None:
    """S13: all units of the line, rounded once: a list may price a unit by the tenth of a cent."""
    working.adjusted = to_cents(_sum(working.parts))
    if [part[:2] for part in working.parts] == [(1, working.adjusted)]:
        return
    text = f"{' + '.join(_term(part) for part in working.parts)} = {money(working.adjusted)}"
    working.step(
        "units", "Units of the line", "Claims Processing Manual, ch. 12", "§30", text, working.adjusted
    )


def _term(part: UnitGroup) -> str:
    return money(part.amount) if part.units == 1 else f"{part.units} × {money(part.amount)}"


def _compare_charge(working: Working) -> None:
    """S14: Medicare pays on the lower of the charge and the amount (Social Security Act §1848(a)(1))."""
    adjusted = working.adjusted or ZERO_DOLLARS
    working.allowed = adjusted
    if working.charge is None or working.paid_with is not None:
        return
    working.allowed = min(working.charge, adjusted)
    text = f"min({money(working.charge)}, {money(adjusted)}) = {money(working.allowed)}"
    title = "The lower of the charge and the amount"
    working.step("charge", title, "Social Security Act §1848(a)(1)", "", text, working.allowed)


def _sum(parts: Iterable[UnitGroup]) -> Decimal:
    return sum((part.units * part.amount for part in parts), ZERO_DOLLARS)


def finish_line(working: Working, deductible_remaining: Decimal) -> LinePrice:
    """S15 and S16: who pays, and everything that is shown."""
    shares: Shares | None = None
    if working.refusal is None and working.allowed is not None:
        shares = split_allowed(working, working.allowed, deductible_remaining)
    priced = working.refusal is None
    return LinePrice(
        line=working.line,
        setting=working.setting,
        allowed=working.allowed if priced else None,
        refusal=working.refusal,
        steps=tuple(working.steps) if priced else (),
        notes=tuple(working.notes),
        confidence=confidence_of(working),
        shares=shares,
        fee=working.fee,
        adjusted=working.adjusted if priced else None,
        ceiling=working.ceiling,
        paid_with=working.paid_with if priced else None,
        source=_source(working) if priced else "",
        conversion_factor=_conversion_factor(working) if priced else None,
        listed=working.listed,
    )


def _source(working: Working) -> str:
    """The list that priced a line; the anesthesia factor has one of its own."""
    circumstances = working.circumstances
    if working.listed is not None:
        return working.listed.release
    return circumstances.anesthesia_release if working.row.status == "J" else circumstances.release


def _conversion_factor(working: Working) -> Decimal | None:
    circumstances = working.circumstances
    if working.listed is not None:
        return None
    return circumstances.anesthesia_factor if working.row.status == "J" else circumstances.conversion_factor
