"""Whose the lines of a claim are: the surgeon's, the assistant's, or those of whoever gives the anesthesia.

NCCI edits are for one practitioner's lines (NCCI Policy Manual, ch. I; ch. II, §B for blocks against pain after the
surgery). Modifiers tell an assistant and who gave the anesthesia; whose a visit or a nerve block is, the claim tells.
"""

from collections.abc import Sequence
from datetime import date

from codes.ncci.families import is_visit
from codes.ncci.in_force import active_edit
from codes.ncci.types import NumberedLine, PtpTable
from codes.ncci.way_through import ANESTHESIA, NERVE_BLOCKS
from codes.pricing.modifiers import ANESTHESIA as GIVEN_BY
from codes.pricing.modifiers import ASSISTANTS


def other_practitioner(
    one: NumberedLine, two: NumberedLine, claim: Sequence[NumberedLine], table: PtpTable, at: date
) -> str:
    """Who furnished one of the lines and not the other: an assistant at surgery, by the modifiers, or whoever gave the
    anesthesia for the procedure; '' where nothing says so."""
    if bool(one.modifiers & ASSISTANTS) != bool(two.modifiers & ASSISTANTS):
        return "the assistant"
    if one.code in ANESTHESIA:
        apart = _gives_anesthesia(one) and _is_surgeons_visit(two, one, claim, table, at)
    else:
        apart = _is_of_anesthesia(two, claim, table, at) and not _is_of_anesthesia(one, claim, table, at)
    return "the anesthesia practitioner" if apart else ""


def _is_surgeons_visit(
    visit: NumberedLine, anesthesia: NumberedLine, claim: Sequence[NumberedLine], table: PtpTable, at: date
) -> bool:
    """Whether 57 says so, or the claim: it has the procedure as well, an edit of which denies the anesthesia."""
    procedures = [line for line in claim if line.code not in ANESTHESIA]
    operated = any(_denies(each, anesthesia, table, at) for each in procedures)
    return is_visit(visit.code) and ("57" in visit.modifiers or operated)


def _is_of_anesthesia(line: NumberedLine, claim: Sequence[NumberedLine], table: PtpTable, at: date) -> bool:
    """Whether a line is the anesthesia itself or a nerve block that an edit of the claim's anesthesia denies."""
    if line.code not in NERVE_BLOCKS:
        return _gives_anesthesia(line)
    return any(_gives_anesthesia(each) and _denies(each, line, table, at) for each in claim)


def _denies(one: NumberedLine, two: NumberedLine, table: PtpTable, at: date) -> bool:
    """Whether an edit in force has these two lines in columns 1 and 2."""
    return active_edit(table.edits.get((one.code, two.code), ()), at) is not None


def _gives_anesthesia(line: NumberedLine) -> bool:
    return line.code in ANESTHESIA and bool(line.modifiers & GIVEN_BY)
