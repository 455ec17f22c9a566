"""A whole claim: checked against NCCI, then priced line by line, each as one query for all its codes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from codes import ncci, pricing
from codes.caching.versions import versioned_cache
from codes.models.release import Source
from codes.ncci import fixes
from codes.parsing import ParsedLine
from codes.parsing.diagnoses import pointed
from codes.pricing.anesthesia import WITHOUT_TIME
from codes.pricing.usual_place import usual_place
from codes.queries import coverage, diagnoses
from codes.queries.circumstances import circumstances_for
from codes.queries.claim_reference import reference_of
from codes.queries.claim_text import claim_text
from codes.queries.code import code_rows
from codes.queries.coverage import Billed, CheckedSupport
from codes.queries.desk_line import STATUS_WORDS, DeskLine
from codes.queries.diagnoses import CheckedDiagnoses
from codes.queries.missed_money import Missed, missed_money, price_added
from codes.queries.names import names_of
from codes.queries.price_query import OFFICE, PriceQuery
from codes.queries.priced_rows import base_units, no_release, rows_to_price
from codes.queries.releases import Calendar
from codes.queries.session_at_center import SurgeryCenterClaim, surgery_center_claim
from codes.queries.stated_surgery import in_words, within_global_period
from codes.rules import Fix, StatedFacts

ANOTHER_ENCOUNTER = frozenset({"XE", "27"})


@dataclass(frozen=True, slots=True)
class Desk:
    """The claim, checked and priced. `order` are line numbers in the order to bill."""

    lines: tuple[DeskLine, ...]
    check: ncci.ClaimCheck
    claim: pricing.ClaimPrice | None
    order: tuple[int, ...]
    refusal: pricing.Refusal | None
    releases: str
    about_surgery: str = ""
    diagnoses: CheckedDiagnoses | None = None
    surgery_center: SurgeryCenterClaim | None = None
    coverage: Mapping[Billed, CheckedSupport] = field(default_factory=dict)

    @property
    def is_suggested_order_other(self) -> bool:
        """Whether the suggested order is not the one that was given; no order is suggested without a fee schedule."""
        return self.refusal is None and self.order != tuple(range(1, len(self.lines) + 1))

    @property
    def tally(self) -> str:
        """How many lines become what, the strongest first: "2 denied, 1 paid."."""
        counts = Counter(line.status for line in self.lines)
        said = [
            f"{counts[status]} {STATUS_WORDS[status].lower()}" for status in ncci.LineStatus if counts[status]
        ]
        return f"{', '.join(said)}."

    @property
    def counts_returned(self) -> bool:
        """Whether the totals count a line that is returned for want of a modifier, at its amount once that is added."""
        return any(
            line.status is ncci.LineStatus.RETURNED and line.price and line.price.allowed
            for line in self.lines
        )

    def lines_after(self, fix: Fix) -> str:
        """The claim after a fix as it stands in an address; '' where the fix changes nothing on it."""
        return claim_text(fixes.fixed([each.line for each in self.lines], fix))


@dataclass(frozen=True, slots=True)
class Known:
    """What the files say of a claim's codes on a day, wherever and however they are billed.

    `further` are the rows of the codes that these are ranked with, `base_units` those of anesthesia codes.
    """

    rows: Mapping[str, pricing.CodeRows]
    further: Mapping[str, pricing.CodeRows]
    base_units: Mapping[str, int]
    reference: ncci.Reference
    names: Mapping[str, str]


def work_through(
    calendar: Calendar,
    parsed: Sequence[ParsedLine],
    query: PriceQuery,
    whole_day: bool,
    facts: StatedFacts | None = None,
    dx: Sequence[str] = (),
) -> Desk:
    """Check and price a claim on one day in one locality: at most thirteen queries whatever its length, five more with
    diagnoses, four where coverage is loaded, and one in a surgery center."""
    at = query.date_of_service
    release = calendar.of_same_year(Source.PPRRVU, at)
    facts = facts or StatedFacts()
    known = read_codes(
        calendar, frozenset(line.code for line in parsed) | {facts.global_period_of} - {""}, at
    )
    lines = [as_billed(each, query, known.base_units) for each in parsed]
    stated = replace(within_global_period(facts, known.rows), whole_day=whole_day)
    supported = coverage.check_support(
        calendar, [(line.code, line.pointers) for line in parsed], dx, query.locality, at
    )
    reference = replace(
        known.reference,
        practitioner=query.practitioner,
        facts=stated,
        coverage=coverage.doubts_of(supported),
    )
    check = ncci.check_claim(lines, reference, at)
    claim = circumstances = None
    if release or known.rows:
        circumstances = circumstances_for(calendar, release, known.rows, query, whole_day=whole_day)
        claim = pricing.price_claim(
            {**known.further, **known.rows}, ncci.lines_to_price(check), circumstances
        )
    considered = _considered(calendar, check, circumstances)
    desk = _desk(calendar, check, claim, known, query, considered)
    return replace(
        desk,
        about_surgery=in_words(facts, known.rows),
        diagnoses=diagnoses.check(calendar, dx, at, encounters(parsed, dx)),
        surgery_center=surgery_center_claim(calendar, desk.lines, query),
        coverage=supported,
    )


def encounters(parsed: Sequence[ParsedLine], dx: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The diagnoses of each encounter of the day: a line with XE or 27 is of another one than the rest, which all
    diagnoses belong to that no line points to."""
    apart = [line for line in parsed if ANOTHER_ENCOUNTER.intersection(line.modifiers)]
    of_lines = {each: frozenset(pointed(dx, each.pointers)) for each in parsed}
    unpointed = frozenset(dx).difference(*of_lines.values())
    together = unpointed.union(*(found for line, found in of_lines.items() if line not in apart))
    return (together, *(of_lines[line] for line in apart))


@versioned_cache(128)
def read_codes(calendar: Calendar, codes: frozenset[str], at: date) -> Known:
    """All that is read for a claim besides the place's caps and factors: who corrects a modifier, a charge or the
    place asks for the same."""
    release = calendar.of_same_year(Source.PPRRVU, at)
    rows = rows_to_price(calendar, release, codes, at)
    return Known(
        rows=rows,
        further=code_rows(release, pricing.related_codes(rows)) if release else {},
        base_units=base_units(calendar, rows, at),
        reference=reference_of(calendar, rows, codes, at, release),
        names=names_of(calendar, codes, at),
    )


def usual_place_of(calendar: Calendar, parsed: Sequence[ParsedLine], at: date) -> str:
    """Where a claim is usually furnished: the first place among those of its codes that is not the office."""
    codes = frozenset(line.code for line in parsed)
    rows = read_codes(calendar, codes, at).rows
    places = [
        usual_place(line.code, rows[line.code].rows.get("") if line.code in rows else None) for line in parsed
    ]
    return next((each for each in places if each != OFFICE), OFFICE)


def as_billed(parsed: ParsedLine, query: PriceQuery, base: Mapping[str, int]) -> pricing.Line:
    """A typed line as the engine takes it: anesthesia in minutes."""
    timed = parsed.code in base and parsed.code not in WITHOUT_TIME
    return pricing.Line(
        code=parsed.code,
        modifiers=parsed.modifiers,
        units=1 if timed else parsed.units,
        charge=parsed.charge,
        pointers=parsed.pointers,
        place_of_service=query.place_of_service,
        base_units=base.get(parsed.code),
        minutes=parsed.units if timed and parsed.units > 1 else None,
    )


def _considered(
    calendar: Calendar, check: ncci.ClaimCheck, circumstances: pricing.Circumstances | None
) -> Mapping[int, tuple[Missed, ...]]:
    """What the biller may have missed beside each line that is not denied, by line number."""
    by_line = {line.number: fixes.considered(line) for line in check.lines if not line.denied}
    every = [finding for findings in by_line.values() for finding in findings]
    added = price_added(calendar, every, circumstances)
    return {
        line.number: missed_money(by_line[line.number], line.line, added)
        for line in check.lines
        if line.number in by_line
    }


def _desk(
    calendar: Calendar,
    check: ncci.ClaimCheck,
    claim: pricing.ClaimPrice | None,
    known: Known,
    query: PriceQuery,
    considered: Mapping[int, tuple[Missed, ...]],
) -> Desk:
    prices = claim.lines if claim else (None,) * len(check.lines)
    lines = tuple(
        DeskLine(checked, price, known.names.get(checked.line.code, ""), considered.get(checked.number, ()))
        for checked, price in zip(check.lines, prices, strict=True)
    )
    fees = {each.checked.number: each.price.fee if each.price and each.price.fee else 0 for each in lines}
    return Desk(
        lines=lines,
        check=check,
        claim=claim,
        order=ncci.suggested_order(check, fees.__getitem__),
        refusal=no_release(calendar, query.date_of_service),
        releases=", ".join(dict.fromkeys(_sources(calendar, known.reference, query.date_of_service))),
    )


def _sources(calendar: Calendar, reference: ncci.Reference, at: date) -> Iterator[str]:
    """The names of the releases that the claim was worked through with."""
    if release := calendar.of_same_year(Source.PPRRVU, at):
        yield release.name
    yield from reference.other_codes.values()
    for table in (reference.ptp, reference.units, reference.add_ons):
        if table is not None:
            yield table.provenance.release
