"""Modifiers that change what Medicare pays: the three-day window and the shortage area bonus.

Claims Processing Manual, ch. 12, §90.4 (shortage areas) and §90.7 (payment window); 76 FR 73279 (CY 2012 final rule).
"""

from codes.pricing.patient_share import earns_bonus
from codes.pricing.payment_window import CITATION as WINDOW
from codes.pricing.payment_window import SINCE as WINDOW_SINCE
from codes.pricing.payment_window import is_of_the_hospital
from codes.rules.tests_of_lines import take_off
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule

BONUS = "Claims Processing Manual, ch. 12, §90.4; Social Security Act §1833(m)"


def _in_window(line: ClaimLine, claim: Claim) -> Match | None:
    paid = "PD" in line.modifiers and not is_of_the_hospital(line.row, line.modifiers)
    return Match() if paid else None


def _technical_in_window(line: ClaimLine, claim: Claim) -> Match | None:
    hospital = "PD" in line.modifiers and is_of_the_hospital(line.row, line.modifiers)
    return Match() if hospital else None


def _earns_bonus(line: ClaimLine, claim: Claim) -> bool:
    return claim.practitioner == "physician" and earns_bonus(line.row, line.modifiers)


def _bonus(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if "AQ" in line.modifiers and _earns_bonus(line, claim) else None


def _no_bonus(line: ClaimLine, claim: Claim) -> Match | None:
    if "AQ" not in line.modifiers or _earns_bonus(line, claim):
        return None
    return Match(changes=(take_off(line, "AQ"),))


RULES = (
    Rule(
        name="payment-window-technical",
        effect=Effect.NOT_PAID,
        since=WINDOW_SINCE,
        sentence="With PD technical, global-only and incident-to services belong on the hospital's inpatient claim.",
        fix="Give the cost to the hospital; bill only the professional component or code with PD.",
        citation=WINDOW,
        liability="provider",
        modifiers=frozenset({"PD"}),
        matches=_technical_in_window,
    ),
    Rule(
        name="payment-window",
        effect=Effect.AMOUNT,
        since=WINDOW_SINCE,
        sentence="PD (three-day window) pays the facility amount, and of a test only the professional component.",
        fix="Keep PD if the hospital that owns you admitted the patient within three days.",
        citation=WINDOW,
        modifiers=frozenset({"PD"}),
        matches=_in_window,
    ),
    Rule(
        name="shortage-area-bonus",
        effect=Effect.AMOUNT,
        sentence="AQ earns physicians a quarterly 10 % bonus on professional services; of a test, on the 26 part.",
        fix="Use AQ only where your ZIP code isn't on CMS's automatic bonus list.",
        citation=BONUS,
        modifiers=frozenset({"AQ"}),
        matches=_bonus,
    ),
    Rule(
        name="no-shortage-area-bonus",
        effect=Effect.CONSIDER,
        sentence="AQ earns nothing here: the bonus is for physicians' professional services only.",
        fix="Take AQ off; of a global-only test bill the professional code with AQ.",
        citation=BONUS,
        modifiers=frozenset({"AQ"}),
        matches=_no_bonus,
    ),
)
