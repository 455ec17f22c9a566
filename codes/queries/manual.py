"""What the NCCI Policy Manual says of a code or of a pair of codes: where, and in CMS's words where they are loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import and_

from django.conf import settings
from django.db.models import Q

from codes.caching.versions import versioned_cache
from codes.models import ManualParagraph, Release
from codes.models.release import Source
from codes.parsing.code_shapes import is_code
from codes.queries.releases import Calendar

MOST_FOUND = 40
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class ManualReference:
    """Where the manual speaks of a code. `section` and `number` are "" and 0 where a paragraph has none; `has_text` is
    whether CMS's words may be shown."""

    manual: str
    chapter: str
    section: str
    number: int
    page: str
    has_text: bool

    @property
    def path(self) -> str:
        """The place as the parts of an address: "IX/B/5/"; its page where it has no number, "I/E/#page-I-18"."""
        parts = filter(None, (self.chapter, self.section, str(self.number or "")))
        return "".join(f"{part}/" for part in parts) + ("" if self.number else f"#page-{self.page}")

    @property
    def location(self) -> str:
        """The place in words: "ch. IX, section B, paragraph 5, page IX-4"."""
        section = f", section {self.section}" if self.section else ""
        number = f", paragraph {self.number}" if self.number else ""
        return f"ch. {self.chapter}{section}{number}, page {self.page}"

    def __str__(self) -> str:
        return f"{self.manual}, {self.location}"


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph in CMS's words, line by line."""

    reference: ManualReference
    chapter_title: str
    section_title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A paragraph by its key and reference, and how many codes the range holds by which it names one: 0 for the code
    itself."""

    key: int
    reference: ManualReference
    named: str
    width: int


class _Index:
    """Which paragraphs name which codes. Few paragraphs name ranges, so that these are looked through one by one."""

    def __init__(self, release: int, name: str, has_text: bool) -> None:
        self._codes: dict[str, list[_Mention]] = {}
        self._ranges: dict[tuple[str, str], list[_Mention]] = {}
        rows = ManualParagraph.objects.filter(release=release).exclude(codes="").order_by("pk")
        fields = ("pk", "codes", "chapter", "section", "number", "page")
        for key, codes, chapter, section, number, page in rows.values_list(*fields):
            reference = ManualReference(name, chapter, section, number, page, has_text)
            for named in codes.split():
                self._add(key, reference, named)

    def _add(self, key: int, reference: ManualReference, named: str) -> None:
        first, _, last = named.partition("-")
        if last:
            mention = _Mention(key, reference, named, _digits(last) - _digits(first))
            self._ranges.setdefault((first, last), []).append(mention)
        else:
            self._codes.setdefault(first, []).append(_Mention(key, reference, named, 0))

    def mentions(self, code: str) -> list[_Mention]:
        """Those of a code: by its own number first, then by the narrowest range, in the manual's order."""
        within = [
            mention
            for (first, last), mentions in self._ranges.items()
            if first <= code <= last and _shape(first) == _shape(code)
            for mention in mentions
        ]
        return sorted([*self._codes.get(code, ()), *within], key=lambda each: (each.width, each.key))


def _digits(code: str) -> int:
    return int("".join(filter(str.isdigit, code)))


def _shape(code: str) -> tuple[bool, bool]:
    """Whether it begins, and ends, with a digit: a range of CPT codes holds no Category III code."""
    return code[0].isdigit(), code[-1].isdigit()


def _may_show(release: Release) -> bool:
    """The manual paraphrases the AMA's descriptors; the sample has no word of it."""
    return settings.CPT_DESCRIPTIONS and not release.is_sample


def _index(release: Release) -> _Index:
    return _index_of(release.pk, release.loaded_at, release.name, _may_show(release))


@lru_cache(maxsize=4)
def _index_of(release: int, loaded_at: datetime, name: str, has_text: bool) -> _Index:
    """The rows of a release never change once it is ready, so that they are read once a process."""
    return _Index(release, name, has_text)


@versioned_cache(1024)
def _references(release: Release, code: str) -> Mapping[ManualReference, frozenset[str]]:
    """Where the manual names a code, and by which words. A page of edits asks for its code as often as it has rows."""
    named: dict[ManualReference, set[str]] = {}
    for mention in _index(release).mentions(code):
        named.setdefault(mention.reference, set()).add(mention.named)
    return {reference: frozenset(words) for reference, words in named.items()}


def manual_of(calendar: Calendar, at: date) -> Release | None:
    """The manual of that day, else the nearest one."""
    return calendar.nearest(Source.POLICY_MANUAL, at)


def references_to(calendar: Calendar, code: str, at: date) -> list[ManualReference]:
    """The paragraphs that name a code, the most particular first (one query a version of the data)."""
    release = manual_of(calendar, at)
    return list(_references(release, code)) if release else []


def references_to_pair(calendar: Calendar, one: str, two: str, at: date) -> list[ManualReference]:
    """The paragraphs that name both codes, each in words of its own: one range that holds both says nothing of them."""
    release = manual_of(calendar, at)
    if release is None:
        return []
    first, second = _references(release, one), _references(release, two)
    return [each for each in first if each in second and len(first[each] | second[each]) > 1]


def paragraphs(release: Release, chapter: str, section: str, number: int) -> list[ShownParagraph]:
    """A paragraph, or all of a section or a chapter, in the manual's order; none where CMS's words may not be shown."""
    found = ManualParagraph.objects.filter(release=release, chapter=chapter)
    found = found.filter(section=section) if section else found
    found = found.filter(number=number) if number else found
    return [_shown(release, row) for row in found.order_by("pk")] if _may_show(release) else []


def sections(release: Release) -> list[ShownParagraph]:
    """The first paragraph of each section, without its words: the table of contents."""
    rows = ManualParagraph.objects.filter(release=release).defer("text", "codes").order_by("pk")
    first: dict[tuple[str, str], ManualParagraph] = {}
    for row in rows if _may_show(release) else ():
        first.setdefault((row.chapter, row.section), row)
    return [_shown(release, row, is_in_full=False) for row in first.values()]


def search(release: Release, words: str) -> list[ShownParagraph]:
    """The paragraphs that name a code, or that hold all the words, at most `MOST_FOUND`."""
    wanted = words.split()[:MOST_WORDS]
    if not wanted or not _may_show(release):
        return []
    held = ManualParagraph.objects.filter(release=release)
    found = held.filter(reduce(and_, (_holds(release, word) for word in wanted)))
    return [_shown(release, row) for row in found.order_by("pk")[:MOST_FOUND]]


def _holds(release: Release, word: str) -> Q:
    """That a paragraph names the code, itself or in a range; that it holds a word which is no code."""
    if is_code(word.upper()):
        return Q(pk__in={mention.key for mention in _index(release).mentions(word.upper())})
    return Q(text__icontains=word)


def _shown(release: Release, row: ManualParagraph, *, is_in_full: bool = True) -> ShownParagraph:
    return ShownParagraph(
        ManualReference(release.name, row.chapter, row.section, row.number, row.page, _may_show(release)),
        row.chapter_title,
        row.section_title,
        tuple(row.text.split("\n")) if is_in_full else (),
    )
