"""What a practice's contract pays for the charges of an audit, beside Medicare."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from codes import pricing
from codes.models.release import Source
from codes.parsing import Charge
from codes.pricing.contract import Contract
from codes.queries.audit import Audit, key_of, line_of
from codes.queries.bulk_lines import UnitLine, amounts_in_bulk
from codes.queries.circumstances import circumstances_for
from codes.queries.list_prices import query_on
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import no_release, rows_to_price
from codes.queries.releases import Calendar


def with_contract(
    calendar: Calendar, audit: Audit, charges: Sequence[Charge], query: PriceQuery, contract: Contract
) -> Audit:
    """The audit with what the contract pays for one unit of each charge; the number of queries does not grow with the
    charges."""
    at = contract.day(query.date_of_service)
    then = replace(query_on(calendar, query, at), participating=True, assigned=True)
    allowed = _allowed(calendar, charges, then, contract)
    kinds = (
        tuple(replace(each, contract=contract.amount(allowed.get(key_of(each.charge)))) for each in rows)
        for rows in (audit.below, audit.covered, audit.not_priced)
    )
    below, covered, not_priced = kinds
    why_not = no_release(calendar, at)
    return replace(
        audit,
        below=below,
        covered=covered,
        not_priced=not_priced,
        contract=contract,
        contract_refusal=why_not,
    )


def _allowed(
    calendar: Calendar, charges: Sequence[Charge], query: PriceQuery, contract: Contract
) -> dict[UnitLine, Decimal | None]:
    """What Medicare's rules give for each charge in the contract's circumstances."""
    at = query.date_of_service
    release = None if no_release(calendar, at) else calendar.of_same_year(Source.PPRRVU, at)
    factor = contract.conversion_factor
    in_bulk = amounts_in_bulk(calendar, release, charges, query, factor) if release else {}
    others = [charge for charge in charges if key_of(charge) not in in_bulk]
    rows = rows_to_price(calendar, release, {charge.code for charge in others}, at)
    circumstances = contract.circumstances(circumstances_for(calendar, release, rows, query))
    one_by_one = {
        key_of(charge): pricing.price_line(held, line_of(charge, held, query), circumstances).allowed
        for charge in others
        if (held := rows.get(charge.code))
    }
    return {**in_bulk, **one_by_one}
