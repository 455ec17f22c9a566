"""The shape of a code: CPT of category I (99213), II (0001F) and III (0446T), HCPCS Level II (J1885)."""

import re

CODE = r"(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})"
_CODE = re.compile(CODE)


def is_code(text: str) -> bool:
    """Whether `text` has the shape of a CPT or HCPCS code.

    >>> is_code("0446T"), is_code("J1885"), is_code("j1885"), is_code("J188T")
    (True, True, False, False)
    """
    return bool(_CODE.fullmatch(text))
