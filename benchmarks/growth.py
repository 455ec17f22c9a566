"""Whether pages cost more with eleven years of releases than with one: processor time with 45 quarters and with 5.

    DATABASE_URL=sqlite:////tmp/copy.sqlite3 python -m benchmarks.growth

On a COPY of a database: it writes quarters into it, each with the rows of the newest relative values and indices. Pages
are made anew each time, by one process, the best of five.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
FEW, MANY, MOST_TIMES = 5, 45, 1.5
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
)


def main() -> int:
    """Grow the database, ask for the pages at both sizes, and say which cost more than `MOST_TIMES` as much."""
    import django

    django.setup()
    quarters = begins()
    for at in quarters[:FEW]:
        grow(at)
    few = {page: cost(page) for page in PAGES}
    for at in quarters[FEW:]:
        grow(at)
    many = {page: cost(page) for page in PAGES}
    for page in PAGES:
        times = many[page] / few[page]
        print(
            f"{page:26} {few[page] * 1000:7.1f} ms {many[page] * 1000:7.1f} ms {times:5.1f}x"
            f"{'' if times <= MOST_TIMES else '  GROWS'}"
        )
    return int(any(many[page] > MOST_TIMES * few[page] for page in PAGES))


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
    columns = ", ".join(each.column for each in table.fields if each.name not in ("id", "release"))
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
    sys.exit(main())
