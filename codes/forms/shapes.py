"""What a program may send for a field, as patterns that JSON Schema and Python read alike. A form reads more than that,
as it is typed; whatever fits is never refused as unreadable."""

from typing import NamedTuple

from codes.parsing.claim_address import CHARGE as AMOUNT
from codes.parsing.claim_address import CODE_WITH_MODIFIERS
from codes.parsing.claim_lines import MOST_LINES
from codes.parsing.code_shapes import CODE
from codes.parsing.diagnoses import DIAGNOSIS, MOST_DIAGNOSES
from codes.parsing.localities import LOCALITY
from codes.parsing.modifiers import MODIFIER
from codes.pricing.modifiers import MOST_MODIFIERS


class Shape(NamedTuple):
    """`pattern` of a value in an address. A body may hold `most` of `item` as a list instead, or a number of dollars
    within `bounds`."""

    pattern: str
    item: str = ""
    most: int = 1
    bounds: tuple[float, float] | None = None


def whole(regex: str) -> str:
    """A pattern of a whole value."""
    return f"^(?:{regex})$"


def row_of(regex: str, most: int, least: int = 1) -> Shape:
    """Several of one kind, parted by commas."""
    return Shape(whole(f"{regex}(?:,{regex}){{{least - 1},{most - 1}}}"), whole(regex), most)


_YEAR = "(?:199[2-9]|20[0-9]{2})"
ZIP = Shape(whole("[0-9]{5}(?:-[0-9]{4})?"))
ONE_LOCALITY = Shape(whole(LOCALITY))
ONE_CODE = Shape(whole(CODE))
CHANGED_CODE = Shape(whole(f"{CODE}|{DIAGNOSIS}"))
CHARGE = Shape(whole(AMOUNT), bounds=(0.01, 9_999_999.99))
DEDUCTIBLE = Shape(whole(r"[0-9]{1,4}(?:\.[0-9]{1,2})?"), bounds=(0, 9999.99))
MODIFIERS = row_of(MODIFIER, MOST_MODIFIERS)
DIAGNOSES = row_of(DIAGNOSIS, MOST_DIAGNOSES)
PAIRED = row_of(CODE_WITH_MODIFIERS, MOST_LINES, least=2)
CONTRACT = Shape(
    whole(
        r"[1-9][0-9]{2}|"
        rf"[1-9][0-9]{{0,2}}(?:\.[0-9]{{1,3}})? ?%(?: of(?: Medicare| {_YEAR}| Medicare {_YEAR}))?"
        r"|\$[1-9][0-9]{0,2}(?:\.[0-9]{1,4})?(?: per RVU)?"
    ),
    bounds=(100, 999.99),
)
WORDS = Shape(r"^[^\x00]*[^\s\x00][^\x00]*$")  # not blanks alone
NUMBER = Shape(whole("[0-9]{1,6}"))
AFTER_CHANGE = Shape(whole(f"(?:{CODE}|{DIAGNOSIS})~[0-9]{{1,18}}"))
AFTER_EDIT = Shape(whole(f"(?:[0-9]~)?-?[0-9]{{1,18}}~{CODE}~[0-9]{{1,18}}"))
