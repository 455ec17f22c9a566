"""Diagnosis codes of ICD-10-CM as they are typed: `M17.11`, `m1711`, several with commas or blanks between them.

On a claim line nothing says what a word is, so that only what can be nothing else is read as a diagnosis there: a code
with its dot, or three characters whose letter begins no adjustment reason and no remark (`I10`, but not `N20`, which is
a remark, and not `B20`, a reason). A label in front (`dx: E1165, B20`) makes diagnoses of all that follows; in the
middle of a line only of the first word where it may be a HCPCS code too (`E1390`). Behind a label single letters are
pointers (`dx=AB`, `dx A,B`), and so are the numbers of an 837 (`dx=1,2`, `dx 1:2`): the line is for the first and the
second diagnosis of the claim.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from codes.parsing.code_shapes import is_code
from codes.parsing.plain import plain, quoted

FIELDS = "ABCDEFGHIJKL"  # of item 21 of the CMS-1500
MOST_DIAGNOSES = len(FIELDS)
MOST_POINTERS = 4  # of a line: item 24E has room for four letters
_CATEGORY = r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])"
DIAGNOSIS = rf"{_CATEGORY}(?:\.[0-9A-Z]{{1,4}})?"
_DIAGNOSIS = re.compile(DIAGNOSIS)
_WITHOUT_DOT = re.compile(rf"({_CATEGORY})([0-9A-Z]{{1,4}})")
_REASON_OR_REMARK = frozenset("ABDMNPWY")
POINTERS = "~"  # before the letters of the diagnoses that a line points to, in the compact form of an address
_POINTER_LABEL = r"\b(?:DX|DIAG|PTR|POINTERS?)[ :=#]*"
_POINTERS = re.compile(rf"(?:{POINTERS}|{_POINTER_LABEL})([A-L](?:[ ,]{{0,2}}[A-L]){{0,11}})(?![A-Z0-9.):])")
_NUMBER = "(?:1[0-2]|[1-9])"
_NUMBERS = re.compile(rf"{_POINTER_LABEL}({_NUMBER}(?:(?:, ?|:){_NUMBER}){{0,11}})(?![A-Z0-9.):])")
_FIELD = re.compile(r"[A-L][.):]?|[0-9]{1,2}[.):]")  # A. to L. and 1. to 12., which stand before a diagnosis
_LABEL = re.compile(
    rf"\b(?:DX|DIAG(?:NOSIS|NOSES)?|ICD(?:-?10)?(?:-?CM)?)(?: CODES?)?[ :=#.]+(?=(?:[A-L][.):] *)?{_CATEGORY})"
)


def is_diagnosis(text: str) -> bool:
    """Whether `text` has the shape of a diagnosis code with its dot, or of a category.

    >>> is_diagnosis("M17.11"), is_diagnosis("I10"), is_diagnosis("M1711"), is_diagnosis("99213")
    (True, True, False, False)
    """
    return bool(_DIAGNOSIS.fullmatch(text))


def read_diagnosis(text: str) -> str:
    """A diagnosis code with its dot; ValueError says that it is none.

    >>> read_diagnosis("m1711"), read_diagnosis("s52.501a")
    ('M17.11', 'S52.501A')
    """
    code = plain(text).strip(" .")
    if is_diagnosis(code):
        return code
    if found := _WITHOUT_DOT.fullmatch(code):
        return f"{found[1]}.{found[2]}"
    shown = quoted(code) if any(map(str.isdigit, code)) else "A word"  # what may be a name is not repeated
    raise ValueError(f"{shown} is not a diagnosis: an ICD-10-CM code is like M17.11.")


def read_diagnoses(text: str) -> tuple[str, ...]:
    """Diagnoses in their order, each once; ValueError names what is none, or that there are too many.

    >>> read_diagnoses("A. M17.11  B. E119"), read_diagnoses("m17.11,i10")
    (('M17.11', 'E11.9'), ('M17.11', 'I10'))
    """
    words = [word for word in re.split(r"[\s,;|]+", plain(text)) if word and not _FIELD.fullmatch(word)]
    return checked_diagnoses(read_diagnosis(word) for word in words)


def checked_diagnoses(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once; ValueError where a claim has no room for so many."""
    found = tuple(dict.fromkeys(codes))
    if len(found) > MOST_DIAGNOSES:
        raise ValueError(f"A claim holds at most {MOST_DIAGNOSES} diagnoses; these are {len(found)}.")
    return found


def with_pointers(row: str) -> str:
    """A line of text in capitals with its diagnosis pointers as one word.

    >>> with_pointers("99214 25 DX=A,B $150.00"), with_pointers("99214~A"), with_pointers("DX A. M17.11")
    ('99214 25  ~AB  $150.00', '99214 ~A ', 'DX A. M17.11')
    >>> with_pointers("99214 DX=1:12 $150.00"), with_pointers("99214 DX 1 2 UNITS"), with_pointers("DX 1. M17.11")
    ('99214  ~AL  $150.00', '99214  ~A  2 UNITS', 'DX 1. M17.11')
    """
    row = _NUMBERS.sub(lambda found: f"{POINTERS}{_letters(found[1])}", row)
    return _POINTERS.sub(lambda found: f" {POINTERS}{re.sub('[ ,]', '', found[1])} ", row)


def _letters(numbers: str) -> str:
    return "".join(FIELDS[int(number) - 1] for number in re.findall(r"[0-9]+", numbers))


def checked_pointers(letters: Iterable[str]) -> str:
    """Each letter once; ValueError where a line has no room for so many."""
    found = "".join(dict.fromkeys(letters))
    if len(found) > MOST_POINTERS:
        raise ValueError(f"a line points to at most {MOST_POINTERS} diagnoses; these are {len(found)}")
    return found


def pointed(diagnoses: Sequence[str], pointers: str) -> tuple[str, ...]:
    """The diagnoses of a claim that a line points to, the first one first; all of them where it has no pointers.

    >>> pointed(("M17.11", "E11.9", "I10"), "CA"), pointed(("M17.11", "E11.9"), "")
    (('I10', 'M17.11'), ('M17.11', 'E11.9'))
    """
    return tuple(diagnoses[FIELDS.index(letter)] for letter in pointers or FIELDS[: len(diagnoses)])


def on_line(word: str) -> bool:
    """Whether a word of a claim line can be nothing but a diagnosis.

    >>> on_line("M17.11"), on_line("I10"), on_line("N20"), on_line("B20"), on_line("E1165")
    (True, True, False, False, False)
    """
    return is_diagnosis(word) and ("." in word or word[0] not in _REASON_OR_REMARK)


def with_dot(text: str) -> tuple[str, ...]:
    """The diagnoses with their dot among the words of a line, at most as many as a claim holds.

    >>> with_dot("99214 25 m17.11, E11.9 fac"), with_dot("20610+76942 I10")
    (('M17.11', 'E11.9'), ())
    """
    words = re.split(r"[\s,;|]+", plain(text))
    return tuple(dict.fromkeys(word for word in words if "." in word and is_diagnosis(word)))[:MOST_DIAGNOSES]


def take_labeled(row: str) -> tuple[str, tuple[str, ...]]:
    """A line of text in capitals without the diagnoses behind a label, and these.

    >>> take_labeled("99214 25 DX: M17.11, E11.9 $150.00")
    ('99214 25  $150.00', ('M17.11', 'E11.9'))
    >>> take_labeled("DX E1165 B20"), take_labeled("DX 99213")
    (('', ('E11.65', 'B20')), ('DX 99213', ()))
    """
    label = _LABEL.search(row)
    if label is None:
        return row, ()
    before, words = row[: label.start()], re.split(r"[\s,;|]+", row[label.end() :])
    begins = (
        0 if before.strip() else len(words)
    )  # where a word may be a HCPCS code, which the label's first never is
    taken = list(takewhile(lambda each: _belongs(each[1], each[0] > begins), enumerate(words)))
    found = tuple(read_diagnosis(word) for _, word in taken if not _FIELD.fullmatch(word))
    return " ".join([before, *words[len(taken) :]]).rstrip(), found


def _belongs(word: str, may_be_code: bool) -> bool:
    """Whether a word behind a label is a diagnosis, or the letter of its field."""
    is_one = is_diagnosis(word) or (_WITHOUT_DOT.fullmatch(word) and not (may_be_code and is_code(word)))
    return bool(is_one or _FIELD.fullmatch(word))
