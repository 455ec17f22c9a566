"""Service lines copied from a claim form, where the place of a piece says what it is.

- CMS-1500, item 24: `03 14 26 03 14 26 11 99213 25 AB 150.00 1` is from and to, place of service, code, modifiers,
  diagnosis pointer, charge, units. Blanks part the dates, and AB is the pointer, not a modifier.
- X12 837, segments SV1 and SV2: `SV1*HC:99213:25*150*UN*1***1:2~`. Minutes of anesthesia (MJ) are not units.
"""

import re
from collections.abc import Iterable
from datetime import date

from codes.parsing.code_shapes import CODE
from codes.parsing.command_reading import Reading, ReadLine, Unreadable
from codes.parsing.dates import read_date
from codes.parsing.modifiers import checked_modifiers
from codes.parsing.plain import quoted
from codes.parsing.units import read_whole
from codes.pricing import PLACES

_DAY = r"([0-9]{2})[ /-]([0-9]{2})[ /-]([0-9]{4}|[0-9]{2})"
_CODE = rf"({CODE})"
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
        reading.lines.append(_line(line[8], line[9].split(), line[10]))
    days = ((line[1], line[2], line[3]) for line in found)
    _agree(reading, days, {line[7] for line in found})
    return True


def _read_837(text: str, reading: Reading) -> bool:
    found = list(_SEGMENT.finditer(text))
    for line in found:
        reading.lines.append(_line(line[1], line[2].split(":")[1:], line[4] if line[3] != "MJ" else "1"))
    days = ((day[2], day[3], day[1]) for day in _SERVICE_DATE.finditer(text))
    _agree(reading, days, {line[5] for line in found if line[5]})
    return bool(found)


def _line(code: str, modifiers: list[str], units: str) -> ReadLine:
    try:
        return ReadLine(code, list(checked_modifiers(tuple(modifiers))), read_whole(units))
    except ValueError as error:
        raise Unreadable(f"{code}: {error}") from None


def _agree(reading: Reading, days: Iterable[tuple[str, str, str]], places: set[str]) -> None:
    """The one date and the one place of all lines; Unreadable where there are two, or one that cannot be."""
    found = {_day(*day) for day in days}
    if len(found) > 1 or len(places) > 1:
        raise Unreadable(
            "These lines have several dates or places of service. Enter those of one day and place at a time."
        )
    if unknown := places - set(PLACES):
        raise Unreadable(f"Place of service {unknown.pop()} is not one that CMS has assigned.")
    reading.date_of_service = next(iter(found), None)
    reading.place_of_service = next(iter(places), "")


def _day(month: str, day: str, year: str) -> date:
    try:
        return read_date(f"{month}/{day}/{year}")
    except ValueError as error:
        raise Unreadable(f"{quoted(f'{month}/{day}/{year}')}: {error}") from None
