"""Small turns of phrase that every finding shares."""

from collections.abc import Iterable


def listed(items: Iterable[object], last: str = "or") -> str:
    """Items in a sentence.

    >>> listed(["25", "57", "59"])
    '25, 57 or 59'
    """
    *most, final = [str(item) for item in items] or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def counted(count: int, thing: str) -> str:
    """A number with its thing.

    >>> counted(1, "unit"), counted(2, "unit")
    ('1 unit', '2 units')
    """
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def each(text: str) -> tuple[str, ...]:
    """The words of a list that is written out in one string.

    >>> each("LT RT")
    ('LT', 'RT')
    """
    return tuple(text.split())


def sentence(text: str) -> str:
    """Text with a capital at its beginning, and the rest as it stands.

    >>> sentence("line 1 (J1100-JZ)")
    'Line 1 (J1100-JZ)'
    """
    return text[:1].upper() + text[1:]
