"""What was measured, as a table for people (printed, Markdown) and as JSON; each figure beside what we promise."""

import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with the baseline or peer of the same run and the ratio to it, if it has one. `holds` is None where
    nothing is promised, or where nothing could be measured."""

    what: str
    figure: str
    promised: str = ""
    holds: bool | None = None
    baseline: str = ""
    ratio: str = ""

    def __str__(self) -> str:
        verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[self.holds]
        compared = f"{self.baseline:>28} {self.ratio:>7}"
        return f"  {self.what:<56} {self.figure:>24} {compared}   {self.promised:<12} {verdict}".rstrip()

    @classmethod
    def at_most(cls, what: str, amount: float, unit: str, most: float, *, decimals: int = 0) -> "Figure":
        """An amount that is promised not to be above `most`."""
        said = f"{amount:,.{decimals}f} {unit}"
        return cls(what, said, f"<= {most:g} {unit}", amount <= most)

    @classmethod
    def against(
        cls, what: str, ours: float, other: float, name: str, most: float | None = None, unit: str = "ms"
    ) -> "Figure":
        """What we take beside what a baseline or peer takes, and the most times of it that is promised."""
        times = ours / other
        promised, holds = ("", None) if most is None else (f"<= {most:g}x", times <= most)
        return cls(what, f"{ours:.2f} {unit}", promised, holds, f"{name} {other:.2f} {unit}", f"{times:.2f}")


Measure = Callable[[], Iterable[Figure]]


def shown(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, each printed as it comes."""
    seen = []
    for figure in figures:
        print(figure, flush=True)
        seen.append(figure)
    return seen


def alone(measure: Measure) -> int:
    """One module by itself: exit code 1 where a promise does not hold."""
    return int(any(figure.holds is False for figure in shown(measure())))


def circumstances(command: str) -> dict[str, str]:
    """When, on what and how; the load says what else the machine was doing."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": command,
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory_gigabytes():.0f} GB",
        "load average at the start": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "software": f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {_postgres()}",
    }


def save(folder: Path, report: Path, name: str, about: dict[str, str], figures: list[Figure]) -> None:
    """Put one part into `results.json`, beside the parts measured before, and write the whole report anew."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "results.json"
    parts: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    parts[name] = {"about": about, "figures": [asdict(figure) for figure in figures]}
    path.write_text(json.dumps(parts, indent=1) + "\n")
    report.write_text(markdown(parts))


def markdown(parts: dict[str, Any]) -> str:
    """The report: how each part was measured, and one table of all."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Times are processor time, which other work on the machine lengthens too, but less",
        "than the clock's. A baseline or peer is of the same run, and the ratio is ours to it.",
        "",
    ]
    for name, part in parts.items():
        lines.append(f"- {name}: {'; '.join(f'{what} {said}' for what, said in part['about'].items())}")
    lines += ["", "| part | measure | ours | baseline or peer | ratio | promise | |"]
    lines.append("|---|---|---:|---:|---:|---|---|")
    lines += [_row(name, row) for name, part in parts.items() for row in part["figures"]]
    return "\n".join(lines) + "\n"


def _row(part: str, row: dict[str, Any]) -> str:
    verdict = {True: "holds", False: "**does not hold**", None: ""}[row["holds"]]
    cells = (part, row["what"], row["figure"], row["baseline"], row["ratio"], row["promised"], verdict)
    return f"| {' | '.join(cells)} |"


def databases(folder: str) -> dict[str, str]:
    """Name and address of each database to measure on: a SQLite in `folder`, and what DATABASE_URL names."""
    found = {"SQLite": f"sqlite:///{folder}/bench.sqlite3"}
    address = os.environ.get("DATABASE_URL", "")
    if address.startswith(("postgres", "pgsql")):
        found["PostgreSQL"] = address
    return found


def not_on_postgres() -> Iterable[Figure]:
    """A line that says so where DATABASE_URL names no PostgreSQL."""
    if len(databases("")) == 1:
        yield Figure("PostgreSQL", "not measured: DATABASE_URL names none")


def cms_files() -> Path | None:
    """The folder with CMS's full-size files, where CMS_FILES names one."""
    named = os.environ.get("CMS_FILES", "")
    return Path(named) if named and Path(named).is_dir() else None


# Database, its address, CMS's files, and a folder to work in.
OnDatabase = Callable[[str, str, Path, str], Iterable[Figure]]


def with_cms_files(measured: OnDatabase) -> Iterator[Figure]:
    """What is measured with CMS's files on each database; what is not there is said."""
    files = cms_files()
    if files is None:
        yield Figure("full-size files", "not measured: CMS_FILES names no folder")
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, address in databases(folder).items():
            yield from measured(name, address, files, folder)
    yield from not_on_postgres()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )


def _memory_gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3


def _postgres() -> str:
    address = databases("").get("PostgreSQL")
    if not address:
        return "no PostgreSQL"
    import psycopg

    with psycopg.connect(address) as connection:
        version = connection.info.server_version
    return f"PostgreSQL {version // 10000}.{version % 10000}"


def command_line() -> str:
    """How this run was asked for, as one would type it."""
    return " ".join(("python -m benchmarks", *sys.argv[1:]))
