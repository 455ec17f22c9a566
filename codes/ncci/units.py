"""Medically unlikely edits: NCCI Policy Manual, ch. I, §V.

A limit is compared with the units billed (for anesthesia and drugs after conversion into units of the
code), and when it is passed *all* units are denied, not only those above it. Which units are summed is said
by the adjudication indicator (MAI): 1 each claim line, 2 and 3 all lines of the code on one date of service.
A limit is of one practitioner: the lines of an assistant at surgery are summed apart from the surgeon's.
Zero is a limit. A code without a published limit is not without a limit: some are confidential.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from codes.ncci.types import Finding, Mue, MueTable, NumberedLine, Outcome
from codes.ncci.words import counted, listed, sentence
from codes.pricing.modifiers import ASSISTANTS
from codes.rules.types import Change, ChangeKind, Fix

CITATION = "NCCI Policy Manual, ch. I, §V"
KIND = "units"
REASONS = ("CARC 151", "RARC N362")
BILATERAL = "1"  # the fee schedule's indicator of codes that are paid 150 percent for both sides
_SIDES = frozenset({"LT", "RT"})

_INDICATORS: Mapping[str, str] = {
    "1": "each claim line counts by itself (MAI 1); a line above it is denied whole",
    "2": "counted per day across all lines (MAI 2, absolute); above it every unit is denied, and no modifier or "
    "appeal lifts it",
    "3": "counted per day across all lines (MAI 3); above it every unit is denied, and you may appeal with the "
    "record",
}

# What becomes of units above a limit, by adjudication indicator.
_DENIALS: Mapping[str, str] = {
    "1": "expect the whole line to be denied (MAI 1)",
    "2": "expect all units to be denied; no modifier or appeal lifts it (MAI 2)",
    "3": "expect all units to be denied; an appeal with the record may be paid (MAI 3)",
}


def explain_limit(limit: Mue) -> str:
    """A limit in words.

    >>> explain_limit(Mue("99213", 2, "1")).split(":")[0]
    'At most 2 units'
    """
    most = (
        f"At most {counted(limit.value, 'unit')}"
        if limit.value
        else "At most 0 units, so any unit is above it"
    )
    return f"{most}: {_INDICATORS[limit.mai]}."


def explain_absence(code: str, table: MueTable | None, at: date) -> str:
    """What it means that a code has no limit in the table, or that there is no table."""
    if table and code in table.supplied and table.suppliers is None:
        return (
            f"The units of {code} were not checked: the supplier bills it to the DME MAC, and the suppliers' unit "
            "limits (MUE) aren't loaded."
        )
    if table is None or at < table.provenance.effective_from:
        return (
            f"The units of {code} were not checked: no release of unit limits (MUE) is loaded for this date."
        )
    if too_old := table.provenance.too_old("unit limits", table.younger, [code]):
        return f"The units of {code} were not checked: {too_old}."
    return (
        f"No unit limit (MUE) found for {code}: {table.provenance.words(at)}. "
        "That is not unlimited: some limits are confidential."
    )


def bilateral_hint(limit: Mue | None, bilateral_surgery: str) -> str:
    """How both sides are billed where one unit is all that passes; '' where the hint does not apply.

    `bilateral_surgery` is the fee schedule's indicator of the code.
    """
    if limit is None or limit.value != 1 or bilateral_surgery != BILATERAL:
        return ""
    return (
        "Both sides are one line with modifier 50 and 1 unit. LT and RT on two lines are 2 units, "
        "and 2 units are above the limit."
    )


def check_units(
    lines: Iterable[NumberedLine], table: MueTable | None, at: date, bilateral: Mapping[str, str]
) -> list[Finding]:
    """Units of all lines against their limits. `bilateral` gives the fee schedule's indicator by code."""
    by_practitioner: dict[tuple[str, bool], list[NumberedLine]] = defaultdict(list)
    for line in lines:
        by_practitioner[line.code, bool(line.modifiers & ASSISTANTS)].append(line)
    return [
        finding
        for (code, _), same in sorted(by_practitioner.items())
        for finding in _check_code(code, same, table, at, bilateral.get(code, ""))
    ]


def _check_code(
    code: str, lines: list[NumberedLine], table: MueTable | None, at: date, bilateral: str
) -> list[Finding]:
    practitioners, table = table, table.of(code) if table else None
    limit = table.limits.get(code) if table and at >= table.provenance.effective_from else None
    if table is None or limit is None:
        checked = table is not None and at >= table.provenance.effective_from and code not in table.younger
        outcome = Outcome.NOTE if checked else Outcome.NOT_CHECKED
        words = explain_absence(code, table or practitioners, at)
        return [_finding(outcome, words, lines, table if checked else None)]
    groups = [[line] for line in lines] if limit.mai == "1" else [lines]
    return [_check_group(limit, group, table, at, bilateral) for group in groups]


def _check_group(limit: Mue, lines: list[NumberedLine], table: MueTable, at: date, bilateral: str) -> Finding:
    """Lines whose units are compared together."""
    units = sum(line.line.units for line in lines)
    billed = f"{sentence(listed(lines, 'and'))}: {counted(units, 'unit')} of {limit.code}"
    source = f"Unit limits (MUE): {table.provenance.words(at)}."
    if units <= limit.value:
        return replace(
            _finding(Outcome.PASSES, f"{billed} against the limit of {limit.value}.", lines, table),
            source=source,
        )
    words = (
        f"{billed} {'is' if units == 1 else 'are'} above the limit of {limit.value}: {_DENIALS[limit.mai]}."
    )
    finding = _finding(Outcome.DENIED, f"{words} {bilateral_hint(limit, bilateral)}".rstrip(), lines, table)
    return replace(
        finding, may_be_appealed=limit.mai == "3", source=source, fix=_fix(limit, lines, bilateral)
    )


def _fix(limit: Mue, lines: Sequence[NumberedLine], bilateral: str) -> Fix:
    """Fewer units, done on the claim where one line holds them all; what is open where the record shows more. The two
    sides of a code that takes 50 become one line."""
    if bilateral_hint(limit, bilateral) and _are_two_sides(lines):
        return Fix("Bill both sides as one line with 50 and 1 unit.", _on_one_line(*lines))
    if not limit.value:
        return Fix("Drop the line: the limit is 0.", (Change(ChangeKind.DROP_LINE, lines[0].number),))
    most = counted(limit.value, "unit")
    also = "; if more were given, appeal with the record" if limit.mai == "3" else ""
    each = "a line" if limit.mai == "1" else "a day"
    changes = (Change(ChangeKind.SET_UNITS, lines[0].number, str(limit.value)),) if len(lines) == 1 else ()
    return Fix(f"Bill at most {most} {each}{also}.", changes)


def _are_two_sides(lines: Sequence[NumberedLine]) -> bool:
    """Whether these are one unit on the left and one on the right."""
    sides = sorted(side for line in lines for side in _SIDES.intersection(line.line.modifiers))
    return sides == ["LT", "RT"] and [line.line.units for line in lines] == [1, 1]


def _on_one_line(first: NumberedLine, second: NumberedLine) -> tuple[Change, ...]:
    """50 in place of the side of the first line, and no second one."""
    (side,) = _SIDES.intersection(first.line.modifiers)
    return (
        Change(ChangeKind.REMOVE_MODIFIER, first.number, side),
        Change(ChangeKind.ADD_MODIFIER, first.number, "50"),
        Change(ChangeKind.DROP_LINE, second.number),
    )


def _finding(outcome: Outcome, words: str, lines: list[NumberedLine], table: MueTable | None) -> Finding:
    denied = outcome is Outcome.DENIED
    numbers = tuple(line.number for line in lines)
    return Finding(
        kind=KIND,
        outcome=outcome,
        words=words,
        lines=numbers,
        citation=CITATION,
        denies=numbers if denied else (),
        reasons=REASONS if denied else (),
        liability="provider" if denied else "",
        provenance=table.provenance if table else None,
    )
