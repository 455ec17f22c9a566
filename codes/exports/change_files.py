"""What a release changed, as a CSV: all kinds of change in one file, and a file a kind."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from codes.exports.csv_response import CSV, csv_text
from codes.exports.downloads import COMPRESSED, Download, folder_of
from codes.models.ncci import ReleaseChange
from codes.queries import changes
from codes.queries.changes import ChangeFilter, ReleaseComparison
from codes.queries.releases import Calendar

HEADINGS = (
    *("kind", "code", "other", "before", "after", "in_words"),
    *("release", "in_force_from", "compared_with"),
)
EVERY_KIND = "all"


def change_download(comparison: ReleaseComparison, kind: str = "") -> Download:
    """The file of a comparison, of one kind of change or of all."""
    release, former = comparison.release, comparison.former
    decided_by = tuple((each.pk, each.loaded_at.isoformat()) if each else None for each in (release, former))
    name = f"{kind or EVERY_KIND}.csv{COMPRESSED}"
    build = partial(_build, comparison, kind)
    return Download(folder_of("changes", decided_by), name, saved_as(comparison), CSV, build)


def saved_as(comparison: ReleaseComparison) -> str:
    return f"changes-{comparison.release.source}-{comparison.release.effective_from}.csv"


def change_downloads(calendar: Calendar) -> Iterator[Download]:
    """The files of every comparison of releases that are loaded."""
    for source in changes.SOURCES:
        for comparison in changes.comparisons(calendar, source):
            if comparison.former:
                for kind in ("", *comparison.tally):
                    yield change_download(comparison, kind)


def change_lines(comparison: ReleaseComparison, change_filter: ChangeFilter) -> Iterator[tuple[Any, ...]]:
    """The changes that fit the filter, by kind and code."""
    for row in changes.everything(comparison.release, change_filter):
        yield _line(row, comparison)


def _build(comparison: ReleaseComparison, kind: str) -> bytes:
    return csv_text(HEADINGS, change_lines(comparison, ChangeFilter(kind=kind))).encode()


def _line(row: ReleaseChange, comparison: ReleaseComparison) -> tuple[Any, ...]:
    assert comparison.former is not None, "a release without a forerunner has no changes"
    return (
        *(row.kind, row.code, row.other, row.before, row.after, changes.sentence(row)),
        *(comparison.release.name, comparison.release.effective_from, comparison.former.name),
    )
