"""What to do about a line that is not plainly paid, and the claim as it stands when that is done."""

from collections.abc import Iterable, Sequence

from codes.ncci import addon
from codes.ncci.types import CheckedLine, Finding, Outcome
from codes.pricing.types import Line
from codes.rules import RULES, ClaimLine, Fix
from codes.rules.apply import apply
from codes.rules.types import Change, ChangeKind, adds_only_modifiers

_OF_CODE_PAGE = frozenset(rule.name for rule in RULES if rule.on_code_page_only)
# Outcomes of claim rules, the strongest first.
_STRENGTH = (
    Outcome.DENIED,
    Outcome.RETURNED,
    Outcome.CONDITIONAL,
    Outcome.AT_RISK,
    Outcome.WARNING,
    Outcome.NOTE,
)


def deciding(checked: CheckedLine) -> Finding | None:
    """The finding that decides a line's verdict and knows what to do: the one that denies it, else that of a claim
    rule or of an edit that puts it at risk; None where there is none."""
    if checked.denied:
        return next(finding for finding in checked.findings if checked.number in finding.denies)
    own = [
        finding
        for finding in checked.findings
        if finding.risks(checked.line.code) or (finding.rule and finding.outcome is not Outcome.CONSIDER)
    ]
    return min(own, key=lambda finding: _STRENGTH.index(finding.outcome), default=None)


def fix_of(checked: CheckedLine) -> Fix | None:
    """What to do about a line that is not plainly paid; None where nothing on the claim decides it."""
    found = deciding(checked)
    if found is None:
        return None
    return found.fix or _fix_by_kind(found, checked.number)


def only_lacks_modifiers(checked: CheckedLine) -> bool:
    """Whether a line would be paid with the modifiers that its fix adds."""
    fix = fix_of(checked)
    return fix is not None and adds_only_modifiers(fix)


def of_claim(checked: CheckedLine) -> tuple[Finding, ...]:
    """What is found on this claim, without what is said of any such service on the page of its code."""
    return tuple(finding for finding in checked.findings if finding.rule not in _OF_CODE_PAGE)


def considered(checked: CheckedLine) -> tuple[Finding, ...]:
    """What the biller may have missed on this claim: a better code, or one that is not on it."""
    return tuple(each for each in of_claim(checked) if each.outcome is Outcome.CONSIDER)


def suggested(checked: CheckedLine) -> tuple[Finding, ...]:
    """All that the rules suggest for a line, what is said of any such service among it."""
    return tuple(finding for finding in checked.findings if finding.outcome is Outcome.CONSIDER)


def fixed(lines: Sequence[Line], fix: Fix) -> tuple[Line, ...]:
    """The lines of the claim with the changes of a fix made; empty where it changes nothing on the claim."""
    if not fix.changes:
        return ()
    numbered = [ClaimLine(number, line) for number, line in enumerate(lines, 1)]
    return tuple(line.line for line in apply(numbered, fix.changes))


def rule_names(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The names of the rules among findings, each once."""
    return tuple(dict.fromkeys(finding.rule for finding in findings if finding.rule))


def _fix_by_kind(found: Finding, number: int) -> Fix | None:
    """What to do about a denial for want of a primary code or by the code's own status."""
    drop = (Change(ChangeKind.DROP_LINE, number),)
    if found.kind == addon.KIND:
        return Fix("Bill its primary code on the same claim, or drop the add-on.", drop)
    if found.kind in ("status", "bundled"):
        return Fix("Drop the line: don't bill the patient.", drop) if found.liability == "provider" else None
    return None
