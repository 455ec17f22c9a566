"""Typed text as every reader takes it: look-alikes are one, capitals, single blanks."""

from codes.parsing.phi import normalise


def plain(text: object) -> str:
    """The text in plain capitals without blanks around it; empty for None.

    >>> plain(" ９９２１３ – 25 ")
    '99213 - 25'
    """
    return " ".join(normalise("" if text is None else str(text)).upper().split())


def quoted(text: str) -> str:
    """The text as an error repeats it: its first twenty characters."""
    return f'"{text[:20]}"'
