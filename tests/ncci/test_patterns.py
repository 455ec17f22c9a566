"""Every regular expression that reads what a visitor sent takes time in proportion to it, whatever is repeated.

A pattern's own words and characters are what can make it start again and again: each, and each two of them in turn,
are repeated to the longest text that a form takes. CPU time is measured, with a bound that a slow machine keeps.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

import pytest

import codes
import contributions
from codes.parsing.phi import personal_kinds, personal_kinds_in_claim

# Rooms that read files or what staff writes, not what a visitor sends.
NOT_OF_VISITORS = tuple(
    f"codes.{room}" for room in ("admin", "cms", "fetching", "loaders", "management", "migrations", "tips")
)
LONGEST = 60_000  # characters, of the list of charges
PROBED = 1_000
MOST_SECONDS = 1.5
KEYWORDS = (
    *(
        "mrn",
        "acct",
        "account",
        "chart",
        "claim",
        "icn",
        "dcn",
        "tcn",
        "ccn",
        "ref",
        "auth",
        "policy",
        "member",
    ),
    *(
        "group",
        "subscriber",
        "check",
        "eft",
        "name",
        "patient",
        "pt",
        "mr",
        "dob",
        "age",
        "zip",
        "http://",
        "www.",
    ),
)
SEPARATORS = ("", "-", "--", " ", ":", "#", ".", ",", "/", "@", "no", "_", "\t", "1", "A", "-1", " 9", "¤")


def modules() -> Iterator[ModuleType]:
    for package in (codes, contributions):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(NOT_OF_VISITORS):
                yield importlib.import_module(found.name)


def patterns_in(value: Any, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from patterns_in(tuple(value.values()), depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from patterns_in(each, depth - 1)


def written_in_calls(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """The patterns of `re.split("...", text)` and its like."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("re."):
            continue
        if node.args and isinstance(node.args[0], ast.Constant):
            yield re.compile(str(node.args[0].value))


def all_patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in modules():
        for pattern in (*patterns_in(tuple(vars(module).values())), *written_in_calls(module)):
            found[f"{module.__name__}: {pattern.pattern[:60]}"] = pattern
    return found


PATTERNS = all_patterns()


def pieces(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The words that stand in a pattern, and one character of each kind that it may name."""
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\.", " ", pattern.pattern))
    return tuple(dict.fromkeys((*words[:12], *"aA1 -.,:/@$&+%", "25")))


def seconds(pattern: re.Pattern[str], text: str) -> float:
    before = process_time()
    pattern.sub("", text)
    return process_time() - before


def texts(parts: Iterable[str], length: int) -> Iterator[str]:
    for one, two in product(parts, ("", *parts)):
        yield (one + two) * (length // len(one + two)) + "!"


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_reads_the_longest_text_in_time_in_proportion(name: str) -> None:
    pattern = PATTERNS[name]
    repeated = list(texts(pieces(pattern), PROBED))
    worst = sorted(repeated, key=lambda text: seconds(pattern, text))[-3:]
    for text in worst:
        for times in (8, LONGEST // PROBED):
            assert seconds(pattern, text[:-1] * times + "!") < MOST_SECONDS, text[:40]


@pytest.mark.parametrize("word", KEYWORDS)
def test_the_longest_text_is_screened_in_time_in_proportion_whatever_is_repeated(word: str) -> None:
    def cost(text: str) -> float:
        before = process_time()
        personal_kinds(text)
        personal_kinds_in_claim(text)
        return process_time() - before

    repeated = [(word + separator) * (PROBED // len(word + separator)) for separator in SEPARATORS]
    worst = max(repeated, key=cost)
    assert cost(worst * (LONGEST // PROBED)) < MOST_SECONDS * 2, worst[:40]
