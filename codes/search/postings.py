"""The inverted index: for each stem the documents it stands in, and in which fields.

A document's own code is one of its stems, standing where its name does: a word may mean a code.

A posting is one integer, `doc_id << 10 | fields`, where `doc_id` numbers the document and each bit of `fields`
is one of `FIELDS`: four bytes a posting, some two megabytes for all codes, those of all stems one after the other.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from codes.search.document import FIELDS, Document
from codes.search.words import content, stem, words_of

FIELD_BITS = 10
FIELD_MASK = (1 << FIELD_BITS) - 1
MOST_PREFIXED = 24
MOST_MISSPELLED = 3
# How alike a misspelled word must be to one that is known: one slip in four letters, two in eight.
LIKENESS = 0.74


def _strengths() -> tuple[float, ...]:
    """For each set of fields how much a word standing there counts: the best field, and a little for others."""
    weights = tuple(FIELDS.values())

    def strength(fields: int) -> float:
        standing = [weight for bit, weight in enumerate(weights) if fields >> bit & 1]
        return max(standing) + 0.1 * (sum(standing) - max(standing)) if standing else 0.0

    return tuple(strength(fields) for fields in range(FIELD_MASK + 1))


STRENGTHS = _strengths()


def _note(postings: "dict[str, array[int]]", key: str, doc_id: int, bit: int) -> None:
    """Note that a stem stands in a field of the document that is being read, the latest."""
    of_key = postings.setdefault(key, array("I"))
    if of_key and of_key[-1] >> FIELD_BITS == doc_id:
        of_key[-1] |= 1 << bit
    else:
        of_key.append(doc_id << FIELD_BITS | 1 << bit)


class Postings:
    """Stems of all documents, with the words they come from for prefixes and misspellings."""

    def __init__(self, documents: Iterable[Document]) -> None:
        postings: dict[str, array[int]] = {}
        stems_of_words: dict[str, str] = {}
        for doc_id, document in enumerate(documents):
            _note(postings, document.code.casefold(), doc_id, 0)
            for bit, field in enumerate(FIELDS):
                for word in content(words_of(getattr(document, field))):
                    if (key := stems_of_words.get(word)) is None:
                        key = stems_of_words[word] = stem(word)
                    _note(postings, key, doc_id, bit)
        self._number = {key: number for number, key in enumerate(postings)}
        self._postings, self._ends = array("I"), array("I", [0])
        for of_key in postings.values():
            self._postings.extend(of_key)
            self._ends.append(len(self._postings))
        self._stem_of = stems_of_words
        self.words: Sequence[str] = sorted(stems_of_words)
        self._plain = [word for word in self.words if word.isalpha() and len(word) > 3]

    def __contains__(self, key: object) -> bool:
        return key in self._number

    def of(self, key: str) -> Sequence[int]:
        number = self._number.get(key)
        return () if number is None else self._postings[self._ends[number] : self._ends[number + 1]]

    def beginning_with(self, beginning: str) -> list[str]:
        """Stems of words that begin so, the most frequent first."""
        begin, end = bisect_left(self.words, beginning), bisect_left(self.words, beginning + "\uffff")
        stems = {self._stem_of[word] for word in self.words[begin:end]}
        return sorted(stems, key=lambda key: -len(self.of(key)))[:MOST_PREFIXED]

    def like(self, word: str) -> list[tuple[str, float]]:
        """(word, likeness 0 to 1) of known words spelled nearly so, the likest first."""
        found = process.extract(
            word,
            self._plain,
            scorer=OSA.normalized_similarity,
            score_cutoff=LIKENESS,
            limit=3 * MOST_MISSPELLED,
        )
        ranked = sorted(found, key=lambda hit: (-hit[1], hit[0][0] != word[0], -len(self.of(stem(hit[0])))))
        return [(hit[0], hit[1]) for hit in ranked[:MOST_MISSPELLED]]
