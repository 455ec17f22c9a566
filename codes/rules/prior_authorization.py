"""Services for which a hospital outpatient department needs prior authorization: 42 CFR 419.82 and 419.83.

The hospital asks for it; the physician's claim for the same service is denied with the hospital's. The code lists are
CMS's technical list under 42 CFR 419.83(b).
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule

CITATION = "42 CFR 419.82 and 419.83; CMS, OPD services that require prior authorization"
OUTPATIENT_HOSPITAL = frozenset({"19", "22"})
FIRST, SECOND, THIRD = date(2020, 7, 1), date(2021, 7, 1), date(2023, 7, 1)


def _in_outpatient_hospital(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if line.place_of_service in OUTPATIENT_HOSPITAL else None


def _rule(name: str, codes: str, service: str, since: date) -> Rule:
    return Rule(
        name=f"prior-authorization-{name}",
        effect=Effect.PAID_ONLY_WITH,
        codes=code_set(codes),
        since=since,
        sentence=f"The hospital needs prior authorization for {service}; without it your claim is denied too.",
        fix="Ask the hospital for the decision (its tracking number) before the service.",
        citation=CITATION,
        reasons=("CARC 197",),
        liability="provider",
        matches=_in_outpatient_hospital,
    )


RULES = (
    _rule("blepharoplasty", "15820-15823 67900-67904 67906 67908", "eyelid and brow surgery", FIRST),
    _rule("botulinum", "64612 64615", "botulinum toxin with this injection", FIRST),
    _rule("panniculectomy", "15830 15847 15877", "panniculectomy", FIRST),
    _rule(
        "rhinoplasty",
        "20912 21210 30400 30410 30420 30430 30435 30450 30460 30462 30465 30520",
        "rhinoplasty and related surgery",
        FIRST,
    ),
    _rule("vein-ablation", "36473-36476 36478 36479 36482 36483", "vein ablation", FIRST),
    _rule("cervical-fusion", "22551 22552", "cervical fusion with disc removal", SECOND),
    _rule("spinal-neurostimulator", "63650", "implanted spinal neurostimulators", SECOND),
    _rule("facet-interventions", "64490-64495 64633-64636", "facet joint interventions", THIRD),
)
