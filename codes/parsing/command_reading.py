"""Reading a command from left to right: each piece of text is one of the things a claim line has, or the line is
not a command."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from codes.pricing import PLACES
from codes.pricing.modifiers import MODIFIERS, MOST_MODIFIERS

from .claim_lines import NUMERIC_MODIFIERS
from .command_words import CONNECTORS, MONTHS, NOT_MODIFIERS, PLACE_WORDS, STATE_NAMES, STATES

FIRST_YEAR, LAST_YEAR = 1992, 2099
END = r"(?![A-Z0-9])"
_MONTH = rf"({'|'.join(MONTHS)})[A-Z]*\.?"
_PLACES = "|".join(sorted(map(re.escape, PLACE_WORDS), key=len, reverse=True))
_STATES = "|".join(sorted(STATE_NAMES, key=len, reverse=True))
_LIKE_CODE = re.compile(r"[A-Z][0-9]{4}|[0-9]{4}[A-Z]")
_LOOKALIKES = str.maketrans("OIL", "011")


@dataclass(slots=True)
class ReadLine:
    code: str
    modifiers: list[str] = field(default_factory=list)
    units: int = 1


@dataclass(slots=True)
class Reading:
    """What has been read so far. `doubtful` are five digits that are no known code: a ZIP, or a code gone."""

    is_known_code: Callable[[str], bool]
    lines: list[ReadLine] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    place_of_service: str = ""
    date_of_service: date | None = None
    zip_code: str = ""
    state: str = ""
    locality: str = ""


class NotACommand(ValueError):
    """The text holds something that no claim line has."""


class Search(NotACommand):
    """The text is surely meant as a search: a range of codes, a dose, no units at all."""


def read(text: str, is_known_code: Callable[[str], bool]) -> Reading:
    """Reads folded text in capitals; NotACommand where a piece of it is none of the forms, Search where it is one
    that only a search answers."""
    reading = Reading(is_known_code)
    place = 0
    while place < len(text):
        if blank := _BLANK.match(text, place):
            place = blank.end()
            continue
        place = _piece(text, place, reading)
    _settle(reading)
    return reading


def _piece(text: str, place: int, reading: Reading) -> int:
    for form, take in _FORMS:
        found = form.match(text, place)
        if found and take(found, reading):
            return found.end()
    raise NotACommand(text[place : place + 20])


def find_date_and_place(text: str, is_known_code: Callable[[str], bool]) -> Reading:
    """The date and place that stand anywhere in a text in capitals; NotACommand where one is impossible."""
    reading = Reading(is_known_code)
    for form, take in ((_ANY_DATE, _take_date), (_PLACE_CODE, _take_place_code)):
        if (found := form.search(text)) and not take(found, reading):
            raise NotACommand(found[0])
    return reading


def _date_of(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    year = _given(parts, "y")
    month = _given(parts, "m")
    day = _given(parts, "d")
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    try:
        read_date = date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None
    return read_date if FIRST_YEAR <= read_date.year <= LAST_YEAR else None


def _given(parts: dict[str, str | None], kind: str) -> str:
    return next(text for name, text in parts.items() if name[0] == kind and text)


def _take_date(found: re.Match[str], reading: Reading) -> bool:
    reading.date_of_service = _date_of(found)
    return reading.date_of_service is not None


def _take_place_code(found: re.Match[str], reading: Reading) -> bool:
    reading.place_of_service = found[1].zfill(2)
    return reading.place_of_service in PLACES


def _take_place_word(found: re.Match[str], reading: Reading) -> bool:
    reading.place_of_service = PLACE_WORDS[found[1]]
    return True


def _take_zip(found: re.Match[str], reading: Reading) -> bool:
    reading.zip_code = found[1]
    return True


def _take_locality(found: re.Match[str], reading: Reading) -> bool:
    reading.locality = f"{found[1]}-{found[2]}"
    return True


def _take_state(found: re.Match[str], reading: Reading) -> bool:
    reading.state = STATE_NAMES.get(found[1], found[1])
    return reading.state in STATES


def _take_bare_state(found: re.Match[str], reading: Reading) -> bool:
    """Two letters that are a state, unless a line stands before them and they are a modifier that claims carry."""
    state = found[1]
    if state not in STATES or (reading.lines and state in MODIFIERS):
        return False
    reading.state = state
    return True


def _take_units(found: re.Match[str], reading: Reading) -> bool:
    units = int(next(group for group in found.groups() if group))
    line = _last_line(reading)
    if line is None:
        return False
    if units < 1:
        raise Search(found[0])
    line.units = units
    return True


def _refuse_range(found: re.Match[str], _: Reading) -> bool:
    """99202-99215 is a range, which the search answers; 20610-76942 are two codes."""
    if found[2] < found[3]:
        raise Search(found[0])
    return False


def _refuse_dose(found: re.Match[str], reading: Reading) -> bool:
    """40 mg of a drug are not 40 units of its code, and MG is a modifier besides."""
    if reading.lines:
        raise Search(found[0])
    return False


def _refuse_reason(found: re.Match[str], _: Reading) -> bool:
    """CO-97 is what a payer says of a line, not its modifiers CO and 97; a remittance is read elsewhere."""
    raise NotACommand(found[0])


def _skip(_: re.Match[str], __: Reading) -> bool:
    return True


def _take_code(found: re.Match[str], reading: Reading) -> bool:
    """A code with the modifiers joined to it; five digits that are no known code are kept for later."""
    code = _known(found[1], reading)
    modifiers = list(dict.fromkeys(re.findall("[A-Z0-9]+", found[2] or "")))
    if code is None and found[1].isdigit() and not modifiers:
        reading.doubtful.append(found[1])
        return True
    if code is None and not (_LIKE_CODE.fullmatch(found[1]) or found[1].isdigit()):
        return False
    if len(modifiers) > MOST_MODIFIERS:
        return False
    reading.lines.append(ReadLine(code or found[1], modifiers))
    return True


def _known(typed: str, reading: Reading) -> str | None:
    """The code meant, a letter O read as zero where only that makes a code."""
    mended = typed[0] + typed[1:4].translate(_LOOKALIKES) + typed[4]
    return next((code for code in (typed, mended) if reading.is_known_code(code)), None)


def _take_run_together(found: re.Match[str], reading: Reading) -> bool:
    """ "9921325": a code and its modifier without anything between them."""
    if not reading.is_known_code(found[1]) or not _is_modifier(found[2]):
        return False
    reading.lines.append(ReadLine(found[1], [found[2]]))
    return True


def _take_modifier(found: re.Match[str], reading: Reading) -> bool:
    line = _last_line(reading)
    if line is None or not _is_modifier(found[1]) or len(line.modifiers) >= MOST_MODIFIERS:
        return False
    if found[1] not in line.modifiers:
        line.modifiers.append(found[1])
    return True


def _is_modifier(text: str) -> bool:
    """Two digits that CPT has as a modifier, or two signs that begin with a letter and are no everyday word."""
    return text in NUMERIC_MODIFIERS or (text[0].isalpha() and text not in NOT_MODIFIERS) or text[1:] == "P"


def _take_connector(found: re.Match[str], reading: Reading) -> bool:
    return found[1] in CONNECTORS


def _last_line(reading: Reading) -> ReadLine | None:
    """The line that modifiers and units belong to; five doubtful digits before them are a code after all."""
    if not reading.lines and reading.doubtful:
        reading.lines.append(ReadLine(reading.doubtful.pop(0)))
    return reading.lines[-1] if reading.lines else None


def _settle(reading: Reading) -> None:
    """Five doubtful digits are the ZIP code, or with a second such number the first is a code."""
    if not reading.lines and len(reading.doubtful) > 1:
        _last_line(reading)
    if reading.doubtful and not reading.zip_code:
        reading.zip_code = reading.doubtful.pop(0)
    if reading.doubtful:
        raise NotACommand(reading.doubtful[0])


_DATE = (
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|(?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})[-/.](?P<y2>\d{4}|\d{2})"
    rf"|{_MONTH.replace('(', '(?P<m3>', 1)} ?(?P<d3>\d{{1,2}})(?:ST|ND|RD|TH)?,? (?P<y3>\d{{4}})"
    rf"|(?P<d4>\d{{1,2}})[ -]?{_MONTH.replace('(', '(?P<m4>', 1)},?[ -]?(?P<y4>\d{{4}})"
    r"|(?P<m5>0[1-9]|1[0-2])(?P<d5>[0-3]\d)(?P<y5>20\d\d)"
    r"|(?P<y6>20\d\d)(?P<m6>0[1-9]|1[0-2])(?P<d6>[0-3]\d)"
)
_ANY_DATE = re.compile(rf"(?<![A-Z0-9])(?:{_DATE}){END}")
_PLACE_CODE = re.compile(rf"(?:POS|PLACE OF SERVICE)[ :=#]*([0-9]{{1,2}}){END}")
_RANGE = re.compile(rf"([A-Z0-9]{{3}})([A-Z0-9]{{2}}) ?(?:-|TO|THRU|THROUGH) ?\1([A-Z0-9]{{2}}){END}")
_BLANK = re.compile(r"[^A-Z0-9$.%]+|\.(?![0-9])")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reading], bool]], ...] = (
    (_ANY_DATE, _take_date),
    (_RANGE, _refuse_range),
    (_PLACE_CODE, _take_place_code),
    (re.compile(r"(?<!\()(?:LINE ?#? ?)?[0-9]{1,2}[:)] ?(?=[A-Z0-9]{5})"), _skip),
    (re.compile(rf"(?:CO|PR|OA|PI)-? ?[0-9]{{1,3}}{END}"), _refuse_reason),
    (re.compile(rf"(?<![0-9.])[0-9.]++ ?(?:MG|MCG|ML|CC|IU|GRAMS?){END}"), _refuse_dose),
    (re.compile(r"IN(?= [0-9]{5})"), _skip),
    (re.compile(rf"ZIP(?: ?CODE)?[ :=]*([0-9]{{5}})(?:-?[0-9]{{4}})?{END}"), _take_zip),
    (re.compile(rf"([0-9]{{5}})-[0-9]{{4}}{END}"), _take_zip),
    (re.compile(rf"LOC(?:ALITY)?[ :=]*([0-9]{{5}})[-: ]([0-9]{{2}}){END}"), _take_locality),
    (re.compile(rf"(?:STATE|LOCALITY|LOC|IN)[ :=]+({_STATES}|[A-Z]{{2}}){END}"), _take_state),
    (re.compile(rf"(?:QTY|UNITS?)[ :=]*([0-9]{{1,4}}){END}|X ?([0-9]{{1,4}}){END}"), _take_units),
    (re.compile(rf"([0-9]{{1,4}}) ?(?:UNITS?|UN|U|X){END}"), _take_units),
    (
        re.compile(
            rf"(?:HC ?[:|] ?)?([A-Z0-9][0-9OIL]{{3}}[A-Z0-9])((?: ?[-:^.*/] ?[A-Z0-9]{{2}}{END})*){END}"
        ),
        _take_code,
    ),
    (re.compile(rf"([A-Z0-9][0-9]{{3}}[A-Z0-9])([A-Z0-9]{{2}}){END}"), _take_run_together),
    (re.compile(rf"({_PLACES}){END}"), _take_place_word),
    (re.compile(rf"({_STATES}){END}"), _take_state),
    (re.compile(rf"([A-Z]+){END}"), _take_connector),
    (re.compile(rf"([A-Z]{{2}}){END}"), _take_bare_state),
    (re.compile(rf"([A-Z0-9]{{2}}){END}"), _take_modifier),
)
