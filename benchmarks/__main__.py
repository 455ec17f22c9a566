"""Measure speed and memory, hold them against what is promised, and write the report (JSON and Markdown).

Parts: pages, worst_requests, growth, pricing, claim, search, loading, ncci, load_all, soak. Full data are copied from
the SQLite that FULL_SQLITE names and the PostgreSQL that DATABASE_URL names; CMS_FILES is the folder of CMS's files,
DATASETTE the program of the peer. What is not there is left out, and the report says so. A part measured by itself
(--only) takes its place in the report beside the parts measured before. Exit code 1 where a promise does not hold.
"""

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks import report

PARTS = ("pages", "worst_requests", "growth", "pricing", "claim", "search", "loading", "ncci")
LONG = ("load_all", "soak")


def main() -> int:
    """Measure the parts that were asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=PARTS + LONG,
        default=PARTS,
        help=f"all but {' and '.join(LONG)} by default",
    )
    parser.add_argument("--folder", type=Path, default=Path("var/bench"), help="where results.json is kept")
    parser.add_argument("--report", type=Path, help="the Markdown file (by default FOLDER/report.md)")
    options = parser.parse_args()
    written = options.report or options.folder / "report.md"
    broken = False
    for name in options.only:
        print(f"== {name}", flush=True)
        about = report.circumstances(report.command_line())
        figures = report.shown(importlib.import_module(f"benchmarks.{name}").main())
        report.save(options.folder, written, name, about, figures)
        broken |= any(figure.holds is False for figure in figures)
    print(f"Written: {written}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
