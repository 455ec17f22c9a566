"""A line at the amount of a price list: no relative values, no indices, no ranking, no practitioner's percentage."""

from codes.pricing.arithmetic import figure
from codes.pricing.schedules.listed import ListedAmount, Schedule, fitting
from codes.pricing.types import ZERO, Circumstances, FeeScheduleRow, Refusal
from codes.pricing.working import UnitGroup, Working


def stand_in_row(code: str, schedule: Schedule) -> FeeScheduleRow:
    """The row of a listed code that the relative value file leaves out: as the file prints such codes."""
    return FeeScheduleRow(
        code=code, modifier="", status=schedule.statuses[0], work_rvu=ZERO, nonfacility_pe_rvu=ZERO,
        nonfacility_na=False, facility_pe_rvu=ZERO, facility_na=False, malpractice_rvu=ZERO, pctc="9",
        global_days="XXX", preoperative_share=ZERO, intraoperative_share=ZERO, postoperative_share=ZERO,
        multiple_procedure="9", bilateral_surgery="9", assistant_surgery="9", co_surgeons="9", team_surgery="9",
    )  # fmt: skip


# Where the patient lives, as the DME MACs take it.
HOMES = frozenset({"01", "04", "09", "12", "13", "14", "33", "54", "55", "56", "65"})


def may_be_listed(row: FeeScheduleRow, schedule: Schedule, place_of_service: str) -> bool:
    """Whether a list prices a row: the whole of a code to which the physician fee schedule gives no amount there."""
    at_home = schedule.statuses_at_home if place_of_service in HOMES else ()
    return not row.modifier and row.status in schedule.statuses + at_home


def listed_amount(
    row: FeeScheduleRow, modifiers: frozenset[str], place_of_service: str, circumstances: Circumstances
) -> ListedAmount | None:
    """What a list says of a line; None where no list prices the row."""
    return fitting(_rows(row, place_of_service, circumstances), modifiers)


def _rows(row: FeeScheduleRow, place_of_service: str, circumstances: Circumstances) -> list[ListedAmount]:
    listed = circumstances.listed.get(row.code, ())
    return [each for each in listed if may_be_listed(row, each.schedule, place_of_service)]


def refuse_unfitting(
    row: FeeScheduleRow, modifiers: frozenset[str], place_of_service: str, circumstances: Circumstances
) -> Refusal | None:
    """What a line of a listed code lacks where the list prices it with certain modifiers only, such as NU or RR."""
    rows = _rows(row, place_of_service, circumstances)
    if not rows or fitting(rows, modifiers):
        return None
    if all(row.is_former for row in rows):
        return refuse_listed(rows[0], place_of_service)
    schedule = rows[0].schedule
    fewest = [each for each in rows if not any(other.modifiers < each.modifiers for other in rows)]
    ways = sorted("-".join(sorted(each.modifiers)) for each in fewest)
    added = "add what fits" if len(ways) > 1 else f"add {ways[0]}"
    text = f"{schedule.name} ({rows[0].release}) prices {row.code} with {' or '.join(ways)}: {added}."
    return Refusal("needs_modifier", text, schedule.source)


def refuse_listed(listed: ListedAmount, place_of_service: str) -> Refusal | None:
    """Why a list pays nothing for a line: the institution is paid, its amount is left open, or it has ended."""
    schedule = listed.schedule
    if place_of_service in schedule.institutions:
        text, citation = schedule.paid_to_institution, schedule.institutions_citation
        return Refusal("facility_paid", text, citation, "The facility's own payment system")
    if listed.amount is not None:
        return None
    kind = "list_missing" if listed.is_former else listed.refusal or "mac_priced"
    elsewhere = "Your MAC" if kind == "mac_priced" else schedule.pays_elsewhere
    return Refusal(kind, listed.why, schedule.source, elsewhere)


def price_listed(working: Working, listed: ListedAmount) -> None:
    """S3 for a listed code: the amount of the list for each billing unit."""
    assert listed.amount is not None, "a row without an amount is refused before it is priced"
    schedule = listed.schedule
    working.fee = working.amount = listed.amount
    working.parts = [UnitGroup(working.units, listed.amount)]
    title = f"{schedule.name}, {listed.release}: {figure(listed.amount, 2)} {listed.unit_words}"
    working.step(schedule.kind, title, schedule.citation, schedule.section, result=listed.amount)
    if schedule.note:
        working.note(schedule.note)
    if listed.caution:
        working.lower_confidence("Medium", listed.caution)
