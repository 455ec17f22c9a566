#!/usr/bin/env python3
"""Stop and start PostgreSQL under load, and look at what readers and reporters get.

    benchmarks/faults/postgres_restart.py [--seconds 8] [--mode immediate]

Starts a PostgreSQL and a gunicorn of its own in a temporary folder, asks for pages and sends reports from several
threads, stops the database (as a crash by default), starts it again, and goes on. Ends with exit code 1 unless every
answer was 200, 302 or 503 with Retry-After, pages came again by themselves, and every accepted report is there.
Needs PostgreSQL's programs; as root it runs them as the user postgres.
"""

import argparse
import json
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from reports import SETTINGS, report, stored, tokens
from trial import Postgres, Response, Site, postgres, site_on

CODES = (
    "cpt/99213",
    "cpt/99214",
    "cpt/76376",
    "cpt/93000",
    "cpt/20610",
    "cpt/45380",
    "hcpcs/J1100",
    "hcpcs/G0439",
)
READERS = 4


@dataclass(slots=True)
class Answers:
    """What came back, by phase, and when."""

    phase: str = "before"
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    accepted: int = 0
    started_again: float = 0.0
    first_page_again: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, answer: Response, what: str) -> None:
        """Count one answer."""
        status, retry_after = answer.status, answer.headers.get("Retry-After")
        with self.lock:
            self.counts.setdefault(self.phase, Counter())[f"{kind} {status}"] += 1
            if status not in (200, 302, 503) or (status == 503 and not retry_after):
                self.bad.append(f"{self.phase}: {what} was answered with {status or 'nothing'}")
            if kind == "report" and status == 302:
                self.accepted += 1
            if status == 200 and self.started_again and not self.first_page_again:
                self.first_page_again = time.monotonic()


def read(site: Site, answers: Answers, stop: threading.Event) -> None:
    """Ask for pages that nobody has asked for before, so that each needs the database."""
    while not stop.is_set():
        path = f"/{secrets.choice(CODES)}/?zip=36301&charge={secrets.randbelow(10**6)}"
        answers.note("page", site.send("GET", path), path)
        time.sleep(0.02)


def send_reports(site: Site, answers: Answers, stop: threading.Event, each: list[str]) -> None:
    """Send a report with each token."""
    for number, token in enumerate(each):
        if stop.is_set():
            return
        answers.note("report", report(site, token, number), "a report")
        time.sleep(0.1)


def strike(postgres: Postgres, answers: Answers, seconds: float, mode: str) -> None:
    """Before, away, after: each for so many seconds."""
    time.sleep(seconds)
    answers.phase = "stopping"
    postgres.stop(mode)
    answers.phase = "away"
    time.sleep(seconds)
    answers.phase = "starting"
    postgres.start()
    answers.started_again = time.monotonic()
    time.sleep(2)
    answers.phase = "after"
    time.sleep(seconds)


def verdict(answers: Answers, stored_reports: int) -> list[str]:
    """What went wrong, as sentences."""
    wrong = answers.bad[:10]
    after = answers.counts.get("after", Counter())
    if not answers.first_page_again:
        wrong.append("No page came after the database was back.")
    if after["page 503"] or not after["page 200"]:
        wrong.append(f"Two seconds after the database was back: {dict(after)}.")
    if stored_reports < answers.accepted:
        wrong.append(f"{answers.accepted} reports were accepted and {stored_reports} are there.")
    if not answers.counts.get("away", Counter())["page 503"]:
        wrong.append("The database was away, and nobody noticed: the load was none.")
    return wrong


def run(server: Postgres, site: Site, seconds: float, mode: str) -> None:
    """The site, the load, the strike, the verdict."""
    site.manage("load_sample")
    answers, stop = Answers(), threading.Event()
    each = tokens(site, int(seconds * 40))
    with site.serving():
        threads = [threading.Thread(target=read, args=(site, answers, stop)) for _ in range(READERS)]
        threads.append(threading.Thread(target=send_reports, args=(site, answers, stop, each)))
        for thread in threads:
            thread.start()
        try:
            strike(server, answers, seconds, mode)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    there = stored(site)
    for phase, counts in answers.counts.items():
        print(f"{phase:9} {json.dumps(dict(sorted(counts.items())))}")
    waited = answers.first_page_again - answers.started_again
    print(f"{answers.accepted} reports accepted, {there} kept; first page {waited:.2f} s after the start.")
    if wrong := verdict(answers, there):
        raise SystemExit("\n".join(wrong))


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--mode", choices=["immediate", "fast"], default="immediate")
    options = parser.parse_args()
    with postgres() as server, site_on(server.url, **SETTINGS) as site:
        run(server, site, options.seconds, options.mode)


if __name__ == "__main__":
    main()
