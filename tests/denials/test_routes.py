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
from codes.ncci import PtpEdit
from tests.denials.questions import ELSEWHERE, KNEE, MEDICARE, TODAY, WITH_A_CODE, WITHOUT_A_CODE
from tests.pricing.figures import made_up as row


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


@pytest.mark.parametrize(("typed", "remarks", "route", "source"), WITHOUT_A_CODE)
def test_the_remittance_alone_leads_to_its_step(typed: str, remarks: str, route: Route, source: str) -> None:
    advice = ask(typed, remarks)
    assert advice.route is route, advice.why
    assert source in advice.sources
    assert bool(advice.sources) or not source


@pytest.mark.parametrize(("typed", "remarks", "billed", "route"), WITH_A_CODE)
def test_the_facts_of_the_code_decide(
    typed: str, remarks: str, billed: dict[str, object], route: Route
) -> None:
    advice = ask(typed, remarks, **billed)  # type: ignore[arg-type]
    assert advice.route is route, advice.why


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
        ("45380", "45385", row("45385"), "bypassed with 59 or XS on 45380 or XE on 45380"),
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
