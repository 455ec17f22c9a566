"""Sentences about the parts of a global package, several procedures, both sides and several surgeons."""

from codes.formatting import dollars, percent
from codes.knowledge.fact import (
    ONCE,
    Fact,
    Subject,
    from_meaning,
    in_each_setting,
    share_of,
    surgical_amount,
)
from codes.pricing.bilateral import BOTH
from codes.pricing.formula import has_opps_amount
from codes.pricing.ranking import HALF
from codes.pricing.reductions import REDUCTIONS
from codes.pricing.rules import IMAGING_PROFESSIONAL
from codes.pricing.surgeons import ASSISTANT, CO_SURGEON, NON_PHYSICIAN_ASSISTANT

# What Medicare pays in each case, as a part of the fee schedule amount; surgery_fields has the words.
SECOND_TECHNICAL = {reduction.indicator: ONCE - reduction.technical for reduction in REDUCTIONS}
SECOND_PROFESSIONAL = {"4": ONCE - IMAGING_PROFESSIONAL[-1].value}
BOTH_SIDES = {"1": BOTH, "2": ONCE, "3": ONCE + ONCE}


def package_shares(subject: Subject) -> Fact | None:
    """How much of the amount belongs to the time before, during and after the operation."""
    row = subject.row
    shares = (row.preoperative_share, row.intraoperative_share, row.postoperative_share)
    if not subject.may_be_paid or not any(shares):
        return None
    before, during, after = (percent(share) for share in shares)
    text = (
        f"Of the amount, {before} is for care before the operation, {during} for the operation and care in "
        f"the hospital, and {after} for care after discharge. These shares divide the payment when one "
        "physician operates and another takes over the care."
    )
    return Fact(
        "package_shares", text, _shares_impact(subject), "Claims Processing Manual, ch. 12, §40.2 and §40.4"
    )


def _shares_impact(subject: Subject) -> str:
    found = surgical_amount(subject.amounts)
    if found is None:
        return ""
    amount, where = found
    row = subject.row
    before, during, after = (
        dollars(share_of(amount, share))
        for share in (row.preoperative_share, row.intraoperative_share, row.postoperative_share)
    )
    return f"{before} before, {during} for the operation, {after} after, of {dollars(amount)} {where}."


def multiple_procedures(subject: Subject) -> Fact | None:
    """What other procedures of the day do to the amount."""
    said = subject.says("multiple_procedure")
    return (
        from_meaning("multiple_procedures", said, _multiple_impact(subject)) if subject.may_be_paid else None
    )


def _multiple_impact(subject: Subject) -> str:
    rule = subject.row.multiple_procedure
    if rule == "2":
        impact = in_each_setting(subject.amounts, HALF)
        return f"Ranked second to fifth: {impact}." if impact else ""
    technical = None if _may_be_capped(subject) else subject.amounts.technical
    parts = (
        ("modifier TC", technical, SECOND_TECHNICAL.get(rule)),
        ("modifier 26", subject.amounts.professional, SECOND_PROFESSIONAL.get(rule)),
    )
    changed = [
        f"{dollars(share_of(amount, share))} instead of {dollars(amount)} for {part}"
        for part, amount, share in parts
        if amount is not None and share is not None
    ]
    return f"Ranked second: {', '.join(changed)}." if changed else ""


def _may_be_capped(subject: Subject) -> bool:
    """Whether the hospital outpatient amount can lower the technical part: the reduction is taken from the amount
    before that, which is not known here."""
    row = subject.priced_row("TC")
    if row is None or not has_opps_amount(row):
        return False
    return row.opps_nonfacility_pe < row.nonfacility_pe_rvu or row.opps_malpractice < row.malpractice_rvu


def bilateral(subject: Subject) -> Fact | None:
    """What both sides pay."""
    said = subject.says("bilateral_surgery")
    share = BOTH_SIDES.get(said.value) if subject.may_be_paid else None
    impact = in_each_setting(subject.amounts, share) if share else ""
    return from_meaning("bilateral", said, f"For both sides: {impact}.") if impact else None


def assistant(subject: Subject) -> Fact | None:
    """What an assistant at surgery is paid."""
    said = subject.says("assistant_surgery")
    found = surgical_amount(subject.amounts)
    if not subject.may_be_paid or said.value != "2" or found is None:
        return None
    physician, practitioner = (
        dollars(share_of(found[0], share)) for share in (ASSISTANT, NON_PHYSICIAN_ASSISTANT)
    )
    impact = f"{physician} for a physician, {practitioner} for another practitioner, {found[1]}."
    return from_meaning("assistant", said, impact)


def co_surgeons(subject: Subject) -> Fact | None:
    """What each of two surgeons is paid."""
    said = subject.says("co_surgeons")
    found = surgical_amount(subject.amounts)
    if not subject.may_be_paid or said.value not in ("1", "2") or found is None:
        return None
    return from_meaning(
        "co_surgeons", said, f"{dollars(share_of(found[0], CO_SURGEON))} for each, {found[1]}."
    )
