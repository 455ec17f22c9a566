"""Service lines copied from a claim form, where the place of a piece says what it is.

- CMS-1500, item 24: `03 14 26 03 14 26 11 99213 25 AB 150.00 1` is from and to, place of service, code, modifiers,
  diagnosis pointer, charge, units. Blanks part the dates, and AB is the pointer, not a modifier.
- X12 837, segments SV1 and SV2: `SV1*HC:99213:25*150*UN*1***1:2~`. Minutes of anesthesia (MJ) are not units.
"""

import re
from datetime import date

from codes.pricing import PLACES
from codes.pricing.modifiers import MOST_MODIFIERS

from .command_reading import Reading, ReadLine

_DAY = r"([0-9]{2})[ /-]([0-9]{2})[ /-]([0-9]{4}|[0-9]{2})"
_CODE = r"([A-Z0-9][0-9]{3}[A-Z0-9])"
_FORM_LINE = re.compile(
    rf"(?<![A-Z0-9]){_DAY} (?:{_DAY} )?([0-9]{{2}}) (?:[YN] )?{_CODE}((?: [A-Z0-9]{{2}}){{0,4}}?)"
    r" [A-L]{1,4} \$?[0-9,]+[. ][0-9]{2} ([0-9]{1,3})(?![0-9.])"
)
_SEGMENT = re.compile(
    rf"SV[12]\*(?:[0-9]{{4}}\*)?(?:HC|HP|ER):{_CODE}((?::[A-Z0-9]{{2}})*)(?::[^*~]*)?\*[0-9.]*\*(UN|MJ|DA)\*([0-9]{{1,4}})"
    r"(?:\*([0-9]{2}))?"
)
_SERVICE_DATE = re.compile(r"DTP\*472\*R?D8\*([0-9]{4})([0-9]{2})([0-9]{2})")


def read_form(text: str, reading: Reading) -> bool:
    """Whether folded text in capitals holds lines of a claim form, and what they say into `reading`."""
    return _read_1500(text, reading) or _read_837(text, reading)


def _read_1500(text: str, reading: Reading) -> bool:
    found = list(_FORM_LINE.finditer(text))
    if not found or _FORM_LINE.sub("", text).strip():
        return False
    for line in found:
        reading.lines.append(ReadLine(line[8], line[9].split()[:MOST_MODIFIERS], int(line[10]) or 1))
    _agree(reading, {_day(line[3], line[1], line[2]) for line in found}, {line[7] for line in found})
    return True


def _read_837(text: str, reading: Reading) -> bool:
    found = list(_SEGMENT.finditer(text))
    for line in found:
        modifiers = line[2].split(":")[1 : 1 + MOST_MODIFIERS]
        units = int(line[4]) if line[3] != "MJ" else 1
        reading.lines.append(ReadLine(line[1], modifiers, units or 1))
    _agree(
        reading, {_day(*day.groups()) for day in _SERVICE_DATE.finditer(text)}, {line[5] for line in found}
    )
    return bool(found)


def _agree(reading: Reading, days: set[date | None], places: set[str | None]) -> None:
    """The date and place of all lines, where they have the same."""
    if len(days) == 1:
        reading.date_of_service = days.pop()
    if len(places) == 1 and (place := places.pop()) in PLACES:
        reading.place_of_service = place or ""


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
