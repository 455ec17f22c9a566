"""Which of the documents found answers best.

First by what of the query they hold (rare words count more), then by how much of their own name the query is, by
with and without, and by how often the code is billed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from operator import itemgetter
from sys import intern

from .document import Document
from .postings import FIELD_BITS, FIELD_MASK, STRENGTHS, Postings
from .query import Alternative, Query, Slot
from .thesaurus import Phrase, phrase_of
from .words import signs_of, words_of

LOOKED_AT = 80
LONGEST_BEGINNING = 8
WITHOUT_RAREST = 0.8
SAME_SIGN, OTHER_SIGN, NO_SIGN = 1.25, 0.4, 0.95
WHOLE_NAME = 0.6
BAND = {1: 1.3, 2: 1.2, 3: 1.1, 4: 1.0, 5: 0.85}
# Anesthesia for a procedure, quality measures and emerging procedures stand behind the procedure itself.
ANESTHESIA_ASKED = frozenset(
    {"anesthesia", "anes", "anesth", "crna", "mac", "anesthetic", "anesthesiologist"}
)
BEHIND = 0.6
_MEASURE = re.compile(r"[0-9]{4}[FT]|M[01][0-9]{3}|G(?:8[3-9]|9)[0-9]+")
_ANESTHESIA = re.compile(r"0[01][0-9]{3}")

NO_SIGNS: dict[str, str] = {}

Matches = dict[int, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A document as the ranking reads it: the stems of its name and of each synonym, and its signs."""

    document: Document
    name: Phrase
    phrases: tuple[Phrase, ...]
    signs: dict[str, str]
    standing: float
    is_anesthesia: bool


def shape_of(document: Document, known: Document) -> Shape:
    """The shape of a document by what is known of it: its own texts, and what the tables add."""
    own = [known.name, *known.words.split(";"), known.description, document.description, known.code]
    signs: dict[str, str] = {}
    for text in (document.name, document.description, document.words, document.hcpcs_text):
        signs = signs_of(words_of(text)) | signs
    phrases = [tuple(dict.fromkeys(map(intern, phrase_of(text)))) for text in own]
    name = phrases[0] or tuple(map(intern, phrase_of(document.hcpcs_text)[:LONGEST_BEGINNING]))
    is_anesthesia = bool(_ANESTHESIA.fullmatch(document.code))
    standing = BAND[document.band] * (BEHIND if _MEASURE.fullmatch(document.code) else 1.0)
    return Shape(document, name, tuple(filter(None, phrases)), signs or NO_SIGNS, standing, is_anesthesia)


def rank(
    query: Query, shapes: Sequence[Shape], postings: Postings, allowed: frozenset[int] | None
) -> Matches:
    """The score of each of the best documents; none where nothing matches."""
    first = _held(query, postings, allowed, len(shapes))
    anesthesia = 1.0 if query.stems & ANESTHESIA_ASKED else BEHIND
    for place in first:
        shape = shapes[place]
        first[place] *= shape.standing * (anesthesia if shape.is_anesthesia else 1.0)
    best = nlargest(LOOKED_AT, first.items(), key=lambda found: (found[1], -found[0]))
    return {place: score * _fit(query, shapes[place]) for place, score in best}


def _held(query: Query, postings: Postings, allowed: frozenset[int] | None, size: int) -> Matches:
    """How much of the query each document holds, weighed by how rare each slot is.

    A document without the rarest thing asked for falls behind: skull views are not knee views.
    """
    scores: Matches = {}
    weights: Matches = {}
    whole, rarest = 0.0, (0.0, Matches())
    for slot in query.slots:
        matches = _filled(slot, postings)
        if not matches:
            continue
        weight = log(1 + size / len(matches)) * slot.weight
        whole += weight
        rarest = max(rarest, (weight, matches), key=itemgetter(0))
        for place, strength in matches.items():
            scores[place] = scores.get(place, 0.0) + weight * strength
            weights[place] = weights.get(place, 0.0) + weight
    return {
        place: score * weights[place] / whole * (1.0 if place in rarest[1] else WITHOUT_RAREST)
        for place, score in scores.items()
        if allowed is None or place in allowed
    }


def _filled(slot: Slot, postings: Postings) -> Matches:
    """The documents that fill a slot, by its best alternative."""
    best: Matches = {}
    for alternative in slot.alternatives:
        for place, strength in _holding(alternative, postings).items():
            if strength > best.get(place, 0.0):
                best[place] = strength
    return best


def _holding(alternative: Alternative, postings: Postings) -> Matches:
    """The documents that hold every stem; the weakest place counts."""
    rarest, *others = sorted(alternative.stems, key=lambda key: len(postings.of(key)))
    quality = alternative.quality
    held = {p >> FIELD_BITS: quality * STRENGTHS[p & FIELD_MASK] for p in postings.of(rarest)}
    for key in others:
        held = {
            place: min(held[place], quality * STRENGTHS[p & FIELD_MASK])
            for p in postings.of(key)
            if (place := p >> FIELD_BITS) in held
        }
    return held


def _fit(query: Query, shape: Shape) -> float:
    return _signed(query.signs, shape.signs) * (1 + WHOLE_NAME * max(_likeness(query, shape), default=0.0))


def _signed(asked: dict[str, str], said: dict[str, str]) -> float:
    """With is not without: 71260 is not 71250."""
    agreeing = [said[word] == sign for word, sign in asked.items() if word in said]
    if agreeing:
        return SAME_SIGN if all(agreeing) else OTHER_SIGN
    return NO_SIGN if "contrast" in asked else 1.0


def _likeness(query: Query, shape: Shape) -> Iterator[float]:
    """For each phrase of a document, and each beginning of its name, the share that it has in common with the
    query, 0 to 1: "picc line" is all of "PICC line ...", and half of "Other line"."""
    for end, word in enumerate(shape.name[:LONGEST_BEGINNING], 1):
        if word in query.sought:
            yield _share(query, shape.name[:end])
    for phrase in shape.phrases:
        if not query.sought.isdisjoint(phrase):
            yield _share(query, phrase)


def _share(query: Query, phrase: Phrase) -> float:
    fitting = list(filter(None, (slot.answered_by(phrase) for slot in query.slots)))
    used = {key for stems in fitting for key in stems}
    return len(fitting) / (len(query.slots) + len(phrase) - len(used))
