"""The search: every way from every basis, the likeliest first, until there are explanations enough.

Each way is priced once, from the first basis. What the same way gives from another basis is foretold from the
fee-schedule amounts of both; only where that comes near the amount asked about is the engine asked again. Nothing is
found that the engine did not give to the cent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest
from typing import NamedTuple

import numpy as np

from codes.explain.answers import MOST_FOUND, likeliest, nearest
from codes.explain.basis import Basis, Fees, fees_of
from codes.explain.company import price
from codes.explain.types import (
    AMOUNT_KINDS,
    CONTRACTED,
    AmountKind,
    Assumption,
    Explanation,
    Explanations,
    Question,
)
from codes.explain.ways import DEAREST, MOST_ASSUMED, Way, ways_of
from codes.pricing.types import LinePrice

MOST_TRIALS = 150  # priced from another basis
PLAIN = 1  # assumptions of a nearest amount, at most
# Amounts that follow the fee in proportion, but for rounding. Others may move by some percent.
PROPORTIONAL = frozenset(
    {"setting", "base", "global_package", "bilateral", "co_surgeons", "multiple_procedures", "assistant"}
    | {
        "practitioner",
        "nonparticipating",
        "limiting_charge",
        "units",
        "coinsurance",
        "medicare",
        "sequestration",
        "contract",
    }
)
LOOSE, TIGHT = 0.12, 0.0006
# How unlikely it is that an amount is of a kind, where nobody said which.
KIND_COSTS = {
    "allowed": 0.0,
    "paid": 0.3,
    "coinsurance": 1.3,
    "before": 1.6,
    "limit": 1.0,
    "sequestration": 2.0,
}
OTHER_KINDS = {"paid": ("paid", "before"), "allowed": ("allowed",)}
UNSEQUESTERED = Assumption("without the 2 % sequestration", 2.0)


class Trial(NamedTuple):
    """A way from a basis that may give the amount as one of its kinds."""

    cost: float
    number: int
    way: Way
    basis: Basis
    kind: AmountKind


@dataclass(slots=True)
class Search:
    """What has been found and tried so far."""

    question: Question
    bases: Sequence[Basis]
    fees: Fees
    found: dict[tuple[str, ...], Explanation]
    near: list[Explanation]
    trials: list[Trial]
    tried: int = 0


def explain(question: Question, bases: Sequence[Basis]) -> Explanations:
    """The explanations of an amount. `bases` begins with the one that was asked about; bases of the same rows and
    factor stand together. Empty bases, or a code that Medicare prices in no way from the first, give a refusal."""
    if not bases:
        return Explanations(refusal="Nothing prices this code on that day.")
    search = Search(question, bases, fees_of(bases), {}, [], [])
    kinds = _kinds(question)
    ways = ways_of(question, bases[0].rows, any(kind.key == "limit" for kind in kinds))
    refusal = ""
    for way in ways[: question.most_ways]:
        if _is_enough(search.found.values(), way.cost):
            break
        priced = price(way, bases[0], question)
        search.tried += len(bases)
        if priced.allowed is None:
            refusal = refusal or (priced.refusal.text if priced.refusal else "")
            continue
        for kind in kinds:
            _look_at(search, way, priced, kind)
    _try(search)
    return _answer(search, refusal)


def _kinds(question: Question) -> list[AmountKind]:
    if question.contract:
        return [CONTRACTED]
    keys = OTHER_KINDS.get(question.kind, (question.kind,)) if question.kind else tuple(KIND_COSTS)
    return [AMOUNT_KINDS[key] for key in keys]


def _kind_assumptions(question: Question, kind: AmountKind) -> tuple[Assumption, ...]:
    """What is assumed of the kind of the amount. Nobody having said it, every kind but the allowed amount costs
    something, and is not counted as an assumption of the payment."""
    if question.contract:
        return ()
    if question.kind:
        return (UNSEQUESTERED,) if kind.key != question.kind else ()
    return (Assumption("", KIND_COSTS[kind.key]),) if KIND_COSTS[kind.key] else ()


def _is_enough(found: Iterable[Explanation], cost: float) -> bool:
    """Whether there are enough that are likelier than whatever comes next."""
    return sum(each.cost <= cost for each in found) >= MOST_FOUND


def _look_at(search: Search, way: Way, priced: LinePrice, kind: AmountKind) -> None:
    """Note a way that gives the amount, those that may give it from another basis, and what comes near it."""
    value = kind.of(priced)
    if not value or not _may_be(kind, way, search.question):
        return
    kept = _kind_assumptions(search.question, kind)
    if value == search.question.amount:
        _keep(search, _explanation(way, search.bases[0], priced, kind, value, kept))
    elif len(_counted(way.assumptions)) <= PLAIN:
        search.near.append(_explanation(way, search.bases[0], priced, kind, value, kept))
    room = MOST_ASSUMED - len(_counted((*way.assumptions, *kept)))
    cost = way.cost + sum(each.cost for each in kept)
    for number in _foretold(search, way, priced, value):
        basis = search.bases[number]
        dearer = cost + sum(each.cost for each in basis.assumptions)
        if number and len(basis.assumptions) <= room and dearer <= DEAREST:
            search.trials.append(Trial(dearer, len(search.trials), way, basis, kind))


def _may_be(kind: AmountKind, way: Way, question: Question) -> bool:
    """Whether an amount of this kind is looked for in this way: nobody having named the kind, only the allowed amount
    and the payment may have more than one thing assumed; an unassigned claim is looked at for its limit."""
    if kind.key in (question.kind, CONTRACTED.key):
        return True
    if way.participation == "no" and question.participation != "no" and kind.key != "limit":
        return False
    return kind.key in ("allowed", "paid") or len(way.assumptions) <= 1 + (kind.key == "limit")


def _counted(assumptions: Iterable[Assumption]) -> list[Assumption]:
    return [each for each in assumptions if each.words]


def _foretold(search: Search, way: Way, priced: LinePrice, value: Decimal) -> Iterator[int]:
    """The bases from which the way may give the amount; all where the fee schedule foretells nothing."""
    component = next((each for each in ("26", "TC", "53") if each in way.line.modifiers), "")
    fees = search.fees.get((component, priced.setting))
    if fees is None or fees[0] <= 0:
        yield from range(1, len(search.bases))
        return
    is_proportional = {step.rule for step in priced.steps} <= PROPORTIONAL
    foretold = float(value) * (fees / fees[0])
    amount = float(search.question.amount)
    slack = (
        0.04 * way.line.units + (TIGHT if is_proportional else LOOSE) * amount + 1.0 * float(value) / fees[0]
    )
    near = (np.abs(foretold - amount) <= slack) & (fees > 0)
    yield from np.flatnonzero(near).tolist()


def _try(search: Search) -> None:
    """Ask the engine about what was foretold, the likeliest first."""
    for trial in nsmallest(min(MOST_TRIALS, search.question.most_ways), search.trials):
        if _is_enough(search.found.values(), trial.cost):
            return
        priced = price(trial.way, trial.basis, search.question)
        value = trial.kind.of(priced)
        if value == search.question.amount:
            kept = _kind_assumptions(search.question, trial.kind)
            _keep(search, _explanation(trial.way, trial.basis, priced, trial.kind, value, kept))


def _explanation(
    way: Way,
    basis: Basis,
    priced: LinePrice,
    kind: AmountKind,
    value: Decimal,
    kept: tuple[Assumption, ...],
) -> Explanation:
    return Explanation(
        amount=value,
        kind=kind,
        price=priced,
        assumptions=(*way.assumptions, *basis.assumptions, *kept),
        line=way.line,
        release=basis.release,
        locality=basis.locality,
        day=basis.circumstances.date_of_service.isoformat(),
        qualifying_apm=basis.qualifying_apm,
        practitioner=way.practitioner,
        participation=way.participation,
    )


def _keep(search: Search, explanation: Explanation) -> None:
    """Of explanations with the same sums the likeliest is kept."""
    known = search.found.get(explanation.arithmetic)
    if known is None or explanation.cost < known.cost:
        search.found[explanation.arithmetic] = explanation


def _answer(search: Search, refusal: str) -> Explanations:
    if search.found:
        return Explanations(likeliest(search.found.values()), tried=search.tried)
    if not search.near:
        return Explanations(tried=search.tried, refusal=refusal)
    return Explanations(nearest=nearest(search.near, search.question.amount), tried=search.tried)
