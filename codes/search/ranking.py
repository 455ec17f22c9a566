"""Which of the documents found answers best.

First by what of the query they hold (rare words count more), then by how much of their own name the query is, by
with and without, and by how often the code is billed.
"""

from collections.abc import Iterator, Sequence
from heapq import nlargest
from math import log
from operator import itemgetter

from codes.search.postings import FIELD_BITS, FIELD_MASK, STRENGTHS, Postings
from codes.search.query import Alternative, Query, Slot
from codes.search.shape import Shape
from codes.search.spans import Span
from codes.search.thesaurus import Phrase
from codes.search.words import WITHOUT, stem

LOOKED_AT = 80
LONGEST_BEGINNING = 8
WITHOUT_RAREST = 0.8
SAME_SIGN, OTHER_SIGN, NO_SIGN, LACKING = 1.25, 0.4, 0.95, 0.7
LEAST_BEGINNING = 4
# What it adds that all of a name is all of the query, and how much more where the very words are the same.
WHOLE_NAME, EXACT = 0.8, 1.3
# Anesthesia for a procedure, quality measures and emerging procedures stand behind the procedure itself.
ANESTHESIA_WORDS = frozenset(map(stem, ("anesthesia", "anes", "anesth", "crna", "mac", "anesthesiologist")))
# "Under anesthesia" asks for the procedure, not for its anesthesia.
ANESTHESIA_GIVEN = frozenset(map(stem, ("under", "general", "local", "topical")))
BEHIND, FAR_BEHIND = 0.6, 0.35
MEASURE_WORDS = frozenset(map(stem, ("measure", "hedis", "mips", "mvp", "documented", "documentation")))
# What is billed beside a first service stands a little behind it, unless more is asked for.
FURTHER_WORDS = frozenset(
    map(
        stem,
        ("additional", "additionally", "addl", "add", "added", "addon", "each", "extra", "second", "another"),
    )
)
LITTLE_BEHIND = 0.85
# Alone, a drug asks for itself.
DRUG_ALONE = 1.1
# What each word costs that makes a name less plain than its siblings, where it is not asked for.
PLAIN = 0.93
# A name that holds something besides ("with ...") where nothing of it is asked for.
NOT_ALONE = 0.97
GROWN_UP, OF_A_CHILD = 12, 0.85
CHILD = frozenset(
    map(stem, ("child", "pediatric", "infant", "newborn", "neonatal", "baby", "kid", "toddler"))
)
CONTRARY = 0.7

Matches = dict[int, float]


def rank(
    query: Query, shapes: Sequence[Shape], postings: Postings, allowed: frozenset[int] | None
) -> Matches:
    """The score of each of the best documents; none where nothing matches."""
    first = _match_scores(query, postings, allowed, len(shapes))
    kinds = _kinds_wanted(query)
    for doc_id in first:
        shape = shapes[doc_id]
        first[doc_id] *= shape.standing * kinds[shape.kind]
    best = nlargest(LOOKED_AT, first.items(), key=lambda found: (found[1], -found[0]))
    return {doc_id: score * _fit(query, shapes[doc_id]) for doc_id, score in best}


def _kinds_wanted(query: Query) -> dict[str, float]:
    """How far each kind of code stands behind: anesthesia and measures unless asked for, all others if one is."""
    is_wanted = not query.stems.isdisjoint(ANESTHESIA_GIVEN) or not ANESTHESIA_WORDS.isdisjoint(query.signs)
    anesthesia = not is_wanted and not query.read.isdisjoint(ANESTHESIA_WORDS)
    measure = not query.stems.isdisjoint(MEASURE_WORDS)
    plain = FAR_BEHIND if anesthesia else BEHIND if measure else 1.0
    further = 1.0 if not query.stems.isdisjoint(FURTHER_WORDS) else LITTLE_BEHIND
    return {
        "anesthesia": 1.0 if anesthesia else BEHIND,
        "measure": 1.0 if measure else BEHIND,
        "further": plain * further,
        "proprietary": plain * LITTLE_BEHIND,
        "drug": plain * (DRUG_ALONE if len(query.slots) == 1 else 1.0),
        "": plain,
    }


def _match_scores(query: Query, postings: Postings, allowed: frozenset[int] | None, size: int) -> Matches:
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
        _spanned(query.spans, shape.spans)
        * _signed(query, shape)
        * (1 + WHOLE_NAME * likeness)
        * _plainness(query, shape)
        * _agreed(query, shape)
    )


def _plainness(query: Query, shape: Shape) -> float:
    """How little a name says that was not asked for: of siblings the plain one comes first."""
    unasked = sum(1 for word in shape.details if word not in query.sought)
    is_more = shape.beside and query.sought.isdisjoint(shape.beside)
    return PLAIN**unasked * (NOT_ALONE if is_more else 1.0) * _of_age(query, shape.spans.get("years"))


def _of_age(query: Query, age: Span | None) -> float:
    """A code for children is not meant where no child is asked for, nor one for adults where a child is."""
    if age is None or "years" in query.spans:
        return 1.0
    is_child = not query.read.isdisjoint(CHILD)
    if age.most <= GROWN_UP and not is_child and query.sought.isdisjoint(CHILD):
        return OF_A_CHILD
    return CONTRARY if age.least >= GROWN_UP and is_child else 1.0


def _agreed(query: Query, shape: Shape) -> float:
    """Of two opposites the one that was asked for: the venous duplex of one leg is not that of both."""
    pairs = zip(shape.opposites, query.opposites, strict=True)
    return CONTRARY ** sum(1 for mine, wanted in pairs if mine and wanted and mine != wanted)


def _signed(query: Query, shape: Shape) -> float:
    """With is not without: 71260 is not 71250. What is asked for without a sign is not what a name says is lacking."""
    if query.signs and _is_unwanted(query, shape):
        return OTHER_SIGN
    said = {word: _sign_of(word, shape.signs) for word in query.signs}
    agreeing = [said[word] == sign for word, sign in query.signs.items() if said[word]]
    if agreeing:
        return SAME_SIGN if all(agreeing) else OTHER_SIGN
    if any(word not in query.signs for word in query.stems & shape.lacking):
        return LACKING
    return NO_SIGN if "contrast" in query.signs else 1.0


def _is_unwanted(query: Query, shape: Shape) -> bool:
    """Whether a name holds what was asked to be lacking: "no stent" is not with lithotripsy and stent."""
    lacking = [word for word, sign in query.signs.items() if sign == WITHOUT and word.isalpha()]
    is_said = any(shape.signs.get(word) == WITHOUT for word in lacking)
    return not is_said and any(word in shape.name and word not in shape.signs for word in lacking)


def _sign_of(word: str, said: dict[str, str]) -> str:
    """The sign of a word, or of one that it is the beginning of: "no micro" is without microscopy."""
    if word in said or len(word) < LEAST_BEGINNING:
        return said.get(word, "")
    return next((sign for key, sign in said.items() if key.startswith(word)), "")


def _spanned(wanted: dict[str, Span], said: dict[str, Span]) -> float:
    """A lesion of 2.5 cm is not one of 0.5 cm or less."""
    both = [(said[unit], span) for unit, span in wanted.items() if unit in said]
    if any(mine.excludes(span) for mine, span in both):
        return OTHER_SIGN
    return SAME_SIGN if any(mine.holds(span) for mine, span in both) else 1.0


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
