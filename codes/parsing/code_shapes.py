"""The shape of a code: CPT of category I (99213), II (0001F) and III (0446T), HCPCS Level II (J1885)."""

import re

from codes.parsing.plain import plain, quoted

CODE = r"(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})"
_CODE = re.compile(CODE)


def is_code(text: str) -> bool:
    """Whether `text` has the shape of a CPT or HCPCS code.

    >>> is_code("0446T"), is_code("J1885"), is_code("j1885"), is_code("J188T")
    (True, True, False, False)
    """
    return bool(_CODE.fullmatch(text))


def read_code(text: str) -> str:
    """A code as it is typed, in either case; ValueError says that it is none.

    >>> read_code(" j1885 ")
    'J1885'
    """
    code = plain(text).strip()
    if not is_code(code):
        raise ValueError(f"{quoted(code)} is not a code: a CPT or HCPCS code has five characters.")
    return code
