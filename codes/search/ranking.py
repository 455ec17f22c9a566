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

from codes.search.document import Document
from codes.search.postings import FIELD_BITS, FIELD_MASK, STRENGTHS, Postings
from codes.search.query import Alternative, Query, Slot
from codes.search.spans import Span, spans_in
from codes.search.thesaurus import Phrase, phrase_of
from codes.search.words import fold, signs_of, stem, words_of

LOOKED_AT = 80
LONGEST_BEGINNING = 8
WITHOUT_RAREST = 0.8
SAME_SIGN, OTHER_SIGN, NO_SIGN = 1.25, 0.4, 0.95
# What it adds that all of a name is all of the query, and how much more where the very words are the same.
WHOLE_NAME, EXACT = 0.8, 1.3
BAND = {1: 1.35, 2: 1.2, 3: 1.07, 4: 1.0, 5: 0.9}
# Drugs without a name of ours are not ranked: they count as what is billed now and then. Alone, a drug asks for itself.
_DRUG = re.compile(r"(?:J[0-9]|Q5)[0-9]{3}")
DRUG_BAND, DRUG_ALONE = 3, 1.1
# Deleted codes stand behind those in use; anesthesia for a procedure, quality measures and emerging procedures behind
# the procedure itself.
ANESTHESIA_ASKED = frozenset(map(stem, ("anesthesia", "anes", "anesth", "crna", "mac", "anesthesiologist")))
# "Under anesthesia" asks for the procedure, not for its anesthesia.
ANESTHESIA_GIVEN = frozenset(map(stem, ("under", "general", "local", "topical")))
BEHIND, FAR_BEHIND = 0.6, 0.35
MEASURE_ASKED = frozenset(map(stem, ("measure", "hedis", "mips", "mvp", "documented", "documentation")))
# What is billed beside a first service stands a little behind it, unless more is asked for.
FURTHER_ASKED = frozenset(
    map(
        stem,
        ("additional", "additionally", "addl", "add", "added", "addon", "each", "extra", "second", "another"),
    )
)
_FURTHER = re.compile(r"\b(?:additional|added|add-on)\b", re.IGNORECASE)
LITTLE_BEHIND = 0.85
_MEASURE = re.compile(r"[0-9]{4}[FT]|M[01][0-9]{3}|G(?:8[3-9]|9)[0-9]+")
# A bare analyte asks for its test, a bare drug for its injection.
_ASSAY = re.compile(r"(?:Drug )?(?:Assay|Asy) (?:of )?")
_ANESTHESIA = re.compile(r"0[01][0-9]{3}")

NO_SIGNS: dict[str, str] = {}
NO_SPANS: dict[str, Span] = {}

Matches = dict[int, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A document as the ranking reads it: the stems of its name and of each synonym, and its signs."""

    document: Document
    name: Phrase
    phrases: tuple[Phrase, ...]
    signs: dict[str, str]
    spans: dict[str, Span]
    standing: float
    kind: str


def shape_of(document: Document, known: Document) -> Shape:
    """The shape of a document by what is known of it: its own texts, and what the tables add."""
    analyte = _ASSAY.sub("", document.description)
    texts = [known.name, analyte, *known.words.split(";"), *known.description.split(";"), known.code]
    phrases = [tuple(dict.fromkeys(map(intern, phrase_of(text)))) for text in texts]
    signs: dict[str, str] = {}
    for text in (document.name, document.description, document.words, document.hcpcs_text):
        signs = signs_of(words_of(text)) | signs if text else signs
    return Shape(
        document=document,
        name=phrases[0],
        phrases=tuple(filter(None, dict.fromkeys(phrases))),
        signs=signs or NO_SIGNS,
        spans=spans_in(fold(document.description)) | spans_in(fold(f"{document.name} {known.section}"))
        or NO_SPANS,
        standing=BAND[_band(document)] * (BEHIND if document.is_deleted else 1.0),
        kind=_kind(document),
    )


def _band(document: Document) -> int:
    return DRUG_BAND if not document.name and _DRUG.fullmatch(document.code) else document.band


def _kind(document: Document) -> str:
    """What a code is besides a procedure or a thing: anesthesia for one, a measure of quality, further units of
    another code, or a drug."""
    if _ANESTHESIA.fullmatch(document.code):
        return "anesthesia"
    if _MEASURE.fullmatch(document.code):
        return "measure"
    if _FURTHER.search(document.name or document.hcpcs_text):
        return "further"
    return "drug" if _DRUG.fullmatch(document.code) else ""


def rank(
    query: Query, shapes: Sequence[Shape], postings: Postings, allowed: frozenset[int] | None
) -> Matches:
    """The score of each of the best documents; none where nothing matches."""
    first = _held(query, postings, allowed, len(shapes))
    kinds = _kinds_asked(query)
    for doc_id in first:
        shape = shapes[doc_id]
        first[doc_id] *= shape.standing * kinds[shape.kind]
    best = nlargest(LOOKED_AT, first.items(), key=lambda found: (found[1], -found[0]))
    return {doc_id: score * _fit(query, shapes[doc_id]) for doc_id, score in best}


def _kinds_asked(query: Query) -> dict[str, float]:
    """How far each kind of code stands behind: anesthesia and measures unless asked for, all others if one is."""
    is_wanted = not query.stems.isdisjoint(ANESTHESIA_GIVEN) or not ANESTHESIA_ASKED.isdisjoint(query.signs)
    anesthesia = not is_wanted and not query.stems.isdisjoint(ANESTHESIA_ASKED)
    measure = not query.stems.isdisjoint(MEASURE_ASKED)
    plain = FAR_BEHIND if anesthesia else BEHIND if measure else 1.0
    further = 1.0 if not query.stems.isdisjoint(FURTHER_ASKED) else LITTLE_BEHIND
    return {
        "anesthesia": 1.0 if anesthesia else BEHIND,
        "measure": 1.0 if measure else BEHIND,
        "further": plain * further,
        "drug": plain * (DRUG_ALONE if len(query.slots) == 1 else 1.0),
        "": plain,
    }


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
        for doc_id, strength in matches.items():
            scores[doc_id] = scores.get(doc_id, 0.0) + weight * strength
            weights[doc_id] = weights.get(doc_id, 0.0) + weight * strength**0.5
    return {
        doc_id: score * weights[doc_id] / whole * (1.0 if doc_id in rarest[1] else WITHOUT_RAREST)
        for doc_id, score in scores.items()
        if allowed is None or doc_id in allowed
    }


def _filled(slot: Slot, postings: Postings) -> Matches:
    """The documents that fill a slot, by its best alternative."""
    best: Matches = {}
    for alternative in slot.alternatives:
        for doc_id, strength in _holding(alternative, postings).items():
            if strength > best.get(doc_id, 0.0):
                best[doc_id] = strength
    return best


def _holding(alternative: Alternative, postings: Postings) -> Matches:
    """The documents that hold every stem; the weakest place counts."""
    rarest, *others = sorted(alternative.stems, key=lambda key: len(postings.of(key)))
    quality = alternative.quality
    held = {p >> FIELD_BITS: quality * STRENGTHS[p & FIELD_MASK] for p in postings.of(rarest)}
    for key in others:
        held = {
            doc_id: min(held[doc_id], quality * STRENGTHS[p & FIELD_MASK])
            for p in postings.of(key)
            if (doc_id := p >> FIELD_BITS) in held
        }
    return held


def _fit(query: Query, shape: Shape) -> float:
    likeness = max(_likeness(query, shape), default=0.0)
    return (
        _spanned(query.spans, shape.spans) * _signed(query.signs, shape.signs) * (1 + WHOLE_NAME * likeness)
    )


def _signed(wanted: dict[str, str], said: dict[str, str]) -> float:
    """With is not without: 71260 is not 71250."""
    agreeing = [said[word] == sign for word, sign in wanted.items() if word in said]
    if agreeing:
        return SAME_SIGN if all(agreeing) else OTHER_SIGN
    return NO_SIGN if "contrast" in wanted else 1.0


def _spanned(wanted: dict[str, Span], said: dict[str, Span]) -> float:
    """A lesion of 2.5 cm is not one of 0.5 cm or less."""
    agreeing = [said[unit].holds(span) for unit, span in wanted.items() if unit in said]
    return (SAME_SIGN if all(agreeing) else OTHER_SIGN) if agreeing else 1.0


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
    if query.stems.issuperset(phrase) and len(phrase) == len(query.stems):
        return EXACT
    fitting = list(filter(None, (slot.answered_by(phrase) for slot in query.slots)))
    used = {key for stems in fitting for key in stems}
    return len(fitting) / (len(query.slots) + len(phrase) - len(used))
