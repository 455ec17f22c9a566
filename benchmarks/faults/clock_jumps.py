#!/usr/bin/env python3
"""Let the clock of the server jump a day ahead, back, and a month ahead while visitors read and report.

    benchmarks/faults/clock_jumps.py [--database sqlite] [--seconds 5]

Needs a C compiler, for a library that tells the site's processes the time. Readers ask for pages and open forms all the
while: no answer may be a 5xx. A form that was opened before a jump must say what is wrong and hold a new token, which
is good three seconds later. A network that has used up its reports of the hour must be let in a day later. Exit code 1
otherwise.
"""

import argparse
import re
import secrets
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from reports import CODE, SETTINGS, report, stored
from trial import Response, Site, sites

DAY = 24 * 60 * 60
JUMPS = (DAY, 0, -DAY, 0, 40 * DAY, 0)
LIMITED = 62_499  # the number whose network sends too many reports


# libfaketime was no help: it moves the monotonic clock too, or breaks every sleep.
LIBRARY = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long jump(void) {
    char said[32] = {0};
    int file = open(getenv("CLOCK_JUMP"), O_RDONLY);
    if (file < 0 || read(file, said, sizeof said - 1) < 0) abort();
    close(file);
    return atol(said);
}
int clock_gettime(clockid_t which, struct timespec *now) {
    int (*true_one)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = true_one(which, now);
    if (!failed && which == CLOCK_REALTIME) now->tv_sec += jump();
    return failed;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    int failed = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return failed;
}
time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
"""


@dataclass(slots=True)
class Clock:
    """The time of day of the site's processes, as when somebody sets a clock: the monotonic clock goes on."""

    folder: Path

    def __post_init__(self) -> None:
        (source := self.folder / "clock.c").write_text(LIBRARY)
        command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(self.library), str(source), "-ldl"]
        subprocess.run(command, check=True)
        self.jump(0)

    @property
    def library(self) -> Path:
        """What is loaded before libc."""
        return self.folder / "clock.so"

    def jump(self, seconds: int) -> None:
        """From now on the clock is so many seconds ahead of ours."""
        (new := self.folder / "new").write_text(f"{seconds}")
        new.rename(self.folder / "jump")

    @property
    def environment(self) -> dict[str, str]:
        """What the processes need."""
        return {"LD_PRELOAD": str(self.library), "CLOCK_JUMP": str(self.folder / "jump")}


@dataclass(slots=True)
class Visitors:
    """Readers, what they got, and the reports that were accepted."""

    site: Site
    statuses: Counter[int] = field(default_factory=Counter)
    accepted: int = 0
    sent: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        """Ask for pages, kept and new, and open forms."""
        paths = (
            f"/cpt/{CODE}/",
            f"/cpt/{CODE}/?zip=36301&charge=",
            f"/reports/{CODE}/new/",
            f"/reports/{CODE}/",
        )
        while not self.stop.is_set():
            path = secrets.choice(paths)
            path += str(1 + secrets.randbelow(10**6)) if path.endswith("=") else ""
            self.statuses[self.site.send("GET", path).status] += 1

    def report(self, token: str, number: int = 0) -> Response:
        """Send a report, by default from a new network."""
        self.sent += 1
        answer = report(self.site, token, number or self.sent)
        self.statuses[answer.status] += 1
        self.accepted += answer.status == 302
        return answer

    def open_form(self) -> str:
        """The token of a form, once it is old enough."""
        token = token_in(self.site.page(f"/reports/{CODE}/new/"))
        time.sleep(4)
        return token


def token_in(page: str) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""


def check(holds: bool, what: str) -> None:
    """Say what was seen; the script ends where it is not as it must be."""
    print(("well: " if holds else "WRONG: ") + what)
    if not holds:
        raise SystemExit(1)


def after_a_jump(visitors: Visitors, token: str, jump: str) -> None:
    """A form from before the jump is refused with words and a new token, and that one is good."""
    answer = visitors.report(token)
    said = re.search(r"(This form [^<]*|That was [^<]*)", answer.text)
    new = token_in(answer.text)
    check(answer.status == 400 and new not in ("", token), f"{jump}: {said[0] if said else answer.status}")
    time.sleep(4)
    check(visitors.report(new).status == 302, f"{jump}: sent again, it is accepted")


def use_up(visitors: Visitors) -> int:
    """Send reports from one network until it must wait; how many were accepted."""
    before = visitors.accepted
    for _ in range(30):
        if visitors.report(visitors.open_form(), LIMITED).status == 429:
            return visitors.accepted - before
    raise SystemExit("WRONG: no limit")


def run(site: Site, clock: Clock, seconds: float) -> None:
    """The jumps, one after the other."""
    visitors = Visitors(site)
    threads = [threading.Thread(target=visitors.read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        today = visitors.open_form()
        check(visitors.report(visitors.open_form()).status == 302, "a report is accepted")
        print(f"One network: {use_up(visitors)} reports accepted, then 429.")
        clock.jump(DAY)
        after_a_jump(visitors, today, "a day ahead")
        check(
            visitors.report(visitors.open_form(), LIMITED).status == 302, "a day ahead: the network is let in"
        )
        tomorrow = visitors.open_form()
        clock.jump(0)
        after_a_jump(visitors, tomorrow, "a day back")
        for jump in JUMPS:
            clock.jump(jump)
            time.sleep(seconds)
            check(visitors.report(visitors.open_form()).status == 302, f"{jump / DAY:+.0f} days: accepted")
    finally:
        visitors.stop.set()
        for thread in threads:
            thread.join()
    print(f"Answers: {dict(visitors.statuses)}")
    check(set(visitors.statuses) <= {200, 302, 400, 429}, "no other answer")
    check(stored(site) == visitors.accepted, f"{visitors.accepted} reports accepted, all kept")


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        clock = Clock(Path(folder))
        with sites(options.database, **SETTINGS, **clock.environment) as site:
            site.manage("load_sample")
            with site.serving():
                run(site, clock, options.seconds)


if __name__ == "__main__":
    main()
