"""What the check of diagnoses reads and says. Codes have their dot ("M17.11")."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Excludes1:
    """An Excludes1 note: `under` which code, block or chapter it stands, its words, and the codes that it excludes
    ("M12.5" is all that begin with it, "K50-K52" a range)."""

    under: str
    words: str
    codes: tuple[str, ...]

    def names(self, code: str) -> bool:
        """Whether the note excludes a code.

        >>> note = Excludes1("I10", "", ("O10-O11", "P29.2"))
        >>> note.names("O10.01"), note.names("P29.2"), note.names("O13.1")
        (True, True, False)
        """
        return any(_covers(reference, code) for reference in self.codes)


def _covers(reference: str, code: str) -> bool:
    first, _, last = reference.partition("-")
    if not last:
        return code.startswith(first)
    return first <= code[: len(first)] and code[: len(last)] <= last


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as the tabular list has it; `notes` are its own and those of the codes that it is a part of."""

    code: str
    name: str
    is_billable: bool
    notes: tuple[Excludes1, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} ({self.name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a release of ICD-10-CM says of the codes of a claim.

    `longer` are the first billable codes under a code that is not billable or not known, with `more` where there are
    others; `other_releases` the days of the releases that know a code which this one does not know; `procedures` the
    diagnoses that are codes of HCPCS without their dot ("J18.85" is J1885). `next_due` is the day from which CMS has a
    newer release than this one, None where it is the newest.
    """

    release: str
    effective_from: date
    entries: Mapping[str, Entry]
    longer: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    other_releases: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    procedures: frozenset[str] = frozenset()
    is_sample: bool = False
    next_due: date | None = None


class FindingKind(StrEnum):
    """What is wrong with a diagnosis. The first three are returned by the MAC, the others to be looked at."""

    UNKNOWN = "not a code"
    NOT_ON_THAT_DAY = "not valid on that date"
    NOT_BILLABLE = "not billable"
    EXCLUDES1 = "exclude each other"
    NOT_CHECKED = "not checked"


RETURNED = frozenset({FindingKind.UNKNOWN, FindingKind.NOT_ON_THAT_DAY, FindingKind.NOT_BILLABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisFinding:
    """One finding, in a sentence, with what to do. `codes` are the diagnoses that it speaks of, `reasons` the
    adjustment reason and remark to expect."""

    kind: FindingKind
    codes: tuple[str, ...]
    words: str
    fix: str
    source: str
    reasons: tuple[str, ...] = ()

    @property
    def is_returned(self) -> bool:
        """Whether a claim with it comes back unprocessed."""
        return self.kind in RETURNED
