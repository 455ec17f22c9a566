"""The table of the remittance check: its rows as CSV, those of a part of a long file as JSON, and its adjustment
reasons in our words. Every column is here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from codes.denials.expected import Expected
from codes.denials.reasons import reasons
from codes.exports.serializers import NOTICE
from codes.links import code_address, denial_address, explain_address
from codes.parsing.remittance import Adjustment, Remittance
from codes.pricing.types import Line
from codes.queries.geography import key_of
from codes.queries.price_query import PriceQuery
from codes.queries.remittance import ComparedLine, ComparedRemittance, Outcome

COLUMNS = (
    *("line", "claim", "date_of_service", "code", "modifiers", "units", "place_of_service", "outcome"),
    *(
        "charge",
        "paid",
        "allowed",
        "expected",
        "difference",
        "reasons",
        "remarks",
        "explained_by",
        "why_not",
        "contract",
    ),
)


class ReasonRow(NamedTuple):
    """An adjustment reason of the file: how often, how many dollars, what it means, and the step after it."""

    title: str
    lines: int
    amount: Decimal
    meaning: str
    address: str


def remittance_rows(compared: ComparedRemittance, errors: Iterable[str] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of COLUMNS in the order of the page, the totals, and a row for each segment that could not be read, with
    its words under `why_not`."""
    yield from map(_row, compared.lines)
    totals = compared.totals
    blank = [""] * 7
    yield (
        "total",
        *blank,
        totals["charge"],
        totals["paid"],
        totals["allowed"],
        totals["expected"],
        "",
        "",
        "",
        "",
        "",
        totals["contract"],
    )
    for words in errors:
        yield ("not read", *[""] * (len(COLUMNS) - 3), words, "")


def _row(each: ComparedLine) -> tuple[Any, ...]:
    line = each.line
    return (
        *(line.number, line.claim, line.date_of_service, line.code, " ".join(line.modifiers), line.units),
        *(each.place_of_service, each.outcome.value, line.charge, line.paid, each.allowed, each.expected),
        each.difference if each.expected is not None else None,
        " ".join(f"{adjustment.group}-{adjustment.reason}" for adjustment in line.adjustments),
        *(" ".join(line.remarks), explained(each), each.why_not, each.contract),
    )


def part_document(
    compared: ComparedRemittance, found: Remittance, query: PriceQuery, pass_on: str
) -> dict[str, Any]:
    """A part of a long file for the page's script, which joins the parts: its lines in the order of the page, with the
    columns of the CSV and what the page shows besides; how many claims it has; what could not be read; and what the
    next part is sent with. Amounts are text, in dollars."""
    outcomes = list(Outcome)
    return {
        "lines": [
            dict(zip(COLUMNS, map(_text, _row(shown.compared)), strict=True))
            | {
                "rank": outcomes.index(shown.compared.outcome),
                "name": shown.compared.name,
                "address": code_address(shown.compared.line.code) if shown.compared.line.code else "",
                "denials": shown.denials,
                "explain": shown.explain,
            }
            for shown in shown_lines(compared, query)
        ],
        "claims": found.claims,
        "errors": found.errors,
        "sources": compared.sources,
        "notice": NOTICE,
        "parts": pass_on,
    }


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def explained(each: ComparedLine) -> str:
    """What the likeliest explanation assumes, in words; '' where there is none."""
    return "; ".join(each.explanation.words) if each.explanation else ""


def reason_rows(compared: ComparedRemittance, found: Remittance) -> Iterator[ReasonRow]:
    """The reasons for less than the charge, the most dollars first, each with the denial advisor's answer for the first
    line that has it."""
    amounts: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    first: dict[tuple[str, str], ComparedLine] = {}
    for each in compared.lines:
        for adjustment in each.line.adjustments:
            amounts[adjustment.group, adjustment.reason].append(adjustment.amount)
            first.setdefault((adjustment.group, adjustment.reason), each)
    for adjustment in found.of_claims:
        amounts[adjustment.group, adjustment.reason].append(adjustment.amount)
    for (group, reason), each_amount in sorted(amounts.items(), key=lambda item: -sum(item[1])):
        yield _reason_row(group, reason, each_amount, first.get((group, reason)))


def _reason_row(group: str, reason: str, amounts: list[Decimal], line: ComparedLine | None) -> ReasonRow:
    entry = reasons().get(reason)
    return ReasonRow(
        title=f"{group}-{reason}",
        lines=len(amounts),
        amount=sum(amounts, Decimal(0)),
        meaning=entry.meaning if entry else "",
        address=denial_question(Adjustment(group, reason, amounts[0]), line),
    )


def denial_question(adjustment: Adjustment, line: ComparedLine | None) -> str:
    """The address of the denial advisor's answer to an adjustment of a line."""
    remarks = line.line.remarks if line else ()
    wanted = Expected(adjustment.group, adjustment.reason, remarks)
    if line is None or not line.line.code:
        return denial_address(wanted.query(Line("")))
    billed = Line(line.line.code, line.line.modifiers, line.line.units)
    day = line.line.date_of_service.isoformat() if line.line.date_of_service else ""
    return denial_address(wanted.query(billed, dos=day, pos=line.place_of_service))


class ShownLine(NamedTuple):
    """A line for the page: its denials (title, meaning, address of the next step), and where what was allowed is
    explained, '' where there is nothing to explain."""

    compared: ComparedLine
    denials: tuple[tuple[str, str, str], ...]
    explain: str


def shown_lines(compared: ComparedRemittance, query: PriceQuery) -> list[ShownLine]:
    """The lines in the order of the page; `query` says where and by whom they were billed."""
    return [ShownLine(each, tuple(_denials_of(each)), _explain(each, query)) for each in compared.lines]


def _denials_of(each: ComparedLine) -> Iterator[tuple[str, str, str]]:
    for adjustment in each.reasons:
        entry = reasons().get(adjustment.reason)
        title = f"{adjustment.group}-{adjustment.reason}"
        yield title, entry.meaning if entry else "", denial_question(adjustment, each)


def _explain(each: ComparedLine, query: PriceQuery) -> str:
    if each.outcome not in (Outcome.UNDERPAID, Outcome.OVERPAID):
        return ""
    line = each.line
    known = {
        "amount": f"{each.allowed:.2f}",
        "kind": "allowed",
        "mod": " ".join(line.modifiers),
        "units": str(line.units),
        "dos": line.date_of_service.isoformat() if line.date_of_service else "",
        "pos": each.place_of_service,
        "locality": key_of(query.locality),
    }
    return explain_address(line.code, urlencode({name: value for name, value in known.items() if value}))
