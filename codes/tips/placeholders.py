"""Placeholders: what a tip says in figures is worked out for the date and place of the page, never typed.

>>> fill("Above {mue} on one date all is denied.", {"mue": "2 units"})
'Above 2 units on one date all is denied.'
>>> fill("{allowed_tc} is lost.", {"allowed_tc": None}) is None
True
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from codes.formatting import dollars
from codes.knowledge.fact import Amounts

PLACEHOLDERS: Mapping[str, str] = {
    "allowed": "what Medicare allows for the code outside a facility, or in one where only that is priced",
    "allowed_facility": "what Medicare allows for the code in a facility",
    "allowed_26": "what Medicare allows for the professional component",
    "allowed_tc": "what Medicare allows for the technical component",
    "mue": "the unit limit for practitioners, with the word: 2 units",
    "global_days": "10 or 90, the days of the global period",
}
BRACES = re.compile(r"\{([^{}]*)\}")
DAYS = {"010": "10", "090": "90"}

Values = Mapping[str, str | None]


def values(amounts: Amounts, units: int | None, global_days: str) -> Values:
    """The value of each placeholder on one day in one place; None where there is none.

    `units` is the practitioners' limit, `global_days` as CMS prints it ("010").
    """
    amount = amounts.nonfacility if amounts.nonfacility is not None else amounts.facility
    return {
        "allowed": _dollars(amount),
        "allowed_facility": _dollars(amounts.facility),
        "allowed_26": _dollars(amounts.professional),
        "allowed_tc": _dollars(amounts.technical),
        "mue": None if units is None else f"{units} unit{'' if units == 1 else 's'}",
        "global_days": DAYS.get(global_days),
    }


def fill(sentence: str, known: Values) -> str | None:
    """The sentence with its figures, or None where one of them has no value on that day."""
    if any(known.get(name) is None for name in BRACES.findall(sentence)):
        return None
    return BRACES.sub(lambda found: str(known[found[1]]), sentence)


def mistakes(sentence: str) -> list[str]:
    """What is wrong with the placeholders of a sentence, with the right ones; empty where nothing is.

    >>> mistakes("{allowd} is lost.")[0][:47]
    '{allowd} is not a placeholder. The right ones: '
    """
    right = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    wrong = [name for name in BRACES.findall(sentence) if name not in PLACEHOLDERS]
    problems = [f"{{{name}}} is not a placeholder. The right ones: {right}." for name in wrong]
    if set("{}") & set(BRACES.sub("", sentence)):
        problems.append(f"A brace is open or closed too often. The right placeholders: {right}.")
    return problems


def _dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else dollars(amount)
