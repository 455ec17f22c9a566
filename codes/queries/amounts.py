"""What Medicare allows for many lines that share a day, a locality and a biller, and no claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from codes import ncci, pricing
from codes.models import Release
from codes.models.release import Source
from codes.parsing import ParsedLine
from codes.pricing.contract import Contract
from codes.queries.circumstances import circumstances_for
from codes.queries.claim import as_billed
from codes.queries.claim_reference import reference_of_codes
from codes.queries.code import CodeRecord, code_rows, load_codes
from codes.queries.code_life import life_of
from codes.queries.line_price import LinePrices
from codes.queries.list_prices import query_on
from codes.queries.listed_amounts import stand_in_rows
from codes.queries.price_query import PriceQuery
from codes.queries.price_result import refuse_code
from codes.queries.priced_rows import base_units, no_release
from codes.queries.releases import Calendar

MOST = 200


@dataclass(frozen=True, slots=True)
class LineAmount:
    """One line with its amount, or why there is none: exactly one of `price.allowed` and `refusal` is there."""

    line: pricing.Line
    name: str
    price: pricing.LinePrice | None
    refusal: pricing.Refusal | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all the lines. `rows` are those of the codes that are valid and on a list."""

    records: Mapping[str, CodeRecord]
    rows: Mapping[str, pricing.CodeRows]
    related: Mapping[str, pricing.CodeRows]
    base: Mapping[str, int]
    circumstances: pricing.Circumstances
    reference: ncci.Reference


def price_lines(calendar: Calendar, lines: Sequence[ParsedLine], query: PriceQuery) -> list[LineAmount]:
    """The amount of each line by itself, as the page of its code gives it: at most thirty queries, and a few more for
    each code that only a list of former days prices."""
    known = _known(calendar, lines, query)
    return [_priced(calendar, line, query, known) for line in lines]


def contract_amounts(
    calendar: Calendar, lines: Sequence[ParsedLine], query: PriceQuery, contract: Contract | None
) -> list[Decimal | None]:
    """What a contract pays for each line by itself in dollars, None where it pays nothing. Charges are left out, since
    it says itself what becomes of a lower charge. As many queries as `price_lines` has; none without a contract."""
    if contract is None:
        return [None] * len(lines)
    at = contract.day(query.date_of_service)
    then = query if at == query.date_of_service else query_on(calendar, query, at)
    known = _known(calendar, lines, then)
    known = replace(known, circumstances=contract.circumstances(known.circumstances))
    priced = (_priced(calendar, replace(line, charge=None), then, known) for line in lines)
    return [contract.amount(each.price.allowed) if each.price else None for each in priced]


def _known(calendar: Calendar, lines: Sequence[ParsedLine], query: PriceQuery) -> _Known:
    at, codes = query.date_of_service, frozenset(line.code for line in lines)
    records = load_codes(calendar, codes, at)
    valid = {code for code in codes if not life_of(calendar, records[code], at).is_deleted}
    release = None if no_release(calendar, at) else calendar.in_force(Source.PPRRVU, at)
    rows = {code: row for code in valid if release and (row := records[code].rows)}
    rows |= stand_in_rows(calendar, valid - rows.keys(), at, former=True)
    several = {line.code: rows[line.code] for line in lines if line.units > 1 and line.code in rows}
    reference = reference_of_codes(calendar, rows, frozenset(rows), at, release)
    return _Known(
        records=records,
        rows=rows,
        related=_related(release, several),
        base=base_units(calendar, rows, at),
        circumstances=circumstances_for(calendar, release, rows, query),
        reference=replace(reference, practitioner=query.practitioner),
    )


def _related(release: Release | None, rows: Mapping[str, pricing.CodeRows]) -> Mapping[str, pricing.CodeRows]:
    """The endoscopic bases and technical codes that several units of a code are ranked by (one query)."""
    return code_rows(release, pricing.related_codes(rows)) if release and rows else {}


def _priced(calendar: Calendar, parsed: ParsedLine, query: PriceQuery, known: _Known) -> LineAmount:
    record, rows = known.records[parsed.code], known.rows.get(parsed.code)
    main_row = rows.rows.get("") if rows else record.main_row
    line = _line(parsed, query, query.place_for(parsed.code, main_row), known.base)
    if rows is None:
        refusal = refuse_code(calendar, record, None, query.date_of_service)
        return LineAmount(line, record.name, None, refusal)
    price, _ = LinePrices(rows, known.circumstances, known.reference, known.related).checked(line)
    return LineAmount(line, record.name, price, price.refusal)


def _line(
    parsed: ParsedLine, query: PriceQuery, place_of_service: str, base: Mapping[str, int]
) -> pricing.Line:
    line = as_billed(parsed, replace(query, place_of_service=place_of_service), base)
    return replace(
        line,
        minutes=line.minutes or query.minutes,
        present_at_induction=query.present_at_induction,
        care_days=query.care_days,
    )
