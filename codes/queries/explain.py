"""What an amount on a remittance is explained from: the releases around the day, both tracks, the locality asked for
and those of its state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from codes import explain, pricing
from codes.explain import Assumption, Basis, Explanations, Question
from codes.knowledge.locality_names import spelled
from codes.models import Release
from codes.models.release import Source
from codes.pricing.conversion_factors import TWO_TRACKS
from codes.queries.circumstances import circumstances_for, conversion_factor
from codes.queries.code import code_rows
from codes.queries.geography import localities
from codes.queries.listed_amounts import stand_in_rows
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import base_units, no_release
from codes.queries.releases import Calendar

Option = tuple[pricing.Locality, tuple[Assumption, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """What of the circumstances was typed, and is not the default of a form."""

    date: bool = False
    locality: bool = False


def explain_payment(calendar: Calendar, question: Question, query: PriceQuery, known: Known) -> Explanations:
    """Explain an amount: three queries for each release, and one for each set of imaging caps that is looked at."""
    bases = _bases(calendar, question.code, query, known)
    if not bases:
        refusal = no_release(calendar, query.date_of_service)
        text = refusal.text if refusal else f"{question.code} is in none of the lists in force on that day."
        return Explanations(refusal=text)
    units = base_units(calendar, {question.code: bases[0].rows}, query.date_of_service)
    return explain.explain(replace(question, base_units=units.get(question.code)), bases)


def _bases(calendar: Calendar, code: str, query: PriceQuery, known: Known) -> list[Basis]:
    """The basis asked for first; those of the same release and track stand together."""
    found = []
    for release, at, late in _releases(calendar, query.date_of_service, known.date):
        rows = code_rows(release, [code]).get(code) if release else None
        rows = rows or stand_in_rows(calendar, [code], at).get(code)
        if rows is None:
            continue
        related = code_rows(release, pricing.related_codes({code: rows})) if release else {}
        for qualifying, track in _tracks(at, query.qualifying_apm):
            factor = conversion_factor(calendar, release, qualifying) if release else None
            for locality, where in _localities(
                calendar, at, query.locality, known.locality, bool(late or track)
            ):
                at_basis = replace(query, date_of_service=at, locality=locality, qualifying_apm=qualifying)
                found.append(
                    Basis(
                        release=release.name if release else "",
                        locality=locality,
                        qualifying_apm=qualifying,
                        factor=factor,
                        rows=rows,
                        related=related,
                        make_circumstances=partial(
                            circumstances_for, calendar, release, {code: rows}, at_basis
                        ),
                        assumptions=(*late, *track, *where),
                    )
                )
    return found


def _releases(
    calendar: Calendar, at: date, is_typed: bool
) -> Iterator[tuple[Release | None, date, tuple[Assumption, ...]]]:
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


def _tracks(at: date, typed: bool) -> Iterator[tuple[bool, tuple[Assumption, ...]]]:
    yield typed, ()
    if at.year >= TWO_TRACKS:
        words = "not as a qualifying APM participant" if typed else "a qualifying APM participant"
        yield not typed, (Assumption(words, 2.0 if typed else 1.2),)


def _localities(
    calendar: Calendar, at: date, locality: pricing.Locality, is_typed: bool, is_elsewhere: bool
) -> list[Option]:
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
