"""What the words of a tip claim about CMS's data, read by pattern: indicators, edits, limits, add-on types."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from codes.parsing.code_shapes import CODE
from codes.pricing.types import FeeScheduleRow

FEE_SCHEDULE, EDITS, LIMITS, ADD_ONS = (
    "CMS physician fee schedule, relative value file",
    "NCCI procedure-to-procedure edits",
    "NCCI medically unlikely edits",
    "NCCI add-on code edits",
)

Value = Callable[[FeeScheduleRow], str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A field of the fee schedule as tips spell it: `pattern` captures the value that is claimed."""

    name: str
    pattern: re.Pattern[str]
    value: Value


def _indicator(name: str, pattern: str, field: str) -> Indicator:
    return Indicator(name, re.compile(pattern, re.IGNORECASE), lambda row: str(getattr(row, field)))


INDICATORS: tuple[Indicator, ...] = (
    _indicator("global days", r"\bglobal(?: days)? (000|010|090|MMM|XXX|YYY|ZZZ)\b", "global_days"),
    _indicator("PC/TC indicator", r"\bPC/TC(?: indicator)? (\d)\b", "pctc"),
    _indicator("status", r"\bstatus ([A-Z])\b", "status"),
    _indicator("bilateral indicator", r"\bbilateral indicator (\d)\b", "bilateral_surgery"),
    _indicator(
        "multiple procedure indicator", r"\bmultiple procedure indicator (\d)\b", "multiple_procedure"
    ),
    _indicator("assistant indicator", r"\bassistant(?: at surgery)? indicator (\d)\b", "assistant_surgery"),
    _indicator("co-surgeon indicator", r"\bco-surgeons? indicator (\d)\b", "co_surgeons"),
    _indicator("team surgery indicator", r"\bteam(?: surgery)? indicator (\d)\b", "team_surgery"),
    _indicator(
        "supervision indicator",
        r"\b(?:physician )?supervision indicator (\d[0-9A])\b",
        "physician_supervision",
    ),
    _indicator("imaging family", r"\b(?:diagnostic )?imaging family (\d\d)\b", "imaging_family"),
    _indicator("endoscopic base code", rf"\bendoscopic base code ({CODE})\b", "endoscopic_base"),
)
NA = re.compile(r"\b(non-)?facility NA(?: indicator)?\b", re.IGNORECASE)
PACKAGE = re.compile(r"\bpackage runs (\d+) days|\b(\d+)-day global\b", re.IGNORECASE)
EDIT = re.compile(rf"column 1 ({CODE}), column 2 ({CODE}), modifier indicator ([01])")
_CODES = rf"{CODE}(?:(?:, and |, or |, | and | or ){CODE})*"
DENIED = re.compile(rf"\b({_CODES}) (?:is|are) denied with ({_CODES})(?! (?:is|are) denied)")
PAYS = re.compile(rf"\bNCCI pays ({CODE}), not ({CODE})")
LIMIT = re.compile(rf"({CODE}), adjudication indicator ([123])")
ADD_ON_TYPE = re.compile(rf"({CODE}), type ([123])")
MODIFIERS = re.compile(r"\bmodifiers? ((?:[0-9A-Z]{2})(?:(?:, | or | and |, or |, and )[0-9A-Z]{2}\b)*)")
NEGATION = re.compile(r"\b(?:no|not|never|without|nor|neither|cannot)\b|n't\b", re.IGNORECASE)

SECTIONS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    FEE_SCHEDULE: (*(indicator.pattern for indicator in INDICATORS), NA),
    EDITS: (EDIT,),
    LIMITS: (LIMIT,),
    ADD_ONS: (ADD_ON_TYPE,),
}


def unread(source_title: str, source_section: str) -> list[str]:
    """The parts of a citation of CMS's data that no pattern reads; empty for other sources.

    >>> unread("NCCI add-on code edits, 2024", "11103, type 1; 11103, kind 1")
    ['11103, kind 1']
    """
    patterns = next((known for title, known in SECTIONS.items() if source_title.startswith(title)), None)
    if patterns is None:
        return []
    parts = [part.strip() for part in source_section.split(";")]
    return [part for part in parts if not any(pattern.fullmatch(part) for pattern in patterns)]


def spoken_of(text: str, codes: Collection[str]) -> str:
    """The sentences of a text that name no other code than these: what they say of indicators is said of them.

    >>> spoken_of("It is global 010. 97014 has status I.", ("20610",))
    'It is global 010.'
    """
    sentences = re.split(r"(?<=[.;:]) ", text)
    return " ".join(each for each in sentences if set(re.findall(rf"\b{CODE}\b", each)) <= set(codes))


def denials(text: str) -> list[tuple[str, str]]:
    """The edits that a text tells, column 1 first: "B is denied with A", "NCCI pays A, not B".

    >>> denials("76376 and 76377 are denied with 71275. NCCI pays 99203, not 99202.")
    [('71275', '76376'), ('71275', '76377'), ('99203', '99202')]
    """
    codes = re.compile(CODE)
    named = [
        (one, two)
        for denied, paid in DENIED.findall(text)
        for two in codes.findall(denied)
        for one in codes.findall(paid)
    ]
    return named + PAYS.findall(text)


def clauses(text: str) -> Iterator[str]:
    """A text in pieces that one negation can rule."""
    return (part for part in re.split(r"[.;:]\s|, ", text) if part)


def positive_modifiers(text: str) -> set[str]:
    """The modifiers that a text names, except where it says no to them.

    >>> sorted(positive_modifiers("One line, modifiers 26 and TC, without modifier 50."))
    ['26', 'TC']
    """
    named = (MODIFIERS.findall(part) for part in clauses(text) if not NEGATION.search(part))
    return {word for found in named for group in found for word in re.findall(r"[0-9A-Z]{2}", group)}
