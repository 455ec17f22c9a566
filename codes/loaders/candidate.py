"""A file, or several that belong together, that will become a release."""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codes.cms.archive import Member
from codes.loaders.rows import Options, Rows
from codes.loaders.sources import SourceLoader
from codes.models.release import Source

LONGEST_NAME = 60


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
