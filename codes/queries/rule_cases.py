"""The cases of the claim rules that this version has, and what a run found."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter

from django.conf import settings

from codes.rules import Rule
from codes.rules.cases import RuleCase, read_cases

TABLE = settings.BASE_DIR / "fixtures" / "rules" / "cases.csv"


@cache
def rule_cases() -> tuple[RuleCase, ...]:
    """Every case, those of a rule together."""
    return tuple(read_cases(TABLE))


def key_of(case: RuleCase) -> str:
    """By what a run names a case: no two are the same."""
    return " ".join(
        filter(
            None,
            (
                case.rule.name,
                case.text,
                f"POS {case.place_of_service}",
                case.day.isoformat(),
                case.circumstances,
            ),
        )
    )


@cache
def cases_sha256() -> str:
    """The hash by which a run knows the table that it was over."""
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()


def outcomes(differences: Iterable[Mapping[str, str]]) -> list[tuple[Rule, list[tuple[RuleCase, str]]]]:
    """Each rule with its cases, and what the run with these differences found of each: caught or spared."""
    ours = {each["code"]: each["ours"] for each in differences}
    return [
        (rule, [(case, ours.get(key_of(case), case.expected)) for case in cases])
        for rule, cases in groupby(rule_cases(), attrgetter("rule"))
    ]
