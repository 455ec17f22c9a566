"""A modifier or a denial that somebody looks up: "modifier 59", "-25", "CO-97 N362", "CARC 50", "denial 151 on 27447".

All of the line must be read, and a line that a code begins is a look-up only if it says "denied": codes, claim lines
and words stay what they are. Two characters alone are left to the search.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from codes.parsing.code_shapes import CODE
from codes.parsing.modifiers import MODIFIER
from codes.pricing.modifier_list import is_listed

_ASKING_WORDS = "WHAT WHAT'S IS DOES MEAN MEANS MEANING OF WHEN HOW TO USE THE CPT HCPCS MEDICARE NCCI"
_ASKING = frozenset(_ASKING_WORDS.split())
_MODIFIERS = (
    re.compile(rf"(?:MODIFIERS?|MODS?)\b[ :#.-]{{0,3}}({MODIFIER})"),
    re.compile(rf"-? ?({MODIFIER})[ -]?(?:MODIFIERS?|MODS?)"),
    re.compile(rf"- ?({MODIFIER})"),
)
_NUMBER = r"0{0,2}([AB]?[1-9][0-9]{0,2})"
_END = r"(?![A-Z0-9])"
_REASON = re.compile(
    rf"(CO|PR|OA|PI|CR)[ -]?{_NUMBER}{_END}"
    rf"|(?:DENIALS?|REASON|CARC|ADJUSTMENT)(?: REASON)?(?: CODE)?[ :#-]{{1,3}}{_NUMBER}{_END}"
)
_REMARK = re.compile(rf"((?:MA|M|N)-?[0-9]{{1,3}}){_END}")
_ON_CODE = re.compile(rf"({CODE}){_END}")
_SAYS_DENIED = re.compile(r"\bDENI(?:ED|ALS?)\b")
_IDLE = re.compile(
    rf"(?:WHAT(?:'S)?|IS|DOES|A|THE|MEANS?|MEANING|OF|AND|WITH|ON|FOR|DENIALS?|DENIED|CODE|REASON|REMARK|CARC|RARC|"
    rf"MEDICARE|AS){_END}|[ ,;:?./+-]+"
)


class DenialWords(NamedTuple):
    """A denial as typed: group ("CO"), reason ("97"), remark ("N362") and the code denied; "" for what is not named."""

    group: str = ""
    reason: str = ""
    remark: str = ""
    code: str = ""


def read_modifier(text: str) -> str:
    """The modifier that a line in capitals asks for; "" where it asks for none.

    >>> read_modifier("MODIFIER 59"), read_modifier("25 MOD"), read_modifier("-25"), read_modifier("99214-25")
    ('59', '25', '25', '')
    """
    rest = " ".join(word for word in text.strip(" ?.").split() if word not in _ASKING)
    found = next((match for form in _MODIFIERS if (match := form.fullmatch(rest))), None)
    return found[1] if found and is_listed(found[1]) else ""


def read_denial(text: str, is_known_code: Callable[[str], bool]) -> DenialWords | None:
    """The denial that a line in capitals asks for; None where it asks for none, or for anything besides.

    >>> read_denial("CO-97 N362", str.isdigit)
    DenialWords(group='CO', reason='97', remark='N362', code='')
    """
    if _ON_CODE.match(text) and not _SAYS_DENIED.search(text):
        return None
    found, position = DenialWords(), 0
    while position < len(text):
        read = _next_piece(text, position, found, is_known_code)
        if read is None:
            return None
        found, position = read
    return found if found.reason or found.remark else None


def _next_piece(
    text: str, position: int, found: DenialWords, is_known_code: Callable[[str], bool]
) -> tuple[DenialWords, int] | None:
    """What is known after the piece at `position`, and where it ends; None where it is none, or named a second time."""
    if (match := _REASON.match(text, position)) and not found.reason:
        group = match[1] if match[1] and match[1] != "CR" else ""
        return found._replace(group=group, reason=match[2] or match[3]), match.end()
    if (match := _REMARK.match(text, position)) and not found.remark:
        return found._replace(remark=match[1].replace("-", "")), match.end()
    if (match := _ON_CODE.match(text, position)) and not found.code and is_known_code(match[1]):
        return found._replace(code=match[1]), match.end()
    idle = _IDLE.match(text, position)
    return (found, idle.end()) if idle else None
