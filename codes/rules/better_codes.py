"""Codes that together have one comprehensive code: NCCI Policy Manual 2026, ch. I, §A (unbundling) and §N (panels)."""

from typing import NamedTuple

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import rivals, take_off
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Match, Rule, Test


class Combination(NamedTuple):
    """Codes of one service, the first of which becomes the better code, and where that is said."""

    parts: tuple[str, ...]
    better: str
    service: str
    citation: str


UNBUNDLING = "NCCI Policy Manual 2026, ch. I, §A"
JOINTS = f"{UNBUNDLING}; ch. IV"
DIGESTIVE = f"{UNBUNDLING}; ch. VI"
IMAGING = f"{UNBUNDLING}; ch. IX"
MEDICINE = f"{UNBUNDLING}; ch. XI"
PANELS = "NCCI Policy Manual 2026, ch. I, §N; ch. X, §C"
COMBINATIONS = (
    Combination(("20600", "76942"), "20604", "a small joint injection with ultrasound", JOINTS),
    Combination(("20605", "76942"), "20606", "an intermediate joint injection with ultrasound", JOINTS),
    Combination(("20610", "76942"), "20611", "a large joint injection with ultrasound", JOINTS),
    Combination(("22612", "22630"), "22633", "lumbar fusion by both approaches at one level", JOINTS),
    Combination(("43235", "43239"), "43239", "an upper endoscopy with biopsy", DIGESTIVE),
    Combination(("45378", "45380"), "45380", "a colonoscopy with biopsy", DIGESTIVE),
    Combination(("45378", "45385"), "45385", "a colonoscopy with snare removal", DIGESTIVE),
    Combination(("93005", "93010"), "93000", "an ECG with tracing and interpretation", MEDICINE),
    Combination(("93041", "93042"), "93040", "a rhythm strip with tracing and interpretation", MEDICINE),
    Combination(
        ("93016", "93017", "93018"), "93015", "a stress test done entirely by one practice", MEDICINE
    ),
    Combination(
        ("93225", "93226", "93227"), "93224", "Holter monitoring done entirely by one practice", MEDICINE
    ),
    Combination(
        ("93307", "93320", "93325"), "93306", "a complete echocardiogram with Doppler and color", MEDICINE
    ),
    Combination(("94010", "94060"), "94060", "spirometry before and after a bronchodilator", MEDICINE),
    Combination(("92553", "92556"), "92557", "comprehensive audiometry", MEDICINE),
    Combination(("92567", "92568"), "92550", "tympanometry with reflex thresholds", MEDICINE),
    Combination(("70450", "70460"), "70470", "CT of the head without, then with contrast", IMAGING),
    Combination(("70490", "70491"), "70492", "CT of the neck without, then with contrast", IMAGING),
    Combination(("70551", "70552"), "70553", "MRI of the brain without, then with contrast", IMAGING),
    Combination(("71250", "71260"), "71270", "CT of the chest without, then with contrast", IMAGING),
    Combination(
        ("72141", "72142"), "72156", "MRI of the cervical spine without, then with contrast", IMAGING
    ),
    Combination(
        ("72146", "72147"), "72157", "MRI of the thoracic spine without, then with contrast", IMAGING
    ),
    Combination(("72148", "72149"), "72158", "MRI of the lumbar spine without, then with contrast", IMAGING),
    Combination(("72192", "72193"), "72194", "CT of the pelvis without, then with contrast", IMAGING),
    Combination(("74150", "74160"), "74170", "CT of the abdomen without, then with contrast", IMAGING),
    Combination(("72192", "74150"), "74176", "CT of abdomen and pelvis without contrast", IMAGING),
    Combination(("72193", "74160"), "74177", "CT of abdomen and pelvis with contrast", IMAGING),
    Combination(("72194", "74170"), "74178", "CT of abdomen and pelvis without, then with contrast", IMAGING),
    Combination(("72191", "74175"), "74174", "CT angiography of abdomen and pelvis", IMAGING),
    Combination(("77080", "77086"), "77085", "an axial bone density study with fracture assessment", IMAGING),
    Combination(("82465", "83718", "84478"), "80061", "a lipid panel", PANELS),
    Combination(("82374", "82435", "84132", "84295"), "80051", "an electrolyte panel", PANELS),
    Combination(
        ("82310", "82374", "82435", "82565", "82947", "84132", "84295", "84520"),
        "80048",
        "a basic metabolic panel",
        PANELS,
    ),
    Combination(
        ("82040", "82247", "82248", "84075", "84155", "84450", "84460"),
        "80076",
        "a hepatic function panel",
        PANELS,
    ),
    Combination(
        (
            *("82040", "82247", "82310", "82374", "82435", "82565", "82947"),
            *("84075", "84132", "84155", "84295", "84450", "84460", "84520"),
        ),
        "80053",
        "a comprehensive metabolic panel",
        PANELS,
    ),
    Combination(("86705", "86709", "86803", "87340"), "80074", "an acute hepatitis panel", PANELS),
    Combination(("85004", "85027"), "85025", "a complete blood count with automated differential", PANELS),
)
# One side billed twice, and the code for both sides (NCCI Policy Manual 2026, ch. I, §A).
BOTH_SIDES = {
    "71100": ("71110", "ribs of both sides"),
    "73501": ("73521", "both hips with pelvis, two views"),
    "77065": ("77066", "a diagnostic mammogram of both breasts"),
    "93882": ("93880", "a carotid duplex study of both sides"),
    "93926": ("93925", "an arterial duplex study of both legs"),
    "93931": ("93930", "an arterial duplex study of both arms"),
    "93971": ("93970", "a venous duplex study of both sides"),
}
# Psychotherapy alone, and the add-on beside a visit, with its minutes (NCCI Policy Manual 2026, ch. XI, §C).
WITH_A_VISIT = {"90832": ("90833", "30"), "90834": ("90836", "45"), "90837": ("90838", "60")}
VISITS_WITH_THERAPY = code_set("99202-99205 99211-99215 99221-99239 99304-99316 99341-99350")
SEPARATE = frozenset({"59", "XE", "XP", "XS", "XU"})
FIRST_INFUSIONS = code_set("96365 96413")


def _part_of_more(combination: Combination, claim: Claim) -> bool:
    """Whether a larger combination of the claim contains this one: then only the larger is suggested."""
    billed = {line.code for line in claim.lines}
    return any(set(combination.parts) < set(more.parts) <= billed for more in COMBINATIONS)


def _combined(combination: Combination) -> Rule:
    first, *rest = combination.parts

    def matches(line: ClaimLine, claim: Claim) -> Match | None:
        others = [claim.with_codes(frozenset({code})) for code in rest]
        if not all(others) or line.modifiers & SEPARATE or _part_of_more(combination, claim):
            return None
        dropped = tuple(Change(ChangeKind.DROP_LINE, found[0].number) for found in others)
        changes = (Change(ChangeKind.REPLACE_CODE, line.number, combination.better), *dropped)
        return Match(others=tuple(found[0] for found in others), changes=changes)

    return Rule(
        name=f"{'-'.join(combination.parts[:2])}-is-{combination.better}",
        effect=Effect.CONSIDER,
        codes=code_set(first),
        sentence=f"{combination.better} is the code for {combination.service}.",
        fix=f"Bill {combination.better} once in place of {', '.join(combination.parts)}.",
        citation=combination.citation,
        matches=matches,
        looks_at_other_lines=True,
    )


def _twice(code: str) -> Test:
    """The first of two lines of one code."""
    better, _ = BOTH_SIDES[code]

    def matches(line: ClaimLine, claim: Claim) -> Match | None:
        others = claim.with_codes(frozenset({code}), besides=line)
        if not others or rivals(line, claim, (code,)):
            return None
        changes = [Change(ChangeKind.REPLACE_CODE, line.number, better)]
        changes += [take_off(line, modifier) for modifier in ("LT", "RT") if modifier in line.modifiers]
        changes += [Change(ChangeKind.DROP_LINE, other.number) for other in others]
        return Match(others=others, changes=tuple(changes))

    return matches


def _both_sides(code: str) -> Rule:
    better, service = BOTH_SIDES[code]
    return Rule(
        name=f"{code}-twice-is-{better}",
        effect=Effect.CONSIDER,
        codes=code_set(code),
        sentence=f"{better} is the code for {service}.",
        fix=f"Bill {better} once in place of two lines of {code}.",
        citation=UNBUNDLING,
        matches=_twice(code),
        looks_at_other_lines=True,
    )


def _with_a_visit(code: str) -> Rule:
    better, minutes = WITH_A_VISIT[code]

    def matches(line: ClaimLine, claim: Claim) -> Match | None:
        visits = claim.with_codes(VISITS_WITH_THERAPY)
        if not visits:
            return None
        return Match(others=visits, changes=(Change(ChangeKind.REPLACE_CODE, line.number, better),))

    return Rule(
        name=f"{code}-with-visit-is-{better}",
        effect=Effect.CONSIDER,
        codes=code_set(code),
        sentence=f"With a medical visit of the same practitioner, {minutes} minutes of psychotherapy are {better}.",
        fix=f"Bill {better} in place of {code}, and don't count the visit's time as therapy.",
        citation="NCCI Policy Manual 2026, ch. XI, §C",
        matches=matches,
        looks_at_other_lines=True,
    )


def _push_after_infusion(line: ClaimLine, claim: Claim) -> Match | None:
    infusions = claim.with_codes(FIRST_INFUSIONS)
    if not infusions or line.modifiers & SEPARATE:
        return None
    return Match(others=infusions, changes=(Change(ChangeKind.REPLACE_CODE, line.number, "96375"),))


def _both_panels(line: ClaimLine, claim: Claim) -> Match | None:
    others = claim.with_codes(frozenset({"80076"}))
    if not others:
        return None
    changes = (
        Change(ChangeKind.REPLACE_CODE, line.number, "80053"),
        Change(ChangeKind.REPLACE_CODE, others[0].number, "82248"),
    )
    return Match(others=others, changes=changes)


RULES = (
    *(_combined(combination) for combination in COMBINATIONS),
    *(_both_sides(code) for code in BOTH_SIDES),
    *(_with_a_visit(code) for code in WITH_A_VISIT),
    Rule(
        name="80048-80076-is-80053",
        effect=Effect.CONSIDER,
        codes=code_set("80048"),
        sentence="80053 covers a basic metabolic and a hepatic panel, all but direct bilirubin (82248).",
        fix="Bill 80053, and 82248 if direct bilirubin was ordered, in place of 80048 and 80076.",
        citation=PANELS,
        matches=_both_panels,
        looks_at_other_lines=True,
    ),
    Rule(
        name="second-initial-infusion-code",
        effect=Effect.CONSIDER,
        codes=code_set("96374"),
        sentence="Only one initial code is paid for an IV site: a push with an infusion is 96375.",
        fix="Bill 96375 in place of 96374, or 59 for a second IV site.",
        citation="NCCI Policy Manual 2026, ch. XI, §B",
        matches=_push_after_infusion,
        looks_at_other_lines=True,
    ),
)
