"""The claim rules of `codes.rules` as findings of a claim check."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from codes.ncci.types import Finding, NumberedLine, Outcome, Reference
from codes.pricing.modifier_list import is_listed
from codes.pricing.types import Line
from codes.rules import (
    COMPANION_RULES,
    LINE_RULES,
    Claim,
    ClaimLine,
    Effect,
    Rule,
    RuleFinding,
    about,
    find,
)
from codes.rules.needs import DRUG_CITATION

KIND = "rule"
JZ_SINCE = date(2023, 7, 1)
OUTCOMES: Mapping[Effect, Outcome] = {
    Effect.NOT_PAID: Outcome.DENIED,
    Effect.NEEDS: Outcome.RETURNED,
    Effect.PAID_ONLY_WITH: Outcome.CONDITIONAL,
    Effect.AT_RISK: Outcome.AT_RISK,
    Effect.AMOUNT: Outcome.NOTE,
    Effect.CONSIDER: Outcome.CONSIDER,
}

_BINDING = tuple(rule for rule in COMPANION_RULES if rule.effect is not Effect.CONSIDER)
_BETTER = tuple(rule for rule in COMPANION_RULES if rule.effect is Effect.CONSIDER)
_DENYING = tuple(rule for rule in LINE_RULES if rule.denies)


def check_lines(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    """What the rules that look at one line by itself find."""
    return [*_findings(lines, reference, at, LINE_RULES), *_unchecked_drugs(lines, reference, at)]


def check_denials(
    lines: Sequence[NumberedLine], reference: Reference, at: date, of_modifier: str = ""
) -> list[Finding]:
    """What those of these rules find that deny a line or return it: no other rule stands in their way. With
    `of_modifier` only those that name it, but for one that HCPCS and CPT lack."""
    if not of_modifier or not all(is_listed(of_modifier, line.code) for line in lines):
        return _findings(lines, reference, at, _DENYING)
    is_named = any(of_modifier in _modifiers_named(line.code, at) for line in lines)
    return _findings(lines, reference, at, _DENYING, of_modifier) if is_named else []


@lru_cache(maxsize=1024)
def _modifiers_named(code: str, at: date) -> frozenset[str]:
    """The modifiers that these rules name for a code."""
    return frozenset[str]().union(*(rule.modifiers for rule in about(_DENYING, code, at)))


def _unchecked_drugs(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    """The drugs without JW and JZ, where CMS's list of single-dose drugs is not loaded."""
    if reference.single_dose_drugs is not None or at < JZ_SINCE:
        return []
    drugs = [line for line in lines if line.line.code[0] == "J" and not {"JW", "JZ"} & line.modifiers]
    words = "JW and JZ were not checked: CMS's list of single-dose drugs isn't loaded."
    return [
        Finding(
            kind=KIND, outcome=Outcome.NOT_CHECKED, words=words, lines=(line.number,), citation=DRUG_CITATION
        )
        for line in drugs
        if (row := reference.row(line)) and row.status == "E"
    ]


def check_companions(
    payable: Sequence[NumberedLine], valid: Sequence[NumberedLine], reference: Reference, at: date
) -> list[Finding]:
    """What the rules that look at the other lines of the day find: among the lines that are payable so far, and for a
    better code among all that are payable by themselves, since a line that another denies may be what calls for it."""
    return [*_findings(payable, reference, at, _BINDING), *_findings(valid, reference, at, _BETTER)]


def repriced(findings: Iterable[Finding]) -> Mapping[int, Line]:
    """The lines that a rule has priced in another way, by their number."""
    return {finding.lines[0]: finding.repriced for finding in findings if finding.repriced is not None}


def _findings(
    lines: Sequence[NumberedLine],
    reference: Reference,
    at: date,
    rules: Iterable[Rule],
    of_modifier: str = "",
) -> list[Finding]:
    claim = Claim(
        lines=tuple(ClaimLine(line.number, line.line, reference.row(line)) for line in lines),
        date_of_service=at,
        practitioner=reference.practitioner,
        facts=reference.facts,
        telehealth_codes=reference.telehealth_codes,
        single_dose_drugs=reference.single_dose_drugs,
        waived_tests=reference.waived_tests,
        coverage=reference.coverage,
        listed_add_ons=frozenset(reference.add_ons.primaries) if reference.add_ons else None,
    )
    return [_finding(found) for found in find(claim, rules, of_modifier)]


def _finding(found: RuleFinding) -> Finding:
    rule = found.rule
    return Finding(
        kind=KIND,
        outcome=OUTCOMES[rule.effect],
        words=found.sentence,
        lines=(found.line.number, *(line.number for line in found.match.others)),
        citation=rule.citation,
        denies=(found.line.number,) if found.denies and not found.only_lacks_modifiers else (),
        reasons=rule.reasons,
        liability=rule.liability if found.denies else "",
        rule=rule.name,
        fix=found.fix,
        repriced=found.match.repriced,
    )
