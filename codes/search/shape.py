"""A document as the ranking reads it: worked out once, when the index is built."""

import re
from dataclasses import dataclass
from sys import intern

from codes.search.document import Document
from codes.search.opposites import opposites_in
from codes.search.spans import Span, spans_in
from codes.search.thesaurus import Phrase, phrase_of
from codes.search.words import WITHOUT, content, fold, signs_of, stem, words_of

BAND = {1: 1.4, 2: 1.25, 3: 1.1, 4: 1.0, 5: 0.9}
# Deleted codes stand far behind those in use.
DELETED = 0.45
# Drugs without a name of ours are not ranked: they count as what is billed now and then.
_DRUG = re.compile(r"(?:J[0-9]|Q5)[0-9]{3}")
DRUG_BAND = 3
_FURTHER = re.compile(r"\b(?:additional|added|add-on)\b", re.IGNORECASE)
# Words that say what is special about one of several siblings: the one without them is meant where they are not asked.
_DETAILS = (
    "revision removal exchange replacement repositioning conversion reinsertion repair reconstruction recurrent "
    "secondary reoperation staged stage second delayed complicated limited radical extensive neonatal pediatric infant "
    "obstetric recording hookup therapeutically"
)
DETAILS = frozenset(map(stem, _DETAILS.split()))
LONGEST_HEAD = 120
_PROPRIETARY = re.compile(r"[0-9]{4}U")
_MEASURE = re.compile(r"[0-9]{4}[FT]|M[01][0-9]{3}|G(?:8[3-9]|9)[0-9]+")
# A bare analyte asks for its test, a bare drug for its injection.
_ASSAY = re.compile(r"(?:Drug )?(?:Assay|Asy) (?:of )?")
_EACH = re.compile(r"\beach additional [0-9.,]+ ?(?:sq )?(?:cm|min(?:utes)?|g)\b")
_INSIDE = re.compile(r"\(([^),]*)\)")
_GENERIC = re.compile(r"\b(?:total|level|levels|test|assay|measurement)\b", re.IGNORECASE)
_LACKING = re.compile(r",? (?:without|no|not) [^,;(]*(?! and with)", re.IGNORECASE)
_BESIDE = re.compile(r"(?<!with or )(?<!without and )\b(?:with|plus) ([^,;(]+)", re.IGNORECASE)
_ANESTHESIA = re.compile(r"0[01][0-9]{3}")

NO_SIGNS: dict[str, str] = {}
NO_SPANS: dict[str, Span] = {}
NO_WORDS: frozenset[str] = frozenset()  # another empty one takes 216 bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """A document as the ranking reads it: the stems of its name and of each synonym, and its signs."""

    document: Document
    name: Phrase
    phrases: tuple[Phrase, ...]
    signs: dict[str, str]
    spans: dict[str, Span]
    details: Phrase
    opposites: tuple[str, ...]
    lacking: frozenset[str]
    beside: frozenset[str]
    standing: float
    kind: str


def shape_of(document: Document, known: Document) -> Shape:
    """The shape of a document by what is known of it: its own texts, and what the tables add."""
    analyte = _ASSAY.sub("", document.description)
    texts = [
        known.name,
        analyte,
        *_parts(document.name),
        *known.words.split(";"),
        *known.description.split(";"),
        known.code,
    ]
    phrases = [tuple(dict.fromkeys(map(intern, phrase_of(text)))) for text in map(_without_lacking, texts)]
    signs: dict[str, str] = {}
    for text in (document.name, document.description, document.words, document.hcpcs_text):
        signs = signs_of(words_of(text)) | signs if text else signs
    return Shape(
        document=document,
        name=phrases[0],
        phrases=tuple(filter(None, dict.fromkeys(phrases))),
        signs=signs or NO_SIGNS,
        spans=spans_in(fold(document.description))
        | spans_in(_EACH.sub("", fold(f"{document.name or document.hcpcs_text} {known.section}")))
        or NO_SPANS,
        details=_details(document),
        opposites=opposites_in(phrase_of(document.name or known.name)),
        lacking=_lacking(document),
        beside=_beside(document.name),
        standing=BAND[_band(document)] * (DELETED if document.is_deleted else 1.0),
        kind=_kind(document),
    )


def _parts(name: str) -> list[str]:
    """What else a name says: the abbreviations in it, and of a laboratory test the analyte alone."""
    return [*_INSIDE.findall(name), _GENERIC.sub("", _INSIDE.sub("", name).split(",")[0])]


def _without_lacking(text: str) -> str:
    """A text up to what it says is lacking: "Lumpectomy, without axillary dissection" is a plain lumpectomy."""
    return _LACKING.sub("", text)


def _lacking(document: Document) -> frozenset[str]:
    """What a name says is lacking."""
    signs = signs_of(words_of(document.name))
    return frozenset(word for word, sign in signs.items() if sign == WITHOUT and word.isalpha()) or NO_WORDS


def _beside(name: str) -> frozenset[str]:
    """What a name says is done besides: of "Lumpectomy with axillary node dissection" the axillary node dissection."""
    found = _BESIDE.search(name)
    return frozenset(phrase_of(found[1])) - {"contrast"} if found else NO_WORDS


def _details(document: Document) -> Phrase:
    """The words by which a name is less plain than its siblings: a revision, a removal, a second stage."""
    words = content(words_of(document.name or document.hcpcs_text[:LONGEST_HEAD]))
    return tuple(dict.fromkeys(found for word in words if (found := intern(stem(word))) in DETAILS))


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
    if _PROPRIETARY.fullmatch(document.code):
        return "proprietary"
    return "drug" if _DRUG.fullmatch(document.code) else ""
