"""A practice's charges beside what Medicare allows: which lie below it, and by how much.

Medicare pays on the lower of the actual charge and the fee-schedule amount (Social Security Act §1848(a)(1)), so a
charge below the allowed amount gives the difference away on every claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from codes import ncci, pricing
from codes.models.release import Source
from codes.parsing import Charge
from codes.pricing.rounding import to_cents
from codes.queries.alone import Alone, judged_alone
from codes.queries.circumstances import circumstances_for
from codes.queries.claim_reference import reference_of_codes
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import no_release, rows_to_price
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True)
class Audited:
    """One charge with the allowed amount of one unit, in dollars; `allowed` is None where there is none, and
    `why_not` then says why. `source` is the list that it is from, `outlook` what becomes of one unit by itself."""

    charge: Charge
    name: str
    allowed: Decimal | None
    why_not: str = ""
    source: str = ""
    outlook: Alone | None = None

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
        found = [each.percent for each in (*self.below, *self.covered) if each.percent]
        return round(median(found)) if found else None

    @property
    def rows(self) -> tuple[Audited, ...]:
        """All of them, in the order of the page."""
        return (*self.below, *self.covered, *self.not_priced)


def audit(calendar: Calendar, charges: Sequence[Charge], query: PriceQuery) -> Audit:
    """Compare the charges with one unit of each code in the place and setting asked for: at most sixteen queries."""
    refusal = no_release(calendar, query.date_of_service)
    release = calendar.of_same_year(Source.PPRRVU, query.date_of_service)
    codes = {charge.code for charge in charges}
    rows = rows_to_price(calendar, None if refusal else release, codes, query.date_of_service)
    if refusal and not rows:
        return Audit(refusal=refusal)
    circumstances = circumstances_for(calendar, None if refusal else release, rows, query)
    names = names_of(calendar, codes, query.date_of_service)
    reference = reference_of_codes(calendar, rows, frozenset(codes), query.date_of_service, release)
    reference = replace(reference, practitioner=query.practitioner)
    found = [
        _audited(charge, names.get(charge.code, ""), rows.get(charge.code), query, circumstances, reference)
        for charge in charges
    ]
    return Audit(
        below=tuple(
            sorted((each for each in found if each.lost), key=lambda each: (-each.lost, each.charge.code))
        ),
        covered=tuple(each for each in found if each.allowed is not None and not each.lost),
        not_priced=tuple(each for each in found if each.allowed is None),
    )


def _audited(
    charge: Charge,
    name: str,
    rows: pricing.CodeRows | None,
    query: PriceQuery,
    circumstances: pricing.Circumstances,
    reference: ncci.Reference,
) -> Audited:
    if rows is None:
        list_of_year = (
            circumstances.release or f"a fee schedule of {query.date_of_service.year} that is loaded"
        )
        return Audited(charge, name, None, f"{charge.code} is not in {list_of_year}")
    if rows.rows.get("") and rows.rows[""].status == "J":
        return Audited(charge, name, None, "Anesthesia is paid by base units and time")
    modifiers = (charge.component,) if charge.component else ()
    pos = query.place_for(charge.code, rows.rows.get(""))
    line = pricing.Line(charge.code, modifiers, place_of_service=pos)
    price = pricing.price_line(rows, line, circumstances)
    outlook = judged_alone(ncci.check_line(line, reference, circumstances.date_of_service), price)
    why_not = price.refusal.text if price.refusal else ""
    return Audited(charge, name, price.allowed, why_not, price.source, outlook)
