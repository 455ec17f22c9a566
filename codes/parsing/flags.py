"""Yes or no, as an address or a check box says it."""

from codes.parsing.plain import plain, quoted

YES = frozenset({"1", "ON", "TRUE", "YES"})
NO = frozenset({"", "0", "OFF", "FALSE", "NO"})


def read_flag(text: object) -> bool:
    """Whether `text` says yes; nothing says no. ValueError for a word that says neither.

    >>> read_flag("1"), read_flag("off"), read_flag(None)
    (True, False, False)
    """
    word = plain(text)
    if word not in YES | NO:
        raise ValueError(f"{quoted(str(text).strip())} is neither yes nor no. Use 1 for yes, 0 for no.")
    return word in YES
