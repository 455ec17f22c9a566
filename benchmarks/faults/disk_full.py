#!/usr/bin/env python3
"""Fill the disk of a SQLite site while visitors report denials, and make room again.

    benchmarks/faults/disk_full.py [--megabytes 48] [--reports 40]

As root: the site lives on a file system of its own, in memory. While it is full every report must be kept, or be
answered with 503, Retry-After and a page that says so; pages must be there. When there is room again, the reports that
were refused are sent once more with the same tokens, and must be kept: nothing of them was half kept. In the end the
site has exactly the reports that it accepted, each with its receipt, and a sound file. Exit code 1 otherwise.
"""

import argparse
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from reports import CODE, SETTINGS, report, tokens
from trial import Site, site_on


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of so many megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        size = f"size={megabytes}m"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def fill(disk: Path) -> Path:
    """Take all the room that is left; the file that took it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return filler


def ask_database(disk: Path, question: str) -> list[tuple[object, ...]]:
    """What the site's file says."""
    with closing(sqlite3.connect(disk / "site.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def check(holds: bool, what: str) -> None:
    """Say what was seen; the script ends where it is not as it must be."""
    print(("well: " if holds else "WRONG: ") + what)
    if not holds:
        raise SystemExit(1)


def run(site: Site, disk: Path, count: int) -> None:
    """Full, refused, room, kept."""
    each = tokens(site, count)
    with site.serving():
        check(report(site, each[0], 0).status == 302, "a report is accepted while there is room")
        ask_database(disk, "PRAGMA wal_checkpoint(TRUNCATE)")  # else old pages of the log are room enough
        filler = fill(disk)
        answers = {number: report(site, each[number], number) for number in range(1, count)}
        refused = [number for number, answer in answers.items() if answer.status != 302]
        said = [answers[number] for number in refused]
        check(
            bool(said)
            and all(a.status == 503 and a.headers.get("Retry-After") and "moment" in a.text for a in said),
            f"disk full: {len(answers) - len(said)} accepted, {len(said)} answered with 503, Retry-After and a page",
        )
        pages = [site.send("GET", f"/cpt/{CODE}/?zip=36301&charge={n}").status for n in range(1, 21)]
        check(set(pages) == {200}, f"disk full: {len(pages)} pages that were not kept before: {set(pages)}")
        filler.unlink()
        again = [report(site, each[number], number).status for number in refused]
        check(set(again) == {302}, f"room again: the {len(again)} refused reports are accepted: {set(again)}")
    reports, receipts = (
        ask_database(disk, f"SELECT count(*) FROM contributions_{table}")[0][0]
        for table in ("report", "receipt")
    )
    check(reports == receipts == count, f"{count} accepted, {reports} kept with {receipts} receipts")
    check(ask_database(disk, "PRAGMA integrity_check") == [("ok",)], "the file is sound")


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=48)
    parser.add_argument("--reports", type=int, default=40)
    options = parser.parse_args()
    with (
        small_disk(options.megabytes) as disk,
        site_on(f"sqlite:///{disk}/site.sqlite3", **SETTINGS) as site,
    ):
        site.manage("load_sample")
        run(site, disk, options.reports)


if __name__ == "__main__":
    main()
