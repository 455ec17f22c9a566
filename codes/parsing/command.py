"""The command grammar: what one typed line asks for, and which page answers it.

A line is a command when every piece of it is one of these, in any order:

- **codes**: `99214`, `j1885`, `0446T`, `HC:99213:25`, `GO439` with a letter O. Several: `20610+76942`, commas,
  blanks, new lines.
- **modifiers** after their code: `76376-26`, `99214 25`, `99213-25-59`, `9921325`, `99214 modifier 25`. Two
  digits count where CPT has such a modifier.
- **units** after their code: `x2`, `J3301x4`, `2 units`, `2u`, `qty 2`.
- **place of service**: `office`, `fac`, `er`, `asc`, `home`, `snf`, or `pos 22`. A number counts only after `pos`.
- **date of service**: `2026-03-14`, `3/14/2026`, `3/14/26`, `mar 14 2026`, `14 mar 2026`, `03142026`.
- **ZIP code**: `zip 94110`, `in 94110`, `94110-1234`, or five digits that are no known code. One in ten ZIP codes is
  a code too: `readings` holds what such a line may mean, the likelier first.
- **state or locality**: `al`, `texas`, `state ga` (GA alone after a code is the modifier), `locality 01112-05`.
- **practitioner**: `np`, `crna`, `lcsw`. PA is Pennsylvania, or beside a place the physician assistant.

A line that is all about a modifier or a denial (`modifier 59`, `-25`, `CO-97 N362`, `denial 151`) goes to its page.

One code goes to its page, two plain codes to the pair checker, more codes or several with modifiers or units to the
Claim Desk, a place without a code to the place. A line copied from a remittance, with charges, payments and
reasons, is read as `parse_claim` reads it; a line of a CMS-1500 or an 837 by its places. Everything
else is a search for its words.

>>> known = {"99213", "99214", "20610", "76942", "76376"}.__contains__
>>> command = parse_command("99214 25 94110 fac 2026-03-14", known)
>>> command.destination.name, command.code, command.parameters
('CODE', '99214', (('dos', '2026-03-14'), ('zip', '94110'), ('pos', '22'), ('mod', '25')))
>>> parse_command("20610+76942", known).destination.name
'PAIR'
>>> parse_command("99213-25, 20610 x2", known).claim_text
'99213-25\\n20610 x2'
>>> parse_command("76376-26", known).parameters
(('mod', '26'),)
>>> parse_command("modifier 59", known).modifier, parse_command("CO-97", known).destination.name
('59', 'DENIAL')
>>> parse_command("knee injection", known).destination.name
'SEARCH'
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from codes.parsing.claim_forms import read_form
from codes.parsing.claim_lines import parse_claim
from codes.parsing.command_reading import (
    NotACommand,
    Reading,
    ReadLine,
    Search,
    Unreadable,
    find_date_and_place,
    read,
)
from codes.parsing.references import DenialWords, read_denial, read_modifier
from codes.search.words import fold

LONGEST_COMMAND = 5000
# A bare number longer than the units of a paper claim (CMS-1500, item 24G) is a year or a charge; and where no
# charge stands beside it, a bare number above nine may be a charge, a dose or minutes, and is not guessed at.
MOST_BARE_UNITS, MOST_UNITS_ALONE = 999, 9


class Destination(Enum):
    """The page that answers."""

    CODE = "code"
    PAIR = "pair"
    CLAIM = "claim"
    MODIFIER = "modifier"
    DENIAL = "denial"
    PLACE = "place"
    SEARCH = "search"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A code as a claim line would carry it."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1

    @property
    def is_plain(self) -> bool:
        return not self.modifiers and self.units == 1

    def __str__(self) -> str:
        units = f" x{self.units}" if self.units > 1 else ""
        return "-".join((self.code, *self.modifiers)) + units


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCommand:
    """Where to go, and with what. `words` is the text to search for where nothing else was understood, and `problem`
    a sentence about a part of it that cannot be.

    `state` is the Postal Service's abbreviation; a state with several localities still needs a choice. `readings`
    are what the line may mean, the likelier first, where it may mean more than this; this is one of them. `modifier`
    and `denial` are what is looked up of them.
    """

    destination: Destination
    lines: tuple[CommandLine, ...] = ()
    place_of_service: str = ""
    date_of_service: date | None = None
    zip_code: str = ""
    state: str = ""
    locality: str = ""
    practitioner: str = ""
    words: str = ""
    problem: str = ""
    modifier: str = ""
    denial: DenialWords | None = None
    readings: tuple["ParsedCommand", ...] = ()

    @property
    def code(self) -> str:
        """The first code; empty without one."""
        return self.lines[0].code if self.lines else ""

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the address, in a fixed order: dos, zip, locality, state, pos, practitioner, and of a
        single code mod (once for each) and units."""
        parameters = {
            "dos": self.date_of_service.isoformat() if self.date_of_service else "",
            "zip": self.zip_code,
            "locality": self.locality,
            "state": self.state,
            "pos": self.place_of_service,
            "practitioner": self.practitioner,
        }
        pairs = [(name, value) for name, value in parameters.items() if value]
        if self.destination is Destination.CODE:
            line = self.lines[0]
            pairs += [("mod", modifier) for modifier in line.modifiers]
            pairs += [("units", str(line.units))] if line.units > 1 else []
        return tuple(pairs)

    @property
    def claim_text(self) -> str:
        """The lines as the Claim Desk takes them, one below the other."""
        return "\n".join(map(str, self.lines))


def _never(_: str) -> bool:
    return False


def parse_command(
    text: str, is_known_code: Callable[[str], bool], is_zip: Callable[[str], bool] = _never
) -> ParsedCommand:
    """What `text` asks for; never raises. `is_known_code` says whether five characters are a code in use or ever
    loaded, `is_zip` whether five digits are a ZIP code that is loaded: where both are true the line has readings."""
    folded = fold(text[:LONGEST_COMMAND])[:LONGEST_COMMAND]
    if not folded:
        return ParsedCommand(destination=Destination.NOTHING)
    if looked_up := _looked_up(folded.upper(), is_known_code):
        return looked_up
    try:
        form = Reading(is_known_code)
        if read_form(folded.upper(), form):
            return _command(form, folded)
        reading = read(folded.upper(), is_known_code)
    except Unreadable as error:
        return _search(folded, str(error))
    except Search:
        return _search(folded)
    except NotACommand:
        return _pasted(text, folded, is_known_code)
    reading.joined |= len(text.strip().splitlines()) > 1
    if folded == reading.zip_code and is_zip is not _never and not is_zip(folded):
        reading = replace(reading, zip_code="", lines=[ReadLine(folded)])  # a code that no loaded file holds
    return _with_readings(reading, folded, is_zip)


def _looked_up(text: str, is_known_code: Callable[[str], bool]) -> ParsedCommand | None:
    """The modifier or the denial that a line looks up; None for codes, claim lines, places and words."""
    if modifier := read_modifier(text):
        return ParsedCommand(destination=Destination.MODIFIER, modifier=modifier)
    denial = read_denial(text, is_known_code)
    return ParsedCommand(destination=Destination.DENIAL, denial=denial) if denial else None


def _search(folded: str, problem: str = "") -> ParsedCommand:
    return ParsedCommand(destination=Destination.SEARCH, words=folded, problem=problem)


def _with_readings(reading: Reading, folded: str, is_zip: Callable[[str], bool]) -> ParsedCommand:
    """The command, with what else the line may mean."""
    if _is_physician_assistant(reading):
        reading.state, reading.practitioner = "", "pa"
    command = _command(reading, folded)
    others = [_command(other, folded) for other in _other_readings(reading, is_zip)]
    if not others:
        return command
    is_state_first = reading.bare_state or len(reading.lines) == 1
    readings = (command, *others) if is_state_first else (others[0], command, *others[1:])
    return replace(command, readings=readings)


def _is_physician_assistant(reading: Reading) -> bool:
    """PA beside a ZIP code or locality is no second place."""
    is_pa = reading.bare_state and reading.state == "PA"
    return is_pa and bool(reading.zip_code or reading.locality)


def _other_readings(reading: Reading, is_zip: Callable[[str], bool]) -> Iterator[Reading]:
    """A number that is a code and a ZIP code, the last one first; PA, a state and a practitioner."""
    if reading.bare_state and reading.state == "PA" and reading.lines:
        yield replace(reading, state="", practitioner="pa")
    if reading.zip_code or reading.locality or reading.state or reading.joined:
        return
    for position in dict.fromkeys((len(reading.lines) - 1, 0)):
        if reading.lines and _may_be_zip(reading.lines[position], is_zip):
            rest = reading.lines[:position] + reading.lines[position + 1 :]
            yield replace(reading, lines=rest, zip_code=reading.lines[position].code)


def _may_be_zip(line: ReadLine, is_zip: Callable[[str], bool]) -> bool:
    return not line.modifiers and line.units == 1 and line.code.isdigit() and is_zip(line.code)


def _command(reading: Reading, folded: str) -> ParsedCommand:
    lines = tuple(CommandLine(line.code, tuple(line.modifiers), line.units) for line in reading.lines)
    destination = _destination(lines, reading)
    return ParsedCommand(
        destination=destination,
        lines=lines,
        place_of_service=reading.place_of_service,
        date_of_service=reading.date_of_service,
        zip_code=reading.zip_code,
        state=reading.state,
        locality=reading.locality,
        practitioner=reading.practitioner,
        words=folded if destination is Destination.SEARCH else "",
    )


def _destination(lines: tuple[CommandLine, ...], reading: Reading) -> Destination:
    if len(lines) == 1:
        return Destination.CODE
    if len(lines) == 2 and all(line.is_plain for line in lines) and lines[0].code != lines[1].code:
        return Destination.PAIR
    if lines:
        return Destination.CLAIM
    return Destination.PLACE if reading.zip_code or reading.state or reading.locality else Destination.SEARCH


def _pasted(text: str, folded: str, is_known_code: Callable[[str], bool]) -> ParsedCommand:
    """A line out of a remittance or a spreadsheet, if all of it can be read so; else words."""
    claim = parse_claim(text[:LONGEST_COMMAND])
    if claim.errors or not any(is_known_code(line.code) for line in claim.lines):
        return _search(folded)
    if any(
        line.units > (MOST_UNITS_ALONE if line.charge is None else MOST_BARE_UNITS) for line in claim.lines
    ):
        return _search(folded)
    try:
        reading = find_date_and_place(folded.upper(), is_known_code)
    except NotACommand as error:
        return _search(folded, str(error))
    reading.lines = [ReadLine(line.code, list(line.modifiers), line.units) for line in claim.lines]
    return _command(reading, folded)
