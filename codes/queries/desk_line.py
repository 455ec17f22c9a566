"""One line of the Claim Desk: what the checks and the price together say becomes of it."""

from dataclasses import dataclass

from django.utils.text import capfirst

from codes import ncci, pricing
from codes.ncci import LineStatus, fixes
from codes.queries.missed_money import Missed
from codes.rules import Fix

STATUS_WORDS = {
    LineStatus.DENIED: "Denied",
    LineStatus.RETURNED: "Returned",
    LineStatus.CONDITIONAL: "Paid only if ...",
    LineStatus.AT_RISK: "Paid, at risk",
    LineStatus.NOT_CHECKED: "Not checked",
    LineStatus.PAID: "Paid",
}
# What a line becomes that passes the checks and yet has no amount, by the kind of refusal.
_DENIED = frozenset(
    {
        "bundled",
        "component",
        "deleted",
        "denied",
        "facility_paid",
        "global_package",
        "invalid_for_medicare",
        "local",
        "modifier",
        "not_covered",
        "reporting_only",
        "therapy_threshold",
    }
)
_RETURNED = frozenset(
    {
        *("anesthesia", "care_days", "charge", "minutes", "needs_modifier", "place_of_service", "units"),
        "unknown_modifier",
    }
)
_LEFT_TO_MAC = frozenset({"by_report", "mac_priced"})


def opening(status: LineStatus) -> str:
    """The status as the beginning of a text, before the sentence that explains it.

    >>> opening(LineStatus.DENIED), opening(LineStatus.CONDITIONAL)
    ('Denied.', 'Paid only if this holds.')
    """
    return f"{STATUS_WORDS[status].replace(' ...', ' this holds')}."


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line of the desk: what it is, what the checks say, what Medicare allows, what the biller may have missed."""

    checked: ncci.CheckedLine
    price: pricing.LinePrice | None
    name: str
    considered: tuple[Missed, ...] = ()

    @property
    def line(self) -> pricing.Line:
        return self.checked.line

    @property
    def findings(self) -> tuple[ncci.Finding, ...]:
        """What the checks found on this claim."""
        return fixes.of_claim(self.checked)

    @property
    def status(self) -> LineStatus:
        """What becomes of the line; the checks decide, and where they let it pass the price."""
        if self.price is None and not self.checked.denied:
            return LineStatus.NOT_CHECKED
        return _status_of(self._refusal) if self._refusal else self.checked.status

    @property
    def _refusal(self) -> pricing.Refusal | None:
        """Why there is no amount, where the checks let the line pass."""
        is_out = self.checked.status in (LineStatus.DENIED, LineStatus.RETURNED)
        return None if is_out or self.price is None else self.price.refusal

    @property
    def status_words(self) -> str:
        """The status as the page shows it."""
        return STATUS_WORDS[self.status]

    @property
    def reason(self) -> str:
        """Why the line is not plainly paid, in a sentence; '' where it is."""
        if self._lacks_something or self._is_refused:
            return self.verdict
        found = fixes.deciding(self.checked)
        if found and self.status is not LineStatus.PAID:
            return found.words
        return "" if self.status is LineStatus.PAID else self.checked.denied_reason or self.verdict

    @property
    def fix(self) -> Fix | None:
        """What to do about a line that is not plainly paid, where the claim can be mended or the rule says so; None of
        a line that lacks something, whose reason says what."""
        is_left = self.status is LineStatus.PAID or self._lacks_something or self._is_refused
        return None if is_left else fixes.fix_of(self.checked)

    @property
    def _lacks_something(self) -> bool:
        """Whether the checks let the line pass and Medicare returns it for what an amount needs, as the minutes of
        anesthesia: what the checks know to do about the line doesn't mend that."""
        return self._refusal is not None and self._refusal.kind in _RETURNED

    @property
    def _is_refused(self) -> bool:
        """Whether the price denies a line that the checks let pass: what they say of it isn't why."""
        return self.status is LineStatus.DENIED and not self.checked.denied

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the claim rules that hold for the line."""
        return fixes.rule_names(self.findings)

    @property
    def denied(self) -> bool:
        return self.status is LineStatus.DENIED

    @property
    def is_unpaid(self) -> bool:
        """Whether the line is denied, returned, or paid only if something holds."""
        return self.status not in {LineStatus.PAID, LineStatus.NOT_CHECKED}

    @property
    def explanation(self) -> str:
        """The verdict for where the status stands before it."""
        said = " ".join([self.checked.explanation, *self._about_the_amount()]).strip()
        repeats = said.startswith(f"{STATUS_WORDS[self.status]}: ")
        return capfirst(said.partition(": ")[2]) if repeats else said

    @property
    def verdict(self) -> str:
        """The verdict in a sentence, and where a line that passes has no amount, why or where that stands."""
        return " ".join([self.checked.verdict, *self._about_the_amount()])

    def _about_the_amount(self) -> list[str]:
        if self.price is None or self.checked.denied:
            return []
        if self.price.refusal and self.price.refusal.kind == "no_release":
            return []  # said of the whole claim
        if self.price.refusal:
            return [f"No amount: {self.price.refusal.text}"]
        return [note for note in self.price.notes if self.price.paid_with]


def _status_of(refusal: pricing.Refusal) -> LineStatus:
    if refusal.kind in _DENIED:
        return LineStatus.DENIED
    if refusal.kind in _RETURNED:
        return LineStatus.RETURNED
    return LineStatus.CONDITIONAL if refusal.kind in _LEFT_TO_MAC else LineStatus.NOT_CHECKED
