"""Whether what a visitor asks costs more with eleven years of releases and a million reports: processor time.

    FULL_SQLITE=full.sqlite3 python -m benchmarks.growth

On copies of the databases: it writes quarters into them, each with the rows of the newest relative values and indices,
and then a million denial reports, a tenth of them on one code. Pages are made anew each time, by one process, the best
of five; a report is sent five times.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from datetime import date
from time import process_time

from benchmarks import databases, report
from benchmarks.loading import child
from benchmarks.report import Figure

FEW, MANY, MOST_TIMES = 5, 45, 1.5
REPORTS, ON_ONE_CODE = 1_000_000, 100_000
REPORTED = "99213"
COPIED = ("pprrvu", "gpci")
PAGES = (
    "/",
    "/browse/",
    "/changes/",
    "/sources/",
    "/localities/",
    "/cpt/99213/",
    "/cpt/99213/over-time/",
    "/cpt/99213/changes/",
    "/cpt/99213/country/",
    "/cpt/99213/edits/",
    "/cpt/99213.json",
    "/reports/99213/",
)
Cost = dict[str, float]


def main() -> Iterator[Figure]:
    """Each page and the sending of a report at both sizes."""
    for database in databases.copies():
        environment = {
            "DATABASE_URL": database.address,
            "VAR_DIR": str(database.folder),
            "CACHE_URL": "locmem://",  # files of an earlier run would make pages cheap
            "REPORTS_LOCAL_MODE": "0",  # on a public site the night counts, not each report
        }
        costs = child("growth", "ours", environment={**os.environ, **environment})
        for name, (few, many) in costs.items():
            what = f"{database.name}: {name}, grown"
            yield Figure.against(what, many, few, "before", MOST_TIMES)
    yield from report.not_on_postgres()


def ours() -> dict[str, tuple[float, float]]:
    """Milliseconds of each before and after."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
    import django

    django.setup()
    quarters = begins()
    for at in quarters[:FEW]:
        grow(at)
    few = _costs_of_all()
    for at in quarters[FEW:]:
        grow(at)
    report_much()
    many = _costs_of_all()
    return {name: (few[name], many[name]) for name in few}


def _costs_of_all() -> Cost:
    pages = {page: cost(page) * 1000 for page in PAGES}
    return pages | {"a report sent": min(reporting()) * 1000}


def begins() -> list[date]:
    """The first days of the quarters before those that are loaded, latest first."""
    from codes.models import Release

    first = Release.objects.ready().filter(source="pprrvu").earliest("effective_from").effective_from
    last = first.year * 4 + (first.month - 1) // 3
    return [date((last - back) // 4, (last - back) % 4 * 3 + 1, 1) for back in range(1, MANY + 1)]


def grow(at: date) -> None:
    """One quarter more: its releases, with the rows of the newest of each source."""
    from codes.models import Version

    for source in COPIED:
        copy(source, at)
    Version.bump("data")


def copy(source: str, at: date) -> None:
    """A release of a source that begins on a day, with all rows of the newest."""
    from django.db import connection

    from codes.loaders.sources import LOADERS
    from codes.models import Release

    newest = Release.objects.ready().filter(source=source).latest("effective_from")
    table = next(each.model for each in LOADERS if each.source == source)._meta
    columns = ", ".join(str(each.column) for each in table.fields if each.name not in ("id", "release"))
    was = newest.pk
    newest.pk, newest._state.adding = None, True
    newest.name, newest.effective_from = f"GROWN{at:%y%m}", at
    newest.save()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table.db_table} ({columns}, release_id) "
            f"SELECT {columns}, %s FROM {table.db_table} WHERE release_id = %s",
            [newest.pk, was],
        )


def report_much(reports: int = REPORTS, on_one_code: int = ON_ONE_CODE) -> None:
    """A million reports, each by a reporter of its own and all counted; a tenth on one code."""
    from django.db import connection

    numbers = f"WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < {reports})"
    code = f"CASE WHEN n <= {on_one_code} THEN '{REPORTED}' ELSE CAST(10000 + n % 9000 AS VARCHAR(5)) END"
    by, filed = "contributions_reporterordinal", "contributions_report"
    empty = "group_code, remarks, modifiers, place_of_service, state_of_practice, denied_band, month, stage, action, "
    empty += "outcome, what_worked, note, held_because"
    blanks = ", ".join(["''"] * len(empty.split(",")))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {by} (code, period, ordinal, kind, in_snapshot) "
            f"{numbers} SELECT {code}, '{date.today().year}', n + 1000, 'counted', TRUE FROM one"
        )
        cursor.execute(
            f"INSERT INTO {filed} (reporter_id, code, payer_kind, reason, {empty}, state, received_on, in_snapshot) "
            f"SELECT id, code, 'medicare', '97', {blanks}, 'accepted', '2026-07-01', TRUE "
            f"FROM {by} WHERE id NOT IN (SELECT reporter_id FROM {filed})"
        )


def reporting() -> Iterator[float]:
    """Seconds of processor time of keeping a report, each of another reporter."""
    from contributions import tokens
    from contributions.reports import actions
    from contributions.sender import Sender

    for _ in range(5):
        today = date.today()
        sender = Sender(f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.0/24")
        token = tokens.issue(REPORTED, 0)
        answers = {"payer_kind": "medicare", "reason": "97"}
        before = process_time()
        actions.submit(REPORTED, answers, sender, today, token=token)
        yield process_time() - before


def cost(page: str) -> float:
    """Seconds of processor time of a page made anew, the best of five."""
    return min(_costs(page))


def _costs(page: str) -> Iterator[float]:
    from django.core.cache import caches
    from django.test import Client

    client = Client()
    for _ in range(5):
        for name in ("default", "template_fragments"):
            caches[name].clear()
        before = process_time()
        response = client.get(page)
        yield process_time() - before
        assert response.status_code == 200, (page, response.status_code)


if __name__ == "__main__":
    if sys.argv[1:] == ["ours"]:
        print(json.dumps(ours()))
    else:
        sys.exit(report.alone(main))
