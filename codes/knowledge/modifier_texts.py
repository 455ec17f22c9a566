"""Every modifier in our own words: `fixtures/texts/modifiers.csv`.

Columns: modifier, name, kind (a key of KINDS), asserts (what the modifier says), when_right, effect (on the amount),
misuse, codes (those that it matters for, in words), since and until (first and last date of service on which Medicare
reads it, ISO, empty where it has always been or still is), source.

All of CMS's HCPCS Level II modifiers and CPT's own two-digit ones; the words are ours, never CMS's or the AMA's.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).parents[2] / "fixtures" / "texts" / "modifiers.csv"
KINDS: Mapping[str, str] = {
    "visit": "Visits",
    "global": "Surgery and its global period",
    "distinct": "Distinct and repeated services",
    "extent": "More, less, both sides",
    "component": "Components and equipment",
    "surgeon": "Surgeons and assistants",
    "site": "Sides and sites",
    "anesthesia": "Anesthesia",
    "telehealth": "Telehealth",
    "therapy": "Therapy and chiropractic",
    "liability": "ABN, exclusions and errors",
    "coverage": "Prevention, coverage and studies",
    "drug": "Drugs",
    "laboratory": "Laboratory",
    "person": "Who furnished or ordered it",
    "hospital": "Hospitals and surgery centers",
    "dialysis": "Dialysis",
    "transport": "Ambulance and portable X-ray",
    "equipment": "Equipment and supplies (DMEPOS)",
    "quality": "Quality measures",
    "payer": "Medicaid and other payers",
}


@dataclass(frozen=True, slots=True)
class ModifierText:
    """One modifier: what it says, when that is right, what it does to the amount. `since` and `until` are the first
    and last date of service on which Medicare reads it, None for no limit."""

    modifier: str
    name: str
    kind: str
    asserts: str
    when_right: str
    effect: str
    misuse: str
    codes: str
    since: date | None
    until: date | None
    source: str

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]

    def has_ended(self, at: date) -> bool:
        """Whether Medicare no longer reads it on a date of service."""
        return self.until is not None and self.until < at

    def speaks_of(self, word: str) -> bool:
        """Whether its two characters are this word, or its words hold it (in lower case)."""
        words = (self.name, self.asserts, self.when_right, self.effect, self.codes, self.kind_words)
        return word == self.modifier.lower() or any(word in each.lower() for each in words)


@cache
def modifier_texts() -> Mapping[str, ModifierText]:
    """All modifiers in the order of the file: digits first, then letters."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        texts = [_text(row) for row in csv.DictReader(stream)]
    return MappingProxyType({text.modifier: text for text in texts})


def text_of(typed: str) -> ModifierText | None:
    """The modifier that somebody typed, in small letters or capitals; None where there is none. Python's capital of "ß"
    is "SS", which nobody typed.

    >>> [text_of(typed) is not None for typed in ("ss", "SS", "ß", "S")]
    [True, True, False, False]
    """
    return modifier_texts().get(typed.upper()) if typed.isascii() else None


def find(words: str, kind: str = "") -> list[ModifierText]:
    """The modifiers of a kind ("" for all) that speak of every word typed, in the order of the file.

    >>> [text.modifier for text in find("audio", "telehealth")]
    ['93', '95', 'FQ']
    """
    wanted = words.lower().split()
    texts = (text for text in modifier_texts().values() if kind in ("", text.kind))
    return [text for text in texts if all(text.speaks_of(word) for word in wanted)]


def _text(row: dict[str, str]) -> ModifierText:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("since", "until")}
    return ModifierText(**{**row, **days})  # type: ignore[arg-type]
