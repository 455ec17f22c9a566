"""Known answers of several lines of one claim."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from codes.pricing.types import FeeScheduleRow, Line
from codes.pricing.worked.rows import IN_DOLLARS, ZERO, allowed_by_code, claimed, made_up

Figures = dict[str, Any]
Amounts = dict[str, str]


def _reduction_before_cap(figures: Figures) -> Amounts:
    codes = ("70001", "70002")
    shape: Figures = {"modifier": "TC", "pctc": "1", "multiple_procedure": "4"}
    rows = [
        made_up(code, "0", malpractice_rvu=Decimal(fee), opps_malpractice=Decimal(cap), **shape)
        for code, fee, cap in zip(codes, figures["tc"], figures["cap"], strict=True)
    ]
    lines = claimed(rows, [Line(code, ("TC",)) for code in codes])
    return {name: str(each.allowed) for name, each in zip(("first", "second"), lines, strict=True)}


def _each_side(figures: Figures) -> Amounts:
    row = made_up(fee=figures["fee"], bilateral_surgery=figures["ind"])
    sides = zip(("LT", "RT"), figures["charges"], strict=True)
    lines = claimed([row], [Line(row.code, (side,), charge=Decimal(charge)) for side, charge in sides])
    return {"each side together": str(sum((each.allowed or ZERO for each in lines), ZERO))}


def _surgeries(figures: Figures) -> Amounts:
    rows = [
        made_up(f"1000{n}", fee, multiple_procedure=figures["ind"]) for n, fee in enumerate(figures["fees"])
    ]
    lines = claimed(rows, [Line(row.code) for row in rows])
    found = {}
    for fee, line in zip(figures["fees"], lines, strict=True):
        by_report = ", by report, at least" if any("by report" in note for note in line.notes) else ""
        found[f"fee of {fee}{by_report}"] = str(line.allowed)
    return found


def _family(base: str, family: Figures) -> Iterator[FeeScheduleRow]:
    yield made_up(base, family["base"], multiple_procedure="2")
    for code, fee in family["fees"].items():
        if code != base:
            yield made_up(code, fee, multiple_procedure="3", endoscopic_base=base)


def _endoscopies(figures: Figures) -> Amounts:
    rows = [row for base, family in figures.items() for row in _family(base, family)]
    codes = [code for family in figures.values() for code in family["fees"]]
    return allowed_by_code(claimed(rows, [Line(code) for code in codes]))


def _tests_of_a_day(figures: Figures) -> Amounts:
    """Tests with components: the global row, the technical and the professional one."""
    rows = [
        made_up(code, fee, modifier=modifier, pctc="1", multiple_procedure=figures["indicator"])
        for code, fees in figures["lines"].items()
        for modifier, fee in zip(("", "TC", "26"), fees, strict=True)
    ]
    return allowed_by_code(claimed(rows, [Line(code) for code in figures["lines"]]))


def _therapy(figures: Figures) -> Amounts:
    rows = [
        made_up(
            code,
            work,
            nonfacility_pe_rvu=Decimal(expense),
            facility_pe_rvu=Decimal(expense),
            malpractice_rvu=Decimal(malpractice),
            pctc="7",
            multiple_procedure="5",
        )
        for code, (work, expense, malpractice) in figures["rows"].items()
    ]
    at = replace(IN_DOLLARS, conversion_factor=Decimal(figures["cf"]))
    lines = claimed(rows, [Line(code) for code in figures["units"]], at)
    return {f"unit {number}: {each.line.code}": str(each.allowed) for number, each in enumerate(lines, 1)}


def _assistant_claim(figures: Figures) -> Amounts:
    """Surgeries by their fee, and 50 where both sides were operated, with an assistant."""
    rows = [
        made_up(code, fee, bilateral_surgery="1" if both else "0", multiple_procedure="2")
        for code, (fee, both) in figures["surgeries"].items()
    ]
    lines = [
        Line(code, (*filter(None, [both]), figures["modifier"]))
        for code, (_, both) in figures["surgeries"].items()
    ]
    return allowed_by_code(claimed(rows, lines))


CLAIMS: Mapping[str, Callable[[Figures], Amounts]] = {
    "reduction_before_cap": _reduction_before_cap,
    "each_side": _each_side,
    "surgeries": _surgeries,
    "endoscopies": _endoscopies,
    "tests_of_a_day": _tests_of_a_day,
    "therapy": _therapy,
    "assistant_claim": _assistant_claim,
}
