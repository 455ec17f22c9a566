"""Claim lines from whatever a biller pastes: typed by hand, a spreadsheet, a copied remittance.

A claim line is a code with what follows it on its line of text, up to the next code:

    76376-26 x1                             modifiers joined to the code, units with an x
    97110 GP 3                              modifiers, then units
    45385, 45380                            two claim lines
    11  99213 25  1  $150.00  $95.19  CO-45 what stands before the code is place and date; the first
                                            amount after it is the charge
    99214 25 dx=AB                          diagnosis pointers: letters of the claim's diagnoses, or dx=1,2

Two digits are a modifier where CPT has such a modifier and no units have been given, else units. Diagnoses belong
to the whole claim: `99214 M17.11`, or a line `dx: M17.11, E11.9`. Dates, places of service, adjustment reasons and
headings are read over in a paste. All of these are errors in an address. Nothing is guessed: a word that is none of
these is an error that names its line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from codes.ncci.words import counted, each, listed
from codes.parsing.code_shapes import CODE
from codes.parsing.diagnoses import (
    FIELDS,
    POINTERS,
    checked_diagnoses,
    checked_pointers,
    on_line,
    take_labeled,
    with_pointers,
)
from codes.parsing.modifiers import NUMERIC_MODIFIERS, checked_modifiers
from codes.parsing.money import read_money
from codes.parsing.phi import KINDS, is_longer, normalise, personal_kinds_in_claim
from codes.parsing.units import MOST_UNITS

MOST_LINES = 25
MOST_CHARACTERS = 5000

# An amount with a dollar sign, or with cents. A dollar sign and digits that a comma parts elsewhere than before
# three of them are no amount; a comma before a code parts two claim lines of an address.
_WHOLE_DOLLARS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})"
_NO_FURTHER = r"(?![\w./-])"
_MONEY = re.compile(
    rf"(?<![\w.,/-])(?:\$\s{{0,9}}{_WHOLE_DOLLARS}(?:\.[0-9]{{1,2}}{_NO_FURTHER}|{_NO_FURTHER}(?!,[0-9]{{1,4}}(?![0-9A-Z])))"
    rf"|{_WHOLE_DOLLARS}\.[0-9]{{2}}{_NO_FURTHER})"
)
_NEGATIVE = re.compile(rf"\(\$?\s{{0,9}}{_WHOLE_DOLLARS}\.[0-9]{{2}}\s{{0,9}}\)")
_BROKEN_MONEY = re.compile(r"\$\S+")
_AT = re.compile(r"\s{0,3}@\s{0,3}\$?")  # before a charge, in the compact form of an address
_CODE = re.compile(
    rf"(?:HC:|CPT:?|HCPCS:?)?({CODE})((?:[-:][A-Z0-9]{{2}})*)(?:[-:]?[X*]([0-9]{{1,12}}))?((?:[-:][A-Z0-9]{{2}})*)"
)
_UNITS = re.compile(r"(?:[X*]|UNITS?[:=]?|QTY[:=]?)([0-9]{1,12})|([0-9]{1,12})(?:X|UN|UNITS?)")
_WHOLE = re.compile(r"[0-9]{1,5}")
_MODIFIER = re.compile(r"[A-Z][A-Z0-9]|[1-9]P")
_DATE = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-](?:[0-9]{4}|[0-9]{2}))?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLACE = re.compile(r"\bPOS[ :=]*[0-9]{2}\b")
_TIMES = re.compile(r"\bX +(?=[0-9])")
_REASON = re.compile(r"\b(?:CO|PR|OA|PI|CR) [AB]?[0-9]{1,3}\b")
# What the patient owes, as a remittance prints it; CO and PI before an amount may be modifiers, and what is joined to a
# code is one.
_OWED = re.compile(r"(?<!-)\b(?:PR|OA) +\$?[0-9,]*[0-9]\.[0-9]{2}(?![\w.])")
_GROUP = re.compile(r"\b(?:CO|PR|OA|PI|CR)[ :]*$")  # between two amounts it says what the second one is
_DOUBTFUL = 100  # a bare number from here on may be dollars, except after a drug or anesthesia code
_READ_OVER = re.compile(
    r"(?:CO|PR|OA|PI|CR)-?[AB]?[0-9]{1,3}|(?:MA?|N)[0-9]{2,3}"  # adjustment reasons and remarks
    r"|[A-Z][0-9][A-Z0-9](?:\.[A-Z0-9]{1,4})?|[A-Z]{2}[0-9]\.[A-Z0-9]{1,4}"  # diagnoses
    r"|POS[:=]?[0-9]{0,2}|#?[0-9]{1,2}[.):]|#[0-9]{1,2}|[^A-Z0-9]+"
)
_HEADINGS = frozenset(
    each(
        "ADJ ADJUSTMENT ALLOWED AMOUNT AMT AND BALANCE BILLED CHARGE CHARGED CHARGES CLAIM CODE CODES COINS "
        "COINSURANCE COPAY CPT DATE DATES DED DEDUCT DEDUCTIBLE DESCRIPTION DIAGNOSES DIAGNOSIS DOS DX "
        "FOR FROM GRP GROUP HCPCS ICD LINE "
        "LINES MOD MODIFIER MODIFIERS MODS NET NON NOS OF OFFICE PAID PATIENT PAYMENT PLACE POS PROC PROCEDURE "
        "PROV PROVIDER QTY QUANTITY RARC CARC REASON REMARK RESP SERV SERVICE SERVICES SVC THE TO TOTAL TOTALS "
        "UNIT UNITS WITH DIAG POINTER"
    )
)
_SHORT_HEADINGS = frozenset({"PD", "RC"})  # modifiers too, so headings only on a line without a code


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """A claim line as read. `number` counts claim lines from 1, `text` is what it was read from; `charge` is in
    dollars for the whole line. `pointers` are the letters of the claim's diagnoses that it is for, '' for all."""

    number: int
    text: str
    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    charge: Decimal | None = None
    pointers: str = ""


@dataclass(frozen=True, slots=True)
class LineError:
    """What could not be read. `line` counts lines of the pasted text from 1; 0 speaks of the whole text."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class ParsedClaim:
    """Lines, diagnoses and errors of one paste. `refused` names the kinds of personal things found; then nothing was
    read."""

    lines: tuple[ParsedLine, ...] = ()
    errors: tuple[LineError, ...] = ()
    refused: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()


def parse_claim(
    text: str, *, in_address: bool = False, most: int = MOST_LINES, may_be_personal: bool = True
) -> ParsedClaim:
    """At most so many claim lines from pasted text, or from an address, where nothing is read over; never raises. What
    may be personal is refused unread.

    >>> [(line.code, line.modifiers, line.units) for line in parse_claim("76376-26 x1\\n97110 gp 3").lines]
    [('76376', ('26',), 1), ('97110', ('GP',), 3)]
    """
    if is_longer(text, MOST_CHARACTERS):
        return _failed(
            f"The text is longer than {MOST_CHARACTERS:,} characters; paste the claim lines alone."
        )
    if may_be_personal and (kinds := personal_kinds_in_claim(text)):
        return _refused(kinds)
    lines: list[ParsedLine] = []
    errors: list[LineError] = []
    diagnoses: list[str] = []
    for number, row in enumerate(normalise(text).upper().splitlines(), 1):
        try:
            rest, labeled = (row, ()) if in_address else take_labeled(row)
            lines += _read_row(rest, len(lines), in_address)
            diagnoses += [*labeled, *filter(on_line, _words_of(rest))]
        except ValueError as error:
            errors.append(LineError(number, f"Line {number}: {error}"))
    if len(lines) > most:
        taker = "A claim check" if most == MOST_LINES else "One request"
        return _failed(f"{taker} takes at most {most} lines; this text holds {len(lines)}.")
    try:
        return ParsedClaim(tuple(lines), tuple(errors), diagnoses=checked_diagnoses(diagnoses))
    except ValueError as error:
        return _failed(str(error))


def pointing_beyond(lines: Iterable[ParsedLine], diagnoses: Sequence[str]) -> list[str]:
    """A sentence for each line that points to a diagnosis which the claim doesn't name.

    >>> pointing_beyond(parse_claim("99214 dx=AC").lines, ("M17.11", "E11.9"))
    ['Line 1: it points to diagnosis C; the claim names 2 diagnoses, A and B.']
    """
    named = FIELDS[: len(diagnoses)]
    has = (
        f"{len(named)} diagnos{'i' if len(named) == 1 else 'e'}s, {listed(named, 'and')}" if named else "none"
    )
    return [
        f"Line {line.number}: it points to diagnosis {listed(beyond, 'and')}; the claim names {has}."
        for line in lines
        if (beyond := [letter for letter in line.pointers if letter not in named])
    ]


def _failed(words: str) -> ParsedClaim:
    return ParsedClaim(errors=(LineError(0, words),))


def _refused(kinds: tuple[str, ...]) -> ParsedClaim:
    named = tuple(KINDS[kind] for kind in kinds)
    words = (
        f"Not read: the text seems to hold {listed(named, 'and')}. Take it out; a claim check needs codes, modifiers, "
        "units and charges only."
    )
    return ParsedClaim(errors=(LineError(0, words),), refused=named)


def _read_row(row: str, before: int, in_address: bool) -> list[ParsedLine]:
    """The claim lines of one line of text in capitals; ValueError says what was expected."""
    words = _words_of(row)
    codes = [(position, found) for position, word in enumerate(words) if (found := _CODE.fullmatch(word))]
    if in_address:
        _refuse_all_else(words, [position for position, _ in codes])
    if not codes:
        if any(not (_is_read_over(word) or _is_figure(word) or word in _SHORT_HEADINGS) for word in words):
            raise ValueError("no code found; expected a code of five characters, for example 99213-25 x1")
        return []
    _refuse_unknown(words[: codes[0][0]])
    ends = [*(position for position, _ in codes[1:]), len(words)]
    return [
        _read_line(before + count, code, words[position + 1 : end])
        for count, ((position, code), end) in enumerate(zip(codes, ends, strict=True), 1)
    ]


def _words_of(row: str) -> list[str]:
    """The words of a line of text. Amounts of money stay whole although commas part words; a place of service,
    and an adjustment reason after an amount, are left out."""
    words: list[str] = []
    end = 0
    row = _OWED.sub(" ", _AT.sub(" $", with_pointers(row)))
    if negative := _NEGATIVE.search(row):
        raise ValueError(f"{negative[0]} is a negative amount; expected a charge like $150.00")
    for money in _MONEY.finditer(row):
        before = row[end : money.start()]
        words += _parted(_GROUP.sub(" ", before) if end else before, after_money=end > 0)
        words.append(f"${money.group().lstrip('$').strip().replace(',', '')}")
        end = money.end()
    return words + _parted(row[end:], after_money=end > 0)


def _parted(text: str, *, after_money: bool) -> list[str]:
    if broken := _BROKEN_MONEY.search(text):
        raise ValueError(f'"{broken[0][:12]}" is not an amount of dollars; expected one like $150.00')
    plain = _TIMES.sub("X", _PLACE.sub(" ", text.replace("×", "X")))
    if after_money:
        plain = _REASON.sub(" ", plain)
    return [word for part in re.split(r"[\s,;|+\"'()\[\]]+", plain) if (word := part.strip(":"))]


def _read_line(number: int, code: re.Match[str], words: list[str]) -> ParsedLine:
    """One claim line: its code, then modifiers, units and amounts in any order."""
    modifiers = [part for part in re.split(r"[-:]", code[2] + code[4]) if part]
    units = [int(code[3])] if code[3] else []
    charges: list[Decimal] = []
    pointers = [word for word in words if word.startswith(POINTERS) or word in {*FIELDS}]
    _refuse_doubtful(code[1], words)
    for word in words:
        if word not in pointers:
            _read_word(word, modifiers, units, charges)
    return ParsedLine(
        number=number,
        text=" ".join([code[0], *words]),
        code=code[1],
        modifiers=_checked_modifiers(modifiers),
        units=_checked_units(units),
        charge=next(iter(charges), None),
        pointers=checked_pointers("".join(pointers).replace(POINTERS, "")),
    )


def _refuse_doubtful(code: str, words: list[str]) -> None:
    """A large number beside a code that is counted in ones, and no amount on the line: units, or a charge?"""
    if not code[0].isdigit() or code < "02000" or any(word.startswith("$") for word in words):
        return
    for word in words:
        if _WHOLE.fullmatch(word) and int(word) >= _DOUBTFUL:
            raise ValueError(f"{word} may be units or a charge; expected x{word} or ${word}")


def _read_word(word: str, modifiers: list[str], units: list[int], charges: list[Decimal]) -> None:
    """Adds one word to what has been read of a claim line."""
    if word.startswith("$"):
        charges.append(read_money(word))
    elif marked := _UNITS.fullmatch(word):
        units.append(int(marked[1] or marked[2]))
    elif word in NUMERIC_MODIFIERS and not units:
        modifiers.append(word)
    elif _WHOLE.fullmatch(word):
        units.append(int(word))
    elif _MODIFIER.fullmatch(word) and word not in _HEADINGS:
        modifiers.append(word)
    elif not _is_read_over(word):
        raise ValueError(f"{_quoted(word)} is not understood; expected modifiers, units or a charge")


def _is_read_over(word: str) -> bool:
    return word in _HEADINGS or bool(_READ_OVER.fullmatch(word) or _DATE.fullmatch(word))


def _is_figure(word: str) -> bool:
    return bool(_MONEY.fullmatch(word) or _WHOLE.fullmatch(word))


def _refuse_all_else(words: list[str], codes: list[int]) -> None:
    """In an address stand codes with their modifiers, units and one charge, and nothing that is read over."""
    if not codes or codes[0]:
        shown = f'"{words[0][:12]}"' if words else "An empty claim line"
        raise ValueError(
            f"{shown} is not a code; expected claim lines like 99213-25x1@150.00, parted by commas"
        )
    for position, end in zip(codes, [*codes[1:], len(words)], strict=True):
        amounts = [word for word in words[position:end] if word.startswith("$")]
        if len(amounts) > 1:
            raise ValueError(f"two charges, {' and '.join(amounts[:3])}; expected one")
    for word in words:
        if _is_read_over(word) and not word.startswith("$"):
            raise ValueError(f'"{word[:12]}" is not understood; expected modifiers, units or a charge')


def _refuse_unknown(words: list[str]) -> None:
    """Before the code stand line numbers, dates, places and headings."""
    for word in words:
        if not (_is_read_over(word) or _is_figure(word) or re.fullmatch(r"[0-9]{6}", word)):
            raise ValueError(
                f"{_quoted(word)} comes before the code and is not understood; expected a code first"
            )


def _quoted(word: str) -> str:
    """The word, unless it could be a name: then it is not repeated."""
    return f'"{word[:12]}"' if word.isascii() and any(char.isdigit() for char in word) else "A word"


def _checked_modifiers(modifiers: list[str]) -> tuple[str, ...]:
    return checked_modifiers(tuple(dict.fromkeys(modifiers)))


def _checked_units(units: list[int]) -> int:
    if len(set(units)) > 1:
        raise ValueError(
            f"units are given as {listed(units, 'and')}; expected one number of units, and a charge as $150 or 150.00"
        )
    if units and units[0] < 1:
        raise ValueError(f"{counted(units[0], 'unit')}; expected at least 1")
    if units and units[0] > MOST_UNITS:
        raise ValueError(f"{units[0]:,} units; expected at most {MOST_UNITS:,} on a line")
    return units[0] if units else 1
