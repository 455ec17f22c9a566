"""A file, or several that belong together, that will become a release; and what a set of paths holds of them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from codes.cms.archive import Member
from codes.loaders.rows import Options, Rows
from codes.loaders.sources import SourceLoader
from codes.models.release import Source

LONGEST_NAME = 60
# What comes into force with the relative values of its archive.
COMPANIONS = (Source.GPCI, Source.LOCALITIES, Source.ANESTHESIA, Source.OPPS_CAP)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that will become a release."""

    loader: SourceLoader
    source: Source
    member: Member
    name: str
    effective_from: date
    conversion_factor: Decimal | None = None
    part: int = 0
    further: tuple[Member, ...] = ()
    day_is_given: bool = False
    by_name: bool = False

    @property
    def members(self) -> tuple[Member, ...]:
        """The files of the release in order: one, or the four parts of the bundling edits."""
        return (self.member, *self.further)

    @property
    def file_name(self) -> str:
        """The names of the files; of a database that of its zip, or of its first table with the folder."""
        if self.loader.join is None:
            return ", ".join(member.name for member in self.members)
        first = self.member
        return first.path.name if first.entries else f"{first.archive}/{first.name}"

    def rows(self, options: Options) -> Rows:
        """The rows of the release: of all its tables joined, else one file after the other."""
        if self.loader.join:
            yield from self.loader.join(self.members)
            return
        for member in self.members:
            with member.open() as stream:
                yield from self.loader.reader(stream, member.name, options)

    def digest(self) -> str:
        """The SHA-256 of the file; of the digests of its files in order where it has several."""
        digests = [member.sha256() for member in self.members]
        return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


@dataclass(slots=True)
class Plan:
    """What a set of paths holds. `skipped` pairs a file with the reason; `refused` are sentences, one for each file
    that is damaged, or that cannot be loaded until the operator says something."""

    candidates: list[Candidate] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def sets(self) -> Iterator[list[Candidate]]:
        """The candidates of one archive (or folder) and day together, in the order of their days."""

        def belongs(candidate: Candidate) -> tuple[date, Path]:
            return candidate.effective_from, home(candidate.member)

        for _, together in groupby(sorted(self.candidates, key=belongs), key=belongs):
            yield list(together)


def home(member: Member) -> Path:
    """The zip that holds the file, or the folder of a loose one: two zips may share a name."""
    return member.path if member.entries else member.path.resolve().parent
