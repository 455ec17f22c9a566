"""What is searched, and what is found."""

from dataclasses import dataclass

# How much a word counts by where it stands: our own name first, what the taxonomy says of a whole family last.
FIELDS = {
    "name": 1.0,
    "words": 0.95,
    "description": 0.85,
    "hcpcs_text": 0.8,
    "section": 0.5,
    "details": 0.5,
    "family": 0.5,
    "subcategory": 0.3,
    "category": 0.25,
    "summary": 0.25,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One code with all the text it may be found by; empty where a source has none.

    `name` and `summary` are our own; `words` are our synonyms, parted by semicolons; `description` is CMS's short
    description (only where the license is accepted); `hcpcs_text` is the public text of HCPCS Level II;
    category, subcategory and family are RBCS. `band` runs from 1 (billed most) to 5 (not ranked). `kind` is
    what a result list may be narrowed to, "cpt" or "hcpcs". A deleted code stands behind those in use. `section`
    and `details` are filled in by the index: our words for a range of codes, and the end of a long HCPCS text.
    """

    code: str
    name: str = ""
    words: str = ""
    description: str = ""
    hcpcs_text: str = ""
    category: str = ""
    subcategory: str = ""
    family: str = ""
    band: int = 5
    kind: str = ""
    summary: str = ""
    is_deleted: bool = False
    section: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """Characters `start` up to `end` of a document's `field` that answer the query."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found. `score` orders one result list and means nothing beside another's.

    `field` is where most of the query was found: "code", or a field of `Document`.
    """

    code: str
    score: float
    highlights: tuple[Highlight, ...]
    field: str
