"""Sizes in centimeters and ages in years: a lesion of 2.5 cm is in the code for 2.1 to 3 cm and in no neighbor's."""

import re
from dataclasses import dataclass
from math import inf

from codes.search.words import NUMBERS

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_SPELLED = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b")
_WEEKS = re.compile(r"\b(\d+) ?-?(?:weeks?|wks?)\b(?![ -]old)")
_DIGIT = re.compile(r"\d")
_NUMBER = r"(\d*\.?\d+)"
_CM = r" ?-?(?:cm|centimeters?)\b"
_SQ_CM = r" ?-?sq(?:uare)?\.? ?(?:cm|centimeters?)\b"
_GRAMS = r" ?-?(?:g|gm|grams?)\b"
_MINUTES = r" ?-?(?:mins?|minutes?)\b"
_DAYS = r" ?-?days?\b"
_INCHES = r" ?-?sq(?:uare)?\.? ?(?:in|inch(?:es)?)\b\.?"
_POUNDS = r" ?-?(?:lbs?|pounds?)\b"
_PERCENT = r" ?%"
_VISITS = r" ?-?visits?\b"
_YEARS = r" ?-?(?:years?|yrs?|yo|y/o)\b(?: ?-?old)?"
_AGES = r"\bage[sd]? "
_MORE, _LESS = r"(?: ?(?:or more|and (?:up|over|older)|/?>|\+))", r" ?(?:or less|or smaller|and under|/?<)"
_UNDER, _OVER = r"(?:\bto|under|less than|<=?) ?", r"(?:over|more than|greater than|>=?) ?"
_MONTHS = re.compile(r"\b\d+ ?-?(?:months?|mo|weeks?|wk)[ -]old|\bnewborn\b")


@dataclass(frozen=True, slots=True)
class Span:
    """From `least` to `most` of its unit, both included."""

    least: float
    most: float

    @property
    def is_exact(self) -> bool:
        return self.least == self.most

    def holds(self, other: "Span") -> bool:
        """Whether the other lies within; "30 minutes" in a name is the least of them, so it holds 30 to 39."""
        return self.least == other.least or (self.least <= other.least and other.most <= self.most)

    def excludes(self, other: "Span") -> bool:
        """Whether both cannot be of one code. A single figure in a name is one of several, and excludes none."""
        common = min(self.most, other.most) - max(self.least, other.least)
        return not self.is_exact and (common < 0 or (common == 0 and not other.is_exact))


def _forms(unit: str, before: str = "") -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """Patterns of one unit, each with which of its groups say the least and the most; 0 is no bound."""
    return (
        (re.compile(rf"{before}{_NUMBER}(?:{unit})? ?(?:-|to|or|through) ?{_NUMBER}{unit}"), 1, 2),
        (re.compile(rf"{before}{_UNDER}{_NUMBER}{unit}|{before}{_NUMBER}{unit}{_LESS}"), 0, 1),
        (
            re.compile(
                rf"{before}{_OVER}{_NUMBER}{unit}|{before}{_NUMBER}{unit}{_MORE}|{before}{_NUMBER}\+{unit}"
            ),
            1,
            0,
        ),
        (re.compile(rf"{before}{_NUMBER}{unit}"), 1, 1),
    )


_UNITS = {
    "cm": _forms(_CM),
    "sq cm": _forms(_SQ_CM),
    "grams": _forms(_GRAMS),
    "minutes": _forms(_MINUTES),
    "sq in": _forms(_INCHES),
    "pounds": _forms(_POUNDS),
    "percent": _forms(_PERCENT),
    "visits": _forms(_VISITS),
    "days": _forms(_DAYS),
    "years": (
        (re.compile(r"\bunder age (\d+)|\b(?:under|less than) (\d{1,2})$"), 0, 1),
        (re.compile(r"\bover (\d{1,2})$"), 1, 0),
        *_forms("", _AGES),
        *_forms(_YEARS),
    ),
}


def spans_in(text: str) -> dict[str, Span]:
    """The first span of each unit that a folded text names.

    >>> spans_in("benign excision, face, 2.1-3 cm")["cm"], spans_in("0.5 cm/<")["cm"], spans_in("over 4 cm")["cm"]
    (Span(least=2.1, most=3.0), Span(least=0, most=0.5), Span(least=4.0, most=inf))
    >>> spans_in("adult physical, ages 40 to 64")["years"], spans_in("70 year old")["years"]
    (Span(least=40.0, most=64.0), Span(least=70.0, most=70.0))
    """
    text = _SPELLED.sub(lambda found: NUMBERS[found[0]], text)
    if not _DIGIT.search(text):
        return {}
    text = _WEEKS.sub(lambda found: f"{7 * int(found[1])} days", _THOUSANDS.sub("", text))
    found = {unit: span for unit, forms in _UNITS.items() if (span := _first(text, forms))}
    return {"years": Span(0, 0)} | found if _MONTHS.search(text) else found


def _first(text: str, forms: tuple[tuple[re.Pattern[str], int, int], ...]) -> Span | None:
    for pattern, least, most in forms:
        if found := pattern.search(text):
            numbers = [float(number) for number in found.groups() if number]
            return Span(numbers[least - 1] if least else 0, numbers[most - 1] if most else inf)
    return None
