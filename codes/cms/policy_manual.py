"""The NCCI Policy Manual: the rules behind the bundling edits, unit limits and add-on edits, anew each January.

CMS publishes a PDF of some 287 pages. The text of one (`ncci_policy_manual_2026.txt`) is read too: its lines one after
the other, the foot of a page at its end. A page ends with `Revision Date (Medicare): 1/1/2026` and its label, the
chapter in Roman numerals with a number that begins anew in each (`IX-4`, `Intro-3`).

Each of the thirteen chapters has a title page and a list of sections. Its text begins with a line that holds
`Chapter IX` and nothing else; its title follows, in one line or several, then `CPT Codes 70000 - 79999`, then the
sections, `B. Title` (also `B.Title`), lettered in order. In a section stand paragraphs numbered from 1 (`5. ...`),
with text before them, or text without numbers alone. A list within a section may begin again at 1 (chapter I,
section B). The Introduction has neither sections nor numbers. Paragraphs are parted by nothing: one ends in a line that
has room for the next word. Words are broken at their own hyphens only: `49613-` and `49618` are one range.

Codes are named one by one, or as ranges (`99202-99215`). A range as wide as a chapter speaks of no code.

The manual paraphrases descriptors of CPT, which are the AMA's: its text is shown with the AMA's notice only.

A csv with the header `chapter,section,number,page,codes` holds the references without a word of the text.

Refused: a file without the date of its revision, without chapters, a chapter twice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, Row, csv_records, is_blank, numbered_lines
from codes.cms.policy_manual_pages import Page, pages, revised

REFERENCES = Layout(tuple(map(Column, ("chapter", "section", "number", "page", "codes"))))
INTRODUCTION = "Intro"
WIDEST_RANGE = 1_000
ROOM = 84  # characters that every line of the manual has room for
SHORT = 60  # a line of fewer is a heading, or the end of a paragraph
SHORT = 60  # a line of fewer is a heading, or the end of a paragraph
_CHAPTER = re.compile(r"Chapter ([IVX]+)|Introduction")
_CODES_OF_CHAPTER = re.compile(r"\(?(?:CPT|HCPCS)\b.*\bcodes? ", re.IGNORECASE)
_SECTION = re.compile(r"([A-Z])\. ?(\S.*)")
_NUMBERED = re.compile(r"(\d{1,2})\. +(\S.*)")
_ITEM = re.compile(r"[•o▪] |\(?[a-z0-9]{1,2}[).] ")
_CODE = r"(?:\d{4}[0-9A-Z]|[A-V]\d{4})"
_NAMED = re.compile(rf"(?<![\w.$])({_CODE})(?: ?(?:[-–—]|through|to) ?({_CODE}))?(?!\w)")


@dataclass(frozen=True, slots=True)
class ManualParagraph:
    """One paragraph. `number` is 0 where it has none, `section` "" in the introduction; `page` is where it begins.

    `codes` are those it names, each once: `76376`, or a range, `99202-99215`. A line end parts the text within.
    """

    chapter: str
    section: str
    number: int
    page: str
    codes: tuple[str, ...]
    chapter_title: str = ""
    section_title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    revised: date


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph that is being read; `lines` pairs each of its lines with its page."""

    chapter: str = ""
    chapter_title: str = ""
    section: str = ""
    section_title: str = ""
    number: int = 0
    lines: list[tuple[str, str]] = field(default_factory=list)


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The date at the foot of the pages."""
    found = (revised(line) for page in pages(stream, file_name) for line in page.lines)
    if day := next(filter(None, found), None):
        return Heading(day)
    raise LayoutError(file_name, 0, "", None, 'has no line "Revision Date (Medicare): 1/1/2026"')


def parse(stream: BinaryIO, file_name: str) -> Iterator[ManualParagraph]:
    """Every paragraph, in the manual's order."""
    if file_name.lower().endswith(".csv"):
        return _references(stream, file_name)
    return _paragraphs(stream, file_name)


def codes_named(text: str) -> tuple[str, ...]:
    """The codes and ranges of codes in a text, each once, in its order.

    >>> codes_named("CPT codes 76376 or 76377, 78012-78999 (see 70000-79999) and 76376")
    ('76376', '76377', '78012-78999')
    """
    found: dict[str, None] = {}
    for first, last in _NAMED.findall(text):
        if not last:
            found[first] = None
        elif 0 < _digits(last) - _digits(first) < WIDEST_RANGE:
            found[f"{first}-{last}"] = None
    return tuple(found)


def _digits(code: str) -> int:
    return int(re.sub(r"\D", "", code))


def _references(stream: BinaryIO, file_name: str) -> Iterator[ManualParagraph]:
    records = csv_records(numbered_lines(stream, file_name), file_name)
    REFERENCES.check_titles(file_name, *next(records, (1, [])))
    for line, cells in records:
        if not is_blank(cells):
            yield _reference(REFERENCES.row(file_name, line, cells))


def _reference(row: Row) -> ManualParagraph:
    return ManualParagraph(
        chapter=row.read("chapter", coercers.filled),
        section=row.text("section"),
        number=row.read("number", coercers.whole_number),
        page=row.read("page", coercers.filled),
        codes=codes_named(row.text("codes")),
    )


def _paragraphs(stream: BinaryIO, file_name: str) -> Iterator[ManualParagraph]:
    chapters: list[str] = []
    for passage in _passages(pages(stream, file_name)):
        if passage.chapter and passage.chapter not in chapters[-1:]:
            if passage.chapter in chapters:
                raise LayoutError(file_name, 0, "", f"Chapter {passage.chapter}", "stands twice")
            chapters.append(passage.chapter)
        yield from _finished(passage)
    if not chapters:
        why = 'has no line "Chapter I": it is another document, or a PDF of pictures'
        raise LayoutError(file_name, 0, "", None, why)


def _passages(read: Iterable[Page]) -> Iterator[_Passage]:
    """Each paragraph with its lines, from the first chapter's first line on."""
    passage = _Passage()
    for page in read:
        for line in page.lines:
            begun = _chapter(passage, line, page.label) or _section(passage, line) or _numbered(passage, line)
            if begun:
                yield passage
                passage = begun
                line = line[_after_number(line) :] if passage.number else ""
            if line and not revised(line) and page.label.startswith(f"{passage.chapter}-"):
                passage.lines.append((page.label, line))
    yield passage


def _chapter(passage: _Passage, line: str, page: str) -> _Passage | None:
    """The chapter that a line begins: on a page of its own, where the list of chapters has none."""
    found = _CHAPTER.fullmatch(line)
    chapter = (found[1] or INTRODUCTION) if found else ""
    if found is None or passage.chapter == chapter or not page.startswith(f"{chapter}-"):
        return None
    return _Passage(chapter, "" if found[1] else line)


def _section(passage: _Passage, line: str) -> _Passage | None:
    """The section that a line begins. The first of a chapter turns what stood before it into the chapter's title."""
    found = _SECTION.fullmatch(line)
    letter = chr(ord(passage.section) + 1) if passage.section else "A"
    if found is None or found[1] != letter or passage.chapter in ("", INTRODUCTION):
        return None
    title = passage.chapter_title or " ".join(
        each for _, each in passage.lines if not _CODES_OF_CHAPTER.match(each)
    )
    if not passage.section:
        passage.lines.clear()
    return _Passage(passage.chapter, title, letter, found[2])


def _numbered(passage: _Passage, line: str) -> _Passage | None:
    """The paragraph that a line begins: the next number of its section, or 1, with which a further list begins."""
    found = _NUMBERED.fullmatch(line)
    if found is None or not passage.section or int(found[1]) not in (passage.number + 1, 1):
        return None
    return replace(passage, number=int(found[1]), lines=[])


def _after_number(line: str) -> int:
    found = _NUMBERED.fullmatch(line)
    return found.start(2) if found else 0


def _finished(passage: _Passage) -> Iterator[ManualParagraph]:
    """The paragraph; of text without numbers, each paragraph of it."""
    pieces = list(_pieces(passage.lines))
    if passage.number and pieces:
        pieces = [(pieces[0][0], "\n".join(text for _, text in pieces))]
    for page, text in pieces:
        yield ManualParagraph(
            passage.chapter,
            passage.section,
            passage.number,
            page,
            codes_named(text),
            passage.chapter_title,
            passage.section_title,
            text,
        )


def _pieces(lines: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines joined to paragraphs and items of lists, each with the page on which it begins."""
    if not lines:
        return
    page, text = lines[0]
    for (_, before), (next_page, line) in pairwise(lines):
        if _ITEM.match(line) or _ends(before, line):
            yield page, text
            page, text = next_page, line
        else:
            text += line if text.endswith("-") else f" {line}"
    yield page, text


def _ends(line: str, following: str) -> bool:
    """Whether a paragraph, or a heading, ends with a line: it had room for the next word, which is capitalized."""
    has_room = len(line) + 1 + len(following.split()[0]) <= ROOM
    return has_room and following[0].isupper() and (line[-1] in ".:;)?”" or len(line) < SHORT)
