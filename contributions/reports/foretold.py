"""Which of the reasons that a snapshot shows are those that this site's own claim rules foretell for the code."""

from dataclasses import dataclass
from datetime import date

from codes.denials.grounds import rules_foretelling
from codes.rules import Rule
from contributions.reports.queries import Patterns, ShownAnswer


@dataclass(frozen=True, slots=True)
class Foretold:
    """How many of the reasons shown (`shown`) a claim rule names, and their share of all reports in percent, None below
    twenty reporters; the rules by reason."""

    shown: int
    percent: int | None
    rules: tuple[tuple[ShownAnswer, Rule], ...]

    @property
    def reasons(self) -> int:
        """How many of the reasons shown have a rule."""
        return len(self.rules)


def foretold(found: Patterns | None, at: date) -> Foretold | None:
    """What the rules in force on `at` say of the reasons of a snapshot; None where no reason is shown. Nothing is read
    for it: a page with a snapshot costs no more than one without."""
    rows = [row for row in _reasons_of(found) if not row.is_others]
    if found is None or not rows:
        return None
    named = [(row, rules_foretelling(row.answer, found.code, at)) for row in rows]
    ruled = tuple((row, rules[0]) for row, rules in named if rules)
    percent = sum(row.percent or 0 for row, _ in ruled) if found.has_shares else None
    return Foretold(len(rows), percent, ruled)


def _reasons_of(found: Patterns | None) -> tuple[ShownAnswer, ...]:
    tables = found.tables if found else ()
    return next((table.rows for table in tables if table.name == "reason"), ())
