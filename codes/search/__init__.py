"""Codes found by number, words, abbreviations and misspelled words. Plain Python, no database.

- `Index(documents).search(query)` returns the hits, best first.
"""

from codes.search.document import Document, Highlight, Hit
from codes.search.index import Index

__all__ = ["Document", "Highlight", "Hit", "Index"]
