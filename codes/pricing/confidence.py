"""How far a figure can be trusted, and why.

High: CMS's own file prints this number, or one fixed percentage of it. Medium: a national rule exists but
needs facts that the user may not have given. Low: a MAC decides. None: there is no figure. The level of a
line is the lowest of its reasons, that of a claim the lowest of its lines.
"""

from collections.abc import Iterable
from datetime import date

from codes.pricing.modifier_list import WITHOUT_EFFECT
from codes.pricing.modifiers import LEFT_TO_MAC, MODIFIERS
from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.setting import PLACES, UNCERTAIN_PLACES
from codes.pricing.types import ONE, Confidence, Level, LinePrice
from codes.pricing.working import Reason, Working

_ORDER: tuple[Level, ...] = ("None", "Low", "Medium", "High")
# The work floor lapsed on these days and was restored afterwards; claims may have been paid without it first.
_FLOOR_LAPSES = ((date(2025, 10, 1), date(2025, 11, 11)), (date(2026, 1, 31), date(2026, 2, 2)))
_BY_STATUS = {
    "R": "status R: special coverage rules apply",
    "T": "status T: paid only if nothing else is payable that day",
}


def collect_reasons(working: Working) -> None:
    """Collects the reasons that lie in the circumstances, the row and the modifiers of a line."""
    if working.listed is None:
        _lower_for_release(working)
        _lower_for_locality(working)
        _lower_for_factor(working)
    _lower_for_row(working)
    _lower_for_modifiers(working)
    if working.charge is None and not working.paid_with:
        working.note("If you charge less, Medicare allows your charge.")


def _lower_for_release(working: Working) -> None:
    """A release of the same year stands for a later quarter; the page says once how old it is."""
    circumstances = working.circumstances
    if circumstances.date_of_service.year > circumstances.release_effective.year:
        working.lower_confidence(
            "Low",
            f"{circumstances.release} is of an earlier year: the conversion factor has changed since",
        )


def _lower_for_locality(working: Working) -> None:
    locality = working.circumstances.locality
    if not locality.mac:
        working.note("National average. Enter your ZIP for your amount.")
        return
    if locality.spans_zip:
        working.lower_confidence("Medium", "the ZIP code lies in more than one locality")
    at = working.circumstances.date_of_service
    if locality.gpci.work == ONE and any(first <= at <= last for first, last in _FLOOR_LAPSES):
        working.lower_confidence(
            "Medium", "the floor of the work index lapsed on this date and was restored later"
        )


def _lower_for_factor(working: Working) -> None:
    if working.circumstances.qualifying_apm:
        working.lower_confidence(
            "Medium", "the factor of qualifying APM participants depends on the clinician's status"
        )


def _lower_for_row(working: Working) -> None:
    row = working.row
    if row.status in _BY_STATUS:
        working.lower_confidence("Medium", _BY_STATUS[row.status])
    if working.setting == "nonfacility" and row.nonfacility_na:
        working.lower_confidence("Low", "no office price (non-facility NA indicator)")
    pos = PLACES[working.line.place_of_service]
    if pos.caution:
        working.note(pos.caution)
    if pos.code in UNCERTAIN_PLACES:
        working.lower_confidence("Low", f"Medicare has not said how place of service {pos.code} is paid")


def _lower_for_modifiers(working: Working) -> None:
    known = working.listed.modifiers if working.listed else frozenset()
    for modifier in sorted(working.modifiers - known):
        if modifier in LEFT_TO_MAC:
            working.lower_confidence("Low", LEFT_TO_MAC[modifier])
            working.note(f"{modifier}: the whole amount is shown. {MODIFIERS[modifier].effect}")
        elif modifier == "53":
            _lower_for_stopped(working)
        elif modifier not in MODIFIERS and modifier not in WITHOUT_EFFECT:
            working.lower_confidence("Low", f"we don't know what modifier {modifier} does to the amount")
            working.note(
                f"We don't know what modifier {modifier} does to the amount: it is shown without it."
            )


def _lower_for_stopped(working: Working) -> None:
    if working.row.modifier == "53":
        working.lower_confidence("Day", "a stopped procedure (53) with a separate row")
        return
    working.lower_confidence("Low", "a stopped procedure (53) without a separate row is decided by the MAC")
    working.note("53: the whole amount is shown; the MAC pays what was done.")


def confidence_of(working: Working) -> Confidence:
    """The confidence in what will be allowed."""
    known = working.circumstances.all_lines_known
    levels = [(_level(reason, known), reason.text) for reason in working.reasons]
    if working.refusal is not None:
        low = any(level == "Low" for level, _ in levels)
        return Confidence("Low" if low else "None", (working.refusal.text,))
    lowest: Level = min((level for level, _ in levels), key=_ORDER.index, default="High")
    return Confidence(lowest, tuple(text for level, text in levels if level != "High"))


def _level(reason: Reason, all_lines_known: bool) -> Level:
    if reason.level == "Day":
        return "High" if all_lines_known else "Medium"
    return "Low" if reason.level == "Low" else "Medium"


def claim_confidence(lines: Iterable[LinePrice]) -> Confidence:
    """The lowest of the lines that have an amount; Low if another line's amount is set elsewhere, None if
    no line has one.
    """
    lines = list(lines)
    priced = [line for line in lines if line.refusal is None]
    if not priced:
        return Confidence("None", ("no line has an amount",))
    lowest = min((line.confidence.level for line in priced), key=_ORDER.index)
    reasons = [reason for line in priced for reason in line.confidence.reasons]
    open_amounts = [line for line in lines if line.refusal and line.refusal.medicare_pays != ZERO_DOLLARS]
    if open_amounts:
        lowest = min(lowest, "Low", key=_ORDER.index)
        codes = ", ".join(line.line.code for line in open_amounts)
        reasons.append(f"the total leaves out lines without an amount: {codes}")
    return Confidence(lowest, tuple(dict.fromkeys(reasons)))
