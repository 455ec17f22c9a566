#!/usr/bin/env python3
"""Load a quarter while readers ask for pages, and look at what they get.

    CMS_FILES=folder benchmarks/faults/quarter_under_load.py [--database sqlite] [--readers 4]

RVU24A is loaded; then RVU24C with its indices, while readers ask for code pages of 2024-08-01, both ones that are kept
and ones that nobody has asked for before. Every answer must be 200; every page must show the release, conversion factor
and amount that it showed of one of the two in quiet; and six seconds after `load_cms` has ended, no
page may be of the former one. Exit code 1 otherwise.
"""

import argparse
import json
import os
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from trial import Site, sites

CODES = ("99213", "99214", "76376", "93000", "20610", "45380")
DAY, LOCALITY = "2024-08-01", "01112-05"
RELEASES = ("RVU24A", "RVU24C")
SEEN_AFTER = 6  # seconds: a process reads the versions once a second, and is five behind a load at most


@dataclass(slots=True)
class Seen:
    """What readers got, by phase."""

    known: dict[tuple[str, str], str]
    phase: str = "RVU24A"
    must_be: str = "RVU24A"
    pages: dict[str, Counter[str]] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def figures(page: str) -> str:
    """The release that a JSON twin names, its factor and its amount."""
    answer = json.loads(page)
    return json.dumps(
        [answer["release"], answer["conversion_factor"], answer["price"]["allowed"], answer["locality"]]
    )


def in_quiet(site: Site) -> dict[tuple[str, str], str]:
    """For each code and its figures now, the release that is in force."""
    pages = {code: site.page(address(code)) for code in CODES}
    return {(code, figures(page)): json.loads(page)["release"] for code, page in pages.items()}


def address(code: str) -> str:
    """A code's page as JSON, in San Francisco, whose indices are far from one and change from year to year."""
    return f"/cpt/{code}.json?dos={DAY}&locality={LOCALITY}"


def read(site: Site, seen: Seen, stop: threading.Event) -> None:
    """Ask for pages until the stop event is set."""
    while not stop.is_set():
        path = address(code := secrets.choice(CODES))
        if secrets.randbelow(2):
            path += f"&charge={10_000 + secrets.randbelow(10**6)}"  # above any amount, which it would lower
        must_be, phase, began = seen.must_be, seen.phase, time.monotonic()
        answer = site.send("GET", path)
        took = (time.monotonic() - began) * 1000
        found = f"status {answer.status}"
        if answer.status == 200:
            found = seen.known.get((code, figures(answer.text)), "a mixture")
        with seen.lock:
            seen.pages.setdefault(phase, Counter())[found] += 1
            seen.milliseconds.append(took)
            if found not in RELEASES or (must_be and must_be == seen.must_be and found != must_be):
                seen.wrong.append(f"{phase}: {path} is {found}")


def change(site: Site, seen: Seen, to: str, *command: str) -> float:
    """Run a command that changes the release in force; the seconds that it took."""
    seen.phase, seen.must_be = f"while {command[0]}", ""
    began = time.monotonic()
    site.manage(*command)
    took = time.monotonic() - began
    time.sleep(SEEN_AFTER)
    seen.phase = seen.must_be = to
    time.sleep(5)
    return took


def run(site: Site, files: Path, readers: int) -> None:
    """The load, the readers, the verdict."""
    old, new = str(files / "rvu24a.zip"), str(files / "rvu24c.zip")
    site.manage("load_cms", new)
    with site.serving("/health/"):
        known = in_quiet(site)
        for line in site.manage("list_releases").splitlines()[:-1]:
            site.manage("retire_release", line.lstrip("* ").split()[0])
        site.manage("load_cms", old)
        known |= in_quiet(site)
        seen, stop = Seen(known), threading.Event()
        threads = [threading.Thread(target=read, args=(site, seen, stop)) for _ in range(readers)]
        for thread in threads:
            thread.start()
        try:
            time.sleep(5)
            took = change(site, seen, "RVU24C", "load_cms", new)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    for phase, pages in seen.pages.items():
        print(f"{phase:21} {dict(sorted(pages.items()))}")
    slow = quantiles(seen.milliseconds, n=100)
    print(
        f"{len(seen.milliseconds):,} answers: median {slow[49]:.0f} ms, p99 {slow[98]:.0f} ms, "
        f"longest {max(seen.milliseconds):.0f} ms; the load took {took:.1f} s."
    )
    if seen.wrong:
        raise SystemExit("\n".join([f"{len(seen.wrong)} answers are wrong:", *seen.wrong[:10]]))


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--readers", type=int, default=4)
    options = parser.parse_args()
    with sites(options.database) as site:
        run(site, Path(os.environ["CMS_FILES"]), options.readers)


if __name__ == "__main__":
    main()
