"""Modifiers as they are typed: `26`, `26,59`, `26 59`, `26-59`, in either case."""

import re

from codes.parsing.plain import plain, quoted
from codes.pricing.modifiers import FACILITY_ONLY, MODIFIERS, MOST_MODIFIERS

MODIFIER = r"[0-9A-Z]{2}"
# Two digits that are a modifier; 96 and 97 tell habilitative from rehabilitative care.
NUMERIC_MODIFIERS = frozenset(code for code in MODIFIERS if code.isdigit()) | FACILITY_ONLY | {"96", "97"}
TOO_MANY = "A claim line holds at most four modifiers"
_MODIFIER = re.compile(MODIFIER)


def read_modifiers(text: str) -> tuple[str, ...]:
    """The modifiers of one line in their order, each once; ValueError says which word is none.

    >>> read_modifiers("26,59"), read_modifiers("gp-kx")
    (('26', '59'), ('GP', 'KX'))
    """
    words = tuple(dict.fromkeys(re.split(r"[\s,:-]+", plain(text).strip(" ,:-")) if plain(text) else ()))
    for word in words:
        if not _MODIFIER.fullmatch(word):
            raise ValueError(f"{quoted(word)} is not a modifier: a modifier is two letters or digits.")
    return checked_modifiers(words)


def checked_modifiers(modifiers: tuple[str, ...]) -> tuple[str, ...]:
    """Modifiers that fit on one line; ValueError where there are more than four."""
    if len(modifiers) > MOST_MODIFIERS:
        raise ValueError(f"{TOO_MANY}; this one has {', '.join(modifiers[:8])}.")
    return modifiers
