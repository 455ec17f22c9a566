"""A skeleton for the request that a step needs: what is known of the denial, and a place for all that is not ours.

It holds facts only: no patient data is asked for here, so none is filled in, and no argument is made up.
"""

from datetime import date

from codes.denials.advice import Advice
from codes.denials.denial import Denial
from codes.denials.payers import Payer
from codes.denials.routes import Route
from codes.formatting import long_day

SUBJECTS = {
    Route.REOPENING: "Request for a clerical error reopening (42 CFR 405.980)",
    Route.REDETERMINATION: "Request for a redetermination (42 CFR 405.944)",
    Route.RECONSIDERATION: "Request for a reconsideration (42 CFR 405.964)",
    Route.PAYER_APPEAL: "Appeal of a denied claim",
    Route.RECORDS: "Records in answer to your request",
}
REQUESTS = {
    Route.REOPENING: "Please reopen this claim and correct: [field], from [as billed] to [corrected].",
    Route.REDETERMINATION: "We disagree with this determination because: [facts in the record that meet the policy].",
    Route.RECONSIDERATION: "We disagree with the redetermination because: [what it overlooked].",
    Route.PAYER_APPEAL: "We disagree with this denial because: [facts in the record that meet the policy].",
    Route.RECORDS: "The records that you asked for on [date of the request] are enclosed.",
}


def has_letter(advice: Advice) -> bool:
    """Whether the step is taken by a letter or form."""
    return advice.route in SUBJECTS


def letter(denial: Denial, advice: Advice) -> str:
    """The skeleton as plain text; '' for a step without a letter."""
    if not has_letter(advice):
        return ""
    return "\n".join([*_head(denial, advice), "", *_facts(denial), "", *_body(denial, advice), ""])


def _head(denial: Denial, advice: Advice) -> list[str]:
    addressee = "[MAC: name and address]" if denial.payer is Payer.MEDICARE else "[Payer: name and address]"
    return ["[Date]", "", addressee, "", SUBJECTS[advice.route]]


def _facts(denial: Denial) -> list[str]:
    modifiers = "".join(f"-{modifier}" for modifier in sorted(denial.modifiers))
    reason = f"{denial.group}-{denial.reason}" if denial.group else denial.reason
    return [
        "Patient: [name]",
        "Member or Medicare number: [number]",
        "Claim control number: [ICN]",
        f"Date of service: {_day(denial.date_of_service)}",
        f"Code: {denial.code or '[code]'}{modifiers}",
        *([f"Other code of that day: {denial.other_code}"] if denial.other_code else []),
        f"Units: {denial.units or '[units]'}",
        f"Reason: {reason}{''.join(f', {remark}' for remark in sorted(denial.remarks))}",
        f"Date of the remittance: {_day(denial.notice)}",
        "Billing provider, NPI, TIN: [name, NPI, last 5 of TIN]",
    ]


def _body(denial: Denial, advice: Advice) -> list[str]:
    enclosed = ["Enclosed:", "- Remittance advice", *(f"- {each}" for each in advice.evidence)]
    signed = ["[Signature]", "[Name and title]", "[Phone]"]
    rule = [f"Rule: {advice.source}"] if advice.source else []
    return [REQUESTS[advice.route], *rule, "", *enclosed, "", *signed]


def _day(at: date | None) -> str:
    return long_day(at) if at else "[date]"
