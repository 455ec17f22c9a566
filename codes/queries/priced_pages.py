"""How many code pages have an amount from some list, on a day that the list covers, and why the others have none."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from codes import pricing
from codes.models import Release
from codes.models.release import Source
from codes.queries.browse import catalogue
from codes.queries.facility_lists import codes_with_rates
from codes.queries.geography import localities
from codes.queries.listed_amounts import listed_amounts
from codes.queries.many_codes import prices_of_codes
from codes.queries.releases import Calendar

OTHER_LISTS = (Source.CLFS, Source.ASP, Source.DMEPOS, Source.PEN)
FACILITY_LISTS = (Source.ASC, Source.OPPS)
CHUNK = 500


@dataclass(slots=True)
class PricedPages:
    """Code pages by the list that gives them an amount; the others by the reason that they give, codes left out."""

    pages: int = 0
    amounts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def priced(self) -> int:
        return sum(self.amounts.values())


def count_priced_pages(
    calendar: Calendar, at: date, progress: Callable[[Sequence[str]], Iterable[str]] = iter
) -> PricedPages:
    """Every code page on a day. The fee schedule is asked first; each other list on the first day of its newest
    release, nationally and in a state; last the facilities' lists. The bulk engine doesn't do here: most of the time
    goes into the checks and reasons of codes without an amount, little into amounts. `progress` is
    drawn from as the pages are counted."""
    codes = catalogue(calendar, at).codes
    made, refused = PricedPages(len(codes)), dict[str, pricing.Refusal]()
    remaining = iter(progress(codes))
    while chunk := list(islice(remaining, CHUNK)):
        for code, (refusal, listed) in prices_of_codes(calendar, chunk, at).items():
            if refusal is None:
                made.amounts[listed.schedule.name if listed else Source.PPRRVU.label] += 1
            else:
                refused[code] = refusal
    elsewhere = _elsewhere(calendar, refused, at)
    for code, refusal in refused.items():
        if code in elsewhere:
            made.amounts[elsewhere[code]] += 1
        else:
            made.reasons[_without_code(refusal, code)] += 1
    return made


def _elsewhere(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """The name of the list that has an amount for each code on the first day of its newest release."""
    found: dict[str, str] = {}
    for day in dict.fromkeys(release.effective_from for _, release in _newest(calendar, OTHER_LISTS, at)):
        for locality in (pricing.NATIONAL, *islice(localities(calendar, at), 1)):
            left = [code for code in codes if code not in found]
            for code, rows in listed_amounts(calendar, left, day, locality).items():
                if any(row.amount is not None for row in rows):
                    found.setdefault(code, rows[0].schedule.name)
    for source, release in _newest(calendar, FACILITY_LISTS, at):
        for code in codes_with_rates(release):
            found.setdefault(code, source.label)
    return found


def _newest(calendar: Calendar, sources: Iterable[Source], at: date) -> Iterator[tuple[Source, Release]]:
    for source in sources:
        if release := calendar.in_force(source, at):
            yield source, release


def _without_code(refusal: pricing.Refusal, code: str) -> str:
    """The reason with who pays instead, the same for all codes that share it."""
    words = re.sub(r"\$[\d,.]+", "$...", refusal.text.replace(code, "..."))
    return f"{words} [{refusal.kind}]"
