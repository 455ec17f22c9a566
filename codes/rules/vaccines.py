"""Vaccines and giving them: Claims Processing Manual, ch. 18, §10; Benefit Policy Manual, ch. 15, §50.4.4.2.

Part B pays influenza, pneumococcal, hepatitis B and COVID-19 vaccines, each with an administration code of its own and
without cost sharing, and others only to treat an injury or exposure. Part D pays the rest.
"""

from datetime import date
from typing import NamedTuple

from codes.pricing.code_sets import CodeSet, code_set
from codes.rules.tests_of_lines import always
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Fix, Match, Rule, Test

CITATION = "Claims Processing Manual, ch. 18, §10.2.1"
INFLUENZA = code_set(
    "90630 90637 90638 90653-90658 90660-90662 90672-90674 90682 90685-90689 90694 90756 Q2034-Q2039"
)
PNEUMOCOCCAL = code_set("90670 90671 90677 90684 90732")
HEPATITIS_B = code_set("90739 90740 90743 90744 90746 90747 90759")
COVID = code_set("91304 91318-91323")
COVID_SINCE = date(2023, 9, 11)


class VaccineKind(NamedTuple):
    """A kind of vaccine that Part B pays, and the code for giving it."""

    name: str
    words: str
    vaccines: CodeSet
    administration: str
    since: date = date.min


KINDS = (
    VaccineKind("influenza", "an influenza", INFLUENZA, "G0008"),
    VaccineKind("pneumococcal", "a pneumococcal", PNEUMOCOCCAL, "G0009"),
    VaccineKind("hepatitis-b", "a hepatitis B", HEPATITIS_B, "G0010"),
    VaccineKind("covid", "a COVID-19", COVID, "90480", COVID_SINCE),
)
PART_B = INFLUENZA | PNEUMOCOCCAL | HEPATITIS_B | COVID
VACCINES = PART_B | code_set("90476-90759")
PART_D = code_set("90678 90679 90683 90736 90750")
AFTER_INJURY = code_set("90675 90676 90714 90715")
GENERAL_ADMINISTRATION = code_set("90460 90461 90471-90474")
ANY_ADMINISTRATION = GENERAL_ADMINISTRATION | code_set("96372 M0201")


def _own_administration(line: ClaimLine, claim: Claim) -> Match | None:
    """Where all vaccines of the claim have an administration code of their own; the first administration line gives the
    first vaccine."""
    vaccines = sorted(claim.with_codes(VACCINES), key=_position)
    if not vaccines or any(vaccine.code not in PART_B for vaccine in vaccines):
        return None
    index = sorted(claim.with_codes(GENERAL_ADMINISTRATION), key=_position).index(line)
    vaccine = vaccines[min(index, len(vaccines) - 1)]
    own = next(kind.administration for kind in KINDS if vaccine.code in kind.vaccines)
    fix = Fix(f"Bill {own} instead.", (Change(ChangeKind.REPLACE_CODE, line.number, own),))
    words = f"Medicare accepts {own}, not {line.code}, for giving {vaccine.code}; the patient owes nothing."
    return Match(others=(vaccine,), sentence=words, fix=fix)


def _position(line: ClaimLine) -> tuple[str, list[str], int]:
    """By code, wherever the line stands on the claim."""
    return line.code, sorted(line.modifiers), line.number


def _without_administration(administration: str) -> Test:
    accepted = code_set(administration) | ANY_ADMINISTRATION

    def test(line: ClaimLine, claim: Claim) -> Match | None:
        if claim.with_codes(accepted):
            return None
        return Match(changes=(Change(ChangeKind.ADD_LINE, 0, administration),))

    return test


def _without_vaccine(codes: CodeSet) -> Test:
    def test(line: ClaimLine, claim: Claim) -> Match | None:
        return None if claim.with_codes(codes) else Match()

    return test


def _suggestions(kind: VaccineKind) -> tuple[Rule, ...]:
    """A vaccine without the code for giving it, and the other way round."""
    code = kind.administration
    return (
        Rule(
            name=f"consider-{kind.name}-administration",
            effect=Effect.CONSIDER,
            codes=kind.vaccines,
            since=kind.since,
            sentence=f"Giving {kind.words} vaccine is {code}: Medicare pays it in full.",
            fix=f"Add {code}.",
            citation=CITATION,
            matches=_without_administration(code),
            looks_at_other_lines=True,
        ),
        Rule(
            name=f"consider-{kind.name}-vaccine",
            effect=Effect.CONSIDER,
            codes=code_set(code),
            since=kind.since,
            sentence=f"{code} is for giving {kind.words} vaccine; the vaccine itself is a separate line.",
            fix="Add the vaccine if your practice bought it.",
            citation=CITATION,
            matches=_without_vaccine(kind.vaccines),
            looks_at_other_lines=True,
        ),
    )


def _gives_only_part_d(line: ClaimLine, claim: Claim) -> Match | None:
    """Nothing but Part D vaccines to give."""
    vaccines = claim.with_codes(VACCINES)
    return Match(others=vaccines) if vaccines and all(other.code in PART_D for other in vaccines) else None


RULES = (
    Rule(
        name="vaccine-under-part-d",
        effect=Effect.NOT_PAID,
        codes=PART_D,
        sentence="Part D, not Part B, covers the shingles and RSV vaccines, their administration included.",
        fix="Bill the patient's Part D plan.",
        citation="Social Security Act §1861(s)(10); Benefit Policy Manual, ch. 15, §50.4.4.2",
        reasons=("CARC 96",),
        liability="patient",
        matches=always,
    ),
    Rule(
        name="administration-under-part-d",
        effect=Effect.NOT_PAID,
        codes=code_set("90471 90472"),
        sentence="Giving a Part D vaccine isn't paid by Part B either.",
        fix="Bill the patient's Part D plan for vaccine and administration together.",
        citation="Benefit Policy Manual, ch. 15, §50.4.4.2; MLN908764, Medicare Part D Vaccines",
        reasons=("CARC 96",),
        liability="patient",
        matches=_gives_only_part_d,
        looks_at_other_lines=True,
    ),
    Rule(
        name="vaccine-after-injury",
        effect=Effect.PAID_ONLY_WITH,
        codes=AFTER_INJURY,
        sentence="Part B covers tetanus and rabies vaccines only for an injury or exposure; boosters are Part D.",
        fix="Bill the injury or exposure diagnosis; send a routine booster to the Part D plan.",
        citation="Benefit Policy Manual, ch. 15, §50.4.4.2",
        liability="patient",
        matches=always,
    ),
    Rule(
        name="vaccine-administration",
        effect=Effect.NOT_PAID,
        codes=GENERAL_ADMINISTRATION,
        sentence="Medicare accepts G0008, G0009, G0010 or 90480 for Part B vaccines, not 90471 and the like.",
        fix="Bill the administration code of the vaccine.",
        citation=CITATION,
        liability="provider",
        matches=_own_administration,
        looks_at_other_lines=True,
    ),
    *(rule for kind in KINDS for rule in _suggestions(kind)),
)
