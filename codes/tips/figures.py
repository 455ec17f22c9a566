"""Figures that a tip may not hold: amounts of money that somebody typed, and shares without a source.

An amount changes with date and place, so it is a placeholder. A share ("60-70 %", "half of all denials") is cited or
left out: a placeholder beside it does not make it true.
"""

import re
import unicodedata
from collections.abc import Iterator

from codes.tips.words import TipWords

_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
_NUMBER = rf"(?:\d[\d,.]*|(?:{_ONES}|{_TENS})(?:[ -](?:{_ONES}|{_TENS}))*)"
_PAYING = r"(?:pay(?:s|ing)?|paid|allow(?:s|ed)?|costs?|worth|los(?:es?|t|ing)|reimburse[sd]?|receives?)"

AMOUNTS = re.compile(
    r"\$\s?[-+]?\.?\d[\d,.]*(?<![,.])"
    r"|\b\d[\d,.]*\s?\$"
    rf"|\b{_NUMBER}[ -](?:US )?(?:dollars?|bucks?|cents?)\b"
    r"|\bUSD\s?\d[\d,.]*(?<![,.])|\b\d[\d,.]*\s?USD\b"
    rf"|\b{_PAYING}(?: (?:only|about|around|just|up to|at least))? \d[\d,]*\.\d\d\b",
    re.IGNORECASE,
)
SHARES = re.compile(
    rf"(?:{_NUMBER}\s?%?\s?(?:-|to|and|or|–|—)\s?)?{_NUMBER}\s?-?(?:%|(?:percent|per cent|pct|percentage points?)\b)"
    rf"|\b{_NUMBER}[ -](?:halves|half|thirds?|quarters?|fifths?|tenths?)\b"
    r"|\bhalf (?:of|the)\b|\bmost denials\b"
    rf"|\b{_NUMBER} (?:in|out of|of every) {_NUMBER}\b"
    rf"|\b{_NUMBER}(?:-fold|fold| times|x)\b"
    r"|%|\bpercent\b",
    re.IGNORECASE,
)


def typed_amounts(text: str) -> list[str]:
    """The amounts of money that a text spells out.

    >>> typed_amounts("The old claim paid $24.91. USD 30 is 30 dollars, and {allowed} is none.")
    ['$24.91', 'USD 30', '30 dollars']
    """
    return _found(AMOUNTS, text)


def shares(text: str) -> list[str]:
    """The percentages and fractions that a text spells out.

    >>> shares("Reduces denials by 60-70 %, or by two thirds.")
    ['60-70 %', 'two thirds']
    """
    return _found(SHARES, text)


def faults(tip: TipWords) -> Iterator[str]:
    """What the words of a tip may not say, whatever is loaded."""
    for amount in typed_amounts(tip.sentences):
        yield f'"{amount}" is typed; an amount is a placeholder such as {{allowed}}'
    for share in shares(tip.sentences) if not tip.source_title.strip() else ():
        yield f'"{share}" has no source; cite one, or leave it out'


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found[0] for found in pattern.finditer(unicodedata.normalize("NFKC", text))]
