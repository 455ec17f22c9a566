"""What holds of the rules on every claim, whatever its lines are."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.pricing.types import FeeScheduleRow, Line
from codes.queries.rule_cases import rule_cases
from codes.rules import LINE_RULES, RULES, Claim, ClaimLine, Effect, Rule, RuleFinding, StatedFacts, find
from codes.rules.apply import apply
from codes.rules.cases import RuleCase
from codes.rules.claim_text import INDICATORS, claim, row
from codes.rules.engine import STRENGTH, findings_of
from codes.rules.types import Change, ChangeKind

ROWS: dict[str, FeeScheduleRow] = {code: found for code in INDICATORS if (found := row(code)) is not None}
WORDS = sorted({word for case in rule_cases() for word in case.text.split()})
CAUGHT = [case for case in rule_cases() if case.is_caught]
DAYS = st.sampled_from(
    [date(2022, 6, 1), date(2023, 8, 1), date(2024, 6, 1), date(2025, 6, 1), date(2026, 8, 1)]
)
FACTS = st.sampled_from(
    [
        StatedFacts(),
        StatedFacts(whole_day=True, same_problem=True, established=True),
        StatedFacts(global_period_of="27447", days_since=30),
    ]
)
PLACES = st.sampled_from(["10", "11", "21", "22", "31"])


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Two to six lines out of the cases of all rules: they meet there as no single case foresees."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6))
    return claim(" ".join(words), draw(DAYS), pos=draw(PLACES), facts=draw(FACTS))


def said_of_lines(findings: list[RuleFinding]) -> Counter[tuple[str, str, frozenset[str]]]:
    """Which rule says how often something of which line, wherever the line stands."""
    return Counter((found.rule.name, found.line.code, found.line.modifiers) for found in findings)


@settings(deadline=None)
@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(billed: Claim, random: object) -> None:
    shuffled = list(billed.lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    renumbered = tuple(replace(line, number=number) for number, line in enumerate(shuffled, 1))
    assert said_of_lines(find(billed, RULES)) == said_of_lines(find(replace(billed, lines=renumbered), RULES))


@settings(deadline=None)
@given(claims())
def test_leaving_out_a_denied_line_changes_only_what_names_it(billed: Claim) -> None:
    findings = find(billed, RULES)
    for denied in {found.line.number for found in findings if found.denies}:
        kept = payment_of_others(findings, denied)
        left = payment_of_others(find(billed.without({denied}), RULES), denied)
        named = {
            found.line.number
            for found in findings
            if denied in {other.number for other in found.match.others}
        }
        assert {said for said in kept if said[1] not in named} == {
            said for said in left if said[1] not in named
        }


def payment_of_others(findings: list[RuleFinding], number: int) -> set[tuple[str, int]]:
    """Rule and line of what is said of the payment of all lines but this one; suggestions are not about payment."""
    return {
        (found.rule.name, found.line.number)
        for found in findings
        if found.line.number != number and found.rule.effect is not Effect.CONSIDER
    }


@settings(deadline=None)
@given(claims())
def test_no_denied_line_is_spoken_of_by_a_second_rule(billed: Claim) -> None:
    denials = Counter(found.line.number for found in find(billed, RULES) if found.denies)
    others = {found.line.number for found in find(billed, RULES) if not found.denies}
    assert all(count == 1 for count in denials.values())
    assert not others & denials.keys()


@settings(deadline=None)
@given(claims(), DAYS)
def test_adding_25_to_the_visit_never_makes_g2211_paid(billed: Claim, day: date) -> None:
    first = apply(
        billed.lines, [Change(ChangeKind.ADD_LINE, 0, "99214"), Change(ChangeKind.ADD_LINE, 0, "G2211")], ROWS
    )
    visit = first[-2]
    before = replace(billed, lines=first, date_of_service=day)
    after = replace(before, lines=apply(first, [Change(ChangeKind.ADD_MODIFIER, visit.number, "25")], ROWS))
    assert g2211_is_paid(before) or not g2211_is_paid(after)


def g2211_is_paid(billed: Claim) -> bool:
    """Whether no rule denies the last line or says that its payment can be taken back."""
    number = billed.lines[-1].number
    unpaid = (Effect.NOT_PAID, Effect.NEEDS, Effect.AT_RISK)
    return not any(
        found.line.number == number and found.rule.effect in unpaid for found in find(billed, RULES)
    )


@pytest.mark.parametrize("case", CAUGHT, ids=lambda case: f"{case.rule.name} {case.day}")
def test_a_fix_applied_ends_the_finding_or_leaves_a_weaker_one(case: RuleCase) -> None:
    rule, billed = case.rule, case.claim
    for found in findings_of(rule, billed):
        if not found.fix.changes:
            continue
        mended = replace(billed, lines=apply(billed.lines, found.fix.changes, ROWS))
        same_line = [again for again in findings_of(rule, mended) if again.line.number == found.line.number]
        assert not same_line
        left = strength(mended, found.line.number)
        weaker = (
            STRENGTH.index(Effect.PAID_ONLY_WITH)
            if rule.effect is Effect.CONSIDER
            else STRENGTH.index(rule.effect)
        )
        assert left >= weaker


def strength(billed: Claim, number: int) -> int:
    """How strong the strongest finding of a line is; a high number is a weak one."""
    of_line = [found for found in find(billed, RULES) if found.line.number == number]
    return min((STRENGTH.index(found.rule.effect) for found in of_line), default=len(STRENGTH))


MODIFIERS = sorted(
    {modifier for rule in LINE_RULES for modifier in rule.modifiers} | {"33", "59", "LT", "QX"}
)


@pytest.mark.parametrize("rule", [each for each in LINE_RULES if each.denies], ids=lambda rule: rule.name)
def test_no_modifier_calls_or_lifts_a_denial_that_does_not_name_it(rule: Rule) -> None:
    """So that a page tries on its code only the modifiers that a rule names."""
    named = {*rule.codes.single, *(first for first, _ in rule.codes.ranges)} if rule.codes else ROWS.keys()
    assert named
    for code in sorted(named)[::3]:
        bare = _is_found(rule, code, ())
        for modifier in MODIFIERS:
            if modifier not in rule.modifiers:
                assert _is_found(rule, code, (modifier,)) == bare, (code, modifier)


def _is_found(rule: Rule, code: str, modifiers: tuple[str, ...]) -> bool:
    line = ClaimLine(1, Line(code, modifiers, place_of_service="11"), ROWS.get(code))
    billed = Claim(lines=(line,), date_of_service=max(rule.since, date(2026, 8, 1)))
    return bool(findings_of(rule, billed))
