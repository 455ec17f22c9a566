"""Sets of codes as the manuals name them: single codes and ranges."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes and ranges of codes, both ends included; a range holds codes of its own first letter and length only."""

    single: frozenset[str]
    ranges: tuple[tuple[str, str], ...] = ()

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        if code in self.single:
            return True
        for first, last in self.ranges:  # no generator: a page asks thousands of times
            if first <= code <= last and len(code) == len(first) and _shape(code) == _shape(first):
                return True
        return False

    def __or__(self, other: "CodeSet") -> "CodeSet":
        return CodeSet(self.single | other.single, self.ranges + other.ranges)

    def __str__(self) -> str:
        return ", ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield from sorted(self.single)
        for first, last in self.ranges:
            yield f"{first}-{last}"


def code_set(text: str) -> CodeSet:
    """The set that a line of text names.

    >>> office = code_set("99202-99205 99211-99215 G0463")
    >>> "99213" in office, "99210" in office, "G0463" in office
    (True, False, True)
    >>> str(office)
    'G0463, 99202-99205, 99211-99215'
    """
    words = text.split()
    ranges = [tuple(word.split("-")) for word in words if "-" in word]
    return CodeSet(
        frozenset(word for word in words if "-" not in word), tuple((first, last) for first, last in ranges)
    )


@lru_cache(maxsize=16384)
def _shape(code: str) -> str:
    """Letters as they stand and digits as 9, so that 0042T is of another kind than 00420."""
    return "".join("9" if character.isdigit() else character for character in code)
