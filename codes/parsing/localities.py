"""Where a service was furnished, as it is typed: ZIP code, payment locality, state, place of service."""

import re

from codes.knowledge.states import STATES
from codes.parsing.plain import plain, quoted

SAME_LOCALITY = {"GU": "HI"}  # Guam has no locality of its own
ZIP = r"(?P<zip>[0-9]{5})(?:-[0-9]{4})?"
LOCALITY = r"[0-9]{5}-[0-9]{2}"
_ZIP, _LOCALITY = re.compile(ZIP), re.compile(LOCALITY)


def read_zip(text: str) -> str:
    """The five digits of a ZIP code or a ZIP+4; ValueError for anything else.

    >>> read_zip("94110-1234")
    '94110'
    """
    found = _ZIP.fullmatch(plain(text))
    if found is None:
        raise ValueError(
            f"{quoted(text.strip())} is not one. A ZIP code has five digits, for example 35203, or nine with a "
            "hyphen: 35203-1234."
        )
    return found["zip"]


def is_locality(text: str) -> bool:
    """Whether `text` has the form of a locality's key: the contractor's number, a hyphen, the locality's."""
    return bool(_LOCALITY.fullmatch(text))


def read_state(text: str) -> str:
    """The two letters of a state or territory; empty for none."""
    state = SAME_LOCALITY.get(plain(text), plain(text))
    if state and state not in STATES:
        raise ValueError(f"{quoted(text.strip())} is not a state. Enter its two letters, for example TX.")
    return state


def read_place_of_service(text: str) -> str:
    """Two digits where one or two were typed, else the text as it came: the payment rules say what it is."""
    pos = plain(text)
    return pos.zfill(2) if re.fullmatch(r"[0-9]{1,2}", pos) else pos
