"""Each rule with a claim that it catches, the nearest claim that it must not catch, and the day before it began."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from codes.rules import BY_NAME, RULES, Claim, Doubt, Rule, StatedFacts
from codes.rules.better_codes import BOTH_SIDES, COMBINATIONS
from codes.rules.engine import findings_of
from tests.rules.claims import claim


class Case(NamedTuple):
    """`caught` and `spared` are claims as text. Everything else is that of both, but that `spared_pos` and
    `spared_facts`, where given, are the place and the facts of the second."""

    caught: str
    spared: str
    pos: str = "11"
    spared_pos: str = ""
    at: date = date(2026, 8, 1)
    facts: StatedFacts = StatedFacts()
    spared_facts: StatedFacts | None = None
    drugs: frozenset[str] = frozenset()
    waived: frozenset[str] | None = None
    listed: frozenset[str] | None = None
    practitioner: str = "physician"
    coverage: tuple[tuple[str, tuple[Doubt, str]], ...] = ()


KNEE = StatedFacts(global_period_of="27447", days_since=30)
WAIVED = frozenset({"87880", "85025"})

CASES: dict[str, Case] = {
    # liability
    "gz-denied": Case("20610-GZ", "20610-GA"),
    "gy-excluded": Case("20610-GY", "20610"),
    "gx-voluntary-notice": Case("97810-GX", "97810"),
    "gx-with-ga-or-gz": Case("97810-GX-GA", "97810-GX-GY"),
    "ga-notice-on-file": Case("20610-GA", "20610"),
    "ga-with-gz": Case("20610-GA-GZ", "20610-GA"),
    "refraction-excluded": Case("92015", "92014"),
    "routine-physical-excluded": Case("99397", "G0439"),
    "extraspinal-adjustment-excluded": Case("98943", "98942-AT"),
    "hearing-aids-excluded": Case("V5261", "92557"),
    "routine-foot-care": Case("11721", "11721-Q8"),
    "acupuncture-for-back-pain": Case("97810", "97110-GP"),
    # local coverage
    "diagnosis-excluded-by-article": Case(
        "93306", "93308", coverage=(("93306", (Doubt.EXCLUDED, "A50002 excludes it.")),)
    ),
    "diagnosis-not-in-article": Case(
        "20610", "20611", coverage=(("20610", (Doubt.NOT_LISTED, "A50001 doesn't list it.")),)
    ),
    "self-administered-drug": Case(
        "J3030", "J1885", coverage=(("J3030", (Doubt.SELF_ADMINISTERED, "A50004 lists it.")),)
    ),
    # who may bill what
    "medical-visit-by-mental-health-practitioner": Case("99213", "90834", practitioner="csw"),
    "medical-visit-by-therapist": Case("99213", "97161-GP", practitioner="therapist"),
    "dietitian-beyond-nutrition-therapy": Case("99213", "97802", practitioner="rd"),
    # chiropractic
    "chiropractic-needs-at": Case("98941", "98941-AT"),
    "chiropractic-at-with-ga": Case("98941-AT-GA", "98941-AT"),
    # codes that Medicare does not take
    "consultation-codes": Case("99244", "99204"),
    "telemedicine-codes": Case("98014", "98016"),
    "electrical-stimulation-97014": Case("97014", "G0283"),
    "diagnostic-tomosynthesis": Case("77062 77066", "77063 77067"),
    "definitive-drug-tests": Case("80346", "80305"),
    # places
    "invalid-modifier": Case("99213-ZZ", "99213-AT"),
    "split-visit-in-office": Case("99214-FS", "99214-FS", spared_pos="22"),
    "telehealth-needs-patient-there": Case("20610-95", "93797-95", pos="10"),
    "telehealth-if-listed": Case("96116-95", "99214-95", pos="10"),
    "telehealth-at-home-after-2027": Case("99213", "90834", pos="10", at=date(2028, 6, 1)),
    "modifier-95-not-needed": Case("99213-95", "99213-93", pos="10"),
    "split-visit-substantive-portion": Case("99233-FS", "99233", pos="21"),
    "primary-care-exception": Case("99214-GE", "99213-GE"),
    "principal-physician-of-record": Case("99232-AI", "99223-AI", pos="21"),
    "wrong-surgery": Case("20610-PA", "20610"),
    "surgical-modifier-on-visit": Case("99213-80", "99213-25"),
    "surgical-modifier-on-test": Case("71046-80", "71046-26"),
    "surgical-modifier-on-drug": Case("J0897-50", "J0897-JZ"),
    "drug-modifier-elsewhere": Case("96372 99213-JZ", "96372 J0897-JZ"),
    "nurse-visit-in-hospital": Case("99211", "99211", pos="22", spared_pos="11"),
    "teaching-physician-time": Case("99291-GC", "99291", pos="21"),
    "assistant-in-teaching-hospital": Case("27447-82", "27447-80", pos="21"),
    # assistants, co-surgeons, teams, components
    "assistant-not-payable": Case("20610-80", "27447-80", pos="21"),
    "assistant-with-documents": Case("29881-AS", "27447-AS", pos="22"),
    "co-surgeon-not-payable": Case("29881-62", "48554-62", pos="21"),
    "co-surgeon-with-documents": Case("27447-62", "48554-62", pos="21"),
    "team-surgery-not-payable": Case("27447-66", "48554-66", pos="21"),
    "team-surgery-with-documents": Case("33361-66", "48554-66", pos="21"),
    "component-of-undivided-code": Case("93005-TC", "71046-TC"),
    "component-of-billed-test": Case("71046 71046-26", "71046 71046-26-77"),
    # what a modifier asserts
    "distinct-service": Case("20610-XS 11042", "20610-76"),
    "repeated-procedure": Case("71046-76", "71046-59"),
    "increased-work": Case("27447-22", "27447", pos="21"),
    "split-surgical-care": Case("27447-55", "27447-56", pos="21"),
    "substitute-physician": Case("99213-Q6", "99213"),
    "hospice-attending": Case("99213-GV", "99213-GW"),
    "hospice-unrelated": Case("99213-GW", "99213-GV"),
    "anesthesia-medical-direction": Case("00142-QK", "00142-AA"),
    "anesthesia-supervision": Case("00142-AD", "00142-QK"),
    "physical-status": Case("00142-AA-P3", "00142-AA"),
    "film-x-ray": Case("71046-FX", "71046"),
    "computed-radiography": Case("71046-FY", "71046-FX"),
    "scanner-below-standard": Case("71250-CT", "71250"),
    # needs
    "anesthesia-needs-who": Case("00142", "00142-AA"),
    "therapy-needs-plan": Case("97110", "97110-GP"),
    "therapy-threshold-kx": Case("97110-GP-KX", "97110-GP"),
    "therapy-assistant": Case("97110-GP-CQ", "97110-GP"),
    "single-dose-drug-needs-jw-or-jz": Case("J0897", "J0897-JZ", drugs=frozenset({"J0897"})),
    "single-dose-drug-before-enforcement": Case(
        "J0897", "J0897-JZ", drugs=frozenset({"J0897"}), at=date(2023, 8, 1)
    ),
    "jw-with-jz": Case("J0897-JW-JZ", "J0897-JZ"),
    "waste-without-dose": Case("J0897-JW", "J0897 J0897-JW"),
    "therapy-units-by-minutes": Case(
        "97110-GPx2 97140-GP",
        "97110-GPx2 97140-GP",
        facts=StatedFacts(minutes=37),
        spared_facts=StatedFacts(minutes=38),
    ),
    "critical-care-too-few-minutes": Case(
        "99291 99292",
        "99291 99292",
        pos="21",
        facts=StatedFacts(minutes=103),
        spared_facts=StatedFacts(minutes=104),
    ),
    "jz-with-waste": Case(
        "J0897-JZx40",
        "J0897-JZx60",
        facts=StatedFacts(vial_units=60),
    ),
    "more-units-than-the-vials-hold": Case(
        "J0897x40 J0897-JWx30",
        "J0897x40 J0897-JWx20",
        facts=StatedFacts(vial_units=60),
    ),
    "needs-ordering-practitioner": Case(
        "71046",
        "71046-26",
        facts=StatedFacts(ordering_named=False),
    ),
    # laboratory
    "laboratory-needs-clia-number": Case(
        "80053", "80053", facts=StatedFacts(clia_number=False), spared_facts=StatedFacts()
    ),
    "qw-on-test-not-waived": Case("84153-QW", "87880-QW", waived=WAIVED),
    "waived-test-qw": Case("87880", "87880-QW", waived=WAIVED),
    "qw-not-needed": Case("81002-QW", "81002"),
    "repeated-test-needs-91": Case("84132 84132", "84132 84132-91"),
    "referred-test-in-office": Case("84153-90", "84153-90", spared_pos="81"),
    "consider-blood-draw": Case("80053", "80053 36415"),
    # global periods
    "visit-in-global-period": Case("99213", "99213-24", facts=KNEE),
    "critical-care-in-global-period": Case("99291", "99291-24-FT", facts=KNEE, pos="21"),
    "procedure-in-global-period": Case("20610", "20610-79", facts=KNEE),
    "unrelated-visit-24": Case("99213-24", "99213"),
    "separate-visit-25": Case("99213-25 20610", "99213-25 71046"),
    "decision-for-surgery-57": Case("99214-57 27447", "99214-57 20610", pos="21"),
    "lone-visit-with-25": Case("99213-25", "99213-25 20610", facts=StatedFacts(whole_day=True)),
    "staged-procedure-58": Case("20610-58", "20610"),
    "return-to-operating-room-78": Case("27447-78", "27447", pos="21"),
    "return-outside-operating-room": Case("20610-78", "20610-78", spared_pos="21"),
    "unrelated-procedure-79": Case("20610-79", "20610"),
    "visit-modifier-on-procedure": Case("20610-25", "99213-25"),
    # visits
    "new-patient-seen-before": Case("99204", "99214", facts=StatedFacts(established=True)),
    "two-office-visits-one-problem": Case("99213 99212", "99213", facts=StatedFacts(same_problem=True)),
    "two-office-visits": Case("99213 99212", "99213"),
    "visit-before-admission": Case("99214-25 99223", "99214-25 99232", pos="22"),
    "visit-before-nursing-facility-admission": Case("99285 99305", "99285 99308", pos="31"),
    "stay-of-one-day-includes-hospital-visits": Case("99221 99235", "99221", pos="21"),
    "visit-on-discharge-day": Case("99283 99238", "99308 99238", pos="21"),
    "discharge-and-subsequent-visit": Case("99232 99239", "99232", pos="21"),
    "admission-and-discharge-same-day": Case("99222 99238", "99235", pos="21"),
    "discharge-with-hospital-stay-of-one-day": Case("99235 99238", "99235 99308", pos="21"),
    "initial-and-subsequent-hospital-visit": Case("99222 99231", "99222 99291", pos="21"),
    "two-subsequent-hospital-visits": Case("99232 99231", "99232", pos="21"),
    "critical-care-and-visit": Case("99233 99291", "99233-25 99291", pos="21"),
    "critical-care-and-marked-visit": Case("99233-25 99291", "99233-25", pos="21"),
    "two-emergency-visits": Case("99283 99285", "99285", pos="23"),
    "office-and-emergency-visit": Case("99213 99283", "99213", pos="23"),
    "nursing-facility-discharge-and-visit": Case("99308 99316", "99308", pos="31"),
    "transitional-care-includes-first-visit": Case("99214 99495", "99214 99490"),
    # vaccines
    "vaccine-under-part-d": Case("90750", "90662"),
    "administration-under-part-d": Case("90471 90750", "90471 90715"),
    "vaccine-after-injury": Case("90715", "90662"),
    "vaccine-administration": Case("90471 90472 90662 90677", "90471 90472 90662 90715"),
    "consider-influenza-administration": Case("90637", "90637 G0008"),
    "consider-pneumococcal-administration": Case("90684", "90684 G0009"),
    "consider-hepatitis-b-administration": Case("90739", "90739 G0010"),
    "consider-covid-administration": Case("91323", "91323 90480"),
    "consider-influenza-vaccine": Case("G0008", "G0008 90662"),
    "consider-pneumococcal-vaccine": Case("G0009", "G0009 90677"),
    "consider-hepatitis-b-vaccine": Case("G0010", "G0010 90759"),
    "consider-covid-vaccine": Case("90480", "90480 91319"),
    # care management
    "chronic-care-once": Case("99490 99491", "99490 99439"),
    "principal-care-once": Case("99424 99426", "99424 99425"),
    "advanced-primary-care-once": Case("G0556 G0557", "G0557"),
    "advanced-primary-care-includes": Case("G0557 99490", "G0557 99454"),
    "advanced-primary-care-add-on": Case("G0570 99490", "G0570 G0557"),
    "chronic-care-and-oversight": Case("99490 G0181", "99490 G0180"),
    "behavioral-integration-once": Case("99484 99493", "99493 99494"),
    "community-health-once": Case("G0019 G0019", "G0019 G0022"),
    "physiologic-and-therapeutic-monitoring": Case("98977 99454", "99457 99454"),
    "device-supply-once": Case("99445 99454", "99454 99457"),
    "monitoring-treatment-once": Case("99457 99470", "99457 99458"),
    "respiratory-device-once": Case("98976 98984", "98976"),
    "musculoskeletal-device-once": Case("98977 98985", "98977"),
    "behavioral-device-once": Case("98978 98986", "98978"),
    "therapeutic-monitoring-treatment-once": Case("98979 98980", "98980 98981"),
    "transitional-care-once": Case("99495 99496", "99496"),
    "chronic-and-principal-care": Case("99490 99424", "99424"),
    # prolonged services
    "prolonged-office-99417": Case("99215 99417", "99215 G2212"),
    "prolonged-inpatient-99418": Case("99223 99418", "99223 G0316", pos="21"),
    "prolonged-without-contact-99358": Case("99358", "99215"),
    "prolonged-g2212-base": Case("99214 G2212", "99215 G2212"),
    "prolonged-g0316-base": Case("99222 G0316", "99223 G0316", pos="21"),
    "prolonged-g0317-base": Case("99309 G0317", "99310 G0317", pos="31"),
    "prolonged-g0318-base": Case("99349 G0318", "99350 G0318", pos="12"),
    "prolonged-g2212-minutes": Case("99215 G2212", "99214 G2212"),
    "prolonged-g0316-minutes": Case("99223 G0316", "99222 G0316", pos="21"),
    "prolonged-g0317-minutes": Case("99310 G0317", "99309 G0317", pos="31"),
    "prolonged-g0318-minutes": Case("99350 G0318", "99349 G0318", pos="12"),
    "prolonged-too-few-minutes": Case(
        "99215 G2212",
        "99215 G2212",
        facts=StatedFacts(minutes=68),
        spared_facts=StatedFacts(minutes=69),
    ),
    "consider-prolonged": Case("99215", "99215 G2212"),
    # G2211
    "g2211-needs-visit": Case("G2211 20610", "G2211 99350"),
    "g2211-visit-with-25": Case("99214-25 20610 G2211", "99214-25 G0008 G2211"),
    "g2211-visit-with-25-for-another-service": Case("99214-25 20610 G0008 G2211", "99214-25 G0008 G2211"),
    "g2211-consider": Case("99214", "99214-25"),
    # add-on codes
    "add-on-alone": Case("99459 G2211", "99459 99213"),
    "add-on-not-listed": Case("99459 99213", "11045 11042", listed=frozenset({"11045"})),
    # amounts and shares
    "payment-window": Case("71046-PD", "71046", pos="11"),
    "payment-window-technical": Case("71046-TC-PD", "71046-26-PD"),
    "shortage-area-bonus": Case("99213-AQ", "71046-TC-AQ"),
    "no-shortage-area-bonus": Case("93005-AQ", "71046-AQ"),
    "advance-care-planning-free": Case("G0439 99497-33", "99214 99497-33"),
    "advance-care-planning-needs-33": Case("G0439 99497", "99214 99497"),
    "risk-assessment-free": Case("G0439 G0136-33", "99214 G0136-33"),
    "risk-assessment-needs-33": Case("G0439 G0136", "99214 G0136"),
    "sedation-for-screening-free": Case("G0121 G0500-33", "45385 G0500-33"),
    "sedation-for-screening-needs-33": Case("G0121 G0500", "45385 G0500-PT"),
    "endoscopy-sedation-is-g0500": Case("45385 99152", "31622 99152"),
    "ct-colonography-free": Case("74263", "74261"),
    "screening-turned-procedure-2011": Case("45385-PT", "45385", at=date(2021, 1, 1)),
    "screening-turned-procedure-2023": Case("45385-PT", "45385"),
    "screening-turned-procedure-2027": Case("45385-PT", "45385", at=date(2027, 1, 1)),
    "screening-turned-procedure-2030": Case("45385-PT", "45385", at=date(2030, 1, 1)),
    "pt-outside-colorectal": Case("99213-PT", "45385-PT"),
    "polypectomy-needs-pt": Case("45385-33", "45385-PT"),
    # preventive services
    "preventive-welcome-visit-ecg": Case("G0403", "93000"),
    "preventive-prolonged": Case("G0513 99214", "G0513 G0439"),
    "preventive-diabetes-screening": Case("83036-33", "83036"),
    "preventive-cholesterol-screening": Case("80061-33", "80061"),
    "preventive-barium-enema-ended": Case("G0120", "G0121"),
    "preventive-social-risk": Case("G0136", "99214", at=date(2025, 8, 1)),
    "g0122-not-covered": Case("G0122", "G0121"),
    "hiv-prevention-injection-is-g0012": Case("96372 J0739", "G0012 J0739"),
    # prior authorization
    "prior-authorization-blepharoplasty": Case("15823", "15823", pos="22", spared_pos="24"),
    "prior-authorization-botulinum": Case("64615", "64616", pos="22"),
    "prior-authorization-panniculectomy": Case("15830", "15830", pos="22", spared_pos="21"),
    "prior-authorization-rhinoplasty": Case("30520", "30140", pos="22"),
    "prior-authorization-vein-ablation": Case("36475", "36475", pos="19", spared_pos="11"),
    "prior-authorization-cervical-fusion": Case("22551", "22551", pos="22", spared_pos="21"),
    "prior-authorization-spinal-neurostimulator": Case("63650", "63685", pos="22"),
    "prior-authorization-facet-interventions": Case("64493", "62323", pos="22"),
    # sides
    "fifty-without-sides": Case("11042-50", "20610-50"),
    "fifty-already-included": Case("69210-50", "69210"),
    "two-sides-on-one-line": Case("20610-LT 20610-RT", "71046-LT 71046-RT"),
    "names-side": Case("20610", "20610-RT"),
    "names-eyelid": Case("67800", "67800-E1"),
    "names-finger": Case("26055", "26055-F2"),
    "names-toe": Case("28285", "28285-T3"),
    "names-finger-or-toe": Case("11730", "11730-TA"),
    "names-coronary-artery": Case("92928", "92928-LD", pos="21"),
    # better codes
    "second-initial-infusion-code": Case("96365 96374", "96365 96374-59"),
    # money missed
    "consider-injection-administration": Case("J1885", "J1885 96372"),
    "consider-injected-drug": Case("96372", "96372 J1885"),
    "consider-advance-care-planning": Case("G0439", "G0439 99497-33"),
    "consider-depression-screening": Case("G0439", "G0439 G0444"),
    "consider-social-risk-assessment": Case("G0439", "G0439 G0136-33", at=date(2025, 8, 1)),
    "consider-activity-and-nutrition-assessment": Case("G0439", "G0439 G0136-33"),
    "consider-alcohol-screening": Case("G0439", "G0439 G0442"),
    "consider-tobacco-counseling": Case("99214", "99214-25 99406"),
    "consider-chronic-care-more-time": Case("99490", "99490 99439"),
    "consider-remote-monitoring-more-time": Case("99457", "99457 99458"),
    "consider-critical-care-more-time": Case("99291", "99291 99292", pos="21"),
    "consider-sedation-time": Case("45385 G0500", "45385 G0500", spared_pos="22"),
}
CASES |= {
    f"{'-'.join(each.parts[:2])}-is-{each.better}": Case(" ".join(each.parts), " ".join(each.parts[:-1]))
    for each in COMBINATIONS
}
CASES |= {"80048-80076-is-80053": Case("80048 80076", "80048")}
CASES |= {
    f"{code}-twice-is-{better}": Case(f"{code}-LT {code}-RT", f"{code}-LT")
    for code, (better, _) in BOTH_SIDES.items()
}
# A covered service is caught by itself; its claim is spared where another code stands in its place.
CASES |= {
    rule.name: Case(str(rule.codes).split(",")[0][:5], "99214")
    for rule in RULES
    if rule.name.startswith("preventive-") and rule.name not in CASES
}
RULE_NAMES = [rule.name for rule in RULES]


def claim_of(case: Case, text: str, at: date, pos: str) -> Claim:
    return claim(
        text,
        at,
        pos=pos,
        facts=case.facts,
        single_dose_drugs=case.drugs,
        waived_tests=case.waived,
        listed_add_ons=case.listed,
        practitioner=case.practitioner,
        coverage=dict(case.coverage),
    )


def catches(rule: Rule, billed: Claim) -> bool:
    return rule.holds_on(billed.date_of_service) and bool(findings_of(rule, billed))


@pytest.mark.parametrize("name", RULE_NAMES)
def test_the_claim_is_caught(name: str) -> None:
    case = CASES[name]
    assert catches(BY_NAME[name], claim_of(case, case.caught, case.at, case.pos))


@pytest.mark.parametrize("name", RULE_NAMES)
def test_the_nearest_claim_is_spared(name: str) -> None:
    case = CASES[name]
    spared = case._replace(facts=case.spared_facts or case.facts)
    assert not catches(BY_NAME[name], claim_of(spared, case.spared, case.at, case.spared_pos or case.pos))


@pytest.mark.parametrize("name", [rule.name for rule in RULES if rule.since > date.min])
def test_the_day_before_it_began_nothing_is_caught(name: str) -> None:
    rule, case = BY_NAME[name], CASES[name]
    assert catches(rule, claim_of(case, case.caught, rule.since, case.pos))
    assert not catches(rule, claim_of(case, case.caught, rule.since - timedelta(days=1), case.pos))


@pytest.mark.parametrize("name", [rule.name for rule in RULES if rule.until < date.max])
def test_the_day_after_it_ended_nothing_is_caught(name: str) -> None:
    rule, case = BY_NAME[name], CASES[name]
    assert catches(rule, claim_of(case, case.caught, rule.until, case.pos))
    assert not catches(rule, claim_of(case, case.caught, rule.until + timedelta(days=1), case.pos))


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert CASES.keys() == BY_NAME.keys()
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=RULE_NAMES)
def test_a_sentence_has_twenty_words_or_fewer_and_a_source(rule: Rule) -> None:
    assert len(rule.sentence.split()) <= 20
    assert rule.citation
    assert rule.fix.endswith(".")
