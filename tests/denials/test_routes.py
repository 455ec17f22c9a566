"""The one step after a denial, by the decision table: 42 CFR part 405, subpart I; Claims Processing Manual, ch. 29, 34.

Each question is one that a biller asks; the facts of its code are in sight. That the files give these facts is tested
with the page.
"""

from datetime import date
from itertools import product

import pytest

from codes.denials import reasons
from codes.denials.advice import Advice, advise
from codes.denials.decision_table import first_row, rows
from codes.denials.denial import NO_FACTS, CodeFacts, Denial, features_of
from codes.denials.group_codes import GroupCode
from codes.denials.payers import Payer
from codes.denials.routes import Route
from codes.ncci import Mue, PtpEdit
from tests.pricing.figures import made_up as row

TODAY = date(2026, 11, 29)
MEDICARE = Payer.MEDICARE
NEVER_BYPASSED = PtpEdit("45385", "45378", "0", date(1996, 1, 1))
BYPASSED = PtpEdit("45385", "45380", "1", date(1996, 1, 1))
PASSING = ("59", "XE", "XS", "XP", "XU", "25")


def ask(
    typed: str,
    remarks: str = "",
    *,
    code: str = "",
    other: str = "",
    modifiers: str = "",
    units: int | None = None,
    payer: Payer = MEDICARE,
    facts: CodeFacts = NO_FACTS,
    pos: str = "",
    notice: date | None = None,
    service: date | None = None,
) -> Advice:
    """The advice on "CO-97" with these remarks and facts."""
    read = reasons.read_numbered_reason(typed)
    assert read is not None
    return advise(
        Denial(
            reason=read[1],
            group=read[0],
            remarks=frozenset(remarks.split()),
            code=code,
            other_code=other,
            modifiers=frozenset(modifiers.split()),
            units=units,
            payer=payer,
            place_of_service=pos,
            notice=notice,
            date_of_service=service,
        ),
        facts,
        TODAY,
    )


def limited(code: str, units: int, mai: str, **fields: str) -> CodeFacts:
    return CodeFacts(row=row(code, **fields), limit=Mue(code, units, mai))


def paired(code: str, edit: PtpEdit | None) -> CodeFacts:
    return CodeFacts(row=row(code), edit=edit, is_pair_checked=True, passing=PASSING if edit else ())


def test_both_orders_of_the_remarks_send_a_new_claim() -> None:
    for remarks in ("M76 MA130", "MA130 M76"):
        advice = ask("CO-16", remarks)
        assert advice.route is Route.NEW_CLAIM
        assert "42 CFR 424.44" in advice.sources


def test_an_unknown_remark_does_not_hide_a_known_one() -> None:
    assert ask("CO-50", "N9999 MA130").route is Route.NEW_CLAIM


@pytest.mark.parametrize("reason", sorted(reasons.reasons()))
def test_an_unprocessable_claim_is_never_appealed_or_reopened_whatever_its_reason(reason: str) -> None:
    for group, payer in product(["", *GroupCode.values], Payer):
        assert ask(f"{group}-{reason}" if group else reason, "MA130", payer=payer).route is Route.NEW_CLAIM


def test_every_reason_that_we_have_words_for_has_a_row_of_its_own() -> None:
    named = {reason for each in rows() for reason in each.reasons}
    assert set(reasons.reasons()) - named == set()
    assert named - set(reasons.reasons()) == set()


def test_the_table_names_only_remarks_and_facts_that_there_are() -> None:
    known = features_of(Denial(reason="97")).keys()
    for each in rows():
        assert each.remarks <= set(reasons.remarks()), each
        assert each.groups <= set(GroupCode.values), each
        assert {condition.fact for condition in each.conditions} <= known, each


def test_every_row_can_be_reached() -> None:
    """No row stands behind one that takes all that it would take."""
    for number, each in enumerate(rows()):
        for before in rows()[:number]:
            hides = (
                (not before.reasons or (each.reasons and each.reasons <= before.reasons))
                and (not before.groups or (each.groups and each.groups <= before.groups))
                and (not before.remarks or (each.remarks and each.remarks <= before.remarks))
                and set(before.conditions) <= set(each.conditions)
            )
            assert not hides, (before, each)


@pytest.mark.parametrize("reason", sorted(reasons.reasons()))
def test_every_reason_has_one_answer_for_every_payer_and_group(reason: str) -> None:
    for group, payer in product(["", *GroupCode.values], Payer):
        advice = ask(f"{group}-{reason}" if group else reason, payer=payer)
        assert advice.why[0].isupper() or advice.why[0].isdigit()
        assert "{" not in advice.why + advice.unless
        assert len(advice.why.split()) <= 30, advice.why
        if payer is not MEDICARE:
            assert advice.route not in {Route.REOPENING, Route.REDETERMINATION, Route.RECONSIDERATION}
            assert advice.uncertain
            assert "reopening" not in advice.why + advice.unless
            assert "redetermination" not in advice.why + advice.unless


NO_APPEAL = (
    "1 2 3 4 5 6 7 8 9 10 11 13 14 15 16 18 19 20 21 22 23 24 26 27 29 31 44 45 49 54 58 59 60 66 96 97 107 109 110 "
    "111 116 119 129 133 136 140 146 148 163 164 167 170 181 182 183 184 185 190 194 197 198 204 206 207 208 209 "
    "222 226 231 234 236 242 243 246 250 251 252 253 256 257 276 299 303 "
    "A1 B7 B9 B10 B11 B13 B14 B15 B16 B20 B22 B23"
)


@pytest.mark.parametrize("reason", NO_APPEAL.split())
def test_no_appeal_is_advised_where_another_step_is_the_way(reason: str) -> None:
    for group in ("", *GroupCode.values):
        assert ask(f"{group}-{reason}" if group else reason).route is not Route.REDETERMINATION


@pytest.mark.parametrize("reason", ["50", "151", "150", "55", "56", "96", "272"])
def test_the_law_leaves_no_appeal_where_the_remark_says_so(reason: str) -> None:
    assert ask(f"CO-{reason}", "MA44").route not in {Route.REDETERMINATION, Route.RECONSIDERATION}
    assert ask(f"PR-{reason}", "N211").route is Route.PATIENT


NEW, REPLACE, REOPEN, APPEAL = Route.NEW_CLAIM, Route.REPLACEMENT, Route.REOPENING, Route.REDETERMINATION
PATIENT, OTHER, RECORDS, FIND = Route.PATIENT, Route.OTHER_PAYER, Route.RECORDS, Route.INFORMATION
OFF, WAIT, NOTHING, PLAN = Route.WRITE_OFF, Route.WAIT, Route.NO_ACTION, Route.PAYER_APPEAL

# What the remittance says, the step, and where the rule stands.
WITHOUT_A_CODE = [
    ("CO-16", "N290", NEW, "ch. 1, §80.3"),
    ("CO-16", "", NEW, "ch. 1, §80.3"),
    ("CO-16", "MA120", NEW, "ch. 1, §80.3"),
    ("CO-16", "MA04", NEW, "Secondary Payer"),
    ("CO-16", "M127", RECORDS, "ch. 34, §10.3"),
    ("CO-16", "N264 N575", REOPEN, "424.507"),
    ("CO-16", "N265 MA130", NEW, "ch. 1, §80.3"),
    ("CO-16", "M76 MA01", REOPEN, "ch. 34, §10.4"),
    ("CO-16", "N517", NEW, "ch. 1, §80.3"),
    ("CO-31", "", NEW, "ch. 1, §80.3"),
    ("PR-31", "", NEW, "ch. 1, §80.3"),
    ("CO-140", "", NEW, "ch. 1, §80.3"),
    ("CO-206", "", NEW, "ch. 1, §80.3"),
    ("CO-111", "", NEW, "ch. 1, §30.3.1"),
    ("CO-181", "", NEW, "162.1002"),
    ("CO-182", "", NEW, "ch. 1, §80.3"),
    ("CO-146", "", NEW, "ch. 1, §80.3"),
    ("CO-146", "MA01", REOPEN, "ch. 34, §10.4"),
    ("CO-4", "N519", REOPEN, "ch. 34, §10.4"),
    ("CO-4", "N519 MA130", NEW, "ch. 1, §80.3"),
    ("CO-5", "", REOPEN, "ch. 26, §10.5"),
    ("CO-58", "", REOPEN, "ch. 26, §10.5"),
    ("CO-5", "M97", OTHER, "ch. 12, §20.4.2"),
    ("CO-6", "", REOPEN, "ch. 34, §10.4"),
    ("PR-6", "N129", PATIENT, ""),
    ("CO-7", "", REOPEN, "ch. 32, §240"),
    ("CO-8", "", FIND, "ch. 26, §10.8"),
    ("CO-11", "", REOPEN, "ch. 34, §10.4"),
    ("CO-11", "N115", REOPEN, "ch. 34, §10.4"),
    ("CO-167", "", REOPEN, "ch. 34, §10.4"),
    ("CO-18", "", FIND, "405.980(a)(3)(iii)"),
    ("OA-18", "N522", WAIT, ""),
    ("CO-B13", "", FIND, "ch. 1, §120"),
    ("CO-19", "", OTHER, "42 CFR 411.40"),
    ("CO-20", "", OTHER, "42 CFR 411.50"),
    ("CO-21", "", OTHER, "42 CFR 411.50"),
    ("CO-22", "", OTHER, "42 CFR 411.20"),
    ("OA-22", "", OTHER, "42 CFR 411.20"),
    ("CO-22", "N4", NEW, "Secondary Payer"),
    ("OA-23", "", NOTHING, ""),
    ("CO-24", "", OTHER, "42 CFR 422.100"),
    ("CO-26", "", OTHER, ""),
    ("PR-27", "", PATIENT, ""),
    ("CO-29", "", OFF, "424.44"),
    ("CO-45", "", NOTHING, ""),
    ("PR-45", "", PATIENT, "1848(g)"),
    ("CO-253", "", NOTHING, "Budget Control Act"),
    ("PR-1", "", PATIENT, ""),
    ("PR-2", "MA18", WAIT, ""),
    ("PR-3", "N192", OTHER, "1902(n)"),
    ("PR-49", "", PATIENT, "1862(a)(7)"),
    ("CO-50", "", APPEAL, "ch. 29, §310"),
    ("CO-50", "N115", APPEAL, "ch. 29, §310"),
    ("CO-50", "N706", RECORDS, "ch. 34, §10.3"),
    ("PR-50", "", PATIENT, "ch. 30, §50"),
    ("CO-55", "", APPEAL, "405.940"),
    ("PR-55", "", PATIENT, ""),
    ("CO-59", "", NOTHING, "ch. 12, §40.6"),
    ("CO-60", "", OTHER, "ch. 12, §90.7"),
    ("CO-96", "", FIND, ""),
    ("CO-96", "N115", APPEAL, "ch. 29, §310"),
    ("PR-96", "N425", PATIENT, "1862"),
    ("CO-96", "N425", OFF, "1862"),
    ("CO-96", "N429", REOPEN, "ch. 15, §290"),
    ("CO-96", "N776", REOPEN, "410.78"),
    ("CO-96", "M2", OTHER, "ch. 12, §20.4.2"),
    ("CO-97", "M15", OFF, "ch. 12, §20.3"),
    ("CO-97", "N390", OFF, "ch. 12, §20.3"),
    ("CO-97", "N70", OTHER, "ch. 6, §10"),
    ("CO-97", "N525", REOPEN, "ch. 12, §40.1"),
    ("CO-97", "M144", REOPEN, "ch. 12, §40.1"),
    ("CO-97", "", FIND, "ch. 23, §20.9"),
    ("CO-107", "", REOPEN, "add-on"),
    ("CO-109", "", OTHER, "ch. 1, §10"),
    ("CO-109", "N105", OTHER, "ch. 1, §10"),
    ("CO-109", "N106", OTHER, "ch. 6, §10"),
    ("CO-116", "", OFF, "ch. 30, §50"),
    ("CO-119", "", OFF, ""),
    ("PR-119", "", PATIENT, ""),
    ("CO-133", "", WAIT, ""),
    ("CO-150", "M25", APPEAL, "ch. 29, §310"),
    ("CO-151", "N362", FIND, "ch. I, §V"),
    ("CO-170", "N95", OFF, ""),
    ("PR-170", "", PATIENT, ""),
    ("CO-183", "N574", REOPEN, "424.507"),
    ("CO-190", "", OTHER, "ch. 6, §20"),
    ("CO-193", "", Route.RECONSIDERATION, "405.962"),
    ("CO-194", "", OFF, "ch. 12, §50"),
    ("CO-197", "", FIND, "419.80"),
    ("PR-204", "", PATIENT, ""),
    ("CO-204", "", OFF, ""),
    ("CO-204", "N30", OFF, ""),
    ("OA-209", "", OTHER, "1902(n)"),
    ("CO-226", "", RECORDS, "405.980(a)(2)"),
    ("CO-234", "", OFF, "ch. 12, §20.3"),
    ("CO-236", "", FIND, "ch. 23, §20.9"),
    ("CO-246", "", NOTHING, ""),
    ("CO-252", "N706", RECORDS, "ch. 34, §10.3"),
    ("CO-252", "N4", NEW, "Secondary Payer"),
    ("CO-A1", "", FIND, ""),
    ("CO-A1", "N657 MA130", NEW, "ch. 1, §80.3"),
    ("CO-B7", "", FIND, "424.516"),
    ("CO-B7", "MA120", NEW, "ch. 16, §70"),
    ("CO-B9", "", OTHER, "ch. 11, §40.1.3"),
    ("CO-B11", "", WAIT, ""),
    ("CO-B12", "", APPEAL, "405.940"),
    ("CO-B14", "", REOPEN, "ch. 12, §30.6.7"),
    ("CO-B15", "M80", FIND, "NCCI"),
    ("CO-B16", "", REOPEN, "ch. 12, §30.6.7"),
    ("CO-B20", "", FIND, ""),
    ("CO-888", "", FIND, ""),
    ("PR-888", "", PATIENT, ""),
]


@pytest.mark.parametrize(("typed", "remarks", "route", "source"), WITHOUT_A_CODE)
def test_the_remittance_alone_leads_to_its_step(typed: str, remarks: str, route: Route, source: str) -> None:
    advice = ask(typed, remarks)
    assert advice.route is route, advice.why
    assert source in advice.sources
    assert bool(advice.sources) or not source


BUNDLED = CodeFacts(row=row("97010", status="B"))
KNEE = limited(
    "27447", 1, "2", bilateral_surgery="1", global_days="090", assistant_surgery="2", co_surgeons="1"
)
LABORATORY = limited("80053", 1, "3")
CHEST = CodeFacts(row=row("71046", pctc="1"))
THERAPY = limited("97110", 6, "3", multiple_procedure="5")
VISIT = limited("99213", 2, "3")
CATARACT = CodeFacts(row=row("66984", global_days="090", bilateral_surgery="1"))
ADD_ON = CodeFacts(row=row("22614", global_days="ZZZ"), is_add_on=True)

# The remittance, the code with its facts, what was billed, the step.
WITH_A_CODE = [
    ("CO-97", "M15", {"code": "97010", "facts": BUNDLED}, OFF),
    ("CO-97", "", {"code": "97010", "facts": BUNDLED}, OFF),
    ("CO-234", "", {"code": "97010", "facts": BUNDLED}, OFF),
    ("CO-97", "", {"code": "94760", "facts": CodeFacts(row=row("94760", status="T"))}, OFF),
    ("CO-151", "N362", {"code": "27447", "facts": KNEE}, REOPEN),
    ("CO-151", "N362", {"code": "27447", "facts": KNEE, "modifiers": "LT RT", "units": 2}, REOPEN),
    ("CO-151", "", {"code": "27447", "facts": KNEE, "units": 2}, REOPEN),
    ("CO-151", "", {"code": "27447", "facts": KNEE, "modifiers": "50", "units": 1}, REOPEN),
    ("CO-151", "N362", {"code": "80053", "facts": limited("80053", 1, "2")}, OFF),
    ("CO-151", "N362", {"code": "97110", "facts": THERAPY, "units": 8}, APPEAL),
    ("CO-151", "N362", {"code": "97110", "facts": THERAPY, "units": 4}, FIND),
    ("CO-151", "N362", {"code": "11042", "facts": limited("11042", 1, "1")}, REOPEN),
    ("CO-151", "", {"code": "97110", "facts": THERAPY}, APPEAL),
    ("PR-151", "", {"code": "97110", "facts": THERAPY, "modifiers": "GA"}, PATIENT),
    ("CO-151", "N362", {"code": "97110", "facts": THERAPY, "modifiers": "GA", "units": 9}, APPEAL),
    ("CO-236", "", {"code": "45378", "other": "45385", "facts": paired("45378", NEVER_BYPASSED)}, OFF),
    ("CO-236", "", {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED)}, REOPEN),
    ("CO-97", "", {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED)}, REOPEN),
    ("CO-B15", "M80", {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED)}, REOPEN),
    (
        "CO-236",
        "",
        {"code": "45380", "other": "45385", "facts": paired("45380", BYPASSED), "modifiers": "XS"},
        APPEAL,
    ),
    ("CO-236", "", {"code": "45385", "other": "45380", "facts": paired("45385", BYPASSED)}, FIND),
    ("CO-236", "", {"code": "36415", "other": "71046", "facts": paired("36415", None)}, FIND),
    ("CO-236", "", {"code": "99213", "facts": VISIT}, REOPEN),
    ("CO-97", "", {"code": "99213", "facts": VISIT, "modifiers": "25"}, APPEAL),
    ("CO-97", "N525", {"code": "99213", "facts": VISIT}, REOPEN),
    ("CO-97", "N525", {"code": "99213", "facts": VISIT, "modifiers": "24"}, APPEAL),
    ("CO-97", "M144", {"code": "27447", "facts": KNEE, "modifiers": "79"}, APPEAL),
    ("CO-97", "", {"code": "G2211", "other": "99213"}, OFF),
    ("CO-50", "", {"code": "80053", "modifiers": "GZ"}, OFF),
    ("CO-50", "", {"code": "80053", "modifiers": "GY"}, PATIENT),
    ("50", "", {"code": "80053", "modifiers": "GA"}, PATIENT),
    ("PR-50", "", {"code": "80053", "modifiers": "GA"}, PATIENT),
    ("CO-50", "", {"code": "80053", "modifiers": "GA"}, APPEAL),
    ("CO-50", "", {"code": "98941"}, REOPEN),
    ("CO-50", "", {"code": "98941", "modifiers": "AT"}, APPEAL),
    ("CO-119", "", {"code": "97110", "facts": THERAPY}, REOPEN),
    ("CO-119", "", {"code": "97110", "facts": THERAPY, "modifiers": "GP KX"}, APPEAL),
    ("PR-119", "", {"code": "97110", "facts": THERAPY, "modifiers": "GA"}, PATIENT),
    ("CO-4", "", {"code": "97110", "facts": THERAPY}, REOPEN),
    ("CO-18", "", {"code": "80053", "facts": LABORATORY}, REOPEN),
    ("CO-18", "", {"code": "71046", "facts": CHEST}, REOPEN),
    ("CO-18", "", {"code": "27447", "facts": KNEE}, REOPEN),
    ("CO-18", "", {"code": "99213", "facts": VISIT}, FIND),
    ("CO-18", "", {"code": "99213", "facts": VISIT, "modifiers": "76"}, REOPEN),
    ("CO-54", "", {"code": "27447", "facts": KNEE, "modifiers": "AS"}, REOPEN),
    ("CO-54", "", {"code": "11042", "facts": CodeFacts(row=row("11042", assistant_surgery="1"))}, OFF),
    ("CO-54", "", {"code": "29881", "facts": CodeFacts(row=row("29881", assistant_surgery="0"))}, APPEAL),
    ("CO-54", "", {"code": "27447", "facts": KNEE, "modifiers": "62"}, APPEAL),
    ("CO-54", "", {}, FIND),
    ("CO-59", "", {"code": "99213", "facts": CodeFacts(row=row("99213", multiple_procedure="0"))}, REOPEN),
    ("CO-96", "", {"code": "97014", "facts": CodeFacts(row=row("97014", status="I"))}, REOPEN),
    ("PR-96", "", {"code": "92015", "facts": CodeFacts(row=row("92015", status="N"))}, PATIENT),
    ("CO-96", "", {"code": "92015", "facts": CodeFacts(row=row("92015", status="N"))}, OFF),
    ("96", "", {"code": "92015", "facts": CodeFacts(row=row("92015", status="N"))}, PATIENT),
    ("CO-5", "", {"code": "71046", "facts": CHEST, "pos": "21"}, REOPEN),
    ("CO-97", "M97", {"code": "71046", "facts": CHEST}, REOPEN),
    ("CO-97", "M97", {"code": "71046", "facts": CHEST, "modifiers": "TC"}, REOPEN),
    ("CO-B7", "", {"code": "80053", "facts": LABORATORY}, REOPEN),
    ("CO-B9", "", {"code": "99213", "facts": VISIT, "modifiers": "GW"}, APPEAL),
    ("CO-B14", "", {"code": "99213", "facts": VISIT, "modifiers": "25"}, APPEAL),
    ("CO-B15", "", {"code": "22614", "facts": ADD_ON}, REOPEN),
    ("CO-107", "N122", {"code": "22614", "facts": ADD_ON}, REOPEN),
    ("CO-B20", "", {"code": "71046", "facts": CHEST}, REOPEN),
    ("CO-B20", "", {"code": "66984", "facts": CATARACT}, REOPEN),
    ("CO-49", "", {"code": "G0439"}, REOPEN),
    ("PR-49", "", {"code": "99397"}, PATIENT),
]


@pytest.mark.parametrize(("typed", "remarks", "billed", "route"), WITH_A_CODE)
def test_the_facts_of_the_code_decide(
    typed: str, remarks: str, billed: dict[str, object], route: Route
) -> None:
    advice = ask(typed, remarks, **billed)  # type: ignore[arg-type]
    assert advice.route is route, advice.why


ELSEWHERE = [
    ("CO-4", "", Payer.COMMERCIAL, REPLACE),
    ("CO-16", "M76", Payer.COMMERCIAL, REPLACE),
    ("CO-16", "MA130", Payer.MEDICAID, NEW),
    ("CO-11", "", Payer.ADVANTAGE, REPLACE),
    ("CO-50", "", Payer.ADVANTAGE, PLAN),
    ("CO-50", "N115", Payer.COMMERCIAL, PLAN),
    ("CO-29", "", Payer.COMMERCIAL, PLAN),
    ("CO-29", "", Payer.MEDICAID, PLAN),
    ("CO-24", "", Payer.COMMERCIAL, OFF),
    ("CO-24", "", Payer.MEDICAID, OTHER),
    ("CO-22", "", Payer.COMMERCIAL, OTHER),
    ("CO-45", "", Payer.COMMERCIAL, NOTHING),
    ("PR-204", "", Payer.COMMERCIAL, PATIENT),
    ("CO-197", "", Payer.COMMERCIAL, FIND),
    ("CO-197", "", Payer.ADVANTAGE, FIND),
    ("CO-252", "N706", Payer.COMMERCIAL, RECORDS),
    ("CO-193", "", Payer.COMMERCIAL, PLAN),
    ("CO-39", "", Payer.COMMERCIAL, PLAN),
    ("CO-256", "", Payer.COMMERCIAL, OFF),
    ("CO-257", "", Payer.COMMERCIAL, WAIT),
]


@pytest.mark.parametrize(("typed", "remarks", "payer", "route"), ELSEWHERE)
def test_other_payers_have_ways_of_their_own(typed: str, remarks: str, payer: Payer, route: Route) -> None:
    advice = ask(typed, remarks, payer=payer, notice=date(2026, 9, 1))
    assert advice.route is route, advice.why
    assert advice.deadline is None, "only Medicare's days are known"
    assert "405.980" not in advice.sources


def test_more_than_84_questions_are_asked() -> None:
    assert len(WITHOUT_A_CODE) + len(WITH_A_CODE) + len(ELSEWHERE) >= 84


def test_bilateral_units_are_one_line_with_50() -> None:
    advice = ask("CO-151", "N362", code="27447", facts=KNEE, modifiers="LT RT", units=2)
    assert "one line with 50 and 1 unit" in advice.why
    assert advice.part == "unit-limits"


@pytest.mark.parametrize(
    ("code", "other", "other_row", "says"),
    [
        ("99213", "20610", row("20610", global_days="000"), "bypassed with 25 on 99213"),
        ("99213", "27447", row("27447", global_days="090"), "bypassed with 57 on 99213"),
        ("96372", "99213", row("99213"), "bypassed with 25 on 99213"),
        ("45380", "45385", row("45385"), "bypassed with XS on 45380 or XE on 45380"),
        ("82947", "80053", row("80053"), "bypassed with 91 on 82947 or 59 on 82947"),
    ],
)
def test_the_modifier_named_fits_the_two_codes(code: str, other: str, other_row: object, says: str) -> None:
    edit = PtpEdit(other, code, "1", None)
    facts = CodeFacts(row=row(code), other_row=other_row, edit=edit, is_pair_checked=True)  # type: ignore[arg-type]
    assert says in ask("CO-236", code=code, other=other, facts=facts).why


def test_the_order_of_remarks_never_matters() -> None:
    for each in rows():
        reason = min(each.reasons, default="16")
        remarks = [*sorted(each.remarks)[:1], "M76"]
        facts = features_of(Denial(reason=reason, remarks=frozenset(remarks)))
        assert first_row(reason, facts) is first_row(reason, dict(reversed(facts.items())))


@pytest.mark.parametrize(
    ("typed", "remarks", "last_day", "citation"),
    [
        ("CO-50", "", date(2027, 1, 4), "ch. 29, §310.2"),
        ("CO-4", "", date(2027, 9, 1), "ch. 34, §10.6.2"),
        ("CO-226", "", date(2027, 1, 4), "ch. 34, §10.3"),
        ("CO-193", "", date(2027, 3, 5), "405.962"),
    ],
)
def test_an_open_step_has_one_last_day(typed: str, remarks: str, last_day: date, citation: str) -> None:
    deadline = ask(typed, remarks, notice=date(2026, 9, 1)).deadline
    assert deadline is not None
    assert deadline.last_day == last_day
    assert citation in deadline.citation


def test_a_new_claim_counts_from_the_date_of_service() -> None:
    assert ask("CO-16", "MA130", notice=date(2026, 9, 1)).deadline is None
    deadline = ask("CO-16", "MA130", notice=date(2026, 9, 1), service=date(2026, 8, 20)).deadline
    assert deadline is not None
    assert deadline.last_day == date(2027, 8, 20)
    assert deadline.citation == "42 CFR 424.44(a)"


@pytest.mark.parametrize("typed", ["CO-45", "CO-29", "CO-22", "PR-50", "CO-97"])
def test_a_step_that_is_no_request_has_no_last_day(typed: str) -> None:
    assert ask(typed, notice=date(2026, 9, 1)).deadline is None


def test_a_last_day_that_has_passed_is_told() -> None:
    late = ask("CO-50", notice=date(2026, 1, 5))
    assert "good cause (42 CFR 405.942(b))" in late.warning
    assert ask("CO-50", notice=date(2026, 9, 1)).warning == ""
    filing = ask("CO-16", "MA130", service=date(2025, 11, 1))
    assert "424.44(b)" in filing.warning
