"""Amounts that the engine gave under random rules are explained by those rules: the search against the truth."""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from codes import pricing
from codes.explain import AMOUNT_KINDS, Explanation, Question
from codes.explain.contracted import contracted
from codes.explain.types import CONTRACTED, SHARE_STEPS
from codes.models import FeeScheduleRow
from codes.models.release import Source
from codes.parsing.contract import read_contract
from codes.pricing.applicability import applicability
from codes.pricing.contract import Contract
from codes.pricing.usual_place import usual_place
from codes.queries import geography, releases
from codes.queries.circumstances import circumstances_for
from codes.queries.code import code_rows
from codes.queries.explain import explain_payment
from codes.queries.price_query import PriceQuery
from codes.queries.releases import Calendar
from codes.rules.offered import X_RAYS

AMOUNTS, AMONG_FIRST, AT_LEAST = 500, 5, 0.95
UNDER_A_CONTRACT = 60
AT = date(2026, 8, 3)
MODIFIERS = ("26", "TC", "50", "54", "55", "62", "78", "80", "AS", "FX", "FY")
RANKED = {"2", "3", "4", "5", "6", "7"}


@dataclass(frozen=True)
class Case:
    """An amount with the sums that led to it, and the question that a biller would ask about it."""

    question: Question
    query: PriceQuery
    arithmetic: tuple[str, ...]


@dataclass
class Draw:
    """The random rules of one amount. Each is told to the biller or not, by the toss of a coin."""

    rng: random.Random
    calendar: Calendar
    rows: dict[str, dict[str, pricing.CodeRows]]
    contract: Contract | None = None

    def case(self) -> Case | None:
        """One amount; None where the rules drawn give none."""
        rng = self.rng
        code = rng.choice(sorted(self.rows["now"]))
        row = self.rows["now"][code].rows.get("")
        if row is None:
            return None
        rules = set(rng.sample(self._rules_for(row), rng.randint(1, 3)))
        told = {rule for rule in rules if rng.random() < 0.5}
        usual = usual_place(code, row)
        place = ({"11": "22"}.get(usual, "11")) if "place" in rules else usual
        modifiers = (rng.choice(self._modifiers_of(code, row)),) if "modifier" in rules else ()
        units = rng.randint(2, 4) if "units" in rules else 1
        practitioner = rng.choice(["np", "pa", "csw"]) if "practitioner" in rules else "physician"
        localities = list(geography.localities(self.calendar, AT))
        locality = rng.choice(localities)
        alike = [each for each in localities if each.state == locality.state and each != locality]
        paid_in = rng.choice(alike) if "locality" in rules and alike else locality
        line = pricing.Line(code, modifiers, units, place_of_service=place)
        query = PriceQuery(date_of_service=AT, locality=locality)
        paid = replace(
            query,
            locality=paid_in,
            qualifying_apm="track" in rules,
            practitioner=practitioner,
            participating="participation" not in rules,
        )
        price = self._price(line, paid, "release" in rules, "company" in rules)
        kind = CONTRACTED if self.contract else AMOUNT_KINDS[rng.choice(["allowed", "paid"])]
        amount = None if price is None or price.allowed is None else kind.of(price)
        if price is None or not amount:
            return None
        steps = [step for step in price.steps if kind.key == "paid" or step.rule not in SHARE_STEPS]
        question = Question(
            code=code,
            amount=amount,
            kind=kind.key if rng.random() < 0.7 and not self.contract else "",
            modifiers=modifiers if "modifier" in told else (),
            units=units if "units" in told else None,
            place_of_service=place if "place" in told else "",
            usual_place=usual,
            practitioner=practitioner if "practitioner" in told else "",
            participation="assigned" if "participation" in told else "",
            contract=self.contract,
        )
        asked = replace(query, qualifying_apm="track" in told)
        formulas = tuple(step.formula for step in steps if step.formula)
        return Case(question, asked, (kind.key, *formulas))

    def _rules_for(self, row: pricing.FeeScheduleRow) -> list[str]:
        rules = ["place", "practitioner", "participation", "track", "units", "locality", "release"]
        rules += ["modifier"] if self._modifiers_of(row.code, row) else []
        return rules + (["company"] if row.multiple_procedure in RANKED else [])

    def _modifiers_of(self, code: str, row: pricing.FeeScheduleRow) -> list[str]:
        rows = self.rows["now"][code].rows
        components = [each for each in ("26", "TC") if each in rows]
        others = [each for each in MODIFIERS if each not in ("26", "TC") and applicability(each, row).applies]
        return components + [each for each in others if each not in ("FX", "FY") or code in X_RAYS]

    def _price(
        self, line: pricing.Line, query: PriceQuery, is_earlier: bool, in_company: bool
    ) -> pricing.LinePrice | None:
        """The line by itself, or with a larger service of the sample that ranks before it."""
        release = self.calendar.of(Source.PPRRVU)[1 if is_earlier else 0]
        rows = self.rows["before" if is_earlier else "now"]
        if line.code not in rows:
            return None
        at = release.effective_from if is_earlier else AT
        others = [self._larger(rows, line)] if in_company else []
        lines = [line, *(replace(line, code=code, units=1) for code in others if code)]
        needed = {each.code: rows[each.code] for each in lines}
        bases = pricing.related_codes(needed)
        needed |= {code: rows[code] for code in bases if code in rows}
        there = geography.localities(self.calendar, at).by_key.get(geography.key_of(query.locality))
        if there is None:
            return None
        then = replace(query, date_of_service=at, locality=there)
        circumstances = circumstances_for(self.calendar, release, needed, then)
        if self.contract is None:
            return pricing.price_claim(needed, lines, circumstances).lines[0]
        circumstances = self.contract.circumstances(circumstances)
        return contracted(pricing.price_claim(needed, lines, circumstances).lines[0], self.contract)

    def _larger(self, rows: dict[str, pricing.CodeRows], line: pricing.Line) -> str:
        """A code whose service is ranked with this one, and is larger in every value."""
        row = rows[line.code].rows[""]
        larger = [
            code
            for code, each in rows.items()
            if (other := each.rows.get("")) and other.multiple_procedure == row.multiple_procedure
            and other.work_rvu > row.work_rvu and other.facility_pe_rvu > row.facility_pe_rvu
            and other.nonfacility_pe_rvu > row.nonfacility_pe_rvu
        ]  # fmt: skip
        return self.rng.choice(sorted(larger)) if larger else ""


def _cases(rng: random.Random, contract: Contract | None = None) -> Iterator[Case]:
    calendar = releases.calendar()
    now, before = calendar.of(Source.PPRRVU)[:2]
    codes = list(FeeScheduleRow.objects.filter(release=now, status="A").values_list("code", flat=True))
    rows = {"now": code_rows(now, codes), "before": code_rows(before, codes)}
    draw = Draw(rng, calendar, rows, contract)
    while True:
        case = draw.case()
        if case:
            yield case


def _is_true(explanation: Explanation, case: Case) -> bool:
    return explanation.arithmetic == case.arithmetic


@pytest.mark.slow
def test_the_rules_behind_an_amount_are_among_the_first_explanations(sample: None, capsys: Any) -> None:
    _explain_all(_cases(random.Random(21)), AMOUNTS, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["120 % of Medicare", "$45.00"])
def test_so_are_those_behind_the_amount_of_a_contract(sample: None, capsys: Any, typed: str) -> None:
    _explain_all(_cases(random.Random(22), read_contract(typed)), UNDER_A_CONTRACT, capsys)


def _explain_all(cases: Iterator[Case], amounts: int, capsys: Any) -> None:
    calendar = releases.calendar()
    right, slowest, missed = 0, 0.0, []
    for _ in range(amounts):
        case = next(cases)
        begun = time.process_time()
        answer = explain_payment(calendar, case.question, case.query, is_dated=True)
        slowest = max(slowest, time.process_time() - begun)
        if any(_is_true(each, case) for each in answer.found[:AMONG_FIRST]):
            right += 1
        else:
            missed.append((case, answer))
    with capsys.disabled():
        said = f"{right} of {amounts} explained among the first {AMONG_FIRST}; slowest {slowest:.2f} s of CPU"
        sys.stdout.write(f"\n{said}\n")
    assert right >= AT_LEAST * amounts, [case.question for case, _ in missed[:5]]
