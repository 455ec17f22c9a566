"""What a query means: its words as slots, each with everything that may fill it."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from codes.search.opposites import opposites_in
from codes.search.postings import Postings
from codes.search.spans import Span, spans_in
from codes.search.thesaurus import Phrase, Thesaurus
from codes.search.words import content, signs_of, stem, words_of

LITERAL, MEANT, JOINED, BEGUN, MISSPELLED = 1.0, 0.9, 1.0, 0.75, 0.7
PREFIXED = 0.65
COUNTED = 0.5
COUNTS = frozenset({"view", "min", "minut", "hour", "day"})
LEAST_BEGUN = 2
LEAST_MISSPELLED = 4
MOST_WORDS = 16
# Beginnings that only say where or how: retropharyngeal is about the pharynx.
_PREFIX = re.compile(
    "(?:retro|intra|inter|supra|sub|trans|peri|para|endo|extra|post|pre|poly|micro|hemi|infra|epi|hyper|hypo|non|re|un)"
    "(?=[a-z]{4})"
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Stems that must all stand in a document to fill a slot, and how well that fills it (0 to 1)."""

    stems: Phrase
    quality: float


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing asked for, `words` of the query wide."""

    alternatives: tuple[Alternative, ...]
    words: int = 1

    @property
    def weight(self) -> float:
        """What the slot counts beside others of the same rarity: a phrase more than a word, "4 views" less."""
        first = self.alternatives[0].stems[0]
        return COUNTED if first.isdigit() or first in COUNTS else float(self.words**0.5)

    def answered_by(self, stems: Container[str]) -> Phrase:
        """The first of the alternatives that stands among `stems` wholly; nothing where none does."""
        for found in self.alternatives:
            if found.stems[0] in stems and all(key in stems for key in found.stems):
                return found.stems
        return ()


@dataclass(frozen=True, slots=True)
class Query:
    """`stems` are of its own words, `read` also of what misspelled ones are read as, `sought` of everything that may
    fill its slots; `signs` are words asked with or without."""

    slots: tuple[Slot, ...]
    signs: dict[str, str]
    stems: frozenset[str]
    read: frozenset[str]
    sought: frozenset[str]
    spans: dict[str, Span]
    opposites: tuple[str, ...]


def understand(text: str, postings: Postings, thesaurus: Thesaurus) -> Query:
    """Read a query: the longest phrase known to the thesaurus first, then word by word."""
    read = words_of(text)
    words = content(read)[:MOST_WORDS]
    slots: list[Slot] = []
    position = 0
    while position < len(words):
        slot = _slot(words, position, postings, thesaurus)
        slots.append(slot)
        position += slot.words
    slots = [slot for slot in slots if slot.alternatives]
    sought = frozenset(key for slot in slots for found in slot.alternatives for key in found.stems)
    stems = frozenset(map(stem, words))
    meant = {
        key for slot in slots for found in slot.alternatives if found.quality >= MEANT for key in found.stems
    }
    return Query(
        tuple(slots),
        _signs(read, thesaurus),
        stems,
        stems.union(*(slot.alternatives[0].stems for slot in slots)),
        sought,
        spans_in(text),
        tuple(own or other for own, other in zip(opposites_in(stems), opposites_in(meant), strict=True)),
    )


def _signs(read: Sequence[str], thesaurus: Thesaurus) -> dict[str, str]:
    """The signs of a query, for what its words mean too; contrast asked for without a sign means with."""
    signs = signs_of(read)
    if {"contrast", "dye"} & set(read):
        signs.setdefault("contrast", "with")
    meant = {
        meaning[0]: sign
        for key, sign in signs.items()
        for meaning in thesaurus.of((key,))
        if len(meaning) == 1
    }
    return meant | signs


def _slot(words: Sequence[str], position: int, postings: Postings, thesaurus: Thesaurus) -> Slot:
    for width in range(min(thesaurus.longest, len(words) - position), 0, -1):
        phrase = tuple(stem(word) for word in words[position : position + width])
        meanings = thesaurus.of(phrase)
        if meanings and (known := tuple(_known(_phrases(phrase, meanings), postings))):
            return Slot(known, width)
        if width == 2 and (joined := _joined_stem(words[position : position + 2], postings, thesaurus)):
            return Slot(tuple(_known(_joined(phrase, joined, thesaurus), postings)), width)
    last = position == len(words) - 1
    return Slot(tuple(_word(words[position], last, postings, thesaurus)))


def _phrases(phrase: Phrase, meanings: Sequence[Phrase]) -> Iterator[Alternative]:
    yield Alternative(phrase, LITERAL)
    yield from (Alternative(meaning, MEANT) for meaning in meanings)


def _joined_stem(pair: Sequence[str], postings: Postings, thesaurus: Thesaurus) -> str:
    """The stem of two words that are written as one ("d dimer"), unless both are words of their own."""
    joined = stem("".join(pair))
    if all(len(word) > 1 and (stem(word) in postings or thesaurus.of((stem(word),))) for word in pair):
        return ""
    return joined if joined in postings or thesaurus.of((joined,)) else ""


def _joined(phrase: Phrase, joined: str, thesaurus: Thesaurus) -> Iterator[Alternative]:
    yield Alternative((joined,), JOINED)
    yield from _phrases(phrase, thesaurus.of((joined,)))


def _known(alternatives: Iterator[Alternative], postings: Postings) -> Iterator[Alternative]:
    return (found for found in alternatives if all(key in postings for key in found.stems))


def _word(word: str, last: bool, postings: Postings, thesaurus: Thesaurus) -> Iterator[Alternative]:
    """A word as it stands, as the beginning of others, as two words run together, or misspelled."""
    if stem(word) in postings:
        yield Alternative((stem(word),), LITERAL)
        if not last:
            return
    if len(word) >= LEAST_BEGUN and not word.isdigit():
        begun = [key for key in postings.beginning_with(word) if key != stem(word)]
        yield from (Alternative((key,), BEGUN) for key in begun)
        if begun or stem(word) in postings:
            return
    if prefixed := _PREFIX.match(word):
        rest = (stem(word[prefixed.end() :]),)
        yield from _known(
            (Alternative(meaning, PREFIXED) for meaning in (rest, *thesaurus.of(rest))), postings
        )
    if len(word) >= LEAST_MISSPELLED and word.isalpha():
        yield from _misspelled(word, postings, thesaurus)
        yield from _parted(word, postings)


def _parted(word: str, postings: Postings) -> list[Alternative]:
    """ "kneexray" as knee and xray; the shorter part has three letters at least."""
    parts = ((stem(word[:cut]), stem(word[cut:])) for cut in range(3, len(word) - 2))
    return [Alternative(pair, MEANT) for pair in parts if all(key in postings for key in pair)]


def _misspelled(word: str, postings: Postings, thesaurus: Thesaurus) -> list[Alternative]:
    found: dict[Phrase, float] = {}
    for near, likeness in postings.like(word):
        found.setdefault((stem(near),), MISSPELLED * likeness)
        for meaning in thesaurus.of((stem(near),)):
            if all(key in postings for key in meaning):
                found.setdefault(meaning, MISSPELLED * likeness * MEANT)
    return [Alternative(stems, quality) for stems, quality in found.items()]
