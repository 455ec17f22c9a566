"""How time grows with rows: one, two and all four of CMS's four files of practitioner edits (about 25, 50, 100 %).

    CMS_FILES=FOLDER python -m benchmarks.growth

Each amount is loaded by our loader into a database of its own; then the longest lists and a claim are asked, as in
`benchmarks/ncci.py`.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import ncci, report
from benchmarks.loading import child, in_empty_database
from benchmarks.report import Figure

FILES = (1, 2, 4)


def main() -> Iterator[Figure]:
    """On SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    return report.with_cms_files(_measured)


def _measured(database: str, address: str, cms_files: Path, folder: str) -> Iterator[Figure]:
    for count in FILES:
        environment = ncci.environment_of(address, folder)
        yield _figure(database, child("growth", count, cms_files, environment=environment))


def _figure(database: str, seen: dict[str, Any]) -> Figure:
    figures = (f"load {seen['seconds']:.1f} s", *(f"{what} {ms:.1f} ms" for what, ms in seen["ms"].items()))
    return Figure(f"{database}: {seen['rows']:,} edits", ", ".join(figures))


def part(cms_files: Path, count: int) -> dict[str, Any]:
    """Load so many of the files, and ask."""
    from codes.loaders.load_release import load
    from codes.loaders.rows import Options
    from codes.models import PtpEdit

    candidate = ncci.edit_files(cms_files)
    begun = time.perf_counter()
    load(replace(candidate, further=candidate.further[: count - 1]), Options())
    seconds = time.perf_counter() - begun
    ncci.load_the_rest(cms_files)
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
