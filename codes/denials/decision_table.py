"""Which route a denial takes: the first row of `fixtures/texts/denial_routes.csv` that fits it.

Columns: reasons, groups and remarks (any of those named; empty for any), condition (all must hold: `status=B|T` that
the fact is one of these, `!modifier=GA` that it is none; the facts are those of `denial.features_of`), route, why,
unless (the nearest other case and its step), gather (the evidence), source. In the texts {code}, {other}, {limit},
{modifiers} and {reason} stand for those of the denial, {rule} and {fix} for the claim rule between the two codes.
"""

import csv
from functools import cache
from typing import NamedTuple

from django.conf import settings

from codes.denials.denial import Features
from codes.denials.routes import Route

# Where a page shows the rule that a fact stands for: the parts of a code page.
PARTS = {"edit": "ncci", "mai": "unit-limits", "limit": "unit-limits", "units": "unit-limits"}
INDICATORS = "indicators"
BILLED = frozenset({"payer", "modifier", "pos", "group", "remark", "code", "other", "kind", "rule"})


class Condition(NamedTuple):
    """A fact that must be one of these values, or none of them where it is negated."""

    fact: str
    values: frozenset[str]
    is_negated: bool

    def holds(self, features: Features) -> bool:
        return bool(self.values & features[self.fact]) is not self.is_negated


class Row(NamedTuple):
    """A row of the decision table, read."""

    reasons: frozenset[str]
    groups: frozenset[str]
    remarks: frozenset[str]
    conditions: tuple[Condition, ...]
    route: Route
    why: str
    unless: str
    gather: str
    source: str

    def fits(self, reason: str, features: Features) -> bool:
        """Whether the row speaks of this denial."""
        return (
            (not self.reasons or reason in self.reasons)
            and (not self.groups or bool(self.groups & features["group"]))
            and (not self.remarks or bool(self.remarks & features["remark"]))
            and all(condition.holds(features) for condition in self.conditions)
        )

    def turns_on(self, fact: str) -> bool:
        """Whether a condition of the row asks for this fact."""
        return any(each.fact == fact for each in self.conditions)

    @property
    def part(self) -> str:
        """The part of the code's page that shows the rule which decided; '' where none of the code did."""
        facts = [each.fact for each in self.conditions if not each.is_negated and each.fact not in BILLED]
        shown = [PARTS.get(fact, INDICATORS) for fact in facts]
        return max(shown, key=lambda part: part != INDICATORS, default="")


# What is said of a reason that the table does not know: its group code says who bears it.
UNKNOWN = {
    "PR": (
        Route.PATIENT,
        "PR makes the patient liable for it.",
        "If the remark names an error, correct it first.",
    ),
    "": (
        Route.INFORMATION,
        "We have no words for reason {reason}. What do its remark codes and the payer's list of reasons say?",
        "PR: the patient owes it. CO: you do, unless the remark names an error to correct.",
    ),
}


@cache
def rows() -> tuple[Row, ...]:
    """All rows in their order."""
    path = settings.BASE_DIR / "fixtures" / "texts" / "denial_routes.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(_read(cells) for cells in list(csv.reader(stream))[1:])


def first_row(reason: str, features: Features) -> Row:
    """The row that decides; one made of the group code for a reason that no row knows."""
    return next((row for row in rows() if row.fits(reason, features)), None) or _of_group(features["group"])


def _of_group(groups: frozenset[str]) -> Row:
    route, why, unless = UNKNOWN["PR" if "PR" in groups else ""]
    gather = "All reason and remark codes of the line; the payer's list of reasons"
    return Row(frozenset(), groups, frozenset(), (), route, why, unless, gather, "")


def _read(cells: list[str]) -> Row:
    reasons, groups, remarks, conditions, route, why, unless, gather, source = cells
    return Row(
        reasons=frozenset(reasons.split()),
        groups=frozenset(groups.split()),
        remarks=frozenset(remarks.split()),
        conditions=tuple(_condition(word) for word in conditions.split()),
        route=Route(route),
        why=why,
        unless=unless,
        gather=gather,
        source=source,
    )


def _condition(word: str) -> Condition:
    """
    >>> _condition("!status=B|T").is_negated
    True
    """
    fact, _, values = word.removeprefix("!").partition("=")
    return Condition(fact, frozenset(values.split("|")), word.startswith("!"))
