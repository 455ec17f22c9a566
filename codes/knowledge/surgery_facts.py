"""Sentences about several procedures, both sides and several surgeons."""

from codes.formatting import dollars
from codes.knowledge.fact import (
    ONCE,
    OUTSIDE,
    Fact,
    Subject,
    from_meaning,
    in_each_setting,
    share_of,
    surgical_amount,
    total_rvu,
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


def multiple_procedures(subject: Subject) -> Fact | None:
    """What other procedures of the day do to the amount."""
    said = subject.says("multiple_procedure")
    if not subject.may_be_paid or said.value == "9":
        return None
    if said.value == "0" and not (subject.is_surgical or subject.row.global_days == "ZZZ"):
        return None
    fact = from_meaning("multiple_procedures", said, _multiple_impact(subject))
    if said.value == "5" and subject.is_priced:
        return Fact(fact.key, f"{fact.text} {_practice_expense(subject)}", fact.impact, fact.citation)
    return fact


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


def _practice_expense(subject: Subject) -> str:
    expense, total = subject.row.nonfacility_pe_rvu, total_rvu(subject.row, "nonfacility")
    return f"Practice expense is {expense} of this code's {total} RVUs {OUTSIDE}."


def endoscopic_base(subject: Subject) -> Fact | None:
    """The family of an endoscopy."""
    base = subject.row.endoscopic_base
    if not base:
        return None
    text = (
        f"The base code of its endoscopy family is {base}. Billed together with this code, {base} "
        "is included and pays nothing."
    )
    return Fact("endoscopic_base", text, "", "Claims Processing Manual, ch. 12, §40.6")


def bilateral(subject: Subject) -> Fact | None:
    """What both sides pay. Only of surgery is it said that a code pays once."""
    said = subject.says("bilateral_surgery")
    if not subject.may_be_paid or said.value == "9" or (said.value == "0" and not subject.is_surgical):
        return None
    share = BOTH_SIDES.get(said.value)
    impact = in_each_setting(subject.amounts, share) if share else ""
    return from_meaning("bilateral", said, f"For both sides: {impact}." if impact else "")


def assistant(subject: Subject) -> Fact | None:
    """Whether an assistant at surgery is paid."""
    said = subject.says("assistant_surgery")
    if not subject.may_be_paid or said.value == "9" or (said.value == "0" and not subject.is_surgical):
        return None
    found = surgical_amount(subject.amounts)
    if said.value != "2" or found is None:
        return from_meaning("assistant", said)
    physician, practitioner = (
        dollars(share_of(found[0], share)) for share in (ASSISTANT, NON_PHYSICIAN_ASSISTANT)
    )
    impact = f"{physician} for a physician, {practitioner} for another practitioner, {found[1]}."
    return from_meaning("assistant", said, impact)


def co_surgeons(subject: Subject) -> Fact | None:
    """Whether two surgeons are paid."""
    said = subject.says("co_surgeons")
    if not subject.may_be_paid or said.value == "9" or (said.value == "0" and not subject.is_surgical):
        return None
    found = surgical_amount(subject.amounts)
    if said.value not in ("1", "2") or found is None:
        return from_meaning("co_surgeons", said)
    return from_meaning(
        "co_surgeons", said, f"{dollars(share_of(found[0], CO_SURGEON))} for each, {found[1]}."
    )


def team(subject: Subject) -> Fact | None:
    """Whether a team is paid."""
    said = subject.says("team_surgery")
    if not subject.may_be_paid or said.value == "9" or (said.value == "0" and not subject.is_surgical):
        return None
    return from_meaning("team", said)
