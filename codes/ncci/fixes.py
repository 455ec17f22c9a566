"""What to do about a line that is not plainly paid, and the claim as it stands when that is done."""

from collections.abc import Iterable, Sequence

from codes.ncci.types import CheckedLine, Finding, Outcome
from codes.pricing.types import Line
from codes.rules import ClaimLine, Fix
from codes.rules.apply import apply

# Outcomes of claim rules, the strongest first.
_STRENGTH = (
    Outcome.DENIED,
    Outcome.RETURNED,
    Outcome.CONDITIONAL,
    Outcome.AT_RISK,
    Outcome.NOTE,
)


def deciding(checked: CheckedLine) -> Finding | None:
    """The finding of a claim rule that decides a line's verdict; None where no rule does."""
    own = [
        finding for finding in checked.findings if finding.rule and finding.outcome is not Outcome.CONSIDER
    ]
    return min(own, key=lambda finding: _STRENGTH.index(finding.outcome), default=None)


def considered(checked: CheckedLine) -> tuple[Finding, ...]:
    """What the biller may have missed: a better code, or one that is not on the claim."""
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
