"""What a biller types: codes found by words, and commands read from one line. Plain Python, no database.

- `Index(documents).search(query)` finds codes by number, words, abbreviations and misspelled words.
- `parse(text)` says where a typed line goes: a code page, the pair checker, the Claim Desk, a place, or search.
"""

from .command import Command, Destination, parse
from .document import Document, Highlight, Hit
from .index import Index

__all__ = ["Command", "Destination", "Document", "Highlight", "Hit", "Index", "parse"]
