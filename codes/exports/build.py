"""Building the downloads: each file that is not in the store yet, and away with those that nothing names any more."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from codes.exports.change_files import change_downloads
from codes.exports.downloads import Download, save, store
from codes.exports.fee_files import fee_downloads
from codes.queries import lexicon, lexicon_file
from codes.queries.releases import Calendar

KINDS = ("changes", "fees", lexicon_file.FOLDER)


class Built(NamedTuple):
    """How many files were built, with their size in bytes, how many were there already, and how many went."""

    new: int = 0
    size: int = 0
    there: int = 0
    removed: int = 0


def build_downloads(
    calendar: Calendar, today: date, tell: Callable[[str], object], *, dry_run: bool = False
) -> Built:
    """Build what is missing, then remove what is no longer named. `tell` gets a line a folder that takes work.

    Run twice, or broken off, it does no harm: a file is there whole or not at all.
    """
    new = size = there = 0
    named = {lexicon_file.folder_of(contents) for contents in lexicon.to_store(calendar, today)}
    for folder, downloads in groupby(every_download(calendar, today), lambda each: each.folder):
        if folder not in named:
            named.add(folder)
            files, stored = {each.name: each for each in downloads}, _stored(folder)
            missing = [each for name, each in files.items() if name not in stored]
            if missing:
                tell(f"building {len(missing):,} files, {missing[0].saved_as} the first")
            size += 0 if dry_run else sum(map(save, missing))
            new, there = new + len(missing), there + len(files) - len(missing)
    return Built(new, size, there, 0 if dry_run else _remove_others(named))


def every_download(calendar: Calendar, today: date) -> Iterator[Download]:
    """All files that there should be, those of a folder after each other."""
    yield from change_downloads(calendar)
    yield from fee_downloads(calendar, today)


def _stored(folder: str) -> set[str]:
    return set(_listed(folder)[1])


def _remove_others(named: Iterable[str]) -> int:
    """Remove every file of the folders that are not named; their number."""
    folders = [f"{kind}/{name}" for kind in KINDS for name in _listed(kind)[0]]
    others = [f"{folder}/{name}" for folder in folders if folder not in named for name in _listed(folder)[1]]
    for path in others:
        store().delete(path)
    return len(others)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """The folders and files in a folder of the store."""
    try:
        return store().listdir(folder)
    except FileNotFoundError:
        return [], []
