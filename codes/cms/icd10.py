"""ICD-10-CM, the tabular list of diagnosis codes, in XML: twice a year, from October 1 and from April 1.

The CDC publishes `icd10c-tabular-April-1-2026.xml`, CMS the same in `2026-code-tables-tabular-and-index.zip`
(`icd10cm-tabular-2026.xml`: the year is the fiscal year, which begins on October 1 of the year before). The
text is in the public domain. About 10 MB in UTF-8:

    ICD10CM.tabular > version ("2026"), chapter > section (a block of categories) > diag > diag > ...

Each `diag` has a `name` (the code, `M17.11`), a `desc`, and for the notes under it `excludes1`, `excludes2`,
`includes`, `codeFirst` and others, each with `note`s; chapters and sections have such notes too.

- A `diag` without a `diag` inside is billable, unless it takes a seventh character. Then `sevenChrDef` of it or
  of the nearest `diag` around it lists the `extension`s (`char`, text), and each of them makes a billable code:
  `S52.501` with A is `S52.501A`. Shorter codes are filled up with X: `T36.0X1`, and `W07` with A is `W07.XXXA`.
- An Excludes1 note names what is never coded with the codes it stands under. The codes are in parentheses at
  the end of the words, `(M12.5-, K50-K52)`; a dash at the end of one means that there are longer codes under it.
  43 of 5,400 references narrow a range in words (`E08-E13 with .51`), and 126 notes name no code: the words of
  these are kept, without codes.

Refused: entities and other document types (a file may not unpack itself), XML that is cut, a code or name that
is none, a code twice, a file without codes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from codes.cms.layout import LayoutError

ROOT = "ICD10CM.tabular"
_LINE = "line"  # the attribute that keeps where an element begins
_CHUNK = 256 * 1024
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?", re.ASCII)
_REFERENCE = re.compile(rf"({_CODE.pattern})\.?-?(?:\s*-\s*({_CODE.pattern})\.?-?)?", re.ASCII)
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
_WITHOUT_DOT = 3
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Excludes1:
    """One note: the code, block or chapter that it stands `under`, its words, and the codes that it excludes.

    One of `codes` is a code that stands for all codes that begin with it ("M12.5"), or a range ("K50-K52").
    """

    under: str
    words: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One code with its dot. `parent` is the code that it is a part of, "" for a category. The notes of a block or
    a chapter stand with each of its categories."""

    code: str
    name: str
    parent: str
    is_billable: bool
    excludes1: tuple[Excludes1, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The fiscal year, which the file calls its version: 2026 is October 1, 2025 to September 30, 2026."""

    fiscal_year: int


def read_heading(stream: BinaryIO, file_name: str) -> Heading:
    """The fiscal year, which stands before the first chapter."""
    for element, _ in _elements(stream, file_name, {"version"}):
        if re.fullmatch(r"20\d\d", text := _text(element), re.ASCII):
            return Heading(int(text))
        raise _refusal(file_name, element, "version", text, "is not a year of this century")
    raise LayoutError(file_name, 0, "version", None, "is missing: the file does not say its year")


def parse(stream: BinaryIO, file_name: str) -> Iterator[DiagnosisRow]:
    """Every code, those with a seventh character written out, each before the codes under it."""
    seen: set[str] = set()
    for section, chapter in _elements(stream, file_name, {"section"}):
        notes = (*_notes(chapter, _chapter_name(chapter)), *_notes(section, section.get("id", "")))
        for category in section.findall("diag"):
            for line, row in _rows(category, file_name, "", notes, []):
                if row.code in seen:
                    raise LayoutError(file_name, line, "name", row.code, "stands twice")
                seen.add(row.code)
                yield row
    if not seen:
        raise LayoutError(file_name, 0, "", None, f"holds no codes: a tabular list (<{ROOT}>) was expected")


def _rows(
    diag: Element,
    file_name: str,
    parent: str,
    notes: tuple[Excludes1, ...],
    extensions: list[Element],
) -> Iterator[tuple[int, DiagnosisRow]]:
    """A code and all under it, each with its line in the file."""
    code, name = _child(diag, "name", file_name), _child(diag, "desc", file_name)
    if not _CODE.fullmatch(code):
        raise _refusal(file_name, diag, "name", code, "is not a diagnosis code like M17.11")
    definition = diag.find("sevenChrDef")
    extensions = extensions if definition is None else definition.findall("extension")
    under = diag.findall("diag")
    is_billable = not (under or extensions)
    yield _line(diag), DiagnosisRow(code, name, parent, is_billable, (*notes, *_notes(diag, code)))
    for each in under:
        yield from _rows(each, file_name, code, (), extensions)
    for extension in () if under else extensions:
        yield _line(extension), _extended(extension, file_name, code, name)


def _extended(extension: Element, file_name: str, code: str, name: str) -> DiagnosisRow:
    """The code with its seventh character."""
    character = extension.get("char", "")
    if not re.fullmatch(r"[0-9A-Z]", character, re.ASCII):
        raise _refusal(file_name, extension, "extension", character, "is not a seventh character")
    filled = code.replace(".", "").ljust(_LONGEST - 1, "X") + character
    if len(filled) != _LONGEST:
        raise _refusal(file_name, extension, "extension", filled, f"has more than {_LONGEST} characters")
    dotted = f"{filled[:_WITHOUT_DOT]}.{filled[_WITHOUT_DOT:]}"
    return DiagnosisRow(dotted, f"{name}, {_text(extension)}", code, is_billable=True)


def _notes(element: Element, under: str) -> tuple[Excludes1, ...]:
    """The Excludes1 notes that stand directly under a chapter, a block or a code."""
    found = (_text(note) for excludes in element.findall("excludes1") for note in excludes.findall("note"))
    return tuple(Excludes1(under, words, references(words)) for words in found if words)


def references(words: str) -> tuple[str, ...]:
    """The codes and ranges in the parentheses of a note.

    >>> references("Crohn's disease (K50.-), colitis (K51.0-K51.9, K52)")
    ('K50', 'K51.0-K51.9', 'K52')
    >>> references("diabetes with gangrene (E08-E13 with .52)")
    ()
    """
    parts = (part.strip() for inside in _IN_PARENTHESES.findall(words) for part in inside.split(","))
    found = (match for part in parts if (match := _REFERENCE.fullmatch(part)))
    return tuple(dict.fromkeys(f"{match[1]}-{match[2]}" if match[2] else match[1] for match in found))


def _chapter_name(chapter: Element) -> str:
    name = chapter.find("name")
    return f"chapter {_text(name)}" if name is not None else ""


def _child(diag: Element, tag: str, file_name: str) -> str:
    found = diag.find(tag)
    if found is None or not _text(found):
        raise _refusal(file_name, diag, tag, "", "is missing in a diag")
    return _text(found)


def _text(element: Element) -> str:
    return " ".join((element.text or "").split())


def _line(element: Element) -> int:
    return int(element.get(_LINE, "0"))


def _refusal(file_name: str, element: Element, column: str, value: str, why: str) -> LayoutError:
    return LayoutError(file_name, _line(element), column, value, why)


def _elements(stream: BinaryIO, file_name: str, tags: set[str]) -> Iterator[tuple[Element, Element]]:
    """The elements of these names as they end, each with the one around it, which keeps none of them."""
    parser = create_parser(forbid_dtd=True)
    builder = _Builder(tags, parser.getLineNumber)
    parser.setContentHandler(builder)
    try:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            yield from builder.finished()
        parser.close()
        yield from builder.finished()
    except SAXParseException as error:
        why = f"is not whole XML ({error.getMessage()}): fetch it again from the CDC or CMS"
        raise LayoutError(file_name, error.getLineNumber() or 0, "", None, why) from None
    except DefusedXmlException:
        why = "defines entities or a document type, which a tabular list never does: it is not read"
        raise LayoutError(file_name, 0, "", None, why) from None


class _Builder(ContentHandler):
    """Builds elements, and hands over those that are asked for as soon as they end, so that few are in memory."""

    def __init__(self, tags: set[str], line_number: Callable[[], int | None]) -> None:
        super().__init__()
        self._tags, self._line_number = tags, line_number
        self._open: list[Element] = []
        self._ready: list[tuple[Element, Element]] = []

    def finished(self) -> Iterator[tuple[Element, Element]]:
        """What has ended since the last time."""
        ready, self._ready = self._ready, []
        return iter(ready)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        element = Element(name, {**attrs, _LINE: str(self._line_number() or 0)})
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)

    def characters(self, content: str) -> None:
        element = self._open[-1]
        element.text = (element.text or "") + content

    def endElement(self, name: str) -> None:
        element = self._open.pop()
        if name in self._tags and self._open:
            self._open[-1].remove(element)
            self._ready.append((element, self._open[-1]))
