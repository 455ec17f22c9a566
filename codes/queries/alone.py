"""What becomes of a line whose claim is not known."""

from dataclasses import dataclass

from codes import ncci, pricing
from codes.ncci import Finding, LineStatus, Outcome
from codes.queries.desk_line import DeskLine
from codes.rules import Fix

UNMET = (Outcome.DENIED, Outcome.RETURNED, Outcome.CONDITIONAL, Outcome.MAC_DECIDES)


@dataclass(frozen=True, slots=True)
class Alone:
    """The status of a line by itself, why, and what to do; '' and None where it is paid. `unmet` is what only another
    line of the claim can bring."""

    line: DeskLine
    status: LineStatus
    reason: str
    fix: Fix | None
    unmet: tuple[Finding, ...]


def judged_alone(check: ncci.LineCheck, price: pricing.LinePrice) -> Alone:
    """What the checks and the price of one line say of it. What hangs on another line makes it paid only if that
    line is there."""
    line = DeskLine(check.checked, price, "")
    unmet = tuple(finding for finding in check.hanging if finding.outcome in UNMET)
    if line.status is LineStatus.PAID and unmet:
        return Alone(line, LineStatus.CONDITIONAL, unmet[0].words, unmet[0].fix, unmet)
    return Alone(line, line.status, line.reason, line.fix, unmet)
