"""The price of a line whose claim is not known, once the checks of a claim have seen it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from codes import ncci, pricing
from codes.formatting import dollars
from codes.ncci import fixes
from codes.ncci.types import NumberedLine
from codes.ncci.words import counted
from codes.rules import Fix
from codes.rules.types import ChangeKind


@dataclass(frozen=True, slots=True)
class LinePrices:
    """What Medicare allows for lines of one code in the same circumstances, each worked out once. `related` are the
    rows of the codes that several units are ranked with."""

    rows: pricing.CodeRows
    circumstances: pricing.Circumstances
    reference: ncci.Reference
    related: Mapping[str, pricing.CodeRows] = field(default_factory=dict)
    _known: dict[pricing.Line, pricing.LinePrice] = field(default_factory=dict)
    _unpaid: dict[pricing.Line, ncci.CheckedLine | None] = field(default_factory=dict)

    def under(self, other: pricing.Circumstances) -> "LinePrices":
        """The same in other circumstances."""
        if other == self.circumstances:
            return self
        return replace(self, circumstances=other, _known={}, _unpaid={})

    def of(self, line: pricing.Line) -> pricing.LinePrice:
        """What the line is paid, whatever the checks say of it."""
        if line not in self._known:
            related = self.related if line.units > 1 else {}
            self._known[line] = pricing.price_line(self.rows, line, self.circumstances, related)
        return self._known[line]

    def checked(self, line: pricing.Line) -> tuple[pricing.LinePrice, ncci.LineCheck]:
        """What Medicare allows for the line, and what the checks say of it. A line that they deny or return as typed
        has no amount; one that only lacks a modifier keeps the amount that it has once that is added."""
        check = ncci.check_line(line, self.reference, self.circumstances.date_of_service)
        is_unpaid = any(finding.outcome in ncci.UNPAID for finding in check.checked.findings)
        self._unpaid[line] = check.checked if is_unpaid else None
        return self.judged(line, check.checked), check

    def allowed(self, line: pricing.Line) -> pricing.LinePrice:
        """The same amount alone: what has none in any case is not checked."""
        return self.of(line) if self.of(line).refusal else self.judged(line, self.unpaid(line))

    def unpaid(self, line: pricing.Line) -> ncci.CheckedLine | None:
        """The verdict on a line that the checks deny or return, None on any other."""
        if line not in self._unpaid:
            at = self.circumstances.date_of_service
            self._unpaid[line] = ncci.unpaid_by_itself(line, self.reference, at)
        return self._unpaid[line]

    def judged(self, line: pricing.Line, checked: ncci.CheckedLine | None) -> pricing.LinePrice:
        """The price of a line after this verdict."""
        price = self.of(line)
        if price.refusal or checked is None or not checked.denied or fixes.only_lacks_modifiers(checked):
            return price
        why = NumberedLine(1, line).alone(checked.denied_reason)
        why += self._within_the_limit(line, fixes.fix_of(checked))
        refused = pricing.price_line(self.rows, replace(line, denied=why), self.circumstances)
        assert refused.refusal
        refusal = replace(refused.refusal, citation=checked.citation, liability=checked.liability)
        return replace(refused, refusal=refusal)

    def _within_the_limit(self, line: pricing.Line, fix: Fix | None) -> str:
        """ " 2 units: $271.22." where units above a limit are what is wrong, else ''."""
        changes = fix.changes if fix else ()
        units = [int(change.value) for change in changes if change.kind is ChangeKind.SET_UNITS]
        allowed = self.of(replace(line, units=units[0])).allowed if units else None
        return f" {counted(units[0], 'unit')}: {dollars(allowed)}." if allowed is not None else ""
