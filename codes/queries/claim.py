"""A whole claim: checked against NCCI, then priced line by line, each as one query for all its codes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from codes import ncci, pricing
from codes.caching.versions import versioned_cache
from codes.knowledge.code_life import CodeEnd
from codes.models import Release
from codes.models.release import Source
from codes.ncci import fixes
from codes.ncci.words import listed
from codes.parsing import ParsedLine, compact
from codes.pricing.anesthesia import ADD_ON_WITHOUT_TIME
from codes.queries import known_codes, ncci_tables
from codes.queries.circumstances import circumstances_for
from codes.queries.code import code_rows
from codes.queries.code_life import deleted_codes
from codes.queries.desk_line import DeskLine
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import base_units, lab_rates, no_release, rows_to_price, waived_tests
from codes.queries.releases import Calendar, quarters_carried
from codes.rules import Fix, StatedFacts

FEW = 4  # successors of a deleted code that are named in a fix


@dataclass(frozen=True, slots=True)
class Desk:
    """The claim, checked and priced. `order` are line numbers in the order to bill."""

    lines: tuple[DeskLine, ...]
    check: ncci.ClaimCheck
    claim: pricing.ClaimPrice | None
    order: tuple[int, ...]
    refusal: pricing.Refusal | None
    releases: str

    @property
    def is_suggested_order_other(self) -> bool:
        """Whether the suggested order is not the one that was given."""
        return self.order != tuple(range(1, len(self.lines) + 1))

    def lines_after(self, fix: Fix) -> str:
        """The claim after a fix as it stands in an address; '' where the fix changes nothing on it."""
        changed = fixes.fixed([each.line for each in self.lines], fix)
        return compact(tuple(_as_parsed(number, line) for number, line in enumerate(changed, 1)))


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


def _as_parsed(number: int, line: pricing.Line) -> ParsedLine:
    """A priced line as it was typed: anesthesia in minutes."""
    return ParsedLine(number, "", line.code, line.modifiers, line.minutes or line.units, line.charge)


def work_through(
    calendar: Calendar,
    parsed: Sequence[ParsedLine],
    query: PriceQuery,
    whole_day: bool,
    facts: StatedFacts | None = None,
) -> Desk:
    """Check and price a claim on one day in one locality: at most twelve queries whatever its length."""
    at = query.date_of_service
    release = calendar.of_same_year(Source.PPRRVU, at)
    known = _known(calendar, frozenset(line.code for line in parsed), at)
    lines = [_line(each, query, known.base_units) for each in parsed]
    stated = replace(facts or StatedFacts(), whole_day=whole_day)
    reference = replace(known.reference, practitioner=query.practitioner, facts=stated)
    check = ncci.check_claim(lines, reference, at)
    claim = None
    if release:
        circumstances = circumstances_for(calendar, release, known.rows, query, whole_day=whole_day)
        claim = pricing.price_claim(
            {**known.further, **known.rows}, ncci.lines_to_price(check), circumstances
        )
    return _desk(calendar, check, claim, known, query)


@versioned_cache(128)
def _known(calendar: Calendar, codes: frozenset[str], at: date) -> Known:
    """All that is read for a claim besides the place's caps and factors: who corrects a modifier, a charge or the
    place asks for the same."""
    release = calendar.of_same_year(Source.PPRRVU, at)
    rows = rows_to_price(calendar, release, codes, at) if release else {}
    return Known(
        rows=rows,
        further=code_rows(release, pricing.related_codes(rows)) if release else {},
        base_units=base_units(calendar, rows, at),
        reference=_reference(calendar, rows, codes, at, release),
        names=names_of(calendar, codes, at),
    )


def _line(parsed: ParsedLine, query: PriceQuery, base: Mapping[str, int]) -> pricing.Line:
    timed = parsed.code in base and parsed.code not in ADD_ON_WITHOUT_TIME
    return pricing.Line(
        code=parsed.code,
        modifiers=parsed.modifiers,
        units=1 if timed else parsed.units,
        charge=parsed.charge,
        place_of_service=query.place_of_service,
        base_units=base.get(parsed.code),
        minutes=parsed.units if timed and parsed.units > 1 else None,
    )


def _reference(
    calendar: Calendar,
    rows: Mapping[str, pricing.CodeRows],
    codes: Collection[str],
    at: date,
    release: Release | None,
) -> ncci.Reference:
    return ncci.Reference(
        rows=rows,
        fee_schedule="" if release is None or release.is_sample else release.name,
        unchecked=_unchecked(calendar, codes - rows.keys(), at, release),
        deleted=_deleted(codes, rows if release and not release.is_sample else codes, at),
        other_codes=_paid_elsewhere(calendar, codes, at),
        ptp=ncci_tables.edits_among(calendar, codes, at),
        units=ncci_tables.unit_limits(calendar, codes, at),
        add_ons=ncci_tables.add_on_table(calendar, codes, at),
        waived_tests=waived_tests(calendar, at),
    )


def _deleted(codes: Collection[str], listed: Collection[str], at: date) -> dict[str, ncci.DeletedCode]:
    """The codes that ended before the date of service, each with what to bill instead."""
    return {
        code: ncci.DeletedCode(
            sentence=_ended(end),
            instead=_instead(end),
            successor=end.successors[0] if end.is_one_for_one else "",
            citation=end.source,
        )
        for code, end in deleted_codes(codes, listed, at).items()
    }


def _ended(end: CodeEnd) -> str:
    """When a code was deleted, in a sentence."""
    if end.last_day is None:
        return f"Deleted: {end.code} is no longer on the fee schedule."
    return f"Deleted: {end.code} was last valid {end.last_day:%b} {end.last_day.day}, {end.last_day.year}."


def _instead(end: CodeEnd) -> str:
    """What to bill in place of a deleted code."""
    few = listed(end.successors, "or") if len(end.successors) <= FEW else ""
    return " ".join(
        filter(None, (f"Bill {few} instead." if few else "", "" if end.is_one_for_one else end.note))
    )


def _unchecked(
    calendar: Calendar, missing: Collection[str], at: date, release: Release | None
) -> dict[str, str]:
    """The codes without a row whose validity the loaded files leave open, each with why. A code that an earlier
    relative value file had is gone; one that no list names is no code, unless newer files are missing."""
    if release is None:
        return dict.fromkeys(missing, f"Not checked: no {at.year} fee schedule is loaded for this date.")
    naming = known_codes.releases_naming(calendar, missing) if missing else {}
    return {
        code: f"Not checked: {why}"
        for code in missing
        if (why := _why_unchecked(code, naming.get(code, ()), at, release))
    }


def _why_unchecked(code: str, naming: Sequence[Release], at: date, release: Release) -> str:
    values = [each for each in naming if each.source == Source.PPRRVU]
    if any(each.effective_from < release.effective_from for each in values):
        return ""  # deleted
    if any(each.source == Source.CLFS for each in naming):
        return (
            f"{code} is a laboratory test, and no {at.year} laboratory fee schedule is loaded for this date."
        )
    if any(each.source == Source.HCPCS for each in naming):
        return f"{code} isn't on the physician fee schedule, and the list that pays it isn't loaded."
    if quarters_carried(release, at):
        return f"{code} isn't in {release.name}, and newer fee schedules aren't loaded for this date."
    if naming and not values:
        return f"{code} is in {naming[-1]}, but no fee schedule that names it is loaded for this date."
    return ""


def _paid_elsewhere(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """Codes that the laboratory schedule of the year prices, with its name."""
    rates, name = lab_rates(calendar, codes, at)
    return dict.fromkeys(rates, name)


def _desk(
    calendar: Calendar,
    check: ncci.ClaimCheck,
    claim: pricing.ClaimPrice | None,
    known: Known,
    query: PriceQuery,
) -> Desk:
    prices = claim.lines if claim else (None,) * len(check.lines)
    lines = tuple(
        DeskLine(checked, price, known.names.get(checked.line.code, ""))
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
