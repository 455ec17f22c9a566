"""Modifiers that a sentence of ours names: "Add 25 or 57", "LT/RT"."""

import re
from functools import lru_cache

from codes.knowledge.modifier_texts import modifier_texts

# Two characters that are also a group code, a word or an element of a claim file: read nowhere in a sentence.
AMBIGUOUS = frozenset(["CO", "PI", "PR", "CT", "X4", "F2", "GR", "ME", "UN"])
_COUNTED = "days?|minutes?|hours?|months?|years?|units?|times|percent"
_NAMED = re.compile(
    r"(?<![\w$.§-])(?<!PC/)(?<!item )(?<!age )(?<!\d: )(\d\d|[A-Z][A-Z0-9]|[1-8]P)"
    rf"(?![\w%-]|\.\d| ?%| (?:{_COUNTED})\b)"
)


@lru_cache(maxsize=2_048)  # the sentences of rules are read for every tip
def modifiers_named(text: str) -> frozenset[str]:
    """The modifiers that a sentence names by their two characters; counts, shares and amounts are none.

    >>> sorted(modifiers_named("Reopening with 25, 59/XS or LT/RT; 85 % in 12 months (CMS-1500, item 23)."))
    ['25', '59', 'LT', 'RT', 'XS']
    """
    return frozenset(_NAMED.findall(text)) & modifier_texts().keys() - AMBIGUOUS
