"""Local coverage: the diagnoses that the billing articles of the contractor list for a service.

A contractor covers a service by its local coverage determinations, and lists the diagnoses in billing articles (Program
Integrity Manual, ch. 13). What an article says is read before (`codes.diagnoses.support`); a list that leaves it open
which code it is for brings no denial.
"""

from codes.rules.types import Claim, ClaimLine, Doubt, Effect, Match, Rule, Test

NECESSITY = "Social Security Act §1862(a)(1)(A); Program Integrity Manual, ch. 13"


def _doubted(kind: Doubt) -> Test:
    """A line whose code an article has this against, said in the words of that article."""

    def matches(line: ClaimLine, claim: Claim) -> Match | None:
        found = claim.coverage.get((line.code, line.line.pointers))
        return Match(sentence=found[1]) if found and found[0] is kind else None

    return matches


RULES = (
    Rule(
        name="diagnosis-excluded-by-article",
        effect=Effect.NOT_PAID,
        sentence="The MAC's article on this service excludes the diagnosis, and no other on the claim supports it.",
        fix="Report the diagnosis that the record supports; without one it isn't covered, and needs an ABN before.",
        citation=NECESSITY,
        reasons=("CARC 50", "CARC 167"),
        liability="provider",
        matches=_doubted(Doubt.EXCLUDED),
    ),
    Rule(
        name="diagnosis-not-in-article",
        effect=Effect.AT_RISK,
        sentence="The MAC's article lists the diagnoses that support this service; yours isn't among them.",
        fix="Look for a listed diagnosis that the record supports; else expect a denial, and get an ABN before.",
        citation=NECESSITY,
        reasons=("CARC 50", "CARC 167"),
        matches=_doubted(Doubt.NOT_LISTED),
    ),
    Rule(
        name="self-administered-drug",
        effect=Effect.AT_RISK,
        sentence="The MAC lists this drug among those that patients usually give themselves: Part B doesn't pay it.",
        fix="Read the article: some routes of administration are paid. Otherwise it is a matter of Part D.",
        citation="Benefit Policy Manual, ch. 15, §50.2",
        matches=_doubted(Doubt.SELF_ADMINISTERED),
    ),
)
