"""Text that the core fonts of PDF can print on any machine: the characters of Windows-1252, nearest forms of others."""

import unicodedata

ENCODING = "windows-1252"
_NEAREST = str.maketrans(
    {
        "−": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "≤": "<=",
        "≥": ">=",
        "≠": "<>",
        "→": "->",
        "←": "<-",
        "′": "'",
        "″": '"',
        "\u2009": " ",
        "\u202f": " ",
        "\u200b": "",
        "⅓": "1/3",
        "⅔": "2/3",
    }
)


def printable(text: str) -> str:
    """The text with every character that the fonts have; what has no near form becomes a question mark.

    >>> printable("café − 5 ≤ 6, “quoted”")
    'café - 5 <= 6, “quoted”'
    >>> printable("Łódź")
    '?ódz'
    """
    return "".join(_char(char) for char in text.translate(_NEAREST))


def _char(char: str) -> str:
    if _fits(char):
        return char if char.isprintable() or char == "\u00a0" else " "
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return plain if plain and _fits(plain) else "?"


def _fits(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True
