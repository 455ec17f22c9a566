"""Whole answers of one gunicorn process, against an empty Django view that returns as many bytes as the code page.

    python -m benchmarks.pages

The empty view is the barest there is: no middleware, no database (`bare_django.py`), in the same gunicorn settings.
Ours runs as in production, on the sample. Each page is measured right after the empty view, and each ratio is the
middle one of the rounds: what else the machine does then touches both. The processor time of an answer, in our
process alone, is shown beside it: that hardly depends on what else runs. *Cold* asks with another parameter each time,
so that no answer is kept; what a page says of a code is, after its first question (`docs/adr/0009`). What that costs is
shown too: the first page of each of many codes.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import report, server
from benchmarks.report import Figure
from benchmarks.server import Rate, Server

ROUNDS, SECONDS = 15, 1.0
PAGE = "/cpt/99213/?zip=36301"
FIRST = """
from codes.models import CodeText
print(*CodeText.objects.filter(code__lt="A").order_by("?").values_list("code", flat=True)[:400])
"""
CLAIM = "/claim/?lines=45385,45380-59,99213-25,93000,71046&pos=22&zip=36301"


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, and the least share of the empty view's rate that it is promised to reach."""

    what: str
    path: str
    least: float | None = None
    unchanged: bool = False


ASKED = (
    Asked("code page, kept (warm)", PAGE, 0.8),
    Asked("code page, not changed (304)", PAGE, 0.9, unchanged=True),
    Asked("code page, made anew (cold)", f"{PAGE}&charge={{}}.00", 0.1),
    Asked("edits, fragment, cold", "/cpt/99213/edits/?zip=36301&q={}"),
    Asked("add-ons, fragment, kept", "/cpt/99213/add-ons/"),
    Asked("country, fragment, kept", "/cpt/99213/country/"),
    Asked("country, cold", "/cpt/99213/country/?kept={}"),
    Asked("search, kept", "/search/?q=knee+injection"),
    Asked("search, cold", "/search/?q=knee+{}"),
    Asked("Claim Desk of 5 lines, kept", CLAIM),
    Asked("Claim Desk of 5 lines, cold", f"{CLAIM}&kept={{}}"),
)


def main() -> Iterator[Figure]:
    """Rates, ratios and memory on SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    yield Figure("client", f"{server.client()}, {server.CONNECTIONS} at once")
    for name in report.databases(""):
        with tempfile.TemporaryDirectory() as folder:
            yield from _measured(name, report.databases(folder)[name], Path(folder))
    yield from report.not_on_postgres()


def _measured(database: str, address: str, folder: Path) -> Iterator[Figure]:
    environment = server.production(address, folder, workers=1)
    server.manage(environment, "migrate", "--verbosity", "0")
    server.manage(environment, "load_sample")
    server.manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    with server.serving("medpayiq.wsgi", environment) as ours:
        _, _, body = ours.get(PAGE)
        baseline = {**environment, "BYTES": str(len(body))}
        with server.serving("benchmarks.bare_django", baseline, "benchmarks/bare_gunicorn.conf.py") as bare:
            rounds = _rounds(bare, ours)
        every = [empty for pairs in rounds.values() for empty, _ in pairs]
        yield Figure(f"{database}: empty view of {len(body):,} bytes", _said(every))
        for asked, pairs in rounds.items():
            yield _figure(database, asked, pairs)
        codes = server.manage(environment, "shell", "--verbosity", "0", "--command", FIRST).split()
        yield _first_pages(database, ours, codes)
        for rss, pss in ours.megabytes():
            yield Figure(f"{database}: memory of a worker", f"RSS {rss:.0f} MB, PSS {pss:.0f} MB")


def _rounds(bare: Server, ours: Server) -> dict[Asked, list[tuple[Rate, Rate]]]:
    """Of each page and round, the rate of the empty view and that of the page; without a promise a third of them."""
    rounds: dict[Asked, list[tuple[Rate, Rate]]] = {asked: [] for asked in ASKED}
    for number in range(ROUNDS):
        for asked in (asked for asked in ASKED if asked.least or number % 3 == 0):
            headers = {"HX-Request": "true"} if "fragment" in asked.what else {}
            if asked.unchanged:
                headers["If-None-Match"] = ours.get(asked.path)[1]["etag"]
            empty = server.rate(bare, "/", SECONDS)
            rounds[asked].append((empty, server.rate(ours, asked.path, SECONDS, headers)))
    return rounds


def _first_pages(database: str, ours: Server, codes: list[str]) -> Figure:
    before = ours.cpu_seconds()
    for code in codes:
        ours.get(f"/cpt/{code}/?zip=36301")
    spent = (ours.cpu_seconds() - before) * 1000 / len(codes)
    return Figure(f"{database}: code page, first of each of {len(codes)} codes", f"{spent:.2f} ms CPU")


def _figure(database: str, asked: Asked, pairs: list[tuple[Rate, Rate]]) -> Figure:
    ratio = median(page.a_second / empty.a_second for empty, page in pairs)
    figure = f"{_said([page for _, page in pairs])}, {ratio:.2f}x"
    if asked.least is None:
        return Figure(f"{database}: {asked.what}", figure)
    return Figure(f"{database}: {asked.what}", figure, f">= {asked.least:g}x", ratio >= asked.least)


def _said(rates: list[Rate]) -> str:
    cpu = median(rate.cpu_milliseconds for rate in rates)
    return f"{median(rate.a_second for rate in rates):,.0f} a second, {cpu:.2f} ms CPU"


if __name__ == "__main__":
    sys.exit(report.alone(main))
