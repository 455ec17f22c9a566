"""What an amount on a remittance is explained from: Medicare's rules, and a contract that is tied to Medicare."""

from collections.abc import Sequence
from dataclasses import replace

from codes import explain
from codes.explain import Assumption, Basis, Explanations, Question
from codes.pricing.contract import Contract
from codes.queries.explain_bases import bases_around, bases_of_other_year
from codes.queries.list_prices import query_on
from codes.queries.ncci_tables import unit_limits_of
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import base_units, no_release
from codes.queries.releases import Calendar

NOT_BY_CONTRACT = Assumption("Medicare's own amount, not your contract's", 1.0)


def explain_payment(
    calendar: Calendar, question: Question, query: PriceQuery, is_dated: bool
) -> Explanations:
    """Explain an amount: three queries for each release, and one for each set of imaging caps that is looked at. With a
    contract it is explained by that and by Medicare itself, with twice as many."""
    if question.units is None:
        question = replace(question, unit_limit=_unit_limit(calendar, question.code, query))
    contract = question.contract
    bases = bases_around(calendar, question.code, query, is_dated)
    if contract is None:
        return _explained(calendar, question, query, bases)
    bases = [replace(each, assumptions=(*each.assumptions, NOT_BY_CONTRACT)) for each in bases]
    medicare = _explained(calendar, replace(question, contract=None), query, bases)
    contracted = _by_contract(calendar, question, contract, query, is_dated)
    return explain.either_explains(contracted, medicare, question.amount)


def _unit_limit(calendar: Calendar, code: str, query: PriceQuery) -> int | None:
    table = unit_limits_of(calendar, code, query.date_of_service)
    limit = table.limits.get(code) if table else None
    return limit.value if limit else None


def _by_contract(
    calendar: Calendar, question: Question, contract: Contract, query: PriceQuery, is_dated: bool
) -> Explanations:
    """What explains an amount by the contract, by the year that it names or by another one. Charges are left out, since
    a contract says itself what becomes of a lower charge."""
    if question.kind not in ("", "allowed"):
        return Explanations(refusal="Of a contract we know what it allows, not what is paid of it.")
    then = query_on(calendar, query, contract.day(query.date_of_service))
    bases = bases_around(calendar, question.code, then, is_dated, contract)
    if bases:
        bases += bases_of_other_year(calendar, question.code, query, contract)
    return _explained(calendar, replace(question, charge=None), then, bases)


def _explained(
    calendar: Calendar, question: Question, query: PriceQuery, bases: Sequence[Basis]
) -> Explanations:
    if not bases:
        refusal = no_release(calendar, query.date_of_service)
        text = refusal.text if refusal else f"{question.code} is in none of the lists in force on that day."
        return Explanations(refusal=text)
    units = base_units(calendar, {question.code: bases[0].rows}, query.date_of_service)
    return explain.explain(replace(question, base_units=units.get(question.code)), bases)
