"""Drug units against the vial that was opened, where the biller states how many units it holds.

Claims Processing Manual, ch. 17, §40: what was given and what was discarded make up the container.
"""

from datetime import date

from codes.rules.needs import DRUG_CITATION
from codes.rules.tests_of_lines import take_off
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Fix, Match, Rule


def _of_the_drug(line: ClaimLine, claim: Claim) -> tuple[int, tuple[ClaimLine, ...]]:
    """The units of a drug on all its lines, and the other lines."""
    others = tuple(other for other in claim.others(line) if other.code == line.code)
    return line.line.units + sum(other.line.units for other in others), others


def _waste_with_jz(line: ClaimLine, claim: Claim) -> Match | None:
    vial, (billed, _) = claim.facts.vial_units, _of_the_drug(line, claim)
    if vial is None or "JZ" not in line.modifiers or billed >= vial:
        return None
    wasted = vial - billed
    fix = Fix(
        f"Take JZ off and bill the {wasted} discarded units on a separate line with JW.",
        (take_off(line, "JZ"), Change(ChangeKind.ADD_LINE, 0, f"{line.code}-JWx{wasted}")),
    )
    return Match(
        sentence=f"JZ says nothing was discarded, but the vial holds {vial} units and {billed} are billed.",
        fix=fix,
    )


def _more_than_the_vial(line: ClaimLine, claim: Claim) -> Match | None:
    vial, (billed, others) = claim.facts.vial_units, _of_the_drug(line, claim)
    if vial is None or not line.modifiers & {"JW", "JZ"} or billed <= vial:
        return None
    return Match(others, sentence=f"The vials hold {vial} units and {billed} are billed, waste included.")


RULES = (
    Rule(
        name="jz-with-waste",
        effect=Effect.AT_RISK,
        since=date(2023, 7, 1),
        sentence="JZ says that nothing was discarded, but the vial holds more units than were billed.",
        fix="Take JZ off and bill the discarded units on a separate line with JW.",
        citation=DRUG_CITATION,
        liability="provider",
        modifiers=frozenset({"JZ"}),
        matches=_waste_with_jz,
        looks_at_other_lines=True,
    ),
    Rule(
        name="more-units-than-the-vials-hold",
        effect=Effect.AT_RISK,
        since=date(2023, 7, 1),
        sentence="Units given and discarded can't exceed what the opened vials hold.",
        fix="Count the units of the vials that were opened, and bill those.",
        citation=DRUG_CITATION,
        liability="provider",
        modifiers=frozenset({"JW", "JZ"}),
        matches=_more_than_the_vial,
        looks_at_other_lines=True,
    ),
)
