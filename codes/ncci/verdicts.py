"""The verdict on one line: what its findings together mean, as a status and in a sentence."""

from collections.abc import Sequence

from codes.ncci.types import CheckedLine, Finding, LineStatus, Outcome
from codes.pricing.types import Line

_CAUTIONS = (
    Outcome.RETURNED,
    Outcome.CONDITIONAL,
    Outcome.AT_RISK,
    Outcome.MAC_DECIDES,
    Outcome.WARNING,
    Outcome.NOT_CHECKED,
)
_GIVEN = {
    Outcome.RETURNED: LineStatus.RETURNED,
    Outcome.CONDITIONAL: LineStatus.CONDITIONAL,
    Outcome.AT_RISK: LineStatus.AT_RISK,
    Outcome.MAC_DECIDES: LineStatus.AT_RISK,
    Outcome.NOT_CHECKED: LineStatus.NOT_CHECKED,
}
_LEADS = {
    LineStatus.RETURNED: "Returned as billed.",
    LineStatus.CONDITIONAL: "Paid only if the record supports the modifier.",
    LineStatus.AT_RISK: "Not denied by these checks, but at risk.",
    LineStatus.NOT_CHECKED: "Not denied, but not all was checked.",
    LineStatus.PAID: "Not denied by these checks.",
}
_DENIED_LEADS = {Outcome.MAY_PASS: "Denied as billed.", Outcome.RETURNED: _LEADS[LineStatus.RETURNED]}
_AT_RISK = frozenset({"bundling", "global package"})


def verdict(number: int, line: Line, findings: Sequence[Finding]) -> CheckedLine:
    """What the findings mean for one line: the first that denies it decides."""
    own = tuple(finding for finding in findings if _speaks_of(finding, number))
    for finding in own:
        if number in finding.denies:
            lead = _DENIED_LEADS.get(finding.outcome, "Denied.")
            returned = finding.outcome is Outcome.RETURNED
            return CheckedLine(
                number=number,
                line=line,
                findings=own,
                denied_reason=finding.words,
                verdict=f"{lead} {finding.words}",
                status=LineStatus.RETURNED if returned else LineStatus.DENIED,
                citation=finding.citation,
                liability=finding.liability,
                lead=lead,
            )
    status = _status(line, own)
    lead, words = _said(line, status, own)
    return CheckedLine(number, line, own, "", " ".join([lead, *words]).strip(), status, lead=lead)


def _status(line: Line, findings: Sequence[Finding]) -> LineStatus:
    """The strongest status that a finding gives to a line that none denies."""
    statuses = {_status_from(line, finding) for finding in findings}
    return next((status for status in LineStatus if status in statuses), LineStatus.PAID)


def _status_from(line: Line, finding: Finding) -> LineStatus:
    if _carries(line, finding):
        return LineStatus.CONDITIONAL
    if finding.outcome is Outcome.WARNING and finding.kind in _AT_RISK and _cautions(line, finding):
        return LineStatus.AT_RISK
    return _GIVEN.get(finding.outcome, LineStatus.PAID)


def _speaks_of(finding: Finding, number: int) -> bool:
    """Whether a finding is about this line. A rule is about its own line, not about those that it looks at."""
    return number == finding.lines[0] if finding.rule else number in finding.lines


def _carries(line: Line, finding: Finding) -> bool:
    """Whether a modifier keeps this line, as column 2, from being denied by an edit."""
    return (
        finding.outcome is Outcome.PASSES
        and finding.edit is not None
        and finding.edit.column_two == line.code
    )


def _cautions(line: Line, finding: Finding) -> bool:
    """Whether a finding is a caution for this line: of an edit, only for its column 2."""
    return finding.outcome in _CAUTIONS and (finding.edit is None or finding.risks(line.code))


def _said(line: Line, status: LineStatus, findings: Sequence[Finding]) -> tuple[str, list[str]]:
    """What is said of a line that nothing denies: the beginning, and the words of its findings."""
    said = [finding for finding in findings if _cautions(line, finding) or _carries(line, finding)]
    if any(finding.kind == "code" and finding.outcome is Outcome.NOT_CHECKED for finding in said):
        return "", [finding.words for finding in said]
    lead = _LEADS[status]
    if status is LineStatus.CONDITIONAL and not any(_carries(line, finding) for finding in said):
        lead = "Paid only if this holds."
    return lead, [finding.words for finding in said]
