"""The dearest requests that a stranger can build: processor time, on full data.

    FULL_SQLITE=full.sqlite3 python -m benchmarks.worst_requests

Every address and form is asked in one process with the largest input that each takes, and nothing kept; the ten that
cost most are shown. `python -m benchmarks.worst_requests ours` asks them of the database that DATABASE_URL names, and
shows them all.
"""

import json
import os
import sys
from collections.abc import Iterator
from time import process_time
from typing import NamedTuple

from benchmarks import databases, report
from benchmarks.loading import child
from benchmarks.report import Figure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")

MOST_SECONDS, SHOWN = 0.5, 10
LONGEST_LIST = 250_000
DAY = "dos=2026-08-01"


class Request(NamedTuple):
    """A request: a name for the report, the address, and what is posted, if anything."""

    name: str
    address: str
    posted: dict[str, str] | None = None


def pages() -> Iterator[Request]:
    """The dearest pages, tables and twins."""
    for address in (
        "/", "/browse/", "/changes/", "/sources/", "/changes/?page=2",
        "/sources/?page=2", "/localities/", "/compare/?codes=99213,99214,99215,76376,45385",
        "/sitemap.xml", "/sitemap-cpt.xml", "/sitemap-hcpcs.xml", "/sitemap-browse.xml", "/sitemap-localities.xml",
        f"/cpt/99211/?{DAY}", f"/cpt/99211/edits/?{DAY}", f"/cpt/99211/edits/?{DAY}&q=a", f"/cpt/96523/edits.csv?{DAY}",
        f"/cpt/99211/edits.csv?{DAY}", f"/cpt/99213/country/?{DAY}", f"/cpt/99213/country.csv?{DAY}",
        "/cpt/99213/over-time/", "/cpt/99213/changes/", f"/cpt/99213.json?{DAY}", "/changes.csv?source=pprrvu",
        "/changes/?source=pprrvu", "/changes/?source=hcpcs", f"/localities/01112-05/fees.csv?{DAY}",
        f"/localities/01112-05/fees.xlsx?{DAY}", "/changes.atom", "/glossary/", "/indicators/",
    ):  # fmt: skip
        yield Request(address, address)


def searches() -> Iterator[Request]:
    """Words by the dozen, words that nobody knows, signs, and characters that grow when they are made plain."""
    for name, query in (
        ("12 words", "ct mri chest knee injection with without contrast spine biopsy repair removal"),
        ("66 unknown words", " ".join(f"qzx{number}" for number in range(66))),
        ("one letter 200 times", "a " * 200),
        ("numbers", "0." * 200),
        ("dashes", "-" * 400),
        ("characters that grow", "%EF%B7%BA" * 400),
        ("codes", ",".join(str(99201 + number) for number in range(60))),
        ("25 modifiers", "99213 " + "25 " * 130),
    ):
        for page in ("/search/", "/search/suggest/"):
            yield Request(f"{page} {name}", f"{page}?q={query.replace(' ', '+')}")


def lists() -> Iterator[Request]:
    """Pastes at the limit of each form."""
    charges = "\n".join(f"{code} 150.00" for code in _codes(5_000))
    for word in (
        "ref-",
        "ref------",
        "mrn ",
        "1,111,",
        "a@",
        "\ufdfa",
        "1 jan,",
        "99213-25-",
        "patient ",
        "0.",
        "$",
    ):
        text = (word * LONGEST_LIST)[:LONGEST_LIST]
        yield Request(f"/audit/ {word!r} repeated", "/audit/", {"text": text})
        yield Request(f"/claim/ {word!r} repeated", "/claim/", {"text": text[:5000]})
        yield Request(
            f"/corrections/report/ {word!r} repeated",
            "/corrections/report/",
            {"page": "/", "what_is_wrong": text[:2000]},
        )
    yield Request("/audit/ 5,000 charges", "/audit/", {"text": charges})
    yield Request("/audit/ 5,000 charges as CSV", "/audit/", {"text": charges, "as": "csv"})
    lines = ",".join(_codes(25))
    yield Request("/claim/ 25 lines", f"/claim/?lines={lines}&{DAY}")
    yield Request("/claim.json 25 lines", f"/claim.json?lines={lines}&{DAY}")
    yield Request("/ncci/ 25 codes", f"/ncci/?codes={lines.replace(',', '+')}&{DAY}")


def _codes(most: int) -> list[str]:
    from codes.models import FeeScheduleRow

    rows = FeeScheduleRow.objects.filter(status="A", modifier="", code__gte="10000")
    return list(rows.order_by("code").values_list("code", flat=True).distinct()[:most])


def cost(request: Request) -> tuple[float, int]:
    """The seconds of processor time of a request that nothing was kept for, and the status of its answer."""
    from django.core.cache import caches
    from django.test import Client

    for name in ("default", "template_fragments"):
        caches[name].clear()
    client = Client(raise_request_exception=False)
    before = process_time()
    answer = (
        client.get(request.address)
        if request.posted is None
        else client.post(request.address, request.posted)
    )
    list(answer)
    return process_time() - before, answer.status_code


def main() -> Iterator[Figure]:
    """The ten of each database."""
    for database in databases.copies():
        environment = {
            "DATABASE_URL": database.address,
            "VAR_DIR": str(database.folder),
            "CACHE_URL": "locmem://",  # files of an earlier run would make requests cheap
        }
        costs = child("worst_requests", "ours", environment={**os.environ, **environment})
        for name, (seconds, status) in list(costs.items())[:SHOWN]:
            what = f"{database.name}: {name} ({status})"
            yield Figure.at_most(what, seconds, "s", MOST_SECONDS, decimals=2)
    yield from report.not_on_postgres()


def ours() -> dict[str, tuple[float, int]]:
    """Seconds and status of each, the dearest first."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from medpayiq import warm_up

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.SECURE_SSL_REDIRECT = False
    settings.AUDIT_LIMITS = settings.CORRECTION_LIMITS = "1000000/hour"
    settings.BUILD_DOWNLOADS_ON_REQUEST = False  # as in production: build_downloads has built them, or 503
    call_command("check", stdout=sys.stderr)
    warm_up.import_views()
    warm_up.compile_templates()
    warm_up.build_search()  # as loading a release does; what a process takes to read it is measured in pages.py
    warm_up.ask_pages()
    measured = {request.name: cost(request) for request in (*pages(), *searches(), *lists())}
    return dict(sorted(measured.items(), key=lambda each: -each[1][0]))


if __name__ == "__main__":
    if sys.argv[1:] == ["ours"]:
        print(json.dumps(ours(), indent=0))
    else:
        sys.exit(report.alone(main))
