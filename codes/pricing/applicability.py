"""Which modifiers a code can take: the indicators of the fee schedule in words.

One table for the page (which modifiers to offer, and why not the others) and for the price (which to refuse).
Source of the indicators: Claims Processing Manual, ch. 23, Addendum (MPFSDB).
"""

from collections.abc import Callable
from typing import NamedTuple

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


PCTC = {
    "0": "PC/TC indicator 0: a physician's own service without components",
    "1": "PC/TC indicator 1: a test with a professional and a technical component",
    "2": "PC/TC indicator 2: already the professional component alone",
    "3": "PC/TC indicator 3: already the technical component alone",
    "4": "PC/TC indicator 4: the whole test; the components have separate codes",
    "5": "PC/TC indicator 5: incident to a physician's service, without components",
    "6": "PC/TC indicator 6: a laboratory test that a physician interprets",
    "7": "PC/TC indicator 7: a therapist's service, without components",
    "8": "PC/TC indicator 8: a physician's interpretation of an abnormal smear",
    "9": "PC/TC indicator 9: components are not a concept for this code",
}
_BILATERAL = {
    "0": "bilateral indicator 0: both sides are paid as one, by anatomy or because another code says both",
    "1": "bilateral indicator 1: both sides are paid at 150 percent of one",
    "2": "bilateral indicator 2: the relative values are already for both sides",
    "3": "bilateral indicator 3: each side is paid in full",
    "9": "bilateral indicator 9: sides are not a concept for this code",
}
_CO_SURGEONS = {
    "0": "co-surgeon indicator 0: two surgeons are not paid for this code",
    "1": "co-surgeon indicator 1: two surgeons only with documentation that both were needed",
    "2": "co-surgeon indicator 2: two surgeons of different specialties are paid",
    "9": "co-surgeon indicator 9: co-surgeons are not a concept for this code",
}
_TEAM = {
    "0": "team indicator 0: a surgical team is not paid for this code",
    "1": "team indicator 1: a team only with documentation that it was needed",
    "2": "team indicator 2: a team is paid, by report",
    "9": "team indicator 9: team surgery is not a concept for this code",
}
_ASSISTANT = {
    "0": "assistant indicator 0: paid only with documentation that an assistant was needed",
    "1": "assistant indicator 1: the law forbids payment for an assistant, and the patient may not be billed",
    "2": "assistant indicator 2: an assistant is paid",
    "9": "assistant indicator 9: assistants are not a concept for this code",
}


def _components(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    allowed = {"26": ("1", "6"), "TC": ("1",)}[modifier]
    return lambda row: Applicability(modifier, row.pctc in allowed, _words(PCTC, row.pctc, "PC/TC"))


def _bilateral(row: FeeScheduleRow) -> Applicability:
    words = _words(_BILATERAL, row.bilateral_surgery, "bilateral")
    return Applicability("50", row.bilateral_surgery in ("1", "3"), words)


def _stopped(row: FeeScheduleRow) -> Applicability:
    own_row = row.code in STOPPED_CODES
    return Applicability(
        "53", True, "CMS prices it on a separate row" if own_row else "individual consideration by the MAC"
    )


def has_divided_package(row: FeeScheduleRow) -> bool:
    """True for codes with a 10- or 90-day global period whose shares CMS gives."""
    shares = row.preoperative_share + row.intraoperative_share + row.postoperative_share
    return row.global_days in ("010", "090") and shares > ZERO


def _split(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        if has_divided_package(row):
            return Applicability(modifier, True, f"global days {row.global_days}: the package can be divided")
        return Applicability(modifier, False, f"global days {row.global_days}: there is no package to divide")

    return applies


def _returned(row: FeeScheduleRow) -> Applicability:
    surgical = row.global_days in ("000", "010", "090")
    return Applicability("78", surgical, f"global days {row.global_days}")


def _co_surgeons(row: FeeScheduleRow) -> Applicability:
    words = _words(_CO_SURGEONS, row.co_surgeons, "co-surgeon")
    return Applicability("62", row.co_surgeons in ("1", "2"), words)


def _team(row: FeeScheduleRow) -> Applicability:
    return Applicability("66", row.team_surgery in ("1", "2"), _words(_TEAM, row.team_surgery, "team"))


def _assistant(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        words = _words(_ASSISTANT, row.assistant_surgery, "assistant")
        return Applicability(modifier, row.assistant_surgery in ("0", "2"), words)

    return applies


def _equipment(modifier: str) -> Callable[[FeeScheduleRow], Applicability]:
    def applies(row: FeeScheduleRow) -> Applicability:
        tests = row.pctc in ("1", "3", "4") and (modifier != "CT" or is_ct_scan(row.code))
        why = _words(PCTC, row.pctc, "PC/TC")
        return Applicability(
            modifier, tests, why if modifier != "CT" or tests else "not one of the CT scans of the law"
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
        f"status {row.status}: {'paid' if row.status == 'J' else 'not'} by base and time",
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


def _words(words: dict[str, str], indicator: str, name: str) -> str:
    return words.get(indicator, f"{name} indicator {indicator!r}, which CMS's layout does not explain")
