"""Our own names of codes, as `fixtures/texts/names_*.csv` holds them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Name:
    """A code and what we call it. `has_summary` says whether we also describe it in sentences."""

    code: str
    text: str
    has_summary: bool = False


def read_names(folder: Path) -> Iterator[Name]:
    """The names of all tables in a folder, in the order of the tables."""
    for path in sorted(folder.glob("names_*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield Name(row["code"], row["plain_name"], bool(row["summary"]))
