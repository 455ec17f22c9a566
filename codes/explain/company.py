"""What else was billed on the day of a line: made-up services like it, but larger, for the engine to rank it after."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from codes.explain.basis import Basis
from codes.explain.contracted import contracted
from codes.explain.types import Question
from codes.explain.ways import Way
from codes.pricing.claim import price_claim, price_line
from codes.pricing.types import Circumstances, CodeRows, Line, LinePrice

MORE = Decimal(100)  # relative value units: larger than whatever it stands beside
LARGER, FAMILY = "a larger service", "a larger endoscopy of its family"
Rows = Mapping[str, CodeRows]


def price(way: Way, basis: Basis, question: Question) -> LinePrice:
    """What the engine allows for the line when it is paid in this way from this basis; under a contract, what that
    allows."""
    circumstances = replace(
        basis.circumstances,
        practitioner=way.practitioner,
        participating=way.participation == "yes",
        assigned=way.participation != "no",
        deductible_remaining=question.deductible,
    )
    if contract := question.contract:
        return contracted(_price(way, basis, contract.circumstances(circumstances)), contract)
    return _price(way, basis, circumstances)


def _price(way: Way, basis: Basis, circumstances: Circumstances) -> LinePrice:
    if not way.company:
        return price_line(basis.rows, way.line, circumstances, basis.related)
    return _in_company(way, basis, circumstances)


def _in_company(way: Way, basis: Basis, circumstances: Circumstances) -> LinePrice:
    if way.company not in basis.companies:
        basis.companies[way.company] = COMPANIES[way.company](basis.rows)
    others = basis.companies[way.company]
    rows = {**basis.related, basis.rows.code: basis.rows, **others}
    lines = [way.line, *(_beside(way.line, code, way.company) for code in others)]
    return price_claim(rows, lines, circumstances).lines[0]


def _beside(line: Line, code: str, company: str) -> Line:
    """The line of another service: billed alike, so that it is ranked among the same."""
    component = {"technical": ("TC",), "professional": ("26",)}.get(company)
    return replace(line, code=code, units=1, charge=None, modifiers=component or line.modifiers)


def _larger(rows: CodeRows) -> Rows:
    return {LARGER: _bumped(rows, LARGER, in_family=False)}


def _family(rows: CodeRows) -> Rows:
    return {FAMILY: _bumped(rows, FAMILY, in_family=True)}


def _both(rows: CodeRows) -> Rows:
    """A larger endoscopy of the family, and a procedure that is larger than the two together."""
    return {**_family(rows), LARGER: _bumped(rows, LARGER, in_family=False, times=4)}


def _bumped(rows: CodeRows, code: str, *, in_family: bool, times: int = 1) -> CodeRows:
    more = times * MORE
    bumped = {
        modifier: replace(
            row,
            code=code,
            work_rvu=row.work_rvu + more,
            nonfacility_pe_rvu=row.nonfacility_pe_rvu + more,
            facility_pe_rvu=row.facility_pe_rvu + more,
            endoscopic_base=row.endoscopic_base if in_family else "",
        )
        for modifier, row in rows.rows.items()
    }
    return CodeRows(code, bumped)


COMPANIES: Mapping[str, Callable[[CodeRows], Rows]] = {
    "larger": _larger,
    "family": _family,
    "family, larger": _both,
    "technical": _larger,
    "professional": _larger,
}
