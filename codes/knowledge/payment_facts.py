"""Sentences about where, and in which parts, Medicare pays a code."""

from codes.formatting import dollars
from codes.knowledge.fact import INSIDE, OUTSIDE, Fact, Subject, from_meaning, in_each_setting, total_rvu
from codes.knowledge.payment_fields import NA
from codes.knowledge.service_fields import PCTC
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.pricing.types import FeeScheduleRow


def components(subject: Subject) -> Fact | None:
    """How the code stands to its professional and technical component."""
    professional = subject.priced_row("26")
    if professional is not None and not subject.is_priced:
        return _professional_only(subject, professional)
    if professional is None or subject.row.pctc != "1":
        return None
    return _split(subject, professional)


def _professional_only(subject: Subject, professional: FeeScheduleRow) -> Fact:
    """The whole has no national amount, its row 26 has: tests that the MAC prices, and laboratory tests."""
    amount = subject.amounts.professional
    impact = f"{dollars(amount)} for modifier 26." if amount is not None else ""
    if professional.pctc == "6":
        return from_meaning("components", PCTC.values["6"], impact)
    text = "CMS prices only the physician's part (modifier 26) nationally."
    if subject.row.status == "C":
        text += (
            " The Medicare administrative contractor (MAC) prices the technical part and the whole service."
        )
    return Fact("components", text, impact, PCTC.values["1"].citation)


def _split(subject: Subject, professional: FeeScheduleRow) -> Fact | None:
    technical = subject.priced_row("TC")
    if technical is None:
        return None
    parts = [total_rvu(row, "nonfacility") for row in (professional, technical, subject.row)]
    text = (
        f"The code splits into the physician's part (modifier 26, {parts[0]} RVUs) and the technical part "
        f"(modifier TC, {parts[1]} RVUs); the whole is {parts[2]} RVUs. Each is priced on its own row."
    )
    return Fact("components", text, _split_impact(subject), PCTC.values["1"].citation)


def _split_impact(subject: Subject) -> str:
    amounts = subject.amounts
    named = (
        (amounts.professional, "for modifier 26"),
        (amounts.technical, "for modifier TC"),
        (amounts.nonfacility, "for the whole"),
    )
    if any(amount is None for amount, _ in named):
        return ""
    return ", ".join(f"{dollars(amount)} {part}" for amount, part in named if amount is not None) + "."


def setting(subject: Subject) -> Fact | None:
    """What the place of service changes."""
    row = subject.row
    if not subject.is_priced or (row.nonfacility_na and row.facility_na):
        return None
    if row.nonfacility_na:
        impact = in_each_setting(subject.amounts)
        return from_meaning("setting", NA.values["nonfacility"], f"{impact}." if impact else "")
    return _not_in_a_facility(subject) if row.facility_na else _gap(subject)


def _not_in_a_facility(subject: Subject) -> Fact:
    """The NA indicator of the facility: only the physician's part, if there is one, is paid there."""
    outside, professional = subject.amounts.nonfacility, subject.amounts.professional
    citation = NA.values["facility"].citation
    if subject.row.modifier == "" and subject.priced_row("26"):
        text = (
            "In a facility Medicare pays only the physician's part (modifier 26) on the physician fee "
            "schedule; the facility is paid for the rest."
        )
        impact = ""
        if outside is not None and professional is not None:
            impact = f"{dollars(professional)} {INSIDE}, {dollars(outside)} {OUTSIDE}."
        return Fact("setting", text, impact, citation)
    text = (
        "In a hospital or other facility the physician fee schedule normally pays nothing for this code: "
        "Medicare pays the facility. The facility number in CMS's file is not a price."
    )
    return Fact(
        "setting", text, f"{dollars(outside)} {OUTSIDE} only." if outside is not None else "", citation
    )


def _gap(subject: Subject) -> Fact:
    outside, inside = subject.row.nonfacility_pe_rvu, subject.row.facility_pe_rvu
    citation = "42 CFR 414.22(b)(5); Claims Processing Manual, ch. 12, §20.4.2"
    if subject.row.pctc in PAID_TO_THE_HOSPITAL:
        text = (
            "For a hospital's patients the physician fee schedule pays nothing for this code: Medicare pays the "
            f"hospital. Otherwise practice expense is {_expenses(subject.row)}."
        )
        impact = in_each_setting(subject.amounts)
        return Fact("setting", text, f"{impact}." if impact else "", citation)
    if outside == inside:
        text = "The amount is the same in a facility and outside one."
        impact = in_each_setting(subject.amounts)
        return Fact("setting", text, f"{impact}." if impact else "", citation)
    text = (
        f"Practice expense is {_expenses(subject.row)}, where Medicare pays the facility separately. The place of "
        "service on the claim decides which one is paid."
    )
    return Fact("setting", text, _gap_impact(subject), citation)


def _expenses(row: FeeScheduleRow) -> str:
    outside, inside = row.nonfacility_pe_rvu, row.facility_pe_rvu
    return f"{outside} RVUs" if outside == inside else f"{outside} RVUs {OUTSIDE} and {inside} {INSIDE}"


def _gap_impact(subject: Subject) -> str:
    outside, inside = subject.amounts.nonfacility, subject.amounts.facility
    if outside is None or inside is None:
        return ""
    less_or_more = "less" if inside < outside else "more"
    difference = dollars(abs(outside - inside))
    return f"{in_each_setting(subject.amounts)}: {difference} {less_or_more}."
