"""Each rule with a claim that it catches, the nearest claim that it must not catch, and the day before it began."""

from datetime import date

import pytest

from codes.queries.rule_cases import rule_cases
from codes.rules import BY_NAME, RULES, Rule
from codes.rules.cases import RuleCase

CASES = rule_cases()
RULE_NAMES = [rule.name for rule in RULES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule.name} {case.day} {case.expected}")
def test_the_claim_is_caught_or_spared(case: RuleCase) -> None:
    assert case.found == case.expected


@pytest.mark.parametrize("name", RULE_NAMES)
def test_every_rule_has_both_cases_and_both_of_its_days(name: str) -> None:
    rule = BY_NAME[name]
    days = [(case.day, case.expected) for case in CASES if case.rule is rule]
    assert {"caught", "spared"} <= {expected for _, expected in days}
    assert rule.since == date.min or (rule.since, "caught") in days
    assert rule.until == date.max or (rule.until, "caught") in days


def test_a_rule_has_one_name() -> None:
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=RULE_NAMES)
def test_a_sentence_has_twenty_words_or_fewer_and_a_source(rule: Rule) -> None:
    assert len(rule.sentence.split()) <= 20
    assert rule.citation
    assert rule.fix.endswith(".")
