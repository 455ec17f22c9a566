"""Ten minutes at 70 % of what the site can do, with a mix like real use: no error, p99 under 250 ms, memory flat.

    python -m benchmarks.soak [--seconds 600] [--share 0.7] [--sqlite FILE] [--load FILE]

On the PostgreSQL that DATABASE_URL names, or on a copy of the SQLite database FILE, or else on the sample; with as
many processes as deploy/gunicorn.conf.py makes. What the site can do is measured first: the same mix, as fast as the
same clients get answers. Then requests come at random moments (a Poisson process) at the share of that rate, and each
is timed from the moment when it was due: one that has to queue counts with its waiting. What the site can do is
measured once more at the end: a machine that is shared may have slowed down in between, or the site. With --load a
file of CMS that the database has not is loaded in the middle: six seconds after `load_cms` has ended nobody who has a
page of before may be told that it is unchanged.
"""

import argparse
import queue
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import report, server
from benchmarks.report import Figure
from benchmarks.server import Headers, Server

MOST_P99_MS, MOST_GROWTH = 250.0, 0.10
SECONDS_UNTIL_SEEN = 6.0  # a process reads the versions once a second, and is five behind a load at most
SECONDS_AFTERWARDS = 15.0
FORMER = "answers of the former release"
CAPACITY_SECONDS, CLIENTS, SEED = 30.0, 16, 8
CODES = ("99213", "99214", "76376", "93000", "20610", "45380", "97110", "36415", "80053", "71046")
WORDS = ("knee injection", "ekg", "colonoscopy", "cbc", "pt eval", "mri brain", "flu shot", "99213 25")
# How many of a hundred visitors ask for what. Each of COMPUTED has an address of its own, which no cache has yet.
MIX = {"warm": 36, "unchanged": 18, "cold": 12, "edits": 10, "search": 8, "suggest": 9, "claim": 4}
MIX |= {"sitemap": 1, "report": 2}
COMPUTED = ("cold", "edits", "claim")
TOKENS = """
import time
from contributions import tokens
for _ in range({}):
    print(tokens.issue("99213", time.time() - 60))
"""


@dataclass(slots=True)
class Seen:
    """Milliseconds of each answer, and what was wrong."""

    milliseconds: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ranked = sorted(self.milliseconds)
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


class Visitors:
    """What visitors ask for, in the same order each time; reports need tokens that are a minute old."""

    def __init__(self, tokens: list[str]) -> None:
        self.chance = random.Random(SEED)
        self.tokens = tokens
        self.etags: dict[str, str] = {}
        self.number = 0
        self.former_gone = float("inf")  # since when no page of before a load may be called unchanged

    def next(self) -> tuple[str, str, str, Headers]:
        """Kind, path, body and headers of the next request."""
        self.number += 1
        kind = self.chance.choices(list(MIX), list(MIX.values()))[0]
        code, number = self.chance.choice(CODES), self.number
        words = self.chance.choice(WORDS)
        if kind == "report" and self.tokens:
            return kind, "/reports/99213/new/", *self._report(number)
        if kind == "unchanged" and (etag := self.etags.get(f"/cpt/{code}/")):
            return kind, f"/cpt/{code}/", "", {"If-None-Match": etag}
        path = {
            "cold": f"/cpt/{code}/?zip=36301&charge={number}.00",
            "edits": f"/cpt/{code}/edits/?zip=36301&charge={number}.00",
            "search": f"/search/?{urlencode({'q': f'{words} {number % 50}'})}",
            "suggest": f"/search/suggest/?{urlencode({'q': words[: 2 + number % 8]})}",
            "claim": f"/claim/?lines=45385,45380-59,{code}&pos=22&zip=36301&charge={number}.00",
            "sitemap": "/sitemap.xml",
        }.get(kind, f"/cpt/{code}/")
        return kind, path, "", {"HX-Request": "true"} if kind in ("edits", "suggest") else {}

    def _report(self, number: int) -> tuple[str, Headers]:
        secret = "a" * 32
        form = {"payer_kind": "medicare", "reason": "CO-97", "sure": "on", "token": self.tokens.pop()}
        return urlencode(form | {"csrfmiddlewaretoken": secret}), {
            "Cookie": f"__Host-csrf={secret}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{number // 62500 % 250}.{number // 250 % 250}.{number % 250}",
        }


def main(
    seconds: float = 600.0, share: float = 0.7, sqlite: Path | None = None, load: Path | None = None
) -> Iterator[Figure]:
    """Capacity, then the soak; three promises, and with a load a fourth."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        address, what = _database(folder, sqlite)
        environment = server.production(address, folder)
        environment |= {"REPORT_BURST": "1000000/hour", "REPORT_LIMITS": "1000000/hour"}
        server.manage(environment, "migrate", "--verbosity", "0")
        if sqlite is None:
            server.manage(environment, "load_sample")
        server.manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
        output = server.manage(environment, "shell", "--verbosity", "0", "--command", TOKENS.format(20_000))
        visitors = Visitors([line for line in output.split() if len(line) > 20])
        with server.serving("medpayiq.wsgi", environment) as site:
            loads = threading.Timer(seconds / 2, _load, (environment, load, visitors)) if load else None
            yield from _soak(site, visitors, seconds, share, what, loads)


def _load(environment: Headers, file: Path, visitors: Visitors) -> None:
    said = server.manage(environment, "load_cms", str(file))
    if "loaded " in said:
        visitors.former_gone = time.monotonic() + SECONDS_UNTIL_SEEN


def _database(folder: Path, sqlite: Path | None) -> tuple[str, str]:
    if sqlite:
        shutil.copy(sqlite, folder / "soak.sqlite3")
        return (
            f"sqlite:///{folder}/soak.sqlite3",
            f"SQLite, a copy of {sqlite.stat().st_size / 1024**2:,.0f} MB",
        )
    found = report.databases(str(folder))
    name = "PostgreSQL" if "PostgreSQL" in found else "SQLite"
    return found[name], f"{name}, the sample"


def _soak(
    site: Server, visitors: Visitors, seconds: float, share: float, what: str, loads: threading.Timer | None
) -> Iterator[Figure]:
    _warm_up(site, visitors)
    capacity = _capacity(site, visitors)
    yield Figure("site", f"{what}, {len(site.megabytes())} processes")
    yield Figure("capacity with this mix", f"{capacity:,.0f} a second")
    before = _resident(site)
    if loads:
        loads.start()
    seen = _run(site, visitors, seconds, capacity * share)
    after = _resident(site)
    if loads:
        loads.join()
        time.sleep(SECONDS_UNTIL_SEEN)
        afterwards = _run(site, visitors, SECONDS_AFTERWARDS, capacity * share).wrong
        said = f"{FORMER} {afterwards[FORMER]}, in {SECONDS_AFTERWARDS:.0f} s after a load"
        is_loaded = visitors.former_gone < float("inf")
        said = said if is_loaded else "nothing new: the database has this file already"
        yield Figure("loaded in the middle", said, "none", is_loaded and not afterwards)
    yield Figure("capacity after it", f"{_capacity(site, visitors):,.0f} a second")
    yield Figure(f"asked in {seconds:g} s at {share:.0%}", f"{len(seen.milliseconds):,} requests")
    yield Figure("by kind", ", ".join(f"{kind} {count:,}" for kind, count in seen.kinds.most_common()))
    wrong = ", ".join(f"{what} {count}" for what, count in seen.wrong.most_common(5)) or "none"
    yield Figure("errors", wrong, "none", not seen.wrong)
    p99 = seen.percentile(0.99)
    said = f"p50 {seen.percentile(0.5):.0f} ms, p95 {seen.percentile(0.95):.0f} ms, p99 {p99:.0f} ms"
    yield Figure("time from when due to the last byte", said, f"p99 < {MOST_P99_MS:g} ms", p99 < MOST_P99_MS)
    growth = after / before - 1
    said = f"RSS {before:.0f} MB, then {after:.0f} MB ({growth:+.0%})"
    if loads:  # which brings tables of its own
        yield Figure("memory of all processes", said)
    else:
        yield Figure("memory of all processes", said, f"<= {MOST_GROWTH:+.0%}", growth <= MOST_GROWTH)


def _warm_up(site: Server, visitors: Visitors) -> None:
    """Each process builds its index and its catalogue once, as after a deployment; then the pages are kept."""
    for _ in range(8):
        for path in ("/search/?q=knee", "/search/suggest/?q=kn", *(f"/cpt/{code}/" for code in CODES)):
            _, headers, _ = site.get(path)
            if "etag" in headers:
                visitors.etags[path] = headers["etag"]


def _capacity(site: Server, visitors: Visitors) -> float:
    """Answers a second."""
    return len(_run(site, visitors, CAPACITY_SECONDS, None).milliseconds) / CAPACITY_SECONDS


def _run(site: Server, visitors: Visitors, seconds: float, rate: float | None) -> Seen:
    """At `rate` requests a second, or, without one, as fast as the clients get answers."""
    seen, due, lock = Seen(), queue.Queue[float | None](), threading.Lock()
    end = time.monotonic() + seconds

    def visit() -> None:
        while (moment := due.get() if rate else _now(end)) is not None:
            with lock:
                asked = visitors.next()
            status = _status(site, *asked)
            with lock:
                seen.kinds[asked[0]] += 1
                seen.milliseconds.append((time.monotonic() - moment) * 1000)
                if status == 304 and moment > visitors.former_gone:
                    seen.wrong[FORMER] += 1
                if status not in (200, 302, 304):
                    seen.wrong[f"{asked[0]}: {status}"] += 1

    threads = [threading.Thread(target=visit) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    if rate:
        moment = time.monotonic()
        while (moment := moment + random.expovariate(rate)) < end:
            time.sleep(max(0.0, moment - time.monotonic()))
            due.put(moment)
        for _ in threads:
            due.put(None)
    for thread in threads:
        thread.join()
    return seen


def _now(end: float) -> float | None:
    now = time.monotonic()
    return now if now < end else None


def _status(site: Server, kind: str, path: str, body: str, headers: Headers) -> int:
    """0 where nothing came."""
    try:
        return site.post(path, body, headers) if body else site.get(path, headers)[0]
    except OSError:
        return 0


def _resident(site: Server) -> float:
    return sum(rss for rss, _ in site.megabytes())


def options() -> argparse.ArgumentParser:
    """How long, how hard, on what."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--share", type=float, default=0.7, help="of the measured capacity")
    parser.add_argument("--sqlite", type=Path, help="a database to copy and use")
    parser.add_argument("--load", type=Path, help="a file of CMS to load in the middle")
    return parser


if __name__ == "__main__":
    asked = options().parse_args()
    sys.exit(report.alone(lambda: main(asked.seconds, asked.share, asked.sqlite, asked.load)))
