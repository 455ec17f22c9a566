"""A contractor's billing article or LCD as the check of diagnoses reads it, and which of its groups holds for a code.

CMS's coverage database does not tie a group of codes to a group of diagnoses by their numbers: the paragraph above a
group says, in words, what it holds for. So words that name codes, or a group of codes, are read; where they name none,
nothing is assumed.
"""

import re
from dataclasses import dataclass
from datetime import date

VIEW = "https://www.cms.gov/medicare-coverage-database/view/"
_CODE = r"\b(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})\b"
_NAMED = re.compile(rf"({_CODE})(?:\s*(?:-|\u2013|to|through)\s*({_CODE}))?")
_GROUPS = re.compile(r"\bGroups? +(\d{1,2}(?:(?:, *and *|, *| *and *| *or *| *& *)\d{1,2})*)", re.IGNORECASE)
_OF_PROCEDURES = re.compile(r"\b(?:CPT|HCPCS|procedure)", re.IGNORECASE)
_EXCEPTION = re.compile(r"\b(?:not|no|except|excludes?|excluding|other than|without|unless)\b", re.IGNORECASE)
_ASKS_MORE = re.compile(
    r"\b(?:secondary|primary|in addition|both|combination|together with|along with|also|two|dual|one of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A group of codes or diagnoses: its number, the words above it, its codes ("M17.0-M17.9" is a range), those with
    an asterisk, and what that means. One without codes has no list."""

    number: int
    words: str
    codes: tuple[str, ...]
    starred: frozenset[str] = frozenset()
    note: str = ""

    def lists(self, code: str) -> bool:
        """Whether a code stands in the group, by itself or in a range.

        >>> group = ListGroup(1, "", ("M17.0-M17.2", "I10"))
        >>> group.lists("M17.11"), group.lists("I10"), group.lists("M17.9")
        (True, True, False)
        """
        return any(_covers(entry, code) for entry in self.codes)

    def star_of(self, code: str) -> bool:
        """Whether the asterisk stands at a code."""
        return any(_covers(entry, code) for entry in self.starred)

    @property
    def asks_for_more(self) -> bool:
        """Whether the words above may ask for a second diagnosis or another condition."""
        return bool(_ASKS_MORE.search(self.words))

    @property
    def names_exceptions(self) -> bool:
        """Whether the words above name codes for which the group may not hold."""
        return bool(_EXCEPTION.search(self.words) and _NAMED.search(self.words))

    def holds_for(self, code: str, its_groups: frozenset[int]) -> bool | None:
        """Whether the words say that the group is for a procedure that stands in these groups of codes; None where they
        do not say it.

        >>> ListGroup(1, "These support CPT codes 93306-93308:", ()).holds_for("93307", frozenset())
        True
        >>> ListGroup(2, "For the CPT codes in Group 2:", ()).holds_for("93306", frozenset({1}))
        False
        >>> ListGroup(2, "Do not report with 93306.", ()).holds_for("93306", frozenset({1})) is None
        True
        """
        if _EXCEPTION.search(self.words):
            return None
        if named := _NAMED.findall(self.words):
            return any(first <= code <= (last or first) for first, last in named)
        if _OF_PROCEDURES.search(self.words) and (groups := _GROUPS.findall(self.words)):
            return bool(its_groups & {int(number) for each in groups for number in re.findall(r"\d+", each)})
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDrug:
    """A drug that the contractor takes for usually self-administered, from a day and until another where given."""

    code: str
    brand: str
    begins: date | None
    ends: date | None

    def holds_on(self, at: date) -> bool:
        return (self.begins is None or self.begins <= at) and (self.ends is None or at <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article ("A57201") or LCD ("L33394"): its days, the groups of its codes and diagnoses, its drugs and the
    numbers of the documents that it names. `for_equipment` marks one by which a DME MAC decides."""

    number: str
    title: str
    begins: date | None = None
    revised: date | None = None
    ends: date | None = None
    related: tuple[str, ...] = ()
    codes: tuple[ListGroup, ...] = ()
    supports: tuple[ListGroup, ...] = ()
    excludes: tuple[ListGroup, ...] = ()
    drugs: tuple[ListedDrug, ...] = ()
    for_equipment: bool = False

    @property
    def address(self) -> str:
        """Its page in CMS's coverage database."""
        return document_address(self.number)

    @property
    def is_lcd(self) -> bool:
        return self.number.startswith("L")

    def groups_of(self, code: str) -> frozenset[int]:
        """The groups of codes in which a procedure stands."""
        return frozenset(group.number for group in self.codes if group.lists(code))

    def drug(self, code: str, at: date) -> ListedDrug | None:
        """The drug of a code on its list of a day, None where it is on none."""
        return next((drug for drug in self.drugs if drug.code == code and drug.holds_on(at)), None)

    def in_force(self, at: date) -> bool:
        """Whether the day lies between its first and its last."""
        return (self.begins is None or self.begins <= at) and (self.ends is None or at <= self.ends)


def document_address(number: str) -> str:
    """The page of a document in CMS's coverage database.

    >>> document_address("L33394").partition("view/")[2], document_address("A57201").partition("view/")[2]
    ('lcd.aspx?lcdid=33394', 'article.aspx?articleid=57201')
    """
    kind = "lcd" if number.startswith("L") else "article"
    return f"{VIEW}{kind}.aspx?{kind}id={number[1:]}"


def _covers(entry: str, code: str) -> bool:
    first, _, last = entry.partition("-")
    return first <= code and code[: len(last)] <= last if last else first == code
