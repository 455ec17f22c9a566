"""All lines of one claim: one patient, one day, one physician or group. A single line is a claim of one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from codes.pricing.applicability import is_visit
from codes.pricing.bilateral import pair_sides
from codes.pricing.components import TECHNICAL_CODES
from codes.pricing.confidence import claim_confidence
from codes.pricing.multiple_procedures import rank_lines
from codes.pricing.patient_share import waive_deductible_of_surgery
from codes.pricing.price import finish_amounts, finish_line, join_sides_and_surgeons, open_line, value_line
from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.status import CITATION as STATUS_CITATION
from codes.pricing.types import Circumstances, ClaimPrice, CodeRows, Line, LinePrice, Refusal
from codes.pricing.working import Working

CAVEAT = "Estimate of the Medicare allowed amount, not a guarantee of coverage or payment."
_VISIT_MODIFIERS = frozenset({"24", "25", "57"})
_PROCEDURE_DAYS = frozenset({"000", "010", "090"})


def price_line(
    code_rows: CodeRows,
    line: Line,
    circumstances: Circumstances,
    related: Mapping[str, CodeRows] = MappingProxyType({}),
) -> LinePrice:
    """What Medicare allows for one line billed alone, with every step, or a refusal that says why not.

    Amounts are dollars for the whole line. `related` holds the rows of `related_codes`, which several units
    of an endoscopy need. Nothing that a user can type raises an error.
    """
    workings = [open_line(1, code_rows, line, circumstances)]
    rows_by_code = {**related, code_rows.code: code_rows}
    return _price(workings, rows_by_code, circumstances.deductible_remaining)[0]


def price_claim(
    rows_by_code: Mapping[str, CodeRows], lines: Sequence[Line], circumstances: Circumstances
) -> ClaimPrice:
    """What Medicare allows for all lines of a day together, in the order billed.

    `rows_by_code` holds the rows of every code on the claim, of the endoscopic bases of those codes, and
    of the technical codes of whole tests (see `components.TECHNICAL_CODES`). A code that is not in it is
    refused.
    """
    workings = [
        open_line(number, rows_by_code.get(line.code), line, circumstances)
        for number, line in enumerate(lines, 1)
    ]
    prices = _price(workings, rows_by_code, circumstances.deductible_remaining)
    return ClaimPrice(
        lines=tuple(prices),
        total_allowed=sum((price.allowed for price in prices if price.allowed is not None), ZERO_DOLLARS),
        total_medicare_share=_total(prices, "medicare"),
        total_sequestration=_total(prices, "sequestration"),
        total_medicare=_total(prices, "medicare_after_sequestration"),
        total_patient=_total(prices, "patient"),
        notes=(CAVEAT,),
        confidence=claim_confidence(prices),
    )


def related_codes(rows_by_code: Mapping[str, CodeRows]) -> frozenset[str]:
    """The further codes whose rows `price_claim` needs to rank these: endoscopic bases and technical
    codes.
    """
    bases = {row.endoscopic_base for rows in rows_by_code.values() for row in rows.rows.values()}
    technical = {code for whole in rows_by_code for code in TECHNICAL_CODES.get(whole, ())}
    return frozenset((bases | technical) - {""} - set(rows_by_code))


def _price(
    workings: list[Working], rows_by_code: Mapping[str, CodeRows], deductible_remaining: Decimal
) -> list[LinePrice]:
    """The recipe: S1 to S6 line by line, S7 and S8 across lines, S9 to S16 line by line."""
    for working in workings:
        value_line(working)
    bundle_status_t(workings)
    pair_sides(workings)
    for working in workings:
        join_sides_and_surgeons(working)
    rank_lines(workings, rows_by_code)
    lower_for_visits(workings)
    waive_deductible_of_surgery(workings)
    for working in workings:
        finish_amounts(working)
    return _finish(workings, deductible_remaining)


def _finish(workings: list[Working], remaining: Decimal) -> list[LinePrice]:
    """The deductible is used up line after line."""
    prices = []
    for working in workings:
        price = finish_line(working, remaining)
        remaining -= price.shares.deductible if price.shares else ZERO_DOLLARS
        prices.append(price)
    return prices


def bundle_status_t(workings: Sequence[Working]) -> None:
    """Status T is paid only if no other fee-schedule service of the day is payable."""
    others = [line for line in workings if line.is_open and line.row.status != "T" and line.listed is None]
    for line in workings:
        if line.is_open and line.row.status == "T" and others:
            text = f"Status T: bundled, because {others[0].code} of the same day is payable."
            refusal = Refusal(
                "bundled", text, STATUS_CITATION, medicare_pays=ZERO_DOLLARS, liability="provider"
            )
            line.refuse(refusal)


def lower_for_visits(workings: Sequence[Working]) -> None:
    """A visit on the day of a procedure is in its global package unless a modifier says otherwise."""
    procedures = [line for line in workings if line.is_open and line.row.global_days in _PROCEDURE_DAYS]
    for line in workings:
        if procedures and line.is_open and is_visit(line.code) and not line.modifiers & _VISIT_MODIFIERS:
            line.lower_confidence(
                "Medium", f"the visit may belong to the global period of {procedures[0].code}"
            )


def _total(prices: Sequence[LinePrice], share: str) -> Decimal:
    return sum((getattr(price.shares, share) for price in prices if price.shares), ZERO_DOLLARS)
