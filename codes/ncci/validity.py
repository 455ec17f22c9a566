"""The first checks of a claim: is each line a line that Medicare can read, and may it pay such a line at all?

Codes, units, places and modifiers; the status of the code; the modifiers by which the biller says that
Medicare does not cover the service. Claims Processing Manual, ch. 23 (MPFSDB), ch. 26, §10.5, ch. 30, §50.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from codes.ncci.families import is_visit
from codes.ncci.ptp import VISIT_ONLY
from codes.ncci.types import DeletedCode, Finding, NumberedLine, Outcome, Reference
from codes.ncci.words import listed
from codes.pricing.applicability import refuse_inapplicable
from codes.pricing.modifiers import ASSISTANTS, MOST_MODIFIERS, refuse_modifiers
from codes.pricing.setting import refuse_place
from codes.pricing.status import refuse_status
from codes.pricing.types import FeeScheduleRow
from codes.rules.global_periods import NEVER_A_VISIT
from codes.rules.types import Change, ChangeKind, Fix

DELETED = "deleted-code"
MODIFIER_CITATION = "Claims Processing Manual, ch. 12, §40; ch. 23, Addendum (MPFSDB)"

# Two modifiers of which one is without effect.
OVERRIDES: Mapping[frozenset[str], str] = {
    frozenset({"80", "AS"}): "AS decides, 80 has no effect",
    frozenset({"78", "51"}): "78 decides, 51 has no effect",
}
# Statuses that deny the line; the others are paid elsewhere, or by the MAC.
_DENYING: Mapping[str, tuple[str, ...]] = {
    "bundled": ("CARC 97",),
    "not_covered": ("CARC 96", "RARC N425"),
    "reporting_only": ("CARC 246",),
    "invalid_for_medicare": ("CARC 181",),
    "deleted": ("CARC 181",),
    "local": ("CARC 181",),
}


def check_validity(lines: Sequence[NumberedLine], reference: Reference) -> list[Finding]:
    """Codes, units, places of service and modifiers of each line."""
    return [
        finding
        for line in lines
        for finding in (*_check_code(line, reference), *_check_form(line), *_check_modifiers(line, reference))
    ]


def check_status(lines: Sequence[NumberedLine], reference: Reference) -> list[Finding]:
    """Lines whose status has no fee schedule amount: denied, or paid elsewhere; and modifiers that the indicators
    of the code forbid."""
    return [finding for line in lines for finding in _check_status(line, reference)]


def denial(
    kind: str,
    line: NumberedLine,
    words: str,
    citation: str,
    reasons: tuple[str, ...],
    liability: str = "provider",
) -> Finding:
    """A finding that denies one line."""
    return Finding(
        kind=kind,
        outcome=Outcome.DENIED,
        words=words,
        lines=(line.number,),
        citation=citation,
        denies=(line.number,),
        reasons=reasons,
        liability=liability,
    )


def remark(kind: str, outcome: Outcome, line: NumberedLine, words: str, citation: str = "") -> Finding:
    """A finding that denies nothing."""
    return Finding(kind=kind, outcome=outcome, words=words, lines=(line.number,), citation=citation)


def _check_code(line: NumberedLine, reference: Reference) -> Iterable[Finding]:
    if line.code in reference.deleted:
        yield _deleted(line, reference.deleted[line.code])
    elif line.code in reference.unchecked:
        yield remark("code", Outcome.NOT_CHECKED, line, reference.unchecked[line.code])
    elif line.code in reference.other_codes:
        words = f"{line.code} is priced by the {reference.other_codes[line.code]}, not by relative values."
        yield remark("code", Outcome.NOTE, line, words)
    elif line.code in reference.rows:
        return
    elif not reference.fee_schedule:
        words = f"Not checked: no fee schedule that would name {line.code} is loaded for this date."
        yield remark("code", Outcome.NOT_CHECKED, line, words)
    else:
        words = (
            f"{line.code} is not a code of {reference.fee_schedule} or of another list loaded for this date."
        )
        yield denial("code", line, words, "45 CFR 162.1002", ("CARC 181",))


def _deleted(line: NumberedLine, code: DeletedCode) -> Finding:
    """A line with a deleted code is returned: the code must be valid on the date of service (45 CFR 162.1002)."""
    changes = (Change(ChangeKind.REPLACE_CODE, line.number, code.successor),) if code.successor else ()
    found = denial("deleted", line, code.sentence, code.citation, ("CARC 181", "RARC N56"))
    return replace(found, outcome=Outcome.RETURNED, rule=DELETED, fix=Fix(code.instead, changes))


def _check_form(line: NumberedLine) -> Iterable[Finding]:
    if line.line.units < 1:
        words = f"{line.title} says {line.line.units} units; a line has at least 1."
        yield denial("units", line, words, "Claims Processing Manual, ch. 26, §10.4", ("CARC 16", "RARC M53"))
    refusal = refuse_place(line.line.place_of_service)
    if refusal is not None:
        yield denial("place", line, refusal.text, refusal.citation, ("CARC 16", "RARC M77"))


def _check_modifiers(line: NumberedLine, reference: Reference) -> Iterable[Finding]:
    yield from _refused_modifiers(line, reference)
    for pair, why in OVERRIDES.items():
        if pair <= line.modifiers:
            words = f"Modifiers {listed(sorted(pair), 'and')} on {line}: {why}."
            yield remark("modifier", Outcome.WARNING, line, words, MODIFIER_CITATION)
    wrong_here = sorted(line.modifiers & VISIT_ONLY)
    if wrong_here and not is_visit(line.code) and line.code not in NEVER_A_VISIT:
        words = f"{listed(wrong_here, 'and')} on {line} has no effect: it belongs to a visit (an E/M line)."
        yield remark("modifier", Outcome.WARNING, line, words, MODIFIER_CITATION)


def _refused_modifiers(line: NumberedLine, reference: Reference) -> Iterable[Finding]:
    reasons = ("CARC 4", "RARC N519")
    if len(line.line.modifiers) > MOST_MODIFIERS:
        yield denial(
            "modifier",
            line,
            f"{line.title} has more than four modifiers.",
            MODIFIER_CITATION,
            reasons,
        )
    refusal = refuse_modifiers(line.modifiers, line.code)
    if refusal is not None and refusal.kind != "unknown_modifier":  # which a claim rule returns, with its fix
        yield denial("modifier", line, f"{line.title}: {refusal.text}", refusal.citation, reasons)
    rows = reference.rows.get(line.code)
    for modifier in sorted(line.modifiers & {"26", "TC"}):
        if rows is not None and modifier not in rows.rows:
            words = (
                f"{line.code} has no separate component {modifier}, so the modifier does not fit the code."
            )
            fix = Fix(f"Take {modifier} off.", (Change(ChangeKind.REMOVE_MODIFIER, line.number, modifier),))
            yield replace(denial("modifier", line, words, MODIFIER_CITATION, ("CARC 4",)), fix=fix)


def _check_status(line: NumberedLine, reference: Reference) -> Iterable[Finding]:
    row = reference.row(line)
    if row is None or line.code in reference.other_codes:
        return
    refusal = refuse_status(row, reference.rows[line.code])
    if refusal is None or refusal.kind == "anesthesia":
        yield from _check_indicators(line, row)
    if refusal is None:
        return
    if refusal.kind in _DENYING:
        yield denial(
            "status", line, refusal.text, refusal.citation, _DENYING[refusal.kind], refusal.liability
        )
    else:
        yield remark("status", Outcome.NOTE, line, refusal.text, refusal.citation)


def _check_indicators(line: NumberedLine, row: FeeScheduleRow) -> Iterable[Finding]:
    refusal = refuse_inapplicable(row, line.modifiers)
    if refusal is not None:
        shared = line.modifiers & (ASSISTANTS | {"62", "66"})
        reasons = ("CARC 54",) if shared else ("CARC 4",)
        yield denial("modifier", line, f"{line.title}: {refusal.text}", refusal.citation, reasons)
