"""What the site teaches the index: the tables of our own words, and each code's text with what they add to it.

- `abbreviations.csv`, `lay_words.csv`, `word_parts.csv`: what a word may mean (`thesaurus`).
- `clipped_words.csv`: what CMS's clipped forms mean (`clipped`).
- `code_words.csv`: what billers call codes; `section_words.csv`: what ranges of codes are about.
"""

import csv
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from codes.search.clipped import Clipped, read_clipped, words_known
from codes.search.document import Document
from codes.search.thesaurus import FOLDER, Thesaurus, read_thesaurus

# A HCPCS text says in its first words what the code is, and after that what is included.
LONGEST_TEXT = 16
# As many of them are as good as a name of ours.
NAMED = 8

# Words, and the codes or ranges of codes that they are about: ("nerve block", "64400-64455; 64461").
CodeWords = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tables:
    """All that is taught."""

    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    clipped: Mapping[str, str] = field(default_factory=dict)
    code_words: Sequence[CodeWords] = ()
    section_words: Sequence[CodeWords] = ()


def read_tables() -> Tables:
    """The tables that come with the site."""
    return Tables(read_thesaurus(), read_clipped(), _read("code_words.csv"), _read("section_words.csv"))


def enriched(documents: Sequence[Document], tables: Tables) -> Iterator[Document]:
    """Documents in the order of their codes, each with its clipped words written out and the words for its code."""
    clipped = Clipped(tables.clipped, words_known(_whole_texts(documents, tables)))
    codes = [document.code for document in documents]
    names = words_by_code(tables.code_words, codes)
    sections = words_by_code(tables.section_words, codes)
    for document in documents:
        said = document.hcpcs_text.split()
        yield replace(
            document,
            name=document.name or _named(document.hcpcs_text),
            words="; ".join(filter(None, (document.words, names.get(document.code)))),
            description=f"{document.description}; {clipped.written_out(document.description)}",
            section=sections.get(document.code, ""),
            hcpcs_text=" ".join(said[:LONGEST_TEXT]),
            details=" ".join(said[LONGEST_TEXT:]),
        )


def words_by_code(rows: Sequence[CodeWords], codes: Sequence[str]) -> dict[str, str]:
    """For each of the sorted `codes` all words whose ranges hold it, parted by semicolons.

    >>> words_by_code([("nerve block", "64400-64455; 64461")], ["64405", "64461", "64999"])
    {'64405': 'nerve block', '64461': 'nerve block'}
    """
    found: dict[str, list[str]] = defaultdict(list)
    for words, ranges in rows:
        for span in ranges.split(";"):
            first, _, last = span.strip().partition("-")
            for code in codes[bisect_left(codes, first) : bisect_right(codes, last or first)]:
                found[code].append(words)
    return {code: "; ".join(dict.fromkeys(words)) for code, words in found.items()}


def _named(text: str) -> str:
    """What a HCPCS text without a name of ours says in its first words: the drug, the thing.

    >>> _named("Injection, rituximab, 10 mg")
    'rituximab, 10 mg'
    """
    return " ".join(text.removeprefix("Injection, ").split()[:NAMED])


def _read(name: str) -> list[CodeWords]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [(row["words"], row["codes"]) for row in csv.DictReader(file)]


def _whole_texts(documents: Sequence[Document], tables: Tables) -> Iterator[str]:
    """Everything that is written without clipping."""
    yield from tables.clipped.values()
    yield from (words for words, _ in (*tables.code_words, *tables.section_words))
    for document in documents:
        yield from (document.name, document.words, document.hcpcs_text)
