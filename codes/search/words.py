"""Words out of text, the same way for documents and queries.

Text is folded (case, full-width characters, odd dashes), joined where the hyphen only ties a letter to its
word (x-ray, c-section, e/m), and parted everywhere else. *With* and *without* come out as signs of the words
that follow them: "CT chest w/o contrast" has the words ct, chest, contrast and the sign contrast: without.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

WITH, WITHOUT, BOTH = "with", "without", "both"
SIGNS = frozenset({WITH, WITHOUT, BOTH})

# Words that carry no meaning in a search, those of the question itself among them.
_IDLE = (
    "a an and are as at be bill billing billed by can charge cms code codes coding cost cpt do does fee "
    "fees for from get got has have hcpcs how i in into is it its me much my of on or our own per please "
    "procedure reimbursement s that the their them there this to was we what whats when which while who "
    "will you your"
)
IDLE = frozenset(_IDLE.split())

_ODD = str.maketrans(
    {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "®": " ", "™": " ", "\u00ad": ""}
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SIGNED = (
    (re.compile(r"\bnon-? ?contrast(?:ed)?\b|\bunenhanced\b"), f" {WITHOUT} contrast "),
    (re.compile(r"\bc-/? ?c\+"), f" {BOTH} contrast "),
    (re.compile(r"\bc-(?=\W|$)"), f" {WITHOUT} contrast "),
    (re.compile(r"\bc\+"), f" {WITH} contrast "),
    (re.compile(r"\bw/?wo\b|\bwo/?w\b|\b(?:before|pre)-? ?(?:&|and|or|/) ?(?:after|post)\b"), f" {BOTH} "),
    (re.compile(r"\bw/?(?:o|out)\b|\bw o\b|\bw/(?:o|out)(?=&)|\bno\b|\bnot\b"), f" {WITHOUT} "),
    (re.compile(r"\bw/|\bw(?=[ &]|$)"), f" {WITH} "),
    (re.compile(r"\bwith ?(?:&|/|and|or|,)? *without\b|\bwithout ?(?:&|/|and|or|,)? *with\b"), f" {BOTH} "),
)
# Whether a text can hold a sign at all; most of CMS's texts cannot.
_MAYBE_SIGNED = re.compile(r"\b(?:w|no|c-|c\+|before|pre|unenhanced)")
_AMPERSAND = re.compile(r"\b([a-z])(?: ?& ?| and )([a-z])\b")
_TYPE_A = re.compile(r"\b(hep|hepatitis|vit|vitamin|influenza|flu) a\b")
_TIED = re.compile(r"\b([a-z]|3)[-/']([a-z]\b|[a-z][a-z0-9]+|[0-9]+\b)")
_PREFIXED = re.compile(r"\b(non|intra)[- ](?=[a-z]{2})|\b(sub|re|semi|extra)-(?=[a-z]{2})")
_NUMBERED = re.compile(r"\b(group) ([0-9])\b")
_UNIT = re.compile(
    r"\b(\d+)-?(min|mins|minutes?|hrs?|mg|ml|mcg|cm|vw|v|views?|leads?|yrs?|yo|units?|days?)\b"
)
_AGE = re.compile(r"\b\d+ ?-?(?:(?:years?|yrs?|months?|mo)[ -]?old|y/?o|y\.o\.)\b")
# Each way of writing that is changed, after what a text must hold to have it: most texts hold none of these.
_WRITTEN = (
    (re.compile(r"\d"), _AGE, " "),
    (re.compile(r"&| and "), _AMPERSAND, r"\1&\2"),
    (re.compile(r" a\b"), _TYPE_A, r"\1 typea"),
    (re.compile(r"[-/']"), _TIED, r"\1\2"),
    (re.compile(r"\b(?:non|sub|re|semi|intra|extra)\b"), _PREFIXED, r"\1\2"),
    (re.compile(r"\bgroup \d"), _NUMBERED, r"\1\2"),
    (re.compile(r"\d"), _UNIT, r"\1 \2"),
)
_WORD = re.compile(r"\b[a-z]&[a-z]\b|[a-z0-9]+(?:\.[0-9]+)?")
NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip
# Words that are written in several ways.
_USUAL = NUMBERS | {
    "1st": "first", "2nd": "second", "3rd": "third",
    "vw": "view", "v": "view", "ii": "2", "iii": "3", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "added": "additional", "addl": "additional", "e&m": "em",
}  # fmt: skip
# Endings taken off, and how much of the word must be left.
_ENDINGS = (
    ("ional", 5), ("ation", 6), ("ator", 6), ("ate", 6), ("ing", 4), ("ed", 4), ("ion", 4), ("or", 6), ("ment", 5),
    ("al", 5), ("ic", 6), ("y", 6),
)  # fmt: skip
_DYES = {"dye": "contrast", "gad": "contrast", "gadolinium": "contrast", "gado": "contrast", "iv": "contrast"}


def fold(text: str) -> str:
    """Lower case, plain characters, plain spaces.

    >>> fold("ＣＴ\\u00a0Chest – 99213\\u200b")
    'ct chest - 99213'
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_ODD)
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, signs included, idle words left out.

    >>> words_of("CT of the chest w/o contrast, X-ray 2vw; I & D")
    ('ct', 'chest', 'without', 'contrast', 'xray', '2', 'view', 'i&d')
    """
    folded = fold(text)
    if _MAYBE_SIGNED.search(folded):
        for pattern, sign in _SIGNED:
            folded = " ".join(pattern.sub(sign, folded).split())
    for maybe, pattern, written in _WRITTEN:
        if maybe.search(folded):
            folded = pattern.sub(written, folded)
    found = (_USUAL.get(word, word) for word in _WORD.findall(folded))
    return tuple(word for word in found if word not in IDLE)


def content(words: Sequence[str]) -> list[str]:
    """The words without the signs."""
    return [word for word in words if word not in SIGNS]


def signs_of(words: Sequence[str]) -> dict[str, str]:
    """Which words are said to be with, without, or both: the two words after each sign.

    A sign at the very end means contrast, as in "mri brain w/wo".

    >>> signs_of(words_of("mri brain w/wo"))
    {'contrast': 'both'}
    """
    signs: dict[str, str] = {}
    for position, word in enumerate(words):
        if word in SIGNS:
            for signed in content(words[position + 1 : position + 3]) or ["contrast"]:
                signs.setdefault(stem(_DYES.get(signed, signed)), word)
    return signs


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The part of a word that its forms share; never shorter than three letters.

    >>> [stem(word) for word in ("removal", "removed", "biopsies", "placement", "views", "glasses", "trimmed")]
    ['remov', 'remov', 'biopsy', 'plac', 'view', 'glass', 'trim']
    """
    if len(word) < 4 or not word.isalpha():
        return word
    word = _singular(word)
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    if word[-1] == word[-2] and word[-1] not in "lsaeiou":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
