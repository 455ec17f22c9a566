"""Will a line be paid? What the rules say of a code as typed, and of what it needs, in at most six lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from codes import ncci
from codes.ncci import LineStatus, addon, fixes
from codes.ncci.types import NumberedLine
from codes.ncci.words import counted, listed
from codes.queries.alone import judged_alone
from codes.queries.claim_text import claim_text
from codes.queries.desk_line import STATUS_WORDS, DeskLine, opening
from codes.queries.missed_money import missed_money, price_added
from codes.queries.modifier_trials import against_bare, missing_modifiers, refused_modifiers
from codes.queries.price_result import PriceResult
from codes.queries.releases import Calendar
from codes.rules import Fix
from codes.rules.visits import VISITS

MOST_LINES = 6
MOST_PRIMARIES = 4
CARRIED_BY: Mapping[str, str] = {
    "visit": "25 on the day of a minor procedure, 57 with a major one, 24 after unrelated surgery.",
    "minor": "59 or XE, XS, XP, XU where an edit has indicator 1 and the record shows a separate service.",
    "major": "58, 78 or 79 in another procedure's global period; 59 or X where an edit allows it.",
    "therapy": "KX above the year's therapy threshold; 59 where an edit allows both therapies of a day.",
    "test": "26 for the reading alone, TC for the test alone; 76, 77 or 59 for a repeat.",
}


class Tag(StrEnum):
    """What a line of the outlook is about."""

    AS_TYPED = "As typed"
    NEEDS = "Needs"
    NEVER_WITH = "Never with"
    CARRIED_BY = "Carried by"
    UNIT_LIMIT = "Unit limit"
    ALSO_CONSIDER = "Also consider"


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """One sentence under its tag. `claim` is the claim to look at next as the Claim Desk's address spells it, '' for
    none; `subject` what a page explains: a modifier, "mue" or "add-ons"."""

    tag: Tag
    sentence: str
    claim: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a line as typed, whatever else is on the claim. `reason` and `fix` are '' where it is paid."""

    status: LineStatus
    reason: str
    fix: str
    lines: tuple[OutlookLine, ...]

    @property
    def status_words(self) -> str:
        """The status as a page shows it."""
        return STATUS_WORDS[self.status]


def will_it_be_paid(calendar: Calendar, result: PriceResult) -> Outlook | None:
    """The outlook of a line; None where no fee schedule in force knows the code. One query at most."""
    if result.check is None or result.price is None:
        return None
    alone = judged_alone(result.check, result.price)
    line, fix, bare = alone.line, alone.fix, against_bare(result)
    lines = (
        *_as_typed(result, line),
        *_companions(NumberedLine(1, line.line), result, alone.unmet),
        *_needs(result, bare),
        *_never_with(result, bare),
        *_carried_by(result),
        *_unit_limit(result),
        *_also_consider(calendar, result),
    )
    return Outlook(
        alone.status,
        NumberedLine(1, line.line).alone(alone.reason),
        fix.sentence if fix else "",
        lines[:MOST_LINES],
    )


def _as_typed(result: PriceResult, line: DeskLine) -> Iterator[OutlookLine]:
    """What is wrong with the line by itself, and what to do. Why a code has no price here, the answer says."""
    if line.status in (LineStatus.PAID, LineStatus.NOT_CHECKED):
        return
    said = NumberedLine(1, line.line).alone(line.reason)
    fix = f" {line.fix.sentence}" if line.fix else ""
    yield OutlookLine(Tag.AS_TYPED, f"{opening(line.status)} {said}{fix}", _claim_after(result, line.fix))


def _companions(
    line: NumberedLine, result: PriceResult, unmet: Sequence[ncci.Finding]
) -> Iterator[OutlookLine]:
    """What another line of the claim must bring: a visit, a primary code."""
    for finding in unmet[:1]:
        primaries = _primaries(result) if finding.kind == addon.KIND else ""
        subject = "add-ons" if primaries else ""
        yield OutlookLine(Tag.NEEDS, primaries or line.alone(finding.words), subject=subject)


def _primaries(result: PriceResult) -> str:
    """The primary codes of an add-on in a sentence; '' where CMS lists none."""
    table = result.reference.add_ons if result.reference else None
    primaries = addon.primaries_of(result.rows.code, table) if table and result.rows else ()
    if not primaries:
        return ""
    shown, more = primaries[:MOST_PRIMARIES], len(primaries) - MOST_PRIMARIES
    codes = f"{', '.join(shown)} or {more} more" if more > 0 else listed(shown)
    return f"An add-on: paid only with its primary code, {codes}."


def _needs(result: PriceResult, bare: Sequence[ncci.Finding]) -> Iterator[OutlookLine]:
    """The modifiers without which the bare code is not paid; not where they are missing as typed, which is said."""
    assert result.check
    line, said = result.check.checked.line, fixes.rule_names(result.check.checked.findings)
    for modifier, finding in missing_modifiers(bare).items():
        if finding.rule not in said:
            yield OutlookLine(Tag.NEEDS, finding.words, claim_text([line]), modifier)


def _never_with(result: PriceResult, bare: Sequence[ncci.Finding]) -> Iterator[OutlookLine]:
    """The commonest modifier that Medicare refuses on this code, and those next to it for the same reason."""
    for words, refused in groupby(refused_modifiers(result, bare), key=itemgetter(1)):
        alike = [modifier for modifier, _ in refused]
        said = words if alike[0] in words else f"{', '.join(alike)}: {words}"
        yield OutlookLine(Tag.NEVER_WITH, said, subject=alike[0])
        return


def _carried_by(result: PriceResult) -> Iterator[OutlookLine]:
    """The modifiers that carry such a code past an edit or a package."""
    words = CARRIED_BY.get(_kind(result))
    if words:
        yield OutlookLine(Tag.CARRIED_BY, words, subject=words[:2])


def _kind(result: PriceResult) -> str:
    row = result.rows.rows.get("") if result.rows else None
    if row is None:
        return ""
    if row.code in VISITS:
        return "visit"
    if row.multiple_procedure == "5":
        return "therapy"
    by_days = {"000": "minor", "010": "minor", "090": "major"}
    return by_days.get(row.global_days, "test" if row.pctc == "1" else "")


def _unit_limit(result: PriceResult) -> Iterator[OutlookLine]:
    """How many units pass, and what is open above that."""
    table = result.reference.units if result.reference else None
    held = table.of(result.rows.code) if table and result.rows else None
    limit = held.limits.get(result.rows.code) if held and result.rows else None
    if limit is None or held is None:
        return
    each = "a line" if limit.mai == "1" else "a day"
    above = {"1": "above it the line is denied", "2": "above it no appeal helps"}
    words = above.get(limit.mai, "above it, appeal with the record")
    whose = "suppliers' " if limit.setting == "dme" else ""
    release = f"{whose}MUE {held.provenance.release}, MAI {limit.mai}"
    yield OutlookLine(
        Tag.UNIT_LIMIT, f"{counted(limit.value, 'unit')} {each} ({release}); {words}.", subject="mue"
    )


def _also_consider(calendar: Calendar, result: PriceResult) -> Iterator[OutlookLine]:
    """Money that is often missed with the code."""
    assert result.check
    findings = fixes.suggested(result.check.checked)
    added = price_added(calendar, findings, result.circumstances)
    for missed in missed_money(findings, result.check.checked.line, added):
        yield OutlookLine(Tag.ALSO_CONSIDER, missed.words, _claim_after(result, missed.fix))


def _claim_after(result: PriceResult, fix: Fix | None) -> str:
    """The line with a fix applied; '' where the fix changes nothing on it."""
    return claim_text(fixes.fixed([result.check.checked.line], fix)) if fix and result.check else ""
