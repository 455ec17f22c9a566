"""The checks that catch a wrong name: what CMS's clipped description and fields say, and the name does not.

CMS's description is read for facts that change what is billed (contrast, approach, sides, figures, age). Where it
states one, the name must state it too, in its own words. Nothing of a description goes into a finding.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial
from typing import NamedTuple

from .facts import missing
from .names import Name

MOST_CHARACTERS = 70
TOO_NEAR = 0.9
ANESTHESIA, MEASURES = re.compile(r"0[01]\d{3}"), re.compile(r"\d{4}F")
_ADD_ON = re.compile(
    r"\badd-?(on|ed)\b|additional|\beach\b|further|extra|second|third|subsequent", re.IGNORECASE
)


class Described(NamedTuple):
    """What CMS says of a code: its clipped description and its global days."""

    text: str
    global_days: str


class NameProblem(NamedTuple):
    """A name that is wrong or may be. `check` is a key of CHECKS, or "unique"."""

    code: str
    check: str
    name: str
    why: str


def findings(
    names: Collection[Name],
    described: Mapping[str, Described],
    explained: Collection[tuple[str, str]] = (),
) -> list[NameProblem]:
    """What is wrong with the names, by code; without what is explained already."""
    every = [*_same_names(names), *_each_name(names, described)]
    return sorted(each for each in every if (each.code, each.check) not in explained)


def _each_name(names: Iterable[Name], described: Mapping[str, Described]) -> Iterator[NameProblem]:
    """A code that CMS's files lack is only looked at by itself."""
    for name in names:
        cms = described.get(name.code, Described("", ""))
        for check, run in CHECKS.items():
            if why := run(name, cms):
                yield NameProblem(name.code, check, name.text, why)


def _same_names(names: Iterable[Name]) -> Iterator[NameProblem]:
    """Codes whose names are alike: the same words, whatever the case and the signs between them."""
    alike: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in names:
        alike[tuple(_words(name.text))].append(name)
    for several in alike.values():
        for name in several if len(several) > 1 else ():
            others = " ".join(other.code for other in several if other is not name)
            yield NameProblem(name.code, "unique", name.text, f"is also the name of {others}")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9.]+", text.casefold())


def _length(name: Name, _: Described) -> str:
    return "" if 0 < len(name.text) <= MOST_CHARACTERS else f"has {len(name.text)} characters, not 1 to 70"


def _own_words(name: Name, cms: Described) -> str:
    """Whether the name is CMS's text, its words in another order, or nearly its text. A single word is nobody's."""
    ours, theirs = _words(name.text), _words(cms.text)
    same = sorted(ours) == sorted(theirs)
    near = SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio() > TOO_NEAR
    return "is CMS's text, or nearly" if len(ours) > 1 and (same or near) else ""


def _section(name: Name, _: Described) -> str:
    """Names of anesthesia and of quality measures begin with the word for their section, and no others do."""
    for of_section, begins in ((ANESTHESIA, "Anesthesia"), (MEASURES, "Quality measure: ")):
        is_of, says = bool(of_section.fullmatch(name.code)), name.text.startswith(begins)
        if is_of and not says:
            return f"does not begin with {begins.strip(': ')}"
        if says and not is_of and not name.text.startswith("Anesthesia qualifier"):
            return f"begins with {begins.strip(': ')}, which is another section"
    return ""


def _add_on(name: Name, cms: Described) -> str:
    if cms.global_days == "ZZZ" and not _ADD_ON.search(name.text):
        return "does not say that it is an add-on code (global days ZZZ)"
    if cms.global_days in {"000", "010", "090"} and re.search(r"\badd-on\b", name.text):
        return f"says add-on, but the global days are {cms.global_days}"
    return ""


def _states(fact: str, name: Name, cms: Described) -> str:
    lacks = missing(fact, cms.text, name.text)
    return f"does not say: {lacks}" if lacks else ""


FACTS = (
    "component",
    "contrast",
    "without",
    "approach",
    "sides",
    "measures",
    "views",
    "age",
    "patient",
    "imaging",
)
CHECKS: Mapping[str, Callable[[Name, Described], str]] = {
    "length": _length,
    "own words": _own_words,
    "section": _section,
    "add-on": _add_on,
    **{fact: partial(_states, fact) for fact in FACTS},
}
