"""Codes found by number, words, abbreviations and misspelled words. Plain Python, no database.

- `Index(documents).search(query)` returns the hits, best first.
"""

from .document import Document, Highlight, Hit
from .index import Index

__all__ = ["Document", "Highlight", "Hit", "Index"]
