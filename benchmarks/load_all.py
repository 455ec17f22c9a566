"""All of CMS's files in one call, as on a public site: how much memory the largest process takes.

Tables and sample are made in an empty database, then `load_cms` gets the whole folder of CMS's files. It ends by
building the search index and the downloads, in processes of their own. Measured is the peak of the largest of all these
processes, as the system counts it. We promise less than 200 MB (of 1,000,000 bytes).
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator

from benchmarks import databases, report, server
from benchmarks.loading import MOST_MEGABYTES, child
from benchmarks.report import Figure


def main() -> Iterator[Figure]:
    """Measure on SQLite and, where DATABASE_URL names a server, in a new database of a PostgreSQL."""
    if (files := report.cms_files()) is None:
        yield Figure("full-size files", "not measured: CMS_FILES names no folder")
        return
    for database in databases.empty():
        environment = server.production(database.address, database.folder)
        found = child("load_all", files, environment=environment)
        yield Figure(f"{database.name}: releases loaded in one call", f"{found['loaded']:,}")
        yield Figure.at_most(
            f"{database.name}: peak memory of the largest process", found["megabytes"], "MB", MOST_MEGABYTES
        )
    yield from report.not_on_postgres()


def _measure(files: str) -> dict[str, float]:
    """How many releases were loaded, and the megabytes of the largest of the processes."""
    printed = [_printed(*command) for command in (("migrate",), ("load_sample",), ("load_cms", files))]
    loaded = sum(line.startswith("loaded ") for line in printed[-1].splitlines())
    if not loaded:
        raise RuntimeError(f"Nothing was loaded: {printed[-1][-500:]}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return {"loaded": loaded, "megabytes": largest / 1e6}


def _printed(*command: str) -> str:
    """What a command of manage.py prints, whether or not it refuses some of the files."""
    arguments = [sys.executable, "manage.py", *command]
    return subprocess.run(
        arguments, cwd=server.ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ).stdout


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(json.dumps(_measure(sys.argv[1])))
    else:
        sys.exit(report.alone(main))
