"""Abbreviations and lay words, both ways.

A row of the tables holds words and what else they may mean, parted by semicolons: `pt` is physical therapy,
patient, a clotting test. Whoever types one form finds texts with any of the others. A meaning may be a code itself:
`code_words.csv` says what billers call codes that have no name of ours.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from codes.search.words import content, stem, words_of

Phrase = tuple[str, ...]
TABLES = ("abbreviations.csv", "lay_words.csv")
FOLDER = Path(__file__).parents[2] / "fixtures" / "texts"


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """For each phrase (stems of its words) the phrases that may stand for it; `longest` counts words."""

    meanings: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    longest: int = 1

    def of(self, phrase: Phrase) -> tuple[Phrase, ...]:
        return self.meanings.get(phrase, ())


@lru_cache(maxsize=2_048)
def phrase_of(text: str) -> Phrase:
    """
    >>> phrase_of("Removal of sutures")
    ('remov', 'sutur')
    """
    return tuple(stem(word) for word in content(words_of(text)))


def read_thesaurus(folder: Path = FOLDER) -> Thesaurus:
    """The tables that come with the site."""
    rows: list[tuple[str, str]] = []
    for name in TABLES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows += [(row["words"], row["meaning"]) for row in csv.DictReader(file)]
    with (folder / "word_parts.csv").open(encoding="utf-8", newline="") as file:
        rows += _built(list(csv.DictReader(file)))
    return thesaurus_of(rows)


def _built(parts: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Words built of a root and a suffix: nephrectomy is a kidney removal, and a removal of the kidney."""
    roots = [part for part in parts if part["kind"] == "root"]
    suffixes = [part for part in parts if part["kind"] == "suffix"]
    for root in roots:
        for suffix in suffixes:
            built = root["part"] + suffix["part"]
            yield built, f"{root['meaning']} {suffix['meaning']}; {suffix['meaning']} {root['meaning']}"


def thesaurus_of(rows: Iterable[tuple[str, str]]) -> Thesaurus:
    """A thesaurus from (words, meanings parted by semicolons).

    A meaning leads back to its short forms, and a short form to the others of the same meaning:

    >>> ours = thesaurus_of([("ekg", "electrocardiogram"), ("ecg", "electrocardiogram")])
    >>> ours.of(("ekg",)), ours.of(("electrocardiogram",))
    ((('electrocardiogram',), ('ecg',)), (('ekg',), ('ecg',)))
    """
    forward: dict[Phrase, dict[Phrase, None]] = {}
    back: dict[Phrase, dict[Phrase, None]] = {}
    one = cache(phrase_of)  # one tuple for a phrase, however often it stands in the tables
    for words, meanings in rows:
        for meaning in map(one, meanings.split(";")):
            forward.setdefault(one(words), {})[meaning] = None
            back.setdefault(meaning, {})[one(words)] = None
    found: dict[Phrase, dict[Phrase, None]] = {}
    for phrase in [*forward, *back]:
        near = [*forward.get(phrase, ()), *back.get(phrase, ())]
        siblings = [other for meaning in forward.get(phrase, ()) for other in back[meaning]]
        found[phrase] = dict.fromkeys(other for other in [*near, *siblings] if other and other != phrase)
    return Thesaurus(
        {phrase: tuple(others) for phrase, others in found.items()}, max(map(len, found), default=1)
    )
