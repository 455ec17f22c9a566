"""Tests that someone must have ordered: the claim names the practitioner who did.

42 CFR 424.507(a); 42 CFR 410.32(a); Claims Processing Manual, ch. 26, §10.4 (items 17 and 17b).
"""

from codes.pricing.code_sets import code_set
from codes.rules.laboratory import TESTS
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule

# Of the images all but screening mammograms, which a patient may ask for herself.
IMAGES = code_set("70010-76499 76506-76999 77046-77062 77065 77066 77071-77086 78012-78999")
TRACINGS = code_set("93000-93042 93303-93352 93880-93998")
ORDERED = TESTS | IMAGES | TRACINGS


def _nobody_named(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if claim.facts.ordering_named is False and "26" not in line.modifiers else None


RULES = (
    Rule(
        name="needs-ordering-practitioner",
        effect=Effect.NEEDS,
        codes=ORDERED,
        sentence="A test needs the name and NPI of the practitioner who ordered it; without them it is returned.",
        fix="Enter the ordering practitioner with qualifier DK (CMS-1500, items 17 and 17b), also if it is yourself.",
        citation="42 CFR 424.507(a); Claims Processing Manual, ch. 26, §10.4",
        reasons=("CARC 16", "RARC N264", "RARC N265"),
        matches=_nobody_named,
    ),
)
