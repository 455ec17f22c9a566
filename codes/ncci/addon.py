"""Add-on codes: CMS's add-on code edits (Change Request 7501 and the yearly files).

An add-on is paid only if one of its primary codes, by the same practitioner on the same day, is itself
payable. Type 1: the list of primaries is complete. Type 2: there is no list, contractors decide. Type 3:
there is a list, and contractors may add to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from codes.ncci.types import AddOnTable, Finding, NumberedLine, Outcome
from codes.ncci.words import listed
from codes.rules import Fix

CITATION = "NCCI add-on code edits; Change Request 7501; NCCI Policy Manual, ch. I"
KIND = "add-on"
REASONS = ("CARC 107", "CARC B15", "RARC N122")

TYPES: Mapping[str, str] = {
    "1": "Type 1: CMS's list of primary codes is complete; without one of them the add-on is not paid.",
    "2": "Type 2: CMS lists no primary codes; your MAC decides which services the add-on may follow.",
    "3": "Type 3: CMS lists some primary codes, and your MAC may accept others.",
}
# May follow the first hour given by another physician of the same group and specialty (ch. 12, §30.6.12).
SHARED_IN_A_GROUP = frozenset({"99292"})


def is_add_on(code: str, table: AddOnTable) -> bool:
    return code in table.primaries


def primaries_of(code: str, table: AddOnTable) -> tuple[str, ...]:
    """The primaries that CMS lists for an add-on, in order; empty for type 2."""
    return tuple(sorted({record.primary for record in table.primaries.get(code, ()) if record.primary}))


def add_ons_of(code: str, table: AddOnTable) -> tuple[str, ...]:
    """The add-on codes that may be reported with a primary code, in order."""
    return tuple(
        sorted(
            add_on
            for add_on, records in table.primaries.items()
            if any(record.primary == code for record in records)
        )
    )


def kind_of(code: str, table: AddOnTable) -> str:
    """CMS's type of an add-on code: 1, 2 or 3. It is one for all records of a code."""
    return table.primaries[code][0].kind


def not_checked(lines: Sequence[NumberedLine], table: AddOnTable | None) -> list[Finding]:
    """What is said of add-ons (global days ZZZ) that no add-on file can know: none is loaded, or it is older."""
    return [
        _not_checked(line, why)
        for line in lines
        if (why := _unknown(table, [line.code])) and not (table and is_add_on(line.code, table))
    ]


def _unknown(table: AddOnTable | None, codes: Sequence[str]) -> str:
    if table is None:
        return "no release of the add-on code edits is loaded for this date"
    return table.provenance.too_old("add-on edits", table.younger, codes)


def _not_checked(line: NumberedLine, why: str) -> Finding:
    return Finding(
        kind=KIND,
        outcome=Outcome.NOT_CHECKED,
        words=f"{line.title} was not checked for its primary: {why}.",
        lines=(line.number,),
        citation=CITATION,
    )


def lacks_primary(line: NumberedLine, others: Sequence[NumberedLine], table: AddOnTable) -> bool:
    """Whether an add-on is denied beside these other lines: its list is complete, and none of them is on it. A code
    that is younger than the list may be a primary that the list cannot name."""
    return (
        is_add_on(line.code, table)
        and kind_of(line.code, table) == "1"
        and line.code not in SHARED_IN_A_GROUP
        and not any(other.code in primaries_of(line.code, table) for other in others)
        and not any(other.code in table.younger for other in others)
    )


def check_add_ons(
    lines: Sequence[NumberedLine], standing: Sequence[NumberedLine], table: AddOnTable, at: date
) -> list[Finding]:
    """A finding for each add-on line, judged by the lines that stand."""
    return [
        _of_denied_primary(_check(line, standing, table, at), line, lines, table)
        for line in lines
        if is_add_on(line.code, table)
    ]


def _of_denied_primary(
    finding: Finding, line: NumberedLine, lines: Sequence[NumberedLine], table: AddOnTable
) -> Finding:
    """A denial says so where the primary is on the claim and is what is denied."""
    primaries = primaries_of(line.code, table)
    fallen = [other for other in lines if other.code in primaries and other.number != line.number]
    if finding.outcome is not Outcome.DENIED or not fallen:
        return finding
    named = listed(fallen, "and")
    words = f"Add-on {line} is denied with its primary, {named}."
    return replace(
        finding, words=words, fix=Fix(f"Mend {named} first: this add-on is paid with its primary.")
    )


def _check(line: NumberedLine, standing: Sequence[NumberedLine], table: AddOnTable, at: date) -> Finding:
    kind, primaries = kind_of(line.code, table), primaries_of(line.code, table)
    others = [other for other in standing if other.number != line.number]
    found = [other for other in others if other.code in primaries]
    if found:
        words = f"Add-on {line} is reported with its primary, {listed(found, 'and')}."
        return _finding(Outcome.PASSES, words, (line, *found), table, at)
    missing = f"Add-on {line} has no payable primary code on this claim. {TYPES[kind]}{_listing(primaries)}"
    if line.code in SHARED_IN_A_GROUP:
        shared = " The primary may be on the claim of another physician of the same group and specialty."
        return _finding(Outcome.MAC_DECIDES, missing + shared, (line,), table, at)
    if too_old := _unknown(table, [other.code for other in others]):
        return _not_checked(line, too_old)
    if kind == "1":
        return _finding(Outcome.DENIED, f"{missing} It will be denied.", (line,), table, at)
    return _finding(
        Outcome.MAC_DECIDES, _left_to_the_mac(line, standing, table, missing, kind), (line,), table, at
    )


def _left_to_the_mac(
    line: NumberedLine, standing: Sequence[NumberedLine], table: AddOnTable, missing: str, kind: str
) -> str:
    """Type 2 has no list to miss a primary from: other services of the day may serve."""
    others = [other for other in standing if not is_add_on(other.code, table)]
    if kind == "2" and others:
        return f"Add-on {line}: {TYPES['2']} On this claim {listed(others, 'and')} might serve."
    return f"{missing} Likely denied; your MAC decides."


def _listing(primaries: Sequence[str]) -> str:
    if not primaries:
        return ""
    more = f" and {len(primaries) - 10} more" if len(primaries) > 10 else ""
    return f" Primary codes: {', '.join(primaries[:10])}{more}."


def _finding(
    outcome: Outcome, words: str, lines: Sequence[NumberedLine], table: AddOnTable, at: date
) -> Finding:
    denied = outcome is Outcome.DENIED
    return Finding(
        kind=KIND,
        outcome=outcome,
        words=words,
        source=f"Add-on codes: {table.provenance.words(at)}.",
        lines=tuple(line.number for line in lines),
        citation=CITATION,
        denies=(lines[0].number,) if denied else (),
        reasons=REASONS if denied else (),
        liability="provider" if denied else "",
        provenance=table.provenance,
    )
