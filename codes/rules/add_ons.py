"""Add-on codes whose primary code CMS's list does not name: global days ZZZ.

NCCI Policy Manual 2026, ch. I, §R; Claims Processing Manual, ch. 12, §30. What the list names is
judged by `codes.ncci.addon`. Skin substitute products carry ZZZ too but are supplies.
"""

from codes.pricing.code_sets import code_set
from codes.rules.types import Claim, ClaimLine, Effect, Match, Rule

CITATION = "Physician fee schedule, global days ZZZ; NCCI Policy Manual 2026, ch. I, §R"
PRODUCTS = code_set("A2001-A2099 Q4100-Q4499")
WITH_OWN_RULE = code_set("G2211 G0316-G0318 G0513 G0514 G0568-G0570 99417 99418 99359")


def _is_unlisted_add_on(line: ClaimLine, claim: Claim) -> bool:
    """Whether global days alone say that a code is an add-on, and no rule of its own says with what."""
    listed = line.code in (claim.listed_add_ons or frozenset())
    return line.global_days == "ZZZ" and not listed and line.code not in PRODUCTS | WITH_OWN_RULE


def _possible_primaries(line: ClaimLine, claim: Claim) -> tuple[ClaimLine, ...]:
    return tuple(other for other in claim.others(line) if other.global_days not in ("", "ZZZ"))


def _alone(line: ClaimLine, claim: Claim) -> Match | None:
    return Match() if _is_unlisted_add_on(line, claim) and not _possible_primaries(line, claim) else None


def _with_others(line: ClaimLine, claim: Claim) -> Match | None:
    """Nothing where CMS's list is not loaded: it may well name the primary code."""
    others = _possible_primaries(line, claim)
    unlisted = claim.listed_add_ons is not None and _is_unlisted_add_on(line, claim)
    return Match(others=others) if unlisted and others else None


RULES = (
    Rule(
        name="add-on-alone",
        effect=Effect.NOT_PAID,
        sentence="Global days ZZZ: an add-on code isn't paid without its primary code.",
        fix="Bill the primary code on the same claim.",
        citation=CITATION,
        reasons=("CARC 107", "RARC N122"),
        liability="provider",
        matches=_alone,
        looks_at_other_lines=True,
    ),
    Rule(
        name="add-on-not-listed",
        effect=Effect.PAID_ONLY_WITH,
        sentence="Global days ZZZ: it needs a primary code; CMS's add-on list doesn't name which.",
        fix="Check that one of the other lines is the primary code that CPT or CMS names.",
        citation=CITATION,
        matches=_with_others,
        looks_at_other_lines=True,
    ),
)
