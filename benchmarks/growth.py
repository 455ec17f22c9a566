"""How time grows with rows: one, two and all four of CMS's four files of practitioner edits (about 25, 50, 100 %).

    CMS_FILES=FOLDER python -m benchmarks.growth

Each amount is loaded by our loader into a database of its own; then the longest lists and a claim are asked, as in
`benchmarks/ncci.py`.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import ncci, report
from benchmarks.loading import in_empty_database
from benchmarks.report import Figure

FILES = (1, 2, 4)


def main() -> Iterator[Figure]:
    """On SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    files = report.cms_files()
    if files is None:
        yield report.NO_FILES
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, address in report.databases(folder).items():
            for count in FILES:
                command = [sys.executable, "-m", "benchmarks.growth", str(count), str(files)]
                environment = ncci.environment_of(address, folder)
                done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
                yield _figure(name, json.loads(done.stdout))
    yield from report.not_on_postgres()


def _figure(database: str, seen: dict[str, Any]) -> Figure:
    figures = (f"load {seen['seconds']:.1f} s", *(f"{what} {ms:.1f} ms" for what, ms in seen["ms"].items()))
    return Figure(f"{database}: {seen['rows']:,} edits", ", ".join(figures))


def part(cms_files: Path, count: int) -> dict[str, Any]:
    """Load so many of the files, and ask."""
    from codes.loaders.load_release import load
    from codes.loaders.rows import Options
    from codes.models import PtpEdit

    candidate = ncci._edit_files(cms_files)
    begun = time.perf_counter()
    load(replace(candidate, further=candidate.further[: count - 1]), Options())
    seconds = time.perf_counter() - begun
    ncci._load_the_rest(cms_files)
    return {
        "seconds": seconds,
        "rows": PtpEdit.objects.count(),
        "ms": ncci._pages() | ncci._claim(),
    }


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(in_empty_database(lambda: part(Path(sys.argv[2]), int(sys.argv[1])))))
    else:
        sys.exit(report.alone(main))
