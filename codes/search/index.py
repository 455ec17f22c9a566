"""The search index: built once for all codes, kept in memory, asked many times.

index = Index(documents)
index.search("ct chest w/o contrast")     codes, the best first
index.search("9921")                      a code or its beginning comes before any words
index.nearest_words("colonscpy")          for an empty result: words that are known, spelled alike
index.nearest_categories("tonsil xyz")    and categories that hold some of the words
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from codes.search.document import Document, Highlight, Hit
from codes.search.postings import FIELD_BITS, Postings
from codes.search.query import Query, understand
from codes.search.ranking import rank
from codes.search.shape import Shape, shape_of
from codes.search.tables import Tables, enriched, read_tables
from codes.search.words import content, fold, stem, words_of

_BEGINNING = re.compile(r"[0-9][0-9]{0,3}[0-9a-z]?|[a-z][0-9]{1,4}")
_CODE = re.compile(r"\b(?:[0-9]{4}[0-9a-z]|[a-z][0-9]{4})\b")
_RANGE = re.compile(
    r"([0-9]{4}[0-9a-z]|[a-z][0-9]{4}) ?(?:-|to|thru|through) ?([0-9]{4}[0-9a-z]|[a-z][0-9]{4})"
)
_WORD = re.compile(r"[a-z0-9]+(?:[-'&/][a-z0-9]+)*", re.IGNORECASE)
SHOWN = ("name", "words", "description", "hcpcs_text", "family")
CODE_SCORE = 1000.0
LONGEST_QUERY = 200
SHAPES_IN_A_PART = 4_000
MOST_UNKNOWN = 8  # words of a query that found nothing which are looked for among those spelled nearly so


class Index:
    """All documents, ready to be searched. Nothing changes after it is built; threads may share it."""

    def __init__(self, documents: Iterable[Document], tables: Tables | None = None) -> None:
        tables = read_tables() if tables is None else tables
        ordered = sorted(documents, key=lambda found: found.code)
        self._shapes: list[Shape] = []
        self._postings = Postings(self._shaped(ordered, tables))
        self._codes = [document.code for document in ordered]
        self._thesaurus = tables.thesaurus

    def _shaped(self, documents: Sequence[Document], tables: Tables) -> Iterator[Document]:
        """Stores each document's ranking features and yields the enriched document for indexing: one tokenisation."""
        for document, known in zip(documents, enriched(documents, tables), strict=True):
            self._shapes.append(shape_of(document, known))
            yield known

    def __len__(self) -> int:
        return len(self._shapes)

    @property
    def documents(self) -> Iterator[Document]:
        """The documents as they were given, in the order of their codes."""
        return (shape.document for shape in self._shapes)

    def parts(self) -> Iterator[object]:
        """The index in parts to be stored one after the other, of which `of_parts` makes it again."""
        yield self._postings, self._thesaurus
        for first in range(0, len(self._shapes), SHAPES_IN_A_PART):
            yield self._shapes[first : first + SHAPES_IN_A_PART]

    @classmethod
    def of_parts(cls, parts: Iterable[Any]) -> "Index":
        """The index whose `parts` these are."""
        index, (whole, *lots) = cls.__new__(cls), parts
        index._postings, index._thesaurus = whole
        index._shapes = [shape for lot in lots for shape in lot]
        index._codes = [document.code for document in index.documents]
        return index

    def search(
        self, query: str, *, kind: str | None = None, category: str | None = None, limit: int = 20
    ) -> list[Hit]:
        """The codes that answer `query`, the best first; never raises, empty where nothing answers.

        `kind` and `category` narrow the list to documents that say exactly so.
        """
        text = fold(query[:LONGEST_QUERY])[:LONGEST_QUERY]
        allowed = self._allowed(kind, category)
        understood = self._understand(text)
        scores = rank(understood, self._shapes, self._postings, allowed)
        by_code = [doc_id for doc_id in self._by_code(text) if allowed is None or doc_id in allowed]
        scores |= {doc_id: CODE_SCORE - order for order, doc_id in enumerate(by_code)}
        best = sorted(scores, key=lambda doc_id: (-round(scores[doc_id], 6), self._band(doc_id), doc_id))[
            :limit
        ]
        named = set(by_code)
        return [self._hit(doc_id, scores[doc_id], understood, doc_id in named) for doc_id in best]

    def nearest_words(self, query: str, limit: int = 5) -> list[str]:
        """Known words spelled like the first of a query that found nothing."""
        unknown = [
            word for word in content(words_of(query[:LONGEST_QUERY])) if stem(word) not in self._postings
        ]
        near = [self._postings.like(word) or self._begun(word) for word in unknown[:MOST_UNKNOWN]]
        return list(dict.fromkeys(word for found in near for word, _ in found))[:limit]

    def nearest_categories(self, query: str, limit: int = 3) -> list[str]:
        """RBCS subcategories whose codes hold most of the query's words, or words like them."""
        counted: Counter[str] = Counter()
        for slot in understand(query[:LONGEST_QUERY], self._postings, self._thesaurus).slots:
            for alternative in slot.alternatives:
                for posting in self._postings.of(alternative.stems[0]):
                    counted[self._shapes[posting >> FIELD_BITS].document.subcategory] += 1
        counted.pop("", None)
        return [name for name, _ in counted.most_common(limit)]

    def _understand(self, text: str) -> Query:
        """The words of a query without the codes in it, which are looked up as codes."""
        return understand(_CODE.sub(self._unless_known, text), self._postings, self._thesaurus)

    def _unless_known(self, found: re.Match[str]) -> str:
        return "" if self._doc_ids(found[0].upper(), found[0].upper()) else found[0]

    def _by_code(self, text: str) -> list[int]:
        """Documents whose code is in the query, is within a range, or begins with the whole query."""
        if span := _RANGE.fullmatch(text):
            return self._doc_ids(span[1].upper(), span[2].upper())
        beginning = text.replace(" ", "").strip("#.,?")
        if _BEGINNING.fullmatch(beginning):
            doc_ids = self._doc_ids(beginning.upper(), beginning.upper() + "\uffff")
            return sorted(doc_ids, key=lambda doc_id: (self._band(doc_id), doc_id))
        return [
            doc_id for code in _CODE.findall(text) for doc_id in self._doc_ids(code.upper(), code.upper())
        ]

    def _doc_ids(self, first: str, last: str) -> list[int]:
        begin, end = bisect_left(self._codes, first), bisect_left(self._codes, last + "\x00")
        return list(range(begin, end))

    def _band(self, doc_id: int) -> int:
        return self._shapes[doc_id].document.band

    def _begun(self, word: str) -> list[tuple[str, float]]:
        words, beginning = self._postings.words, word[:3]
        first = bisect_left(words, beginning)
        last = bisect_left(words, beginning + "\uffff")
        return [(known, 1.0) for known in words[first:last]] if len(word) > 2 else []

    def _allowed(self, kind: str | None, category: str | None) -> frozenset[int] | None:
        if kind is None and category is None:
            return None
        return frozenset(
            doc_id
            for doc_id, shape in enumerate(self._shapes)
            if kind in (None, shape.document.kind) and category in (None, shape.document.category)
        )

    def _hit(self, doc_id: int, score: float, query: Query, by_code: bool) -> Hit:
        document = self._shapes[doc_id].document
        highlights = tuple(found for field in SHOWN for found in _highlights(document, field, query))
        counted = Counter(found.field for found in highlights)
        field = "code" if by_code else max(SHOWN, key=lambda name: counted[name])
        return Hit(document.code, round(score, 6), highlights, field)


def _highlights(document: Document, field: str, query: Query) -> Iterator[Highlight]:
    """Where each thing asked for stands in one field: by its own words, or else by the first of its meanings."""
    shown = [(found, _stems_of(found[0].casefold())) for found in _WORD.finditer(getattr(document, field))]
    standing = {key for _, stems in shown for key in stems}
    if query.sought.isdisjoint(standing):
        return
    answering = {key for slot in query.slots for key in slot.answered_by(standing)}
    for found, stems in shown:
        if not answering.isdisjoint(stems):
            yield Highlight(field, found.start(), found.end())


@lru_cache(maxsize=65_536)
def _stems_of(shown: str) -> frozenset[str]:
    """The stems of a word as it stands in a text: of x-ray its one, of knee-ankle-foot its three."""
    return frozenset(stem(word) for word in content(words_of(shown)))
