"""Whether the day lies in the global period of the surgery that the biller states."""

from collections.abc import Mapping
from dataclasses import replace

from codes import pricing
from codes.rules import StatedFacts

# After the day of surgery, by global days. Of MMM, YYY and ZZZ the number doesn't tell.
DAYS = {"000": 0, "010": 10, "090": 90, "XXX": 0}


def within_global_period(facts: StatedFacts, rows: Mapping[str, pricing.CodeRows]) -> StatedFacts:
    """The facts as they bind: without the surgery where its global period is over, or where it has none. A surgery
    that no fee schedule lists, and one without days, is taken at the biller's word."""
    period = _period(facts.global_period_of, rows)
    over = period is not None and (facts.days_since or 0) > period
    return replace(facts, global_period_of="") if over or period == 0 else facts


def in_words(facts: StatedFacts, rows: Mapping[str, pricing.CodeRows]) -> str:
    """What the stated surgery means for the day, in a sentence; '' where none is stated or known."""
    code, period = facts.global_period_of, _period(facts.global_period_of, rows)
    if not code or period is None:
        return ""
    if not period:
        return f"{code} has no global period after the day of surgery."
    if facts.days_since is None:
        return f"{code} has a global period of {period} days; the day is taken to fall in it."
    where = "outside" if facts.days_since > period else "inside"
    return f"{code} has a global period of {period} days: day {facts.days_since} is {where} it."


def _period(code: str, rows: Mapping[str, pricing.CodeRows]) -> int | None:
    """The days of care after the surgery, 0 for none; None where the code is not on the fee schedule, and where its
    indicator leaves them to the MAC, to the primary code or to the code's own words."""
    row = rows[code].rows.get("") if code in rows else None
    return DAYS.get(row.global_days) if row else None
