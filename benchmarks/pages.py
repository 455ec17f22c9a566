"""Whole answers of one process in processor time, beside an empty Django view and Datasette over the same tables.

    FULL_SQLITE=full.sqlite3 DATASETTE=venv/bin/datasette python -m benchmarks.pages

The empty view is the barest there is (`bare_django.py`): no middleware, no database, as many bytes as a code page, the
same gunicorn settings. Ours runs as in production. Both are asked by turns, and each figure is the middle one of the
rounds. *First* means a code, a list of edits or a question that nobody has asked since the process began; *kept* means
asked before. Datasette shows the same rows of the same SQLite, also when PostgreSQL is measured.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from benchmarks import databases, report, server
from benchmarks.databases import Database
from benchmarks.report import Figure
from benchmarks.server import Headers, Server

ROUNDS, CODES_A_ROUND = 5, 30
PAGE = "/cpt/99213/?zip=36301"
CLAIM = "/claim/?lines=45385,45380-59,99213-25,93000,71046&pos=22&zip=36301"
GZIP = {"Accept-Encoding": "gzip"}
FRAGMENTS = ("edits", "changes", "country", "over-time", "add-ons")
LONG_LISTS = ("99213", "96523")
WORDS = ("knee", "mri brain", "colonoscopy", "flu shot", "cast removal", "ekg", "skin biopsy", "pt eval")
MOST_START_SECONDS, MOST_MEGABYTES, MOST_FIRST_SEARCH_MS = 4.0, 150, 500
OUR_CODES = """
from codes.models import CodeText
print(*CodeText.objects.filter(code__lt="A").order_by("?").values_list("code", flat=True)[:700])
"""
ROWS_OF_PEER = """
from codes.models import FeeScheduleRow, Release
schedule = Release.objects.ready().filter(source="pprrvu").latest("effective_from").pk
for each in FeeScheduleRow.objects.filter(release=schedule, modifier="", code__lt="A").order_by("?")[:200]:
    print(f"row {each.code} {each.pk}")
print("edits", Release.objects.ready().filter(source="ptp_practitioner").latest("effective_from").pk)
"""


@dataclass(slots=True)
class Site:
    """Our site, the empty view beside it, and codes that nobody has asked for yet."""

    database: str
    ours: Server
    bare: Server
    codes: Iterator[str]
    etags: dict[str, str] = field(default_factory=dict)

    def fresh_codes(self) -> list[str]:
        """Codes of a round; at least one is left where the data have few."""
        return list(islice(self.codes, CODES_A_ROUND))

    def compared(
        self,
        what: str,
        paths: Callable[[], Sequence[str]],
        most: float | None = None,
        headers: Headers | None = None,
        *,
        times: int = 1,
    ) -> Figure:
        """What an answer costs beside the empty view; `times` answers count as one."""
        pairs = [
            (self.ours.milliseconds(paths(), headers) * times, self.bare.milliseconds(["/"] * CODES_A_ROUND))
            for _ in range(ROUNDS)
        ]
        ours, bare = (median(each) for each in zip(*pairs, strict=True))
        return Figure.against(f"{self.database}: {what}", ours, bare, "empty view", most)


def main() -> Iterator[Figure]:
    """Answers, start and memory on SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    for database in databases.copies():
        yield from _measured(database)
    yield from report.not_on_postgres()


def _measured(database: Database) -> Iterator[Figure]:
    # In the memory of the worker alone: what a former one left in files would not be made a first time.
    environment = server.production(database.address, database.folder, workers=1) | {"CACHE_URL": "locmem://"}
    server.manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    codes = server.manage(environment, "shell", "--verbosity", "0", "--command", OUR_CODES).split()
    with server.serving("medpayiq.wsgi", environment):
        pass  # builds the search index, as loading a release does
    with ExitStack() as stack:
        ours = stack.enter_context(server.serving("medpayiq.wsgi", environment))
        yield Figure.at_most(
            f"{database.name}: start", ours.started_in(), "s", MOST_START_SECONDS, decimals=1
        )
        size = str(len(ours.get(PAGE)[2]))
        bare = stack.enter_context(
            server.serving(
                "benchmarks.bare_django", {**environment, "BYTES": size}, "benchmarks/bare_gunicorn.conf.py"
            )
        )
        site = Site(database.name, ours, bare, iter(codes))
        yield from _first(site)
        yield from _cached(site)
        yield from _beside_datasette(site, database, environment)
        yield from _memory(site)


def _first(site: Site) -> Iterator[Figure]:
    """What nobody has asked for before."""
    site.ours.renew()
    site.ours.get("/search/?q=" + WORDS[0])
    yield _first_search(site)
    yield site.compared("code page, first of its code", lambda: _pages(site.fresh_codes()), 8)
    parts = len(FRAGMENTS) + 2
    yield site.compared(
        "code page and its parts, first",
        lambda: _scrolled(site.fresh_codes()[:8]),
        25,
        {"HX-Request": "true"},
        times=parts,
    )
    yield site.compared("country, first", lambda: [f"/cpt/{code}/country/" for code in site.fresh_codes()])
    words = iter(f"{word} {number}" for number in range(99) for word in WORDS)
    yield site.compared(
        "search, first", lambda: [f"/search/?q={next(words).replace(' ', '+')}" for _ in range(20)]
    )
    charges = iter(range(1000, 9999))
    yield site.compared(
        "Claim Desk of 5 lines, first", lambda: [f"{CLAIM}&charge={next(charges)}" for _ in range(20)]
    )


def _first_search(site: Site) -> Figure:
    site.ours.renew()
    spent = site.ours.milliseconds(["/search/?q=knee+injection"])
    return Figure.at_most(f"{site.database}: first search of a process", spent, "ms", MOST_FIRST_SEARCH_MS)


def _pages(codes: Sequence[str]) -> list[str]:
    return [f"/cpt/{code}/?zip=36301" for code in codes]


def _scrolled(codes: Sequence[str]) -> list[str]:
    """A page with what is fetched as it is scrolled."""
    parts = [f"/cpt/{code}/{part}/?zip=36301" for code in codes for part in FRAGMENTS]
    return [*_pages(codes), *parts, *(f"/reports/{code}/" for code in codes)]


def _cached(site: Site) -> Iterator[Figure]:
    """As browsers ask, which take gzip; and as a program asks that takes none."""
    pages = [PAGE] * CODES_A_ROUND
    yield site.compared("code page, kept", lambda: pages, 1.1, GZIP)
    yield site.compared("code page, kept, without gzip", lambda: pages, 1.1)
    etag = GZIP | {"If-None-Match": site.ours.get(PAGE, GZIP)[1]["etag"]}
    yield site.compared("code page, not changed (304)", lambda: pages, 1.1, etag)
    reports = ["/reports/99213/"] * CODES_A_ROUND
    yield site.compared("denial reports of a code, kept", lambda: reports, 1.2, GZIP | {"HX-Request": "true"})


def _beside_datasette(site: Site, database: Database, environment: Headers) -> Iterator[Figure]:
    """The same rows as Datasette shows them."""
    if not os.environ.get("DATASETTE") or database.name != "SQLite":
        yield Figure(
            f"{database.name}: beside Datasette", "not measured: SQLite only, and DATASETTE names it"
        )
        return
    printed = server.manage(environment, "shell", "--verbosity", "0", "--command", ROWS_OF_PEER)
    rows = re.findall(r"^row (\S+) (\d+)$", printed, re.MULTILINE)
    (release,) = re.findall(r"^edits (\d+)$", printed, re.MULTILINE)
    with server.datasette(database.file) as peer:
        yield _json(site, peer, rows)
        for code in LONG_LISTS:
            yield _edits(site, peer, code, release)


def _json(site: Site, peer: Server, rows: list[tuple[str, str]]) -> Figure:
    pairs = []
    for first in range(0, ROUNDS * CODES_A_ROUND, CODES_A_ROUND):
        part = rows[first : first + CODES_A_ROUND]
        ours = site.ours.milliseconds([f"/cpt/{code}.json" for code, _ in part])
        theirs = peer.milliseconds([f"/bench/codes_feeschedulerow/{key}.json" for _, key in part])
        pairs.append((ours, theirs))
    ours, theirs = (median(each) for each in zip(*pairs, strict=True))
    return Figure.against(f"{site.database}: JSON of a code, first", ours, theirs, "Datasette row", 1.2)


def _edits(site: Site, peer: Server, code: str, release: str) -> Figure:
    """The panel as the code page fetches it, each time of a process that has seen no edits of the code."""
    table = f"/bench/codes_ptpedit?release_id={release}&column_two={code}&_size=100"
    pairs = []
    for _ in range(ROUNDS):
        site.ours.renew()
        site.ours.get("/cpt/36415/edits/?zip=36301", {"HX-Request": "true"})
        ours = site.ours.milliseconds([f"/cpt/{code}/edits/?zip=36301"], {"HX-Request": "true"})
        pairs.append((ours, peer.milliseconds([table] * 3)))
    ours, theirs = (median(each) for each in zip(*pairs, strict=True))
    what = f"{site.database}: edits of {code}, first"
    return Figure.against(what, ours, theirs, "Datasette, 100 rows", 0.7)


def _memory(site: Site) -> Iterator[Figure]:
    """After all that was asked."""
    for rss, pss in site.ours.megabytes():
        yield Figure(f"{site.database}: a worker's own and shared memory (RSS)", f"{rss:.0f} MB")
        yield Figure.at_most(f"{site.database}: memory of a worker (PSS)", pss, "MB", MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(report.alone(main))
