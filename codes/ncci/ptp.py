"""Procedure-to-procedure edits: NCCI Policy Manual, ch. I; Claims Processing Manual, ch. 23, §20.9.

Of two codes of an edit, reported by one provider for one patient on one day, column one is paid and column
two is denied, whatever either costs and in whichever order they were billed. An assistant at surgery is another
provider than the surgeon, and so is who gives the anesthesia: the edits hold among the lines of each
(`codes.ncci.practitioners`). Only one in force counts (`codes.ncci.in_force`). Indicator 0: no modifier bypasses it.
Indicator 1: one of the modifiers below passes where the record supports it.

CMS's systems let a site modifier on either line bypass an edit. It asserts two sites only where it does so
(`codes.ncci.sites`); else both codes may be paid, and column two recouped.

A denial under an edit is the provider's: neither the patient nor an Advance Beneficiary Notice pays for it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from codes.formatting import day
from codes.ncci.families import is_laboratory, is_visit
from codes.ncci.in_force import active_edit
from codes.ncci.practitioners import other_practitioner
from codes.ncci.sites import SITES, overlap
from codes.ncci.types import Finding, NumberedLine, Outcome, PassingModifiers, PtpEdit, PtpTable, Setting
from codes.ncci.way import Way
from codes.ncci.way_through import NO_ROWS, Rows, ways_through
from codes.ncci.words import listed
from codes.rules.types import Change, ChangeKind, Fix

CITATION = "NCCI Policy Manual, ch. I; Claims Processing Manual, ch. 23, §20.9"
KIND = "bundling"
REASONS = ("CARC 236", "CARC 97")

GLOBAL_SURGERY = ("24", "25", "57", "58", "78", "79")
DISTINCT_SERVICE = ("59", "XE", "XS", "XP", "XU")
PTP_MODIFIERS = (*SITES, *GLOBAL_SURGERY, "27", *DISTINCT_SERVICE, "91")
BOTH_BY_ITSELF = "2"  # bilateral indicator of codes whose relative values are for both sides
VISIT_ONLY = frozenset({"24", "25", "57"})
EITHER_COLUMN_FROM = date(2019, 7, 1)  # CR 11168: until then 59 and X{EPSU} counted on column two only


@lru_cache(maxsize=4096)
def modifiers_for(edit: PtpEdit, code: str, at: date, setting: Setting) -> tuple[str, ...]:
    """The modifiers that can pass this edit from the line of this code; none for indicator 0.

    24, 25 and 57 belong to visits, 27 to hospitals, 91 to laboratory tests; 51, 76 and 50 never pass.
    """
    if edit.indicator != "1":
        return ()
    return tuple(
        modifier
        for modifier in PTP_MODIFIERS
        if (modifier not in VISIT_ONLY or is_visit(code))
        and (modifier != "27" or setting == "hospital")
        and (modifier != "91" or is_laboratory(code))
        and (modifier not in DISTINCT_SERVICE or at >= EITHER_COLUMN_FROM or code == edit.column_two)
    )


def check_pair(
    first: NumberedLine,
    second: NumberedLine,
    table: PtpTable | None,
    at: date,
    rows: Rows = NO_ROWS,
    claim: Sequence[NumberedLine] = (),
) -> Finding:
    """What CMS's edits say of two lines of one day, given in either order. `rows` are the fee schedule rows of their
    codes, which tell the modifiers that fit; the lines of the whole claim tell whose a visit or a nerve block is."""
    if table is None:
        return _not_checked(
            (first, second), "no release of procedure-to-procedure edits is loaded for this date"
        )
    for one, two in ((first, second), (second, first)):
        edit = active_edit(table.edits.get((one.code, two.code), ()), at)
        if edit is not None:
            if who := other_practitioner(one, two, claim, table, at):
                return _of_two_practitioners(edit, one, two, who, table, at)
            return _check_edit(edit, one, two, table, at, rows)
    if too_old := table.provenance.too_old("edits", table.younger, (first.code, second.code)):
        return _not_checked((first, second), too_old)
    return no_edit((first, second), table, at)


def check_pairs(
    lines: Sequence[NumberedLine], table: PtpTable, at: date, rows: Rows = NO_ROWS
) -> list[Finding]:
    """The verdict on every pair of lines that an edit in force names."""
    pairs = [pair for pair in combinations(lines, 2) if _has_edit(pair, table)]
    return [found for pair in pairs if (found := check_pair(*pair, table, at, rows, lines)).edit is not None]


def _has_edit(pair: tuple[NumberedLine, NumberedLine], table: PtpTable) -> bool:
    one, two = pair[0].code, pair[1].code
    return one != two and ((one, two) in table.edits or (two, one) in table.edits)


def check_lines(
    lines: Sequence[NumberedLine],
    fallen: Sequence[NumberedLine],
    standing: Sequence[NumberedLine],
    table: PtpTable | None,
    at: date,
    rows: Rows = NO_ROWS,
) -> list[Finding]:
    """Every pair of lines with an edit, then what is said of the lines that have none between them.

    A line denies another only where it stands itself. `fallen` are the lines that failed an earlier check, `standing`
    those of `lines` that pass all.
    """
    if table is None:
        several = len({line.code for line in lines}) > 1
        why = "no release of procedure-to-procedure edits is loaded for this date"
        return [_not_checked(lines, why)] if several else []
    edits = _edits_between(lines, fallen, {line.number for line in standing}, table, at, rows)
    touched = {number for finding in edits for number in finding.lines}
    free = [line for line in lines if line.number not in touched]
    return [*edits, *_without_edit(free, lines, table, at)]


def _edits_between(
    lines: Sequence[NumberedLine],
    fallen: Sequence[NumberedLine],
    standing: set[int],
    table: PtpTable,
    at: date,
    rows: Rows,
) -> list[Finding]:
    by_number = {line.number: line for line in (*lines, *fallen)}
    candidates = {line.number for line in lines}
    found = []
    for finding in check_pairs([by_number[number] for number in sorted(by_number)], table, at, rows):
        one, denied = denying(finding), candidates.intersection(finding.denies)
        if denied and one not in standing:
            found.append(_of_a_fallen_line(finding, by_number[one], by_number[finding.denies[0]]))
        elif denied - standing or (not finding.denies and candidates.issuperset(finding.lines)):
            found.append(finding)
    return found


def denying(finding: Finding) -> int:
    """The number of the column 1 line of an edit that denies the other; 0 where it denies none."""
    return (set(finding.lines) - set(finding.denies)).pop() if finding.denies else 0


def _of_a_fallen_line(finding: Finding, one: NumberedLine, two: NumberedLine) -> Finding:
    """An edit whose column 1 line is itself not payable denies nothing on this claim."""
    return replace(
        finding,
        outcome=Outcome.NOTE,
        words=(
            f"{one.title} is column 1 of an NCCI edit with {two}, but isn't payable itself, so the edit doesn't deny "
            f"line {two.number}. If you fix line {one.number}, expect it to. CMS doesn't publish which of these "
            "checks comes first."
        ),
        denies=(),
        reasons=(),
        liability="",
    )


def _without_edit(
    free: Sequence[NumberedLine], lines: Sequence[NumberedLine], table: PtpTable, at: date
) -> list[Finding]:
    """Of the lines that no edit touches: those that the release cannot know, and those between which it has none."""
    if len({line.code for line in lines}) < 2:
        return []
    unknown = [_too_young(line, lines, table) for line in lines if line.code in table.younger]
    known = [line for line in free if line.code not in table.younger]
    several = len({line.code for line in lines} - set(table.younger)) > 1
    return [*unknown, *([no_edit(known, table, at)] if known and several else [])]


def _too_young(line: NumberedLine, lines: Sequence[NumberedLine], table: PtpTable) -> Finding:
    """What is said of a line that the edits cannot know, and to the lines that it may bundle with."""
    why = table.provenance.too_old("edits", table.younger, [line.code])
    return replace(_not_checked([line], why), lines=tuple(each.number for each in lines))


def no_edit(lines: Sequence[NumberedLine], table: PtpTable, at: date) -> Finding:
    """The sentence that is dangerous without its release, setting and date: it always has them."""
    where = table.provenance.words(at)
    words = f"No edit found for {listed(lines, 'and')}: {where}.{_near_miss(lines, table, at)}"
    return Finding(
        kind=KIND,
        outcome=Outcome.NO_EDIT,
        words=words,
        lines=tuple(line.number for line in lines),
        citation=CITATION,
        provenance=table.provenance,
    )


def _not_checked(lines: Sequence[NumberedLine], why: str) -> Finding:
    words = "Bundling was not checked" if len(lines) != 1 else f"Bundling of {lines[0]} was not checked"
    return Finding(
        kind=KIND,
        outcome=Outcome.NOT_CHECKED,
        words=f"{words}: {why}.",
        lines=tuple(line.number for line in lines),
        citation=CITATION,
    )


def _near_miss(lines: Sequence[NumberedLine], table: PtpTable, at: date) -> str:
    """When the edit of a pair ended, or begins: the question that a biller asks next."""
    if len(lines) != 2:
        return ""
    codes = (lines[0].code, lines[1].code)
    known = [
        edit for pair in (codes, codes[::-1]) for edit in table.edits.get(pair, ()) if edit.indicator != "9"
    ]
    ended = max((edit.deletion for edit in known if edit.deletion and edit.deletion < at), default=None)
    begins = min((edit.effective for edit in known if edit.effective and edit.effective > at), default=None)
    past = f" An edit of this pair ended on {day(ended)}." if ended else ""
    return past + (f" An edit of this pair begins on {day(begins)}." if begins else "")


def _check_edit(
    edit: PtpEdit, one: NumberedLine, two: NumberedLine, table: PtpTable, at: date, rows: Rows
) -> Finding:
    """The verdict on an edit in force: `one` is the line of column one, `two` that of column two."""
    allowed = {
        line.number: modifiers_for(edit, line.code, at, table.provenance.setting) for line in (one, two)
    }
    billed = {line.number: line.modifiers.intersection(allowed[line.number]) for line in (one, two)}
    outcome, said = _outcome(edit, one, two, billed, rows)
    denied = outcome in (Outcome.DENIED, Outcome.MAY_PASS)
    ways = ways_through(edit, rows, table.provenance.setting)
    return Finding(
        kind=KIND,
        outcome=outcome,
        words=said,
        source=_source(edit, table, at),
        lines=tuple(sorted((one.number, two.number))),
        citation=CITATION,
        denies=(two.number,) if denied else (),
        reasons=REASONS if denied else (),
        liability="provider" if denied else "",
        provenance=table.provenance,
        edit=edit,
        modifiers_that_may_pass=tuple(
            PassingModifiers(line.number, line.code, allowed[line.number])
            for line in (one, two)
            if allowed[line.number]
        ),
        ways=ways,
        fix=None if outcome is Outcome.PASSES else _fix(one, two, ways),
    )


def _outcome(
    edit: PtpEdit, one: NumberedLine, two: NumberedLine, billed: dict[int, frozenset[str]], rows: Rows
) -> tuple[Outcome, str]:
    """The verdict by the modifiers that bypass the edit, by line number; and its sentence."""
    passing = billed[one.number] | billed[two.number]
    if not passing:
        return _denied(edit, one, two)
    if passing <= set(SITES):
        if overlap(_sites_of(one, rows), _sites_of(two, rows)):
            return Outcome.WARNING, _same_site(one, two)
        if not billed[two.number] or is_visit(one.code) or is_visit(two.code):
            return Outcome.WARNING, _one_site(one, two, passing)
    return Outcome.PASSES, _passes(one, two, billed)


def _sites_of(line: NumberedLine, rows: Rows) -> frozenset[str]:
    """The modifiers of a line that name sites, with 50 where its code is both sides by itself."""
    row = rows.get(line.code)
    return line.modifiers | {"50"} if row and row.bilateral_surgery == BOTH_BY_ITSELF else line.modifiers


def _of_two_practitioners(
    edit: PtpEdit, one: NumberedLine, two: NumberedLine, who: str, table: PtpTable, at: date
) -> Finding:
    """An edit between the lines of two practitioners: it denies neither."""
    return Finding(
        kind=KIND,
        outcome=Outcome.NOTE,
        words=(
            f"{one.title} and {two} are columns 1 and 2 of an NCCI edit, but of two practitioners: the surgeon "
            f"and {who}. The edit doesn't deny line {two.number}; bill each on the practitioner's own claim."
        ),
        source=_source(edit, table, at),
        lines=tuple(sorted((one.number, two.number))),
        citation=CITATION,
        provenance=table.provenance,
        edit=edit,
    )


def _denied(edit: PtpEdit, one: NumberedLine, two: NumberedLine) -> tuple[Outcome, str]:
    columns = f"{two.title} is denied with {one}: they are columns 2 and 1 of an NCCI edit with indicator"
    if edit.indicator == "0":
        return Outcome.DENIED, f"{columns} 0, which no modifier bypasses.{_idle(one, two)}"
    return Outcome.MAY_PASS, f"{columns} 1.{_idle(one, two)}"


def _fix(one: NumberedLine, two: NumberedLine, ways: Sequence[Way]) -> Fix:
    """What to do about column two: the first modifier that fits one line; where none bypasses, drop the line."""
    way = next((way for way in ways if len(way.on) == 1), None)
    if way is None:
        sentence = f"Drop {two.code} and write it off: no modifier bypasses this edit."
        return Fix(sentence, (Change(ChangeKind.DROP_LINE, two.number),))
    line = one if way.on[0] == one.code else two
    modifier = way.modifiers[0]
    sentence = (
        f"Add {modifier} to line {line.number} ({line.code}) if {way.condition}; otherwise drop {two.code}."
    )
    return Fix(sentence, (Change(ChangeKind.ADD_MODIFIER, line.number, modifier),))


def _idle(one: NumberedLine, two: NumberedLine) -> str:
    """Names the modifiers on the lines that do nothing for the edit."""
    idle = sorted(one.modifiers | two.modifiers)
    return f" {listed(idle, 'and')} {'does' if len(idle) == 1 else 'do'} not bypass it." if idle else ""


def _same_site(one: NumberedLine, two: NumberedLine) -> str:
    return (
        f"{one.title} and {two} are for the same site. A site modifier tells two sites apart; here it doesn't. "
        f"CMS's systems may pay both, and {two.code} (column 2) can be recouped on review."
    )


def _one_site(one: NumberedLine, two: NumberedLine, sites: frozenset[str]) -> str:
    line = one if one.modifiers & sites else two
    separate = "was separate" if is_visit(one.code) or is_visit(two.code) else "was at another site"
    return (
        f"{listed(sorted(sites), 'and')} on line {line.number} "
        f"{'says' if len(sites) == 1 else 'say'} where {line.code} was done, not that {two.code} {separate}. "
        f"CMS's systems may pay both, and {two.code} (column 2) can be recouped on review."
    )


def _passes(one: NumberedLine, two: NumberedLine, billed: dict[int, frozenset[str]]) -> str:
    # What a visit says of itself is the reason; a side of the procedure beside it passes too and tells nothing.
    of_visit = {number: modifiers & VISIT_ONLY for number, modifiers in billed.items()}
    telling = of_visit if any(of_visit.values()) else billed
    carrying = [line for line in (one, two) if telling[line.number]]
    carried = [f"{listed(sorted(telling[line.number]), 'and')} on line {line.number}" for line in carrying]
    bypass = "bypasses" if sum(len(telling[line.number]) for line in carrying) == 1 else "bypass"
    return (
        f"The record must support {listed(carried, 'and')}, which {bypass} the NCCI edit between {one} and {two} "
        "(indicator 1)."
    )


def _source(edit: PtpEdit, table: PtpTable, at: date) -> str:
    return f"Edit read from {table.provenance.words(at)}; {_start(edit)}."


def _start(edit: PtpEdit) -> str:
    begun = (
        "the source carries no start date"
        if edit.effective is None
        else f"edit in force from {day(edit.effective)}"
    )
    return f"{begun}, to {day(edit.deletion)}" if edit.deletion else begun
