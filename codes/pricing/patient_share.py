"""From the allowed amount to who pays: deductible, coinsurance, sequestration, the unassigned claim.

Social Security Act §1833(a) and (b); Claims Processing Manual, ch. 1, §30.3 (assignment). Order:
deductible first, coinsurance on the rest, the therapy assistant's 85 percent on Medicare's part,
sequestration last and on Medicare's part only. Each share is rounded so that the shares add up to the
cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from codes.pricing.arithmetic import figure, money, times
from codes.pricing.practitioner import is_nonparticipating
from codes.pricing.preventive import is_free_of_cost_sharing
from codes.pricing.rounding import ZERO_DOLLARS, to_cents
from codes.pricing.rules import (
    SCREENING_COLONOSCOPY_COINSURANCE,
    SEQUESTRATION,
    THERAPY_ASSISTANT,
    in_force,
    value_at,
)
from codes.pricing.schedules.listed import COINSURANCE
from codes.pricing.types import ZERO, FeeScheduleRow, Shares
from codes.pricing.working import Working

CITATION = "Social Security Act §1833"
HPSA_BONUS = Decimal("0.10")
# PC/TC indicators of what earns the bonus: physicians' services, with components or without, and professional codes.
_PROFESSIONAL = frozenset({"", "0", "1", "2", "6", "8"})
PREVENTIVE_NOTE = (
    "A preventive service: the patient pays nothing where Medicare's conditions for it are met (who may have it, "
    "how often)."
)


@dataclass(slots=True)
class _Split:
    """An allowed amount while it is divided."""

    allowed: Decimal
    deductible: Decimal = ZERO_DOLLARS
    coinsurance: Decimal = ZERO_DOLLARS
    rate: Decimal = COINSURANCE
    medicare: Decimal = ZERO_DOLLARS
    assistant_reduction: Decimal = ZERO_DOLLARS
    sequestration: Decimal = ZERO_DOLLARS
    sequestration_rate: Decimal = ZERO


def split_allowed(working: Working, allowed: Decimal, deductible_remaining: Decimal) -> Shares:
    """S15: the shares of a line in dollars. The deductible is what the lines before have left of it."""
    split = _Split(allowed, rate=_coinsurance_rate(working))
    _take_deductible(working, split, deductible_remaining)
    _take_coinsurance(working, split)
    _take_assistant_reduction(working, split)
    _take_sequestration(working, split)
    return _shares(working, split)


def _is_free(working: Working) -> bool:
    if working.listed is not None and not (working.listed.deductible or working.listed.coinsurance):
        return True
    return _is_preventive(working)


def _is_preventive(working: Working) -> bool:
    return working.line.preventive or is_free_of_cost_sharing(
        working.code, working.circumstances.date_of_service
    )


def waive_deductible_of_surgery(workings: Iterable[Working]) -> None:
    """PT on one procedure waives the deductible for all surgery of the date, with PT or without; the coinsurance of the
    other lines stays (Social Security Act §1833(b); Claims Processing Manual, ch. 18, §60)."""
    surgery = [working for working in workings if working.is_open and _is_surgery(working)]
    if any(_became_therapeutic(working) for working in surgery):
        for working in surgery:
            working.after_screening = True


def _is_surgery(working: Working) -> bool:
    return working.code.isdigit() and "10000" <= working.code <= "69999"


def _became_therapeutic(working: Working) -> bool:
    """A procedure that began as a colorectal screening (PT): surgery, its sedation or anesthesia (42 CFR 410.152(l);
    Claims Processing Manual, ch. 18, §60). On a visit or a test PT changes nothing."""
    sedation = working.code in {"00811", "99152", "99153", "G0500"}
    return "PT" in working.modifiers and (_is_surgery(working) or sedation)


def _coinsurance_rate(working: Working) -> Decimal:
    if _is_free(working):
        return ZERO_DOLLARS
    if _became_therapeutic(working):
        return value_at(SCREENING_COLONOSCOPY_COINSURANCE, working.circumstances.date_of_service)
    return working.listed.coinsurance if working.listed is not None else COINSURANCE


def _take_deductible(working: Working, split: _Split, remaining: Decimal) -> None:
    if _is_free(working) or _became_therapeutic(working) or remaining <= 0:
        return
    if working.after_screening:
        title = "No deductible: another line of the date began as a colorectal screening (PT)"
        working.step("deductible", title, CITATION, "(b)")
        return
    if working.listed is not None and not working.listed.deductible:
        return
    split.deductible = to_cents(min(remaining, split.allowed))
    formula = f"min({money(remaining)}, {money(split.allowed)}) = {money(split.deductible)}"
    working.step("deductible", "Part B deductible not yet met", CITATION, "(b)", formula, split.deductible)


def _take_coinsurance(working: Working, split: _Split) -> None:
    base = split.allowed - split.deductible
    split.coinsurance = to_cents(base * split.rate)
    split.medicare = base - split.coinsurance
    if _is_free(working):
        working.step("coinsurance", "No deductible and no coinsurance for this service", CITATION, "(a)(1)")
        if _is_preventive(working):
            working.note(PREVENTIVE_NOTE)
        return
    bracket = f"({money(split.allowed)} − {money(split.deductible)})" if split.deductible else money(base)
    formula = f"{bracket} × {figure(split.rate, 2)} = {money(split.coinsurance)}"
    working.step("coinsurance", "Coinsurance of the patient", CITATION, "(a)(1)", formula, split.coinsurance)
    rest = f"{bracket} − {money(split.coinsurance)} = {money(split.medicare)}"
    working.step("medicare", "Medicare's share", CITATION, "(a)(1)", rest, split.medicare)


def _take_assistant_reduction(working: Working, split: _Split) -> None:
    """CO and CQ: 85 percent of Medicare's part; the patient's coinsurance stays that of the full amount."""
    rate = in_force(THERAPY_ASSISTANT, working.circumstances.date_of_service)
    if not working.has("CO", "CQ") or rate is None:
        return
    reduced = to_cents(split.medicare * rate.value)
    formula = times(split.medicare, rate.value, reduced)
    title = "Therapy assistant (CO, CQ): 85 percent of Medicare's share"
    working.step("therapy_assistant", title, rate.source, "", formula, reduced)
    working.lower_confidence("Day", "furnished by a therapy assistant")
    split.assistant_reduction = split.medicare - reduced
    split.medicare = reduced


def _take_sequestration(working: Working, split: _Split) -> None:
    rate = in_force(SEQUESTRATION, working.circumstances.date_of_service)
    if rate is None or rate.value == 0:
        return
    split.sequestration_rate = rate.value
    split.sequestration = to_cents(split.medicare * rate.value)
    formula = times(split.medicare, rate.value, split.sequestration)
    title = "Sequestration, from Medicare's share only"
    working.step("sequestration", title, rate.source, "", formula, split.sequestration)


def _shares(working: Working, split: _Split) -> Shares:
    paid = split.medicare - split.sequestration
    unassigned = is_unassigned(working)
    above = _above_allowed(working, split.allowed) if unassigned else ZERO_DOLLARS
    # On an unassigned claim Medicare's cheque goes to the patient, who owes the physician the whole.
    patient = split.allowed + above - paid if unassigned else split.deductible + split.coinsurance
    return Shares(
        medicare=split.medicare,
        patient=patient,
        deductible=split.deductible,
        coinsurance=split.coinsurance,
        coinsurance_rate=split.rate,
        sequestration=split.sequestration,
        medicare_after_sequestration=paid,
        sequestration_rate=split.sequestration_rate,
        assistant_reduction=split.assistant_reduction,
        limiting_charge=working.limiting_charge if unassigned else None,
        above_allowed=above,
        provider_collects=paid + patient,
        nonparticipating=is_nonparticipating(working) and working.listed is None,
        medicare_pays_patient=unassigned,
        hpsa_bonus=_hpsa_bonus(working, split.medicare),
        mips_amount=_mips_amount(working, split.medicare),
    )


def is_unassigned(working: Working) -> bool:
    """Only a nonparticipating physician may refuse assignment; not for laboratory tests and drugs."""
    bound = working.listed is not None and working.listed.schedule.mandatory_assignment
    return is_nonparticipating(working) and not working.circumstances.assigned and not bound


def _above_allowed(working: Working, allowed: Decimal) -> Decimal:
    """What the physician may collect above the allowed amount: up to charge and limiting charge."""
    limit = working.limiting_charge if working.limiting_charge is not None else allowed
    billed = limit if working.charge is None else min(working.charge, limit)
    return max(ZERO_DOLLARS, to_cents(billed) - allowed)


def _hpsa_bonus(working: Working, medicare: Decimal) -> Decimal:
    """S16: a tenth of what Medicare pays, quarterly and outside the claim, to physicians (ch. 12, §90.4)."""
    circumstances = working.circumstances
    entitled = circumstances.health_professional_shortage_area or "AQ" in working.modifiers
    professional = _professional_part(working, medicare)
    if not entitled or circumstances.practitioner != "physician" or not professional:
        return ZERO_DOLLARS
    bonus = to_cents(professional * HPSA_BONUS)
    title = (
        "Shortage area: a quarterly bonus outside the claim, on what Medicare pays for professional services"
    )
    citation = "Claims Processing Manual, ch. 12"
    working.step("hpsa_bonus", title, citation, "§90.4", times(professional, HPSA_BONUS, bonus), bonus)
    return bonus


def _mips_amount(working: Working, medicare: Decimal) -> Decimal:
    """What the MIPS adjustment makes of Medicare's share: of professional services only (42 CFR 414.1405(e))."""
    return ZERO_DOLLARS if working.listed else to_cents(medicare * working.circumstances.mips_adjustment)


def earns_bonus(row: FeeScheduleRow | None, modifiers: frozenset[str]) -> bool:
    """Whether a service is a physician's professional one, at least in part (ch. 12, §90.4, by PC/TC indicator)."""
    return "TC" not in modifiers and (row is None or row.pctc in _PROFESSIONAL)


def _professional_part(working: Working, medicare: Decimal) -> Decimal:
    """Medicare's payment for the professional part of a line: of a test with both components that of 26."""
    if working.listed is not None or not earns_bonus(working.row, working.modifiers):
        return ZERO_DOLLARS
    if working.row.pctc != "1" or working.row.modifier == "26":
        return medicare
    if working.professional is None or working.technical is None:
        return ZERO_DOLLARS
    both = working.professional + working.technical
    return to_cents(medicare * working.professional / both) if both else ZERO_DOLLARS
