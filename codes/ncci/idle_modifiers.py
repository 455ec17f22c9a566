"""59, XE, XP, XS and XU that bypass nothing: NCCI Policy Manual, ch. I, §E.

They assert a distinct service for an edit's sake, or for that of a second line of the code. Where the claim has
neither, payment doesn't hang on what they say, and they are only worth a note.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from codes.ncci import ptp
from codes.ncci.in_force import active_edit
from codes.ncci.types import Finding, NumberedLine, Outcome, PtpTable
from codes.ncci.words import listed
from codes.rules.types import Fix

RULE = "distinct-service"
FIX = Fix("Leave it off, unless a claim of the same day has the code that it is meant for.")


def note_idle(
    findings: Iterable[Finding], lines: Sequence[NumberedLine], table: PtpTable | None, at: date
) -> list[Finding]:
    """The findings of a claim, those about a modifier that nothing on it calls for made a note. A line alone keeps its
    finding: the rest of its day isn't known."""
    if table is None or len(lines) < 2:
        return list(findings)
    idle = {line.number: line for line in lines if _is_idle(line, lines, table, at)}
    return [
        _note(finding, idle[finding.lines[0]], table, at)
        if finding.rule == RULE and finding.lines[0] in idle
        else finding
        for finding in findings
    ]


def _is_idle(line: NumberedLine, lines: Sequence[NumberedLine], table: PtpTable, at: date) -> bool:
    if {each.code for each in lines} & set(table.younger):
        return False
    others = [other for other in lines if other.number != line.number]
    return not any(other.code == line.code or _is_edited(line, other, table, at) for other in others)


def _is_edited(line: NumberedLine, other: NumberedLine, table: PtpTable, at: date) -> bool:
    pair = (line.code, other.code)
    return any(active_edit(table.edits.get(codes, ()), at) for codes in (pair, pair[::-1]))


def _note(finding: Finding, line: NumberedLine, table: PtpTable, at: date) -> Finding:
    modifiers = sorted(line.modifiers.intersection(ptp.DISTINCT_SERVICE))
    bypass = "bypasses" if len(modifiers) == 1 else "bypass"
    why = f"no other line has an NCCI edit with {line.code}"
    return replace(
        finding,
        outcome=Outcome.NOTE,
        words=f"{listed(modifiers, 'and')} {bypass} nothing on this claim: {why}.",
        fix=FIX,
        source=f"Edits read from {table.provenance.words(at)}.",
        provenance=table.provenance,
    )
