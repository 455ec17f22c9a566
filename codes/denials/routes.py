"""The steps that may follow a denial, each with how it is taken, its source, and which last day it has.

Of Original Medicare they are certain: 42 CFR part 405, subpart I; Claims Processing Manual, ch. 1, 29 and 34. Of other
payers the step is right and the days stand in the contract or the plan's manual.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from codes.denials.payers import Payer


class Route(StrEnum):
    """What to do after a denial: one of these and no other."""

    NEW_CLAIM = "new_claim"
    REPLACEMENT = "replacement_claim"
    REOPENING = "reopening"
    REDETERMINATION = "redetermination"
    RECONSIDERATION = "reconsideration"
    PAYER_APPEAL = "payer_appeal"
    PATIENT = "bill_patient"
    OTHER_PAYER = "bill_other_payer"
    RECORDS = "send_records"
    INFORMATION = "get_information"
    WRITE_OFF = "write_off"
    WAIT = "wait"
    NO_ACTION = "no_action"


class Step(NamedTuple):
    """How a route is taken: its name on the page, what to do in words, and where that is laid down."""

    title: str
    words: str
    citation: str = ""


STEPS: Mapping[Route, Step] = {
    Route.NEW_CLAIM: Step(
        "Send a new claim",
        "Correct it and send it as a new claim within one calendar year of the date of service. Nothing was decided, "
        "so there is nothing to appeal or reopen.",
        "Claims Processing Manual, ch. 1, §80.3; 42 CFR 424.44",
    ),
    Route.REPLACEMENT: Step(
        "Send a replacement claim",
        "Send the whole claim again with frequency code 7 and the payer's claim number, within the payer's time limit "
        "for corrected claims.",
    ),
    Route.REOPENING: Step(
        "Ask for a clerical error reopening",
        "Ask the MAC by phone, portal or form, within one year of the remittance. It isn't an appeal. Some MACs don't "
        "take every modifier this way; if yours declines, the redetermination stays open for its 120 days.",
        "42 CFR 405.980(a)(3) and (c); Claims Processing Manual, ch. 34, §10.4 and §10.6.2",
    ),
    Route.REDETERMINATION: Step(
        "Ask for a redetermination",
        "Send form CMS-20027 or a letter with the records. The MAC must have it within 120 days of receipt of the "
        "remittance, which counts as received 5 days after its date.",
        "42 CFR 405.940 to 405.944; Claims Processing Manual, ch. 29, §310",
    ),
    Route.RECONSIDERATION: Step(
        "Ask for a reconsideration",
        "The first appeal has been decided. The next is decided by the independent contractor (QIC) that the letter "
        "names, within 180 days of receipt; send all evidence now.",
        "42 CFR 405.960 to 405.966; Claims Processing Manual, ch. 29, §320",
    ),
    Route.PAYER_APPEAL: Step(
        "Appeal to the payer",
        "Use the payer's own appeal or dispute process and send the records. The denial notice or your contract states "
        "the time limit.",
    ),
    Route.PATIENT: Step(
        "Bill the patient",
        "The patient, or the patient's secondary insurer, owes it. Don't appeal it.",
    ),
    Route.OTHER_PAYER: Step(
        "Bill another payer",
        "Find who is to pay on the date of service and send that payer a claim. Don't appeal it here.",
    ),
    Route.RECORDS: Step(
        "Send the records asked for",
        "Send exactly what was asked for, with the request on top. A denial for records that did not come is "
        "handled as a reopening, not as an appeal.",
        "42 CFR 405.980(a)(2); Claims Processing Manual, ch. 34, §10.3",
    ),
    Route.INFORMATION: Step(
        "Get information first",
        "Find out what is asked below; the answer decides the next step. Don't appeal it and don't send it again yet.",
    ),
    Route.WRITE_OFF: Step(
        "Write it off",
        "Nothing lifts this denial. Don't bill the patient, and don't appeal it.",
    ),
    Route.WAIT: Step(
        "Wait",
        "No decision has been made here yet, or it comes from another payer. Don't send the claim again.",
    ),
    Route.NO_ACTION: Step(
        "No action: post it",
        "It isn't a denial. Post the adjustment as shown.",
    ),
}

# What takes the place of Medicare's ways with a payer that does not have them.
ELSEWHERE: Mapping[Route, Route] = {
    Route.REOPENING: Route.REPLACEMENT,
    Route.REDETERMINATION: Route.PAYER_APPEAL,
    Route.RECONSIDERATION: Route.PAYER_APPEAL,
}
# Remarks that say that nothing was decided: a new claim with every payer.
UNDECIDED = frozenset({"MA130", "N142", "N517"})

UNCERTAIN: Mapping[Payer, str] = {
    Payer.ADVANTAGE: "Medicare Advantage plans follow Medicare's coverage rules, but your contract sets how a claim is "
    "corrected or disputed and until when. Without a contract: the plan's own appeal (42 CFR 422.582).",
    Payer.MEDICAID: "Each state, and each Medicaid plan, has its own forms and time limits: check the provider manual.",
    Payer.COMMERCIAL: "Your contract or the plan's provider manual sets forms and time limits: only Medicare's are "
    "known here.",
}
RECORDS_ELSEWHERE = (
    "Send exactly what was asked for, by the date in the payer's request, with the request on top."
)


def route_for(route: Route, payer: Payer, remarks: frozenset[str]) -> Route:
    """The route with this payer: reopenings and redeterminations are Medicare's own.

    >>> route_for(Route.REOPENING, Payer.COMMERCIAL, frozenset()).value
    'replacement_claim'
    """
    if payer is Payer.MEDICARE:
        return route
    if route is Route.NEW_CLAIM:
        return route if remarks & UNDECIDED else Route.REPLACEMENT
    return ELSEWHERE.get(route, route)


def step_of(route: Route, payer: Payer) -> Step:
    """How the route is taken with this payer; without Medicare's sources where they don't hold."""
    step = STEPS[route]
    if payer is Payer.MEDICARE:
        return step
    words = RECORDS_ELSEWHERE if route is Route.RECORDS else step.words
    return Step(step.title, words)
