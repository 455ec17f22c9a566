"""Clipped words written out: CMS's short descriptions hold 28 characters, so removal is *rmvl* and ablation *abltj*.

A table of our own says what the usual clipped forms mean. A form that is in no table is held against words that
are known: it is the beginning of one ("transcath"), or has its consonants ("trnsplntj").
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from codes.search.words import content, words_of

TABLE = Path(__file__).parents[2] / "fixtures" / "texts" / "clipped_words.csv"
# Letters that CMS writes for sounds: xtrnl is external, njx an injection, fixj a fixation.
_SOUNDS = ((re.compile(r"^x"), "ex"), (re.compile(r"^n(?=[fstcdgj])"), "in"), (re.compile(r"[jx]$"), "tion"))
_LETTERS = re.compile(r"[a-z]+")
_VOWEL = re.compile(r"[aeiouy]")
_INNER_VOWEL = re.compile(r"(?<!^)[aeiouy]")
_TWICE = re.compile(r"(.)\1+")
LEAST_BEGINNING, LEAST_CONSONANTS = 5, 4
MOST_VOWELS = 0.3
LEAST_KNOWN = 5


class Clipped:
    """Writes texts out. `table` says what forms mean, `known` how often each whole word stands in our texts."""

    def __init__(self, table: Mapping[str, str], known: Mapping[str, int]) -> None:
        self._found = dict(table)
        self._known = known
        self._by_consonants: dict[str, str] = {}
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        whole = (word for word in known if word.isalpha() and len(word) >= LEAST_KNOWN and word not in table)
        for word in sorted(whole, key=lambda word: (-known[word], word)):
            self._by_consonants.setdefault(_consonants(word), word)
            self._by_beginning[word[:LEAST_BEGINNING]].append(word)

    def written_out(self, text: str) -> str:
        """The words of a text, the clipped ones written out."""
        return " ".join(map(self._whole, content(words_of(text))))

    def _whole(self, word: str) -> str:
        if word not in self._found:
            self._found[word] = word if word in self._known or not word.isalpha() else self._like(word)
        return self._found[word]

    def _like(self, word: str) -> str:
        """The most usual word that begins so, or that has the consonants of a form with few vowels."""
        spoken = word
        for pattern, sound in _SOUNDS:
            spoken = pattern.sub(sound, spoken)
        few = len(_VOWEL.findall(word)) <= MOST_VOWELS * len(word)
        for form in (word, spoken):
            for known in self._by_beginning.get(form[:LEAST_BEGINNING], ()):
                if known.startswith(form):
                    return known
            consonants = _consonants(form)
            if few and len(consonants) >= LEAST_CONSONANTS and consonants in self._by_consonants:
                return self._by_consonants[consonants]
        return word


def read_clipped() -> dict[str, str]:
    """The table that comes with the site."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["clipped"]: row["words"] for row in csv.DictReader(file)}


def words_known(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in texts that are written out."""
    return Counter(word for text in texts for word in _LETTERS.findall(text.casefold()))


def _consonants(word: str) -> str:
    """
    >>> _consonants("removal"), _consonants("rmvl"), _consonants("external")
    ('rmvl', 'rmvl', 'extrnl')
    """
    return _TWICE.sub(r"\1", _INNER_VOWEL.sub("", word))
