"""The obstetric packages and the care that is in them.

NCCI Policy Manual 2026, ch. VII, §G.1: 59400 and 59510 include antepartum care, the delivery and postpartum care. No
edit of the practitioner table pairs them with the antepartum codes, and none pairs 59400 with 59430; with the packages
after an earlier cesarean (59610, 59618) edits do.
"""

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import drops_beside
from codes.rules.types import Effect, Rule

PACKAGES = code_set("59400 59510")

RULES = (
    Rule(
        name="obstetric-package-includes",
        effect=Effect.NOT_PAID,
        codes=code_set("59425 59426 59430"),
        sentence="The obstetric packages 59400 and 59510 include antepartum and postpartum care.",
        fix="Drop it; extra visits for a high-risk pregnancy are billed as visits.",
        citation="NCCI Policy Manual 2026, ch. VII, §G.1",
        reasons=("CARC 97",),
        liability="provider",
        matches=drops_beside(PACKAGES),
        looks_at_other_lines=True,
    ),
)
