"""When site modifiers on two lines tell two sites apart: NCCI Policy Manual, ch. I, §E and §J.

The manual lets a site modifier on column two, or on both codes, say that the two were done at different sites; the
same organ or side isn't one. A site on column one alone only says where that code was done.
"""

from collections.abc import Iterable

from codes.ncci.anatomy import ARTERIES, EYELIDS, FINGERS, SIDES, TOES

SITES = (*EYELIDS, *FINGERS, *TOES, *SIDES, *ARTERIES)
LEFT = frozenset({"LT", *EYELIDS[:2], *FINGERS[:5], *TOES[:5]})
RIGHT = frozenset({"RT", *EYELIDS[2:], *FINGERS[5:], *TOES[5:]})
_COVERED = {"LT": LEFT, "RT": RIGHT, "50": LEFT | RIGHT}


def overlap(one: Iterable[str], two: Iterable[str]) -> bool:
    """Whether a site that one line's modifiers name is, or lies on, one that the other's name; 50 is both sides.

    >>> overlap({"LT"}, {"F1", "59"}), overlap({"RT"}, {"F1"}), overlap({"50"}, {"LT"}), overlap({"RT"}, set())
    (True, False, True, False)
    """
    return not _covered(one).isdisjoint(_covered(two))


def _covered(modifiers: Iterable[str]) -> frozenset[str]:
    """Every site modifier whose site lies within those that a line names."""
    named = (_COVERED.get(modifier, frozenset({modifier}).intersection(SITES)) for modifier in modifiers)
    return frozenset().union(*named)
