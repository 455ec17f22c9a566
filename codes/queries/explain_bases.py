"""The releases around a day, both tracks, the locality asked for and those of its state: what a line may have been
priced from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from codes import pricing
from codes.explain import Assumption, Basis
from codes.knowledge.locality_names import spelled
from codes.models import Release
from codes.models.release import Source
from codes.pricing.contract import Contract
from codes.pricing.conversion_factors import TWO_TRACKS
from codes.queries.circumstances import circumstances_for, conversion_factor
from codes.queries.code import code_rows
from codes.queries.geography import localities
from codes.queries.list_prices import query_on
from codes.queries.listed_amounts import stand_in_rows
from codes.queries.price_query import PriceQuery
from codes.queries.releases import Calendar

Assumptions = tuple[Assumption, ...]
Option = tuple[pricing.Locality, Assumptions]
Dated = tuple[Release | None, date, Assumptions]  # a release, a day that it prices, and why it should


def bases_around(
    calendar: Calendar, code: str, query: PriceQuery, is_dated: bool, contract: Contract | None = None
) -> list[Basis]:
    """Those of the releases around the day, for a contract those of its year: the basis asked for first. Those of the
    same release and track stand together. `is_dated` is whether the day was typed, and isn't today's for want of one.
    """
    at = query.date_of_service
    dated = [each for each in _releases(calendar, at, is_dated) if not contract or each[1].year == at.year]
    return list(_bases(calendar, code, query, dated, contract))


def bases_of_other_year(calendar: Calendar, code: str, query: PriceQuery, contract: Contract) -> list[Basis]:
    """Those of the year that a payer may take in error: that of the date of service, else the year before the one that
    the contract goes by."""
    at, year = query.date_of_service, contract.day(query.date_of_service).year
    other = at if at.year != year else date(year - 1, 12, 31)
    release = calendar.of_same_year(Source.PPRRVU, other)
    if release is None:
        return []
    by_error = Assumption(f"by the fee schedule of {other.year}, not of {year}", 1.4)
    dated = [(release, other, (by_error,))]
    return list(_bases(calendar, code, query_on(calendar, query, other), dated, contract))


def _bases(
    calendar: Calendar,
    code: str,
    query: PriceQuery,
    dated: Iterable[Dated],
    contract: Contract | None,
) -> Iterator[Basis]:
    for release, at, late in dated:
        rows = code_rows(release, [code]).get(code) if release else None
        rows = rows or stand_in_rows(calendar, [code], at).get(code)
        if rows is None:
            continue
        related = code_rows(release, pricing.related_codes({code: rows})) if release else {}
        for qualifying, track in _tracks(at, query.qualifying_apm, contract):
            for locality, where in _localities(calendar, at, query.locality, bool(late or track)):
                at_basis = replace(query, date_of_service=at, locality=locality, qualifying_apm=qualifying)
                yield Basis(
                    release=release.name if release else "",
                    locality=locality,
                    qualifying_apm=qualifying,
                    factor=_factor(calendar, release, qualifying, contract),
                    rows=rows,
                    related=related,
                    make_circumstances=partial(circumstances_for, calendar, release, {code: rows}, at_basis),
                    assumptions=(*late, *track, *where),
                )


def _factor(
    calendar: Calendar, release: Release | None, qualifying_apm: bool, contract: Contract | None
) -> Decimal | None:
    """The dollars for a relative value unit, as the contract or the release has it."""
    if contract and contract.conversion_factor:
        return contract.conversion_factor
    return conversion_factor(calendar, release, qualifying_apm) if release else None


def _releases(calendar: Calendar, at: date, is_typed: bool) -> Iterator[Dated]:
    """The release of a day with the day, then the one before and the one after with a day of theirs."""
    loaded = calendar.of(Source.PPRRVU)
    current = calendar.of_same_year(Source.PPRRVU, at)
    yield current, at, ()
    number = loaded.index(current) if current else -1
    cost = 1.8 if is_typed else 1.0
    if current and number + 1 < len(loaded):
        before = loaded[number + 1]
        yield before, _day_of(before, at), (Assumption(f"priced by the file before, {before.name}", cost),)
    if current and number > 0:
        after = loaded[number - 1]
        yield (
            after,
            after.effective_from,
            (Assumption(f"priced by the file after, {after.name}", cost + 0.4),),
        )


def _day_of(release: Release, at: date) -> date:
    """The day itself where the release is of its year, else the first day of the release."""
    return at if release.effective_from.year == at.year else release.effective_from


def _tracks(at: date, typed: bool, contract: Contract | None) -> Iterator[tuple[bool, Assumptions]]:
    """The track that was typed and the other one, where there are two and the contract has no factor of its own."""
    yield typed, ()
    if at.year >= TWO_TRACKS and not (contract and contract.conversion_factor):
        words = "not as a qualifying APM participant" if typed else "a qualifying APM participant"
        yield not typed, (Assumption(words, 2.0 if typed else 1.2),)


def _localities(calendar: Calendar, at: date, locality: pricing.Locality, is_elsewhere: bool) -> list[Option]:
    """The locality asked for, the others of its state and no locality; without one, every locality there is, as long
    as nothing else is assumed of the basis."""
    there = localities(calendar, at)
    first: Option = (_of_day(there.localities, locality), ())
    if locality.mac:
        others = [each for each in there if each.state == locality.state and not _is_same(each, locality)]
        words = "priced for {} ({}), not the locality given"
        near = [_option(each, words.format(spelled(each.name), each.state), 2.2) for each in others]
        return [first, *near, _option(pricing.NATIONAL, "priced without a locality (national)", 2.6)]
    if is_elsewhere:
        return [first]
    return [first, *(_option(each, f"in {spelled(each.name)}, {each.state}", 2.0) for each in there)]


def _option(locality: pricing.Locality, words: str, cost: float) -> Option:
    return locality, (Assumption(words, cost),)


def _of_day(there: Sequence[pricing.Locality], locality: pricing.Locality) -> pricing.Locality:
    """The locality asked for with the indices of another day; as it is where that day does not have it."""
    same = next((each for each in there if _is_same(each, locality)), None)
    return replace(locality, gpci=same.gpci, release=same.release) if same else locality


def _is_same(one: pricing.Locality, other: pricing.Locality) -> bool:
    return (one.mac, one.number) == (other.mac, other.number)
