"""Units of service, minutes and days of care: whole numbers within bounds."""

import re

from codes.parsing.plain import plain

MOST_UNITS = 9_999
_WHOLE = re.compile(r"[0-9]{1,12}")


def read_whole(text: str, most: int = MOST_UNITS, thing: str = "Units") -> int:
    """A whole number from 1 to `most`; ValueError says so.

    >>> read_whole("12")
    12
    """
    found = _WHOLE.fullmatch(plain(text))
    if found is None or not 1 <= int(found[0]) <= most:
        raise ValueError(
            f"{thing} are a whole number, greater than or equal to 1 and not more than {most:,}."
        )
    return int(found[0])
