"""What a practice's contract pays for the lines of a claim, beside Medicare."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from codes import ncci, pricing
from codes.models.release import Source
from codes.pricing.contract import Contract
from codes.queries.circumstances import circumstances_for
from codes.queries.claim import read_codes
from codes.queries.list_prices import query_on
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import no_release
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True)
class ContractedClaim:
    """The contract's amount of each line in dollars, None where it has none; `refusal` says why the year that the
    contract names has no fee schedule."""

    contract: Contract
    amounts: tuple[Decimal | None, ...]
    refusal: pricing.Refusal | None

    @property
    def by_line(self) -> list[tuple[int, Decimal | None]]:
        """Each line's number with its amount."""
        return list(enumerate(self.amounts, 1))

    @property
    def total(self) -> Decimal:
        return sum((each or Decimal(0) for each in self.amounts), Decimal("0.00"))


def contracted_claim(
    calendar: Calendar, check: ncci.ClaimCheck, query: PriceQuery, contract: Contract, *, whole_day: bool
) -> ContractedClaim:
    """The lines under Medicare's rules in the contract's circumstances, its share of each; charges are left out, since
    a contract says itself what becomes of a lower charge. At most fifteen queries."""
    at = contract.day(query.date_of_service)
    then = query if at == query.date_of_service else query_on(calendar, query, at)
    lines = [replace(line, charge=None) for line in ncci.lines_to_price(check)]
    priced = _priced(calendar, lines, then, contract, whole_day)
    amounts = tuple(contract.amount(each.allowed) for each in priced) or (None,) * len(lines)
    return ContractedClaim(contract, amounts, no_release(calendar, at))


def _priced(
    calendar: Calendar, lines: Sequence[pricing.Line], query: PriceQuery, contract: Contract, whole_day: bool
) -> tuple[pricing.LinePrice, ...]:
    """The prices of the lines; none where neither a fee schedule nor another list of the day names one of them."""
    at = query.date_of_service
    release = calendar.of_same_year(Source.PPRRVU, at)
    known = read_codes(calendar, frozenset(line.code for line in lines), at)
    if not (release or known.rows):
        return ()
    medicare = circumstances_for(calendar, release, known.rows, query, whole_day=whole_day)
    rows = {**known.further, **known.rows}
    return pricing.price_claim(rows, lines, contract.circumstances(medicare)).lines
