"""Reading a command from left to right: each piece of text is one of the things a claim line has, or the line is
not a command."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from codes.parsing.code_shapes import is_code
from codes.parsing.command_words import (
    CONNECTORS,
    NOT_MODIFIERS,
    PLACE_WORDS,
    PRACTITIONER_WORDS,
    STATE_NAMES,
    STATES,
)
from codes.parsing.dates import DATE, date_of
from codes.parsing.localities import LOCALITY, ZIP, read_place_of_service, read_state
from codes.parsing.modifiers import MODIFIER, NUMERIC_MODIFIERS
from codes.parsing.plain import quoted
from codes.parsing.units import MOST_UNITS
from codes.pricing import PLACES
from codes.pricing.modifiers import MODIFIERS, MOST_MODIFIERS

END = r"(?![A-Z0-9])"
_PLACES = "|".join(sorted(map(re.escape, PLACE_WORDS), key=len, reverse=True))
_STATES = "|".join(sorted(STATE_NAMES, key=len, reverse=True))
_PRACTITIONERS = "|".join(sorted(PRACTITIONER_WORDS, key=len, reverse=True))
# Codes for which AT (active treatment) decides whether Medicare pays: Claims Processing Manual, ch. 12, §220.
_CHIROPRACTIC = frozenset({"98940", "98941", "98942"})
_LOOKALIKES = str.maketrans("OIL", "011")


@dataclass(slots=True)
class ReadLine:
    code: str
    modifiers: list[str] = field(default_factory=list)
    units: int = 1


@dataclass(slots=True)
class Reading:
    """What has been read so far. `doubtful` are five digits that are no known code: a ZIP, or a code gone. `joined`
    says that something besides blanks stands between codes; `bare_state`, that two letters alone name the state."""

    is_known_code: Callable[[str], bool]
    lines: list[ReadLine] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    place_of_service: str = ""
    date_of_service: date | None = None
    zip_code: str = ""
    state: str = ""
    locality: str = ""
    practitioner: str = ""
    joined: bool = False
    bare_state: bool = False


class NotACommand(ValueError):
    """The text holds something that no claim line has."""


class Unreadable(NotACommand):
    """The text holds a date, a place or units that cannot be; the message is a sentence for the visitor."""


class Search(NotACommand):
    """The text is surely meant as a search: a range of codes, a dose, no units at all."""


def read(text: str, is_known_code: Callable[[str], bool]) -> Reading:
    """Reads folded text in capitals; NotACommand where a piece of it is none of the forms, Search where it is one
    that only a search answers."""
    reading = Reading(is_known_code)
    position = 0
    while position < len(text):
        if blank := _BLANK.match(text, position):
            reading.joined |= bool(reading.lines and blank[0].strip() and blank.end() < len(text))
            position = blank.end()
            continue
        position = _piece(text, position, reading)
    _complete(reading)
    return reading


def _piece(text: str, position: int, reading: Reading) -> int:
    for form, take in _FORMS:
        found = form.match(text, position)
        if found and take(found, reading):
            return found.end()
    raise NotACommand(text[position : position + 20])


def find_date_and_place(text: str, is_known_code: Callable[[str], bool]) -> Reading:
    """The date and place that stand anywhere in a text in capitals; NotACommand where one is impossible."""
    reading = Reading(is_known_code)
    for form, take in ((_ANY_DATE, _take_date), (_PLACE_CODE, _take_place_code)):
        if found := form.search(text):
            take(found, reading)
    return reading


def _take_date(found: re.Match[str], reading: Reading) -> bool:
    try:
        day = date_of(found)
    except ValueError as error:
        raise Unreadable(f"{quoted(found[0])}: {error}") from None
    if reading.date_of_service not in (None, day):
        raise Unreadable(f"Two dates of service: {reading.date_of_service} and {day}. Enter one.")
    reading.date_of_service = day
    return True


def _take_place_code(found: re.Match[str], reading: Reading) -> bool:
    reading.place_of_service = read_place_of_service(found[1])
    if reading.place_of_service not in PLACES:
        raise Unreadable(f"Place of service {reading.place_of_service} is not one that CMS has assigned.")
    return True


def _take_place_word(found: re.Match[str], reading: Reading) -> bool:
    reading.place_of_service = PLACE_WORDS[found[1]]
    return True


def _take_zip(found: re.Match[str], reading: Reading) -> bool:
    reading.zip_code = found["zip"]
    return True


def _take_zip_after_word(found: re.Match[str], reading: Reading) -> bool:
    """In 77002, at 77002; after a chiropractor's code AT is the modifier."""
    is_modifier = found[1] == "AT" and bool(reading.lines) and reading.lines[-1].code in _CHIROPRACTIC
    return not is_modifier and _take_zip(found, reading)


def _take_locality(found: re.Match[str], reading: Reading) -> bool:
    reading.locality = re.sub("[: ]", "-", found[1])
    return True


def _take_state(found: re.Match[str], reading: Reading) -> bool:
    state = STATE_NAMES.get(found[1], found[1])
    if state in STATES:
        reading.state = read_state(state)
    return state in STATES


def _take_bare_state(found: re.Match[str], reading: Reading) -> bool:
    """Two letters that are a state, unless a line stands before them and they are a modifier that claims carry."""
    state = found[1]
    if state not in STATES or (reading.lines and state in MODIFIERS):
        return False
    reading.state, reading.bare_state = read_state(state), True
    return True


def _take_practitioner(found: re.Match[str], reading: Reading) -> bool:
    reading.practitioner = PRACTITIONER_WORDS[found[1]]
    return True


def _take_units(found: re.Match[str], reading: Reading) -> bool:
    units = int(next(group for group in found.groups() if group))
    line = _last_line(reading)
    if line is None:
        return False
    _set_units(line, units)
    return True


def _set_units(line: ReadLine, units: int) -> None:
    if not 1 <= units <= MOST_UNITS:
        raise Unreadable(f"{units:,} units: a line has from 1 to {MOST_UNITS:,}.")
    line.units = units


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
    if code is None and found[1].isdigit() and not modifiers and not found[3]:
        reading.doubtful.append(found[1])
        return True
    if (code is None and not is_code(found[1])) or len(modifiers) > MOST_MODIFIERS:
        return False
    reading.lines.append(ReadLine(code or found[1], modifiers))
    if found[3]:
        _set_units(reading.lines[-1], int(found[3]))
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


def _take_word_modifier(found: re.Match[str], reading: Reading) -> bool:
    """AT and GO are modifiers after a code, and words elsewhere; "at" before a place is the word."""
    line = _last_line(reading)
    if line is None or len(line.modifiers) >= MOST_MODIFIERS:
        return False
    if found[1] == "AT" and line.code not in _CHIROPRACTIC and _A_PLACE.match(found.string, found.end()):
        return False
    if found[1] not in line.modifiers:
        line.modifiers.append(found[1])
    return True


def _is_modifier(text: str) -> bool:
    """Two digits that CPT has as a modifier, or two signs that begin with a letter and are no everyday word."""
    return text in NUMERIC_MODIFIERS or (text[0].isalpha() and text not in NOT_MODIFIERS) or text[1:] == "P"


def _take_connector(found: re.Match[str], reading: Reading) -> bool:
    is_connector = found[1] in CONNECTORS
    reading.joined |= is_connector and bool(reading.lines)
    return is_connector


def _last_line(reading: Reading) -> ReadLine | None:
    """The line that modifiers and units belong to; five doubtful digits before them are a code after all."""
    if not reading.lines and reading.doubtful:
        reading.lines.append(ReadLine(reading.doubtful.pop(0)))
    return reading.lines[-1] if reading.lines else None


def _complete(reading: Reading) -> None:
    """Five doubtful digits are the ZIP code, or with a second such number the first is a code."""
    if not reading.lines and len(reading.doubtful) > 1:
        _last_line(reading)
    if reading.doubtful and not reading.zip_code:
        reading.zip_code = reading.doubtful.pop(0)
    if reading.doubtful:
        raise NotACommand(reading.doubtful[0])


_ANY_DATE = re.compile(rf"(?<![A-Z0-9])(?:{DATE}){END}")
_PLACE_CODE = re.compile(rf"(?:POS|PLACE OF SERVICE)[ :=#]*([0-9]{{1,2}}){END}")
_RANGE = re.compile(rf"([A-Z0-9]{{3}})([A-Z0-9]{{2}}) ?(?:-|TO|THRU|THROUGH) ?\1([A-Z0-9]{{2}}){END}")
_A_PLACE = re.compile(rf" (?:THE |MY |AN? )?(?:ZIP|LOC|POS|[0-9]{{5}}{END}|(?:{_PLACES}|{_STATES}){END})")
_BLANK = re.compile(r"[^A-Z0-9$.%]+|\.(?![0-9])")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reading], bool]], ...] = (
    (_ANY_DATE, _take_date),
    (_RANGE, _refuse_range),
    (_PLACE_CODE, _take_place_code),
    (re.compile(r"(?<!\()(?:LINE ?#? ?)?[0-9]{1,2}[:)] ?(?=[A-Z0-9]{5})"), _skip),
    (re.compile(rf"(?:CO|PR|OA|PI)-? ?[0-9]{{1,3}}{END}"), _refuse_reason),
    (re.compile(rf"(?<![0-9.])[0-9.]++ ?(?:MG|MCG|ML|CC|IU|GRAMS?){END}"), _refuse_dose),
    (re.compile(rf"(IN|AT|NEAR) {ZIP}{END}"), _take_zip_after_word),
    (re.compile(rf"ZIP(?: ?CODE)?[ :=]*{ZIP}{END}"), _take_zip),
    (re.compile(rf"(?P<zip>[0-9]{{5}})-[0-9]{{4}}{END}"), _take_zip),
    (re.compile(rf"LOC(?:ALITY)?[ :=]*({LOCALITY}|[0-9]{{5}}[: ][0-9]{{2}}){END}"), _take_locality),
    (re.compile(rf"(?:STATE|LOCALITY|LOC|IN)[ :=]+({_STATES}|[A-Z]{{2}}){END}"), _take_state),
    (re.compile(rf"(?:QTY|UNITS?)[ :=]*([0-9]{{1,12}}){END}|X ?([0-9]{{1,12}}){END}"), _take_units),
    (re.compile(rf"([0-9]{{1,12}}) ?(?:UNITS?|UN|U|X){END}"), _take_units),
    (
        re.compile(
            rf"(?:HC ?[:|] ?)?([A-Z0-9][0-9OIL]{{3}}[A-Z0-9])((?: ?[-:^.*/] ?{MODIFIER}{END})*)"
            rf"(?:X([0-9]{{1,12}}))?{END}"
        ),
        _take_code,
    ),
    (re.compile(rf"([A-Z0-9][0-9]{{3}}[A-Z0-9])({MODIFIER}){END}"), _take_run_together),
    (re.compile(rf"({_PLACES}){END}"), _take_place_word),
    (re.compile(rf"({_STATES}){END}"), _take_state),
    (re.compile(rf"({_PRACTITIONERS}){END}"), _take_practitioner),
    (re.compile(rf"(AT|GO){END}"), _take_word_modifier),
    (re.compile(rf"([A-Z]+){END}"), _take_connector),
    (re.compile(rf"([A-Z]{{2}}){END}"), _take_bare_state),
    (re.compile(rf"({MODIFIER}){END}"), _take_modifier),
)
