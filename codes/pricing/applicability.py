"""Which modifiers a code can take: the indicators of the fee schedule in words.

One table for the page (which modifiers to offer, and why not the others) and for the price (which to refuse).
Source of the indicators: Claims Processing Manual, ch. 23, Addendum (MPFSDB).
"""

from collections.abc import Callable
from typing import NamedTuple

from codes.pricing.indicator_words import (
    ASSISTANT_SURGERY,
    BILATERAL,
    CO_SURGEONS,
    GLOBAL_DAYS,
    PCTC,
    TEAM_SURGERY,
)
from codes.pricing.modifiers import ANESTHESIA
from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.types import ZERO, FeeScheduleRow, Refusal

CITATION = "Claims Processing Manual, ch. 23, Addendum (MPFSDB)"
STOPPED_CODES = frozenset({"44388", "45378", "G0105", "G0121"})
THERAPY_MODIFIERS = ("GN", "GO", "GP", "KX", "CO", "CQ")


class Applicability(NamedTuple):
    """Whether a modifier applies to a code, and the indicator that says so, in words."""

    modifier: str
    applies: bool
    why: str


def _components(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    allowed = {"26": ("1", "6"), "TC": ("1",)}[modifier]
    return lambda row: Applicability(modifier, row.pctc in allowed, PCTC.reason(row.pctc))


def _bilateral(row: FeeScheduleRow) -> Applicability:
    words = BILATERAL.reason(row.bilateral_surgery)
    return Applicability("50", row.bilateral_surgery in ("1", "3"), words)


def _stopped(row: FeeScheduleRow) -> Applicability:
    own_row = row.code in STOPPED_CODES
    return Applicability(
        "53", True, "CMS prices it on a separate row" if own_row else "the MAC sets the amount"
    )


def has_divided_package(row: FeeScheduleRow) -> bool:
    """True for codes with a 10- or 90-day global period whose shares CMS gives."""
    shares = row.preoperative_share + row.intraoperative_share + row.postoperative_share
    return row.global_days in ("010", "090") and shares > ZERO


def _split(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        if has_divided_package(row):
            return Applicability(
                modifier, True, f"the surgical package can be split (global days {row.global_days})"
            )
        return Applicability(modifier, False, f"no surgical package to split (global days {row.global_days})")

    return applies


def _returned(row: FeeScheduleRow) -> Applicability:
    surgical = row.global_days in ("000", "010", "090")
    return Applicability("78", surgical, GLOBAL_DAYS.reason(row.global_days))


def _co_surgeons(row: FeeScheduleRow) -> Applicability:
    words = CO_SURGEONS.reason(row.co_surgeons)
    return Applicability("62", row.co_surgeons in ("1", "2"), words)


def _team(row: FeeScheduleRow) -> Applicability:
    return Applicability("66", row.team_surgery in ("1", "2"), TEAM_SURGERY.reason(row.team_surgery))


def _assistant(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        words = ASSISTANT_SURGERY.reason(row.assistant_surgery)
        return Applicability(modifier, row.assistant_surgery in ("0", "2"), words)

    return applies


def _equipment(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        tests = row.pctc in ("1", "3", "4") and (modifier != "CT" or is_ct_scan(row.code))
        why = PCTC.reason(row.pctc)
        return Applicability(
            modifier,
            tests,
            why if modifier != "CT" or tests else "not a scan subject to the CT equipment reduction",
        )

    return applies


_CT_SCANS = (
    ("70450", "70498"), ("71250", "71275"), ("72125", "72133"), ("72191", "72194"), ("73200", "73206"),
    ("73700", "73706"), ("74150", "74178"), ("74261", "74263"), ("75571", "75574"),
)  # fmt: skip


def is_ct_scan(code: str) -> bool:
    """The CT codes that Social Security Act §1834(p)(3) lists."""
    return any(first <= code <= last for first, last in _CT_SCANS)


def _anesthesia(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    return lambda row: Applicability(
        modifier,
        row.status == "J",
        "paid by base and time units (status J)" if row.status == "J" else "only for anesthesia codes",
    )


def _therapy(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        always = row.multiple_procedure == "5"
        return Applicability(
            modifier, always, "always therapy" if always else "not an always-therapy service"
        )

    return applies


_VISITS = (("99202", "99499"), ("92002", "92014"), ("G0402", "G0402"), ("G0438", "G0439"))


def is_visit(code: str) -> bool:
    """True for evaluation and management codes, on which 24, 25 and 57 belong."""
    return len(code) == 5 and any(first <= code <= last for first, last in _VISITS)


def _visit(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        visit = is_visit(row.code)
        return Applicability(
            modifier, visit, "a visit" if visit else "only on visits (evaluation and management)"
        )

    return applies


_RULES: dict[str, Callable[[FeeScheduleRow], Applicability]] = {
    "26": _components("26"), "TC": _components("TC"), "50": _bilateral, "53": _stopped,
    "54": _split("54"), "55": _split("55"), "56": _split("56"), "78": _returned,
    "62": _co_surgeons, "66": _team,
    "80": _assistant("80"), "81": _assistant("81"), "82": _assistant("82"), "AS": _assistant("AS"),
    "FX": _equipment("FX"), "FY": _equipment("FY"), "CT": _equipment("CT"),
    "24": _visit("24"), "25": _visit("25"), "57": _visit("57"),
} | {modifier: _anesthesia(modifier) for modifier in sorted(ANESTHESIA)} | {
    modifier: _therapy(modifier) for modifier in THERAPY_MODIFIERS
}  # fmt: skip
# These end the line when they do not apply; the others leave the amount as it is.
REFUSED = (
    frozenset({"26", "TC", "54", "55", "56", "62", "66", "80", "81", "82", "AS", "FX", "FY", "CT"})
    | ANESTHESIA
)


def applicable(row: FeeScheduleRow) -> tuple[Applicability, ...]:
    """Every modifier whose use CMS's indicators decide: does it apply to this code, and why, in words."""
    return tuple(rule(row) for rule in _RULES.values())


def applicability(modifier: str, row: FeeScheduleRow) -> Applicability:
    """One modifier; modifiers that no indicator governs always apply."""
    rule = _RULES.get(modifier)
    return rule(row) if rule else Applicability(modifier, True, "no indicator of the fee schedule governs it")


def refuse_inapplicable(row: FeeScheduleRow, modifiers: frozenset[str]) -> Refusal | None:
    """A refusal for a modifier that the code's indicators forbid."""
    for modifier in sorted(modifiers & REFUSED):
        verdict = applicability(modifier, row)
        if not verdict.applies:
            text = f"Modifier {modifier} does not apply to {row.code}: {verdict.why}."
            return Refusal("modifier", text, CITATION, medicare_pays=ZERO_DOLLARS, liability="provider")
    return None
