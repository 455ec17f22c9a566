"""RVU25D's relative values: our loader against a bare insert of the same rows, and the memory it takes.

Both write into the same table of the same, freshly made database, each in a process of its own. The bare
insert gets finished tuples and does nothing but write them in one transaction: what it takes is what the
database takes. Ours reads the zip, parses, checks and writes. We promise at most three times the bare insert
and a peak of less than 200 MB. Times are the best of five rounds: a machine does other things as well.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.report import Figure

MOST_TIMES_BARE = 3.0
MOST_MEGABYTES = 200
ROUNDS = 5


def main() -> Iterator[Figure]:
    """Measure on SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    return report.with_cms_files(_measured)


def _measured(database: str, address: str, cms_files: Path, folder: str) -> Iterator[Figure]:
    environment = {**os.environ, "DATABASE_URL": address, "VAR_DIR": folder}
    rounds = [
        [child("loading", what, cms_files, environment=environment) for what in ("bare", "ours")]
        for _ in range(ROUNDS)
    ]
    bare_rounds, our_rounds = zip(*rounds, strict=True)
    if bare_rounds[0]["rows"] != our_rounds[0]["rows"]:
        raise RuntimeError("Both must write the same rows.")
    bare_seconds = min(each["seconds"] for each in bare_rounds)
    our_seconds = min(each["seconds"] for each in our_rounds)
    peak = max(each["megabytes"] for each in our_rounds)
    yield from loader_figures(database, our_seconds, bare_seconds, MOST_TIMES_BARE, peak)


def loader_figures(
    database: str, seconds: float, bare: float, most_times: float, megabytes: float
) -> Iterator[Figure]:
    """Our loader beside a bare insert of the same rows, both in seconds, and its peak memory."""
    yield Figure.against(f"{database}: our loader", seconds, bare, "bare insert", most_times, "s")
    yield Figure.at_most(f"{database}: peak memory", megabytes, "MB", MOST_MEGABYTES)


def child(module: str, *arguments: object, environment: dict[str, str]) -> dict[str, Any]:
    """What a module of this folder measures in a process of its own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _measure(what: str, cms_files: Path) -> dict[str, Any]:
    seconds, rows = {"bare": bare, "ours": ours}[what](cms_files)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "rows": rows, "megabytes": peak}


def in_empty_database(measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `measure` says, with a database made for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
    import django

    django.setup()
    with _empty_database():
        return measure()


@contextmanager
def _empty_database() -> Iterator[None]:
    """A test database with the tables; on SQLite a file, as on a site."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{name}.bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def ours(cms_files: Path) -> tuple[float, int]:
    """Seconds and rows of our loader, from the zip to the release in force."""
    from codes.loaders.load_release import load
    from codes.loaders.rows import Options
    from codes.models import FeeScheduleRow

    candidate = _relative_values(cms_files)
    seconds = timed(lambda: load(candidate, Options()))
    return seconds, FeeScheduleRow.objects.count()


def bare(cms_files: Path) -> tuple[float, int]:
    """Seconds and rows of writing the same tuples, finished beforehand, in one transaction."""
    from datetime import date

    from django.db import connection, transaction

    from codes.loaders.rows import FEE_SCHEDULE_COLUMNS, Options, fee_schedule
    from codes.models import FeeScheduleRow, Release

    candidate = _relative_values(cms_files)
    release = Release.objects.create(source="pprrvu", name="bare", effective_from=date(2025, 10, 1))
    with candidate.member.open() as stream:
        rows = [(*row, release.pk) for row in fee_schedule(stream, candidate.member.name, Options())]
    columns = ", ".join((*FEE_SCHEDULE_COLUMNS, "release_id"))
    table = FeeScheduleRow._meta.db_table

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    return timed(insert), FeeScheduleRow.objects.count()


def _relative_values(cms_files: Path) -> Any:
    from codes.loaders.plan import plan
    from codes.models.release import Source

    found = plan([cms_files / "rvu25d.zip"]).candidates
    return next(candidate for candidate in found if candidate.source == Source.PPRRVU)


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(in_empty_database(lambda: _measure(sys.argv[1], Path(sys.argv[2])))))
    else:
        sys.exit(report.alone(main))
