"""The tables of a download of the Medicare Coverage Database become one release together, or none does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from codes.cms import coverage, coverage_tables
from codes.cms.archive import Member
from codes.cms.detect import Format, first_text
from codes.cms.layout import LayoutError
from codes.loaders.candidate import Candidate
from codes.loaders.sources import LOADERS
from codes.models.release import Source

Found = tuple[Member, Format]


@dataclass(frozen=True, slots=True)
class _Download:
    source: Source
    tables: Mapping[str, tuple[str, ...]]
    called: str
    zip_name: str

    @property
    def main(self) -> str:
        """The table of the documents themselves."""
        return next(iter(self.tables))


DOWNLOADS = (
    _Download(Source.COVERAGE_ARTICLES, coverage_tables.ARTICLES, "Articles", "current_article.zip"),
    _Download(Source.COVERAGE_LCDS, coverage_tables.LCDS, "LCDs", "current_lcd.zip"),
)
_LOADERS = {loader.source: loader for loader in LOADERS}


def taken_from(members: list[Found], day: date | None, refused: list[str]) -> Iterator[Candidate]:
    """The candidates among the files of an archive or a folder; their tables are taken out of `members`. What is
    missing or damaged goes among the refused."""
    tables = [member for member, fmt in members if fmt is Format.COVERAGE]
    members[:] = [found for found in members if found[1] is not Format.COVERAGE]
    named = {table_of(member): member for member in tables}
    downloads = [each for each in DOWNLOADS if each.main in named]
    if tables and not downloads:
        refused.append(
            f"{tables[0].name} is one table of the Medicare Coverage Database: give the whole zip."
        )
    for download in downloads:
        if missing := [name for name in download.tables if name not in named]:
            refused.append(
                f"{named[download.main].name} ({named[download.main].archive}): {download.zip_name} lacks "
                f"{', '.join(f'{name}.csv' for name in missing)}. Give the zip as CMS publishes it."
            )
            continue
        try:
            yield _candidate(download, [named[name] for name in download.tables], day)
        except LayoutError as refusal:
            refused.append(str(refusal))


def table_of(member: Member) -> str:
    """The table that a file holds."""
    return coverage_tables.table_of(first_text(member), member.name) or ""


def _candidate(download: _Download, members: Sequence[Member], day: date | None) -> Candidate:
    """In force from the day on which its newest document was last updated: CMS publishes a download each week."""
    first, *further = members
    with first.open() as stream:
        updated = coverage.newest_update(coverage_tables.rows(stream, first.name, download.main))
    if updated is None:
        raise LayoutError(
            first.name, 0, "last_updated", None, "says of no document in force when it was updated"
        )
    return Candidate(
        _LOADERS[download.source],
        download.source,
        first,
        f"{download.called} {updated:%Y-%m-%d}",
        day or updated,
        further=tuple(further),
        day_is_given=day is not None,
    )
