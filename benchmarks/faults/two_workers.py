#!/usr/bin/env python3
"""Change a tip again and again while two worker processes serve its page, and look for a page that is behind.

    benchmarks/faults/two_workers.py [--database sqlite] [--changes 200] [--readers 4]

Each change goes the way of staff: written by one, published by another. Readers ask for the page of the code, in a
place and without one, every second time with the ETag that they got last. An answer that was asked for after the
change number n was written down must show n or a later one, a second later at most: a process reads the versions
once a second. Exit code 1 where one does not.
"""

import argparse
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from trial import Site, sites

CODE = "99213"
SEEN_AFTER = 1.0  # seconds
CHANGES = """
import random, time
from django.contrib.auth.models import User
from django.utils import timezone
from codes.actions import tips
from codes.models import Tip
writer, reviewer = (User.objects.create_user(name) for name in ("writer", "reviewer"))
tip = Tip.objects.filter(code="{code}", state="published").first()
for number in range(1, {count} + 1):
    tip.text = f"Change number {{number}}."
    draft = tips.submit(tips.write(tip, writer), writer)
    tip = tips.publish(draft, reviewer, timezone.localdate())
    print("changed", number, time.monotonic(), flush=True)
    time.sleep(random.uniform(0, 0.2))
"""


@dataclass(slots=True)
class Seen:
    """What readers got: when they asked, and the number that they saw."""

    answers: list[tuple[float, int]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def read(site: Site, path: str, seen: Seen, stop: threading.Event) -> None:
    """Ask until the stop event is set. An answer of 304 shows what the page with that ETag showed."""
    etag, number, offered = "", 0, False
    while not stop.is_set():
        offered = not offered
        began = time.monotonic()
        answer = site.send("GET", path, If_None_Match=etag if offered else "")
        if answer.status == 200:
            found = re.search(r"Change number (\d+)\.", answer.text)
            etag, number = answer.headers["ETag"], int(found[1]) if found else 0
        with seen.lock:
            seen.kinds[f"{answer.status}"] += 1
            seen.answers.append((began, number))


def behind(seen: Seen, changed: list[tuple[float, int]]) -> list[str]:
    """Answers that show less than what had been written down, so long ago, when they were asked for."""
    wrong, changes, newest = [], iter([*changed, (float("inf"), 0)]), 0
    moment, number = next(changes)
    for began, shown in sorted(seen.answers):
        while moment + SEEN_AFTER < began:
            newest = number
            moment, number = next(changes)
        if shown < newest:
            wrong.append(f"Asked after change {newest}, and change {shown} was shown.")
    return wrong


def run(site: Site, count: int, readers: int) -> None:
    """The changes, the readers, the verdict."""
    site.manage("load_sample")
    seen, stop = Seen(), threading.Event()
    with site.serving():
        paths = (f"/cpt/{CODE}/", f"/cpt/{CODE}/?zip=36301") * readers
        threads = [threading.Thread(target=read, args=(site, path, seen, stop)) for path in paths[:readers]]
        for thread in threads:
            thread.start()
        try:
            code = CHANGES.format(code=CODE, count=count)
            said = site.manage("shell", "--verbosity", "0", "--command", code)
            time.sleep(2)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    lines = (line.split() for line in said.splitlines() if line.startswith("changed"))
    changed = [(float(moment), int(number)) for _, number, moment in lines]
    wrong = behind(seen, changed)
    shown = len({number for _, number in seen.answers})
    print(
        f"{len(changed)} changes, {shown} different pages seen in {len(seen.answers):,} answers: {seen.kinds}"
    )
    if wrong or set(seen.kinds) - {"200", "304"} or shown < 2:
        raise SystemExit("\n".join([f"{len(wrong)} answers were behind.", *wrong[:10]]))
    print("No answer was behind.")


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--readers", type=int, default=4)
    options = parser.parse_args()
    with sites(options.database, WORKERS="2") as site:
        run(site, options.changes, options.readers)


if __name__ == "__main__":
    main()
