"""A practice's charges beside what Medicare allows: which lie below it, and by how much.

Medicare pays on the lower of the actual charge and the fee-schedule amount (Social Security Act §1848(a)(1)), so a
charge below the allowed amount gives the difference away on every claim.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from codes import ncci, pricing
from codes.models import Release
from codes.models.release import Source
from codes.parsing import Charge
from codes.pricing.contract import Contract
from codes.pricing.rounding import to_cents
from codes.queries.alone import Alone, judged_alone
from codes.queries.bulk_lines import UnitLine, amounts_in_bulk
from codes.queries.circumstances import circumstances_for
from codes.queries.claim_reference import reference_of_codes
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import no_release, rows_to_price
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True)
class Audited:
    """One charge with the allowed amount of one unit, in dollars; `allowed` is None where there is none, and
    `why_not` then says why. `source` is the list that it is from. `name`, and what becomes of one unit by itself
    (`outlook`), are found for the rows that are shown. `contract` is what the practice's contract pays."""

    charge: Charge
    allowed: Decimal | None
    why_not: str = ""
    source: str = ""
    name: str = ""
    outlook: Alone | None = None
    contract: Decimal | None = None

    @property
    def is_below_contract(self) -> bool:
        """Whether the contract would pay more than is charged: most pay the lower of the two."""
        return self.contract is not None and self.charge.amount < self.contract

    @property
    def lost(self) -> Decimal:
        """What each service at this charge gives away; zero where the charge covers the allowed amount."""
        return max((self.allowed or Decimal(0)) - self.charge.amount, Decimal(0))

    @property
    def multiple(self) -> Decimal | None:
        """The charge as a multiple of the allowed amount, to two places."""
        return to_cents(self.charge.amount / self.allowed) if self.allowed else None

    @property
    def percent(self) -> int | None:
        """The charge as a percentage of the allowed amount."""
        return round(self.charge.amount * 100 / self.allowed) if self.allowed else None


@dataclass(frozen=True, slots=True)
class Audit:
    """The charges: those below the allowed amount (largest loss first), the others by code, those not priced."""

    below: tuple[Audited, ...] = ()
    covered: tuple[Audited, ...] = ()
    not_priced: tuple[Audited, ...] = ()
    refusal: pricing.Refusal | None = None
    contract: Contract | None = None
    contract_refusal: pricing.Refusal | None = None

    @property
    def below_contract(self) -> int:
        """How many charges are below what the contract pays."""
        return sum(each.is_below_contract for each in self.rows)

    @property
    def sources(self) -> tuple[str, ...]:
        """The lists that the allowed amounts are from."""
        return tuple(dict.fromkeys(each.source for each in (*self.below, *self.covered)))

    @property
    def priced(self) -> int:
        """How many charges have an allowed amount to stand beside."""
        return len(self.below) + len(self.covered)

    @property
    def typical(self) -> int | None:
        """The median of all priced charges as a percentage of what Medicare allows."""
        found = [percent for each in (*self.below, *self.covered) if (percent := each.percent)]
        return round(median(found)) if found else None

    @property
    def rows(self) -> tuple[Audited, ...]:
        """All of them, in the order of the page."""
        return (*self.below, *self.covered, *self.not_priced)


def audit(calendar: Calendar, charges: Sequence[Charge], query: PriceQuery) -> Audit:
    """Compare the charges with one unit of each code in the place and setting asked for: those of the fee schedule in
    bulk, the others line by line. The number of queries does not grow with the charges."""
    release = _release(calendar, query)
    amounts = amounts_in_bulk(calendar, release, charges, query) if release else {}
    others = [charge for charge in charges if key_of(charge) not in amounts]
    rows = rows_to_price(calendar, release, {charge.code for charge in others}, query.date_of_service)
    if release is None and not rows:
        return Audit(refusal=no_release(calendar, query.date_of_service))
    circumstances = circumstances_for(calendar, release, rows, query)
    return _sorted(
        Audited(charge, amounts[key_of(charge)], source=circumstances.release)
        if key_of(charge) in amounts
        else _priced(charge, rows.get(charge.code), query, circumstances)
        for charge in charges
    )


def _release(calendar: Calendar, query: PriceQuery) -> Release | None:
    """The fee schedule that prices the day, if one does."""
    at = query.date_of_service
    return None if no_release(calendar, at) else calendar.of_same_year(Source.PPRRVU, at)


def _sorted(found: Iterable[Audited]) -> Audit:
    below: list[Audited] = []
    covered: list[Audited] = []
    not_priced: list[Audited] = []
    for each in found:
        if each.allowed is None:
            not_priced.append(each)
        else:
            (below if each.charge.amount < each.allowed else covered).append(each)
    below.sort(key=lambda each: (-each.lost, each.charge.code))
    return Audit(tuple(below), tuple(covered), tuple(not_priced))


def named(calendar: Calendar, rows: Sequence[Audited], query: PriceQuery) -> tuple[Audited, ...]:
    """The rows with the names of their codes: at most three queries."""
    names = names_of(calendar, {each.charge.code for each in rows}, query.date_of_service)
    return tuple(replace(each, name=names.get(each.charge.code, "")) for each in rows)


def first_of_each(calendar: Calendar, audit: Audit, query: PriceQuery, most: int) -> Audit:
    """At most so many rows of each kind, with the names of their codes and what becomes of one unit by itself."""
    at = query.date_of_service
    rows = (*audit.below[:most], *audit.covered[:most], *audit.not_priced[:most])
    codes, release = frozenset(each.charge.code for each in rows), _release(calendar, query)
    held = rows_to_price(calendar, release, codes, at)
    circumstances = circumstances_for(calendar, release, held, query)
    reference = reference_of_codes(calendar, held, codes, at, release)
    reference = replace(reference, practitioner=query.practitioner)
    return _sorted(
        replace(each, outlook=_outlook(each.charge, of_code, query, circumstances, reference))
        if (of_code := held.get(each.charge.code)) and each.allowed is not None
        else each
        for each in named(calendar, rows, query)
    )


def _outlook(
    charge: Charge,
    rows: pricing.CodeRows,
    query: PriceQuery,
    circumstances: pricing.Circumstances,
    reference: ncci.Reference,
) -> Alone:
    line = line_of(charge, rows, query)
    check = ncci.check_line(line, reference, circumstances.date_of_service)
    return judged_alone(check, pricing.price_line(rows, line, circumstances))


def _priced(
    charge: Charge,
    rows: pricing.CodeRows | None,
    query: PriceQuery,
    circumstances: pricing.Circumstances,
) -> Audited:
    if rows is None:
        list_of_year = (
            circumstances.release or f"a fee schedule of {query.date_of_service.year} that is loaded"
        )
        return Audited(charge, None, f"Not in {list_of_year}")
    if rows.rows.get("") and rows.rows[""].status == "J":
        return Audited(charge, None, "Anesthesia is paid by base units and time")
    price = pricing.price_line(rows, line_of(charge, rows, query), circumstances)
    return Audited(charge, price.allowed, price.refusal.text if price.refusal else "", price.source)


def line_of(charge: Charge, rows: pricing.CodeRows, query: PriceQuery) -> pricing.Line:
    """One unit of a charge's code in the place asked for, else in its usual place."""
    modifiers = (charge.component,) if charge.component else ()
    pos = query.place_for(charge.code, rows.rows.get(""))
    return pricing.Line(charge.code, modifiers, place_of_service=pos)


def key_of(charge: Charge) -> UnitLine:
    """What tells a charge from others: its code and its component."""
    return charge.code, charge.component
