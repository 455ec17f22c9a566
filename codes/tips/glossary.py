"""The words of the field in our own words: `fixtures/texts/glossary.csv`.

Columns: slug (the anchor of its permalink), term, text, see (slugs parted by semicolons), source.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "fixtures" / "texts" / "glossary.csv"


@dataclass(frozen=True, slots=True)
class Term:
    """One word: `/glossary/#slug`. `see` are the terms that explain more."""

    slug: str
    name: str
    text: str
    see: tuple[str, ...]
    source: str


@cache
def glossary(file: Path = FILE) -> dict[str, Term]:
    """The terms by slug, in the order of the page."""
    with file.open(encoding="utf-8", newline="") as stream:
        terms = [
            Term(
                row["slug"],
                row["term"],
                row["text"],
                tuple(filter(None, row["see"].split(";"))),
                row["source"],
            )
            for row in csv.DictReader(stream)
        ]
    return {term.slug: term for term in terms}
