"""The codes of a practice: out of an address, or out of anything that holds codes, such as a superbill."""

import re
from dataclasses import dataclass

from codes.ncci.words import counted
from codes.parsing.code_shapes import CODE, is_code
from codes.parsing.phi import is_longer, normalise
from codes.parsing.plain import plain, quoted

MOST_CODES = 300
MOST_CHARACTERS = 60_000
EXAMPLE = "99213, 99214, 20610"

_SEPARATORS = re.compile(r"[\s,;+|]+")
_TOKEN = re.compile(rf"(?<![0-9A-Z$.,/-])({CODE})(?![0-9A-Z]|[.,/][0-9])", re.ASCII)
_RANGE = re.compile(rf"(?<![0-9A-Z$.,/-]){CODE} ?- ?{CODE}(?![0-9A-Z])", re.ASCII)


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """The codes of a text, each once and in its order, and what could not be taken, in words."""

    codes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def read_code_list(text: str) -> tuple[str, ...]:
    """The codes of an address, parted by commas, blanks or plus signs; ValueError names the word that is none.

    >>> read_code_list("99213,99214 99213+j1885")
    ('99213', '99214', 'J1885')
    """
    words = list(dict.fromkeys(filter(None, _SEPARATORS.split(plain(text)))))
    for word in words:
        if not is_code(word):
            raise ValueError(f"{quoted(word)} is not a code. Write them like {EXAMPLE}.")
    return _bounded(words)


def find_codes(text: str) -> FoundCodes:
    """The codes in a pasted text; whatever else is in it is read over, and never repeated. Never raises.

    A figure with a dollar sign or decimals is an amount, and the digits of a longer number are no code.

    >>> find_codes("99213-25  Office visit  $150.00\\n71046, 2 views, Q4").codes
    ('99213', '71046')
    """
    if is_longer(text, MOST_CHARACTERS):
        return FoundCodes(errors=(f"The text is longer than {MOST_CHARACTERS:,} characters.",))
    sound = normalise(text).upper()
    if found := _RANGE.search(sound):
        words = f"{found[0]} is a range: write each of its codes, so that none is meant that you don't bill."
        return FoundCodes(errors=(words,))
    codes = list(dict.fromkeys(_TOKEN.findall(sound)))
    if not codes:
        return FoundCodes(errors=(f"There is no code in the box. Write codes like {EXAMPLE}.",))
    try:
        return FoundCodes(_bounded(codes))
    except ValueError as error:
        return FoundCodes(errors=(str(error),))


def _bounded(codes: list[str]) -> tuple[str, ...]:
    if len(codes) > MOST_CODES:
        raise ValueError(
            f"A list holds at most {MOST_CODES} codes; this one has {counted(len(codes), 'code')}."
        )
    return tuple(codes)
