#!/usr/bin/env python3
"""Kill loads of full-size files at random moments, and look at what is served after each.

    CMS_FILES=folder benchmarks/faults/kill_loads.py [--database sqlite] [--kind values] [--kills 50] [--seed 1]

`--kind values` loads RVU24A and then, again and again, RVU24C; `--kind edits` loads the practitioner edits as if they
were of the quarter before, and then again as what they are. Each kill is a `kill -9` at a moment drawn evenly from
the time that a whole load takes. After each the site must serve the former release, with no row of another; or the
new one whole, where the kill came after its last write. In the end a fresh load must succeed. Exit code 1 otherwise.
"""

import argparse
import os
import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from quarter_under_load import SEEN_AFTER
from trial import Site, sites

COUNT = """
from django.db import connection
with connection.cursor() as cursor:
    for table in ("codes_release", "codes_ptpedit", "codes_feeschedulerow", "codes_gpci", "codes_releasechange"):
        cursor.execute(f"SELECT count(*) FROM {table}")
        print("counted", cursor.fetchone()[0])
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is loaded, the page that tells its release, and the words of the former and the new one on it."""

    former: tuple[str, ...]
    later: tuple[str, ...]
    page: str
    words: tuple[str, str]


def kinds(files: Path) -> dict[str, Kind]:
    """Relative values and their companions, and the largest files that CMS has."""
    edits = tuple(str(path) for path in sorted(files.glob("*practitioner-ptp*.zip")))
    return {
        "values": Kind(
            (str(files / "rvu24a.zip"),),
            (str(files / "rvu24c.zip"),),
            "/cpt/99213.json?dos=2024-08-01",
            ('"release": "RVU24A"', '"release": "RVU24C"'),
        ),
        "edits": Kind(
            (*edits, "--effective-from", "2024-04-01"),
            edits,
            "/ncci/?codes=45385+45380&dos=2024-08-01",
            ("in force from April 1, 2024", "in force from July 1, 2024"),
        ),
    }


def count(site: Site) -> tuple[int, ...]:
    """Releases, and the rows of any release, seen or not."""
    said = site.manage("shell", "--verbosity", "0", "--command", COUNT)
    return tuple(int(line.split()[1]) for line in said.splitlines() if line.startswith("counted"))


def kill_one(site: Site, kind: Kind, moment: float) -> bool:
    """Begin a load and kill it at that second; False where it had ended by itself."""
    process = site.start("load_cms", *kind.later)
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return bool(process.returncode == -signal.SIGKILL)


def served(site: Site, kind: Kind) -> str:
    """The release on the page: former, later, or neither."""
    page = site.page(kind.page)
    found = [name for name, word in zip(("former", "later"), kind.words, strict=True) if word in page]
    return found[0] if len(found) == 1 else f"both or none ({found})"


def whole_load(site: Site, kind: Kind) -> float:
    """The seconds that a load takes which nobody disturbs; nothing of it is kept."""
    began = time.monotonic()
    site.manage("load_cms", *kind.later, "--dry-run")
    return time.monotonic() - began


def keys(site: Site) -> set[str]:
    """The keys of the releases that are ready."""
    lines = site.manage("list_releases").splitlines()[:-1]
    return {line.lstrip("* ").split()[0] for line in lines}


def run(site: Site, kind: Kind, kills: int, chance: random.Random) -> None:
    """Load, kill, look; print what was seen."""
    site.manage("load_cms", *kind.former)
    there, before, seconds = keys(site), count(site), whole_load(site, kind)
    if count(site) != before:
        raise SystemExit("A dry run left rows.")
    outcomes: Counter[str] = Counter()
    with site.serving("/health/"):
        while outcomes.total() < kills:
            moment = chance.uniform(0, seconds)
            killed = kill_one(site, kind, moment)
            rows = count(site)  # first: PostgreSQL may just be finishing
            if rows != before:
                time.sleep(SEEN_AFTER)
            seen = served(site, kind)
            if seen == "later":  # it was written already: make way for the next one
                for key in keys(site) - there:
                    site.manage("retire_release", key)
                time.sleep(SEEN_AFTER)
                before = count(site)
                outcomes["after the last write"] += killed
                continue
            if not killed or (seen, rows) != ("former", before):
                raise SystemExit(
                    f"Killed after {moment:.2f} s: {seen} is served; {before} rows became {rows}."
                )
            outcomes[f"in quarter {int(4 * moment / seconds) + 1} of {seconds:.1f} s"] += 1
        site.manage("load_cms", *kind.later)
        time.sleep(SEEN_AFTER)
        seen, rows = served(site, kind), count(site)
        if seen != "later":
            raise SystemExit(f"After a fresh load: {seen} is served.")
    print(
        f"{kills} kills, after each the former release or the new one whole: {dict(sorted(outcomes.items()))}"
    )
    print(f"A fresh load then: {rows} rows, before it {before}.")


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kind", choices=["values", "edits"], default="values")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kind = kinds(Path(os.environ["CMS_FILES"]))[options.kind]
    with sites(options.database, WORKERS="1") as site:
        run(site, kind, options.kills, random.Random(options.seed))


if __name__ == "__main__":
    main()
