"""How many code pages have an amount from some list, on a day that the list covers, and why the others have none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from codes import pricing
from codes.models import Release
from codes.models.release import Source
from codes.pricing.usual_place import usual_place
from codes.queries.browse import catalogue
from codes.queries.code import load_code
from codes.queries.facility_lists import FacilityQuery, facility_payment
from codes.queries.geography import localities
from codes.queries.listed_amounts import listed_amounts
from codes.queries.price_query import PriceQuery
from codes.queries.price_result import price_code
from codes.queries.releases import Calendar

OTHER_LISTS = (Source.CLFS, Source.ASP, Source.DMEPOS, Source.PEN)
FACILITY_LISTS = (Source.ASC, Source.OPPS)
MINUTES = 60  # of anesthesia, which has an amount for its time only


@dataclass(slots=True)
class PricedPages:
    """Code pages by the list that gives them an amount; the others by the reason that they give, codes left out."""

    pages: int = 0
    amounts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def priced(self) -> int:
        return sum(self.amounts.values())


def count_priced_pages(calendar: Calendar, at: date) -> PricedPages:
    """Every code page on a day. The fee schedule is asked first; each other list on the first day of its newest
    release, nationally and in a state; last the facilities' lists. Takes minutes: it prices each page."""
    codes = catalogue(calendar, at).codes
    made, elsewhere = PricedPages(len(codes)), _elsewhere(calendar, codes, at)
    for code in codes:
        refusal = _refusal(calendar, code, at)
        if refusal is None:
            made.amounts[Source.PPRRVU.label] += 1
        elif source := elsewhere.get(code) or _facility(calendar, code, at):
            made.amounts[source.label] += 1
        else:
            made.reasons[_without_code(refusal, code)] += 1
    return made


def _refusal(calendar: Calendar, code: str, at: date) -> pricing.Refusal | None:
    """Why the page has no amount on that day, None where it has one."""
    record = load_code(calendar, code, at)
    usual = usual_place(code, record.main_row)
    minutes = MINUTES if record.main_row and record.main_row.status == "J" else None
    query = PriceQuery(date_of_service=at, place_of_service=usual, minutes=minutes)
    return price_code(calendar, record, query).refusal


def _elsewhere(calendar: Calendar, codes: Iterable[str], at: date) -> dict[str, Source]:
    """The list that has an amount for each code on the first day of its newest release."""
    found: dict[str, Source] = {}
    for source, release in _newest(calendar, OTHER_LISTS, at):
        day = release.effective_from
        for locality in (pricing.NATIONAL, *islice(localities(calendar, day), 1)):
            for code, rows in listed_amounts(calendar, list(codes), day, locality).items():
                if any(row.amount is not None for row in rows):
                    found.setdefault(code, source)
    return found


def _facility(calendar: Calendar, code: str, at: date) -> Source | None:
    """The facilities' list that has an amount for a code on the first day of its newest release."""
    for source, release in _newest(calendar, FACILITY_LISTS, at):
        payment = facility_payment(
            FacilityQuery(calendar=calendar, code=code, at=release.effective_from), source
        )
        if payment.payment and payment.payment.allowed is not None:
            return source
    return None


def _newest(calendar: Calendar, sources: Iterable[Source], at: date) -> Iterator[tuple[Source, Release]]:
    for source in sources:
        if release := calendar.in_force(source, at):
            yield source, release


def _without_code(refusal: pricing.Refusal, code: str) -> str:
    """The reason with who pays instead, the same for all codes that share it."""
    words = re.sub(r"\$[\d,.]+", "$...", refusal.text.replace(code, "..."))
    return f"{words} [{refusal.kind}]"
