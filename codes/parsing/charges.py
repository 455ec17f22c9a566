"""A practice's list of charges from whatever is pasted: a spreadsheet's columns, a CSV, lines typed by hand.

Each line of text holds a code, a component modifier where the list has one (26, TC or 53), and at its end the charge
for one unit:

    99213, 150
    71046-26    chest film, reading    $45.00
    J1100 TC 12.5

What stands between them is read over, as are headings and empty lines. Nothing is guessed: a line with a code and no
charge, or with a figure that is no amount, is an error that names its line.
"""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal

from codes.ncci.words import listed
from codes.parsing.code_shapes import CODE
from codes.parsing.money import AMOUNT
from codes.parsing.phi import KINDS, is_longer, normalise, personal_kinds_in_claim

MOST_CHARGES = 5_000
MOST_LINES = 10_000
MOST_CHARACTERS = 250_000

_CODE = re.compile(rf"({CODE})(?![0-9A-Z])(?:[\s,;|:\"-]{{0,4}}\b(26|TC|53)(?=[\s,;|\"]))?", re.ASCII)
_PLAIN = re.compile(
    rf"({CODE})(?:-(26|TC|53))?(?:,? {{1,4}}|[,\t])\$?([0-9]{{1,7}}(?:\.[0-9]{{1,2}})?)", re.ASCII
)
_AMOUNT = re.compile(rf"\$?\s{{0,9}}({AMOUNT})", re.ASCII)
_MARKED = re.compile(rf"(?<![\w.,/-])(?:\$\s{{0,9}}{AMOUNT}|{AMOUNT}(?<=\.[0-9]{{2}}))(?![\w./-])", re.ASCII)
_FIGURES = re.compile(r"[\s,;|]{0,9}(\d{1,9})[\s,;|]{1,9}(\d{1,9})[\s,;|]{0,9}", re.ASCII)
_MODIFIER = re.compile(r"[-:]([A-Z0-9]{2})(?![0-9A-Z])", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}", re.ASCII), re.compile(r"\d{3}(?:\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Charge:
    """What a practice charges for one unit of a code, in dollars. `line` counts lines of the pasted text from 1."""

    line: int
    code: str
    component: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ChargeList:
    """The charges of one paste in its order, and what could not be read, in words."""

    charges: tuple[Charge, ...] = ()
    errors: tuple[str, ...] = ()


def parse_charges(text: str) -> ChargeList:
    """Charges from pasted text; never raises.

    >>> [(each.code, each.component, each.amount) for each in parse_charges("99213 150\\n71046-26  $45.00").charges]
    [('99213', '', Decimal('150')), ('71046', '26', Decimal('45.00'))]
    """
    if is_longer(text, MOST_CHARACTERS):
        return ChargeList(errors=(f"The text is longer than {MOST_CHARACTERS:,} characters.",))
    if (lines := text.count("\n") + 1) > MOST_LINES:
        return ChargeList(
            errors=(f"At most {MOST_CHARGES:,} charges at once; this text has {lines:,} lines.",)
        )
    if kinds := personal_kinds_in_claim(text):
        found = listed(tuple(KINDS[kind] for kind in kinds), "and")
        return ChargeList(
            errors=(f"Not read: the text seems to hold {found}. Codes and charges are all it needs.",)
        )
    charges: dict[tuple[str, str], Charge] = {}
    errors: list[str] = []
    for number, row in enumerate(normalise(text).upper().splitlines(), 1):
        try:
            if charge := _read(number, row.strip()):
                _keep(charge, charges)
        except ValueError as error:
            errors.append(f"Line {number}: {error}")
    if len(charges) > MOST_CHARGES:
        return ChargeList(
            errors=(f"At most {MOST_CHARGES:,} charges at once; this list has {len(charges):,}.",)
        )
    return ChargeList(tuple(charges.values()), tuple(errors))


def _read(number: int, row: str) -> Charge | None:
    """The charge of one line; None for a heading or an empty line."""
    if plain := _PLAIN.fullmatch(
        row
    ):  # as most are: there is nothing in it to be refused but a charge of zero
        return _charge(number, plain[1], plain[2], plain[3])
    code = _CODE.match(row.lstrip("\"'"))
    if code is None:
        if any(character.isdigit() for character in row):
            raise ValueError("no code at its beginning; expected a code, then the charge, like 99213 150.00")
        return None
    rest = row.lstrip("\"'")[code.end() :].lstrip("\"'")
    _refuse_modifier(code[1], rest)
    amount = _AMOUNT.fullmatch(_last_cell(rest))
    if amount is None:
        raise ValueError(f"{code[1]} has no charge at the end of its line; expected an amount like 150.00")
    _refuse_second_amount(code[1], rest)
    return _charge(number, code[1], code[2], amount[1])


def _charge(number: int, code: str, component: str | None, amount: str) -> Charge:
    value = Decimal(amount.replace(",", ""))
    if not value:
        raise ValueError(f"{code} has a charge of zero; expected more")
    return Charge(number, code, component or "", value)


def _refuse_modifier(code: str, rest: str) -> None:
    """The charge of a code with a modifier other than a component is not the charge of one unit of the code."""
    if modifier := _MODIFIER.match(rest):
        raise ValueError(f"{code}-{modifier[1]}; expected a code alone, or with 26, TC or 53")


def _refuse_second_amount(code: str, rest: str) -> None:
    amounts = [found[0] for found in _MARKED.finditer(rest)]
    if figures := _FIGURES.fullmatch(rest):
        amounts = [figures[1], figures[2]]
    if len(amounts) > 1:
        raise ValueError(f"{code} has two amounts, {' and '.join(amounts[:3])}; expected one charge")


def _last_cell(rest: str) -> str:
    """The last cell of a line of text: of columns parted by tabs, semicolons or commas, else its last word."""
    rest = rest.strip()
    if not rest.startswith(","):
        words = re.split(r"[\t;|]", rest.rstrip("\t;|"))[-1].split()
        return words[-1].strip("\"'") if words else ""
    cells = [cell.strip() for cell in next(csv.reader([rest])) if cell.strip()]
    pair = [cell.lstrip("$ ") for cell in cells[-2:]]
    if len(pair) == 2 and all(half.fullmatch(cell) for half, cell in zip(_THOUSANDS, pair, strict=True)):
        raise ValueError(f"the charge may be {''.join(pair)} or {pair[1]}; expected it without a comma in it")
    return cells[-1] if cells else ""


def _keep(charge: Charge, charges: dict[tuple[str, str], Charge]) -> None:
    """Adds a charge; a code that stands twice with other amounts is for its owner to settle."""
    key = (charge.code, charge.component)
    before = charges.setdefault(key, charge)
    if before.amount != charge.amount:
        other = f"{before.amount} in line {before.line}"
        raise ValueError(f"{charge.code} is charged {charge.amount} here and {other}; expected one charge")
