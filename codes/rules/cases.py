"""Claims that a rule must catch, and the nearest ones that it must not: `fixtures/rules/cases.csv`.

Columns: rule (its name), expected (caught or spared), claim (codes with modifiers behind a dash and units behind an x),
place and date of service, circumstances: what else is known, parted by semicolons. That is what the Claim Desk asks
("time=37", "established=1"), `single_dose`, `waived` and `listed` for codes that a file of CMS lists, and `article` for
a code whose diagnoses a contractor's article doesn't bear out, and why. A rule that began or ended is tried on its
first or last day and on the day outside, too.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from codes.rules.book import BY_NAME
from codes.rules.claim_text import claim
from codes.rules.engine import findings_of
from codes.rules.types import Claim, Doubt, Rule, StatedFacts

CAUGHT = {True: "caught", False: "spared"}


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A claim as text, what is known around it, and whether the rule must find something on it."""

    rule: Rule
    text: str
    place_of_service: str
    day: date
    circumstances: str
    is_caught: bool

    @property
    def expected(self) -> str:
        """caught or spared"""
        return CAUGHT[self.is_caught]

    @property
    def found(self) -> str:
        """What the rule makes of the claim now: caught or spared."""
        return CAUGHT[self.rule.holds_on(self.day) and bool(findings_of(self.rule, self.claim))]

    @property
    def claim(self) -> Claim:
        """The claim that is spelled here."""
        return claim(
            self.text, self.day, pos=self.place_of_service, **_read_circumstances(self.circumstances)
        )


def read_cases(path: Path) -> Iterator[RuleCase]:
    """The cases of the table, each rule's together, and those of the days on which it began and ended."""
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            case = RuleCase(
                rule=BY_NAME[row["rule"]],
                text=row["claim"],
                place_of_service=row["place_of_service"],
                day=date.fromisoformat(row["date"]),
                circumstances=row["circumstances"],
                is_caught=row["expected"] == CAUGHT[True],
            )
            yield case
            if case.is_caught:
                yield from _at_its_ends(case)


def _at_its_ends(case: RuleCase) -> Iterator[RuleCase]:
    first, last, day = case.rule.since, case.rule.until, timedelta(days=1)
    if first > date.min:
        yield replace(case, day=first)
        yield replace(case, day=first - day, is_caught=False)
    if last < date.max:
        yield replace(case, day=last)
        yield replace(case, day=last + day, is_caught=False)


def _read_circumstances(circumstances: str) -> dict[str, Any]:
    """What `claim` takes besides lines, day and place."""
    known = dict(part.split("=", 1) for part in circumstances.split("; ")) if circumstances else {}
    facts = {field: read(known.pop(name)) for name, (field, read) in _FACTS.items() if name in known}
    return {"facts": StatedFacts(**facts), **{_REST[name][0]: _REST[name][1](known[name]) for name in known}}


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


def _article(text: str) -> dict[tuple[str, str], tuple[Doubt, str]]:
    code, _, why = text.partition(" ")
    return {(code, ""): (Doubt(why), f"An article has {code} as {why}.")}


def _yes(text: str) -> bool:
    return text == "1"


def _no(text: str) -> bool:
    return text != "1"


_Readers = Mapping[str, tuple[str, Callable[[str], Any]]]
_FACTS: _Readers = {
    "established": ("established", _yes),
    "same_problem": ("same_problem", _yes),
    "all": ("whole_day", _yes),
    "surgery": ("global_period_of", str),
    "days_since": ("days_since", int),
    "time": ("minutes", int),
    "vial": ("vial_units", int),
    "no_order": ("ordering_named", _no),
    "no_clia": ("clia_number", _no),
}
_REST: _Readers = {
    "practitioner": ("practitioner", str),
    "single_dose": ("single_dose_drugs", _codes),
    "waived": ("waived_tests", _codes),
    "listed": ("listed_add_ons", _codes),
    "article": ("coverage", _article),
}
