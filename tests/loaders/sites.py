"""A site of its own: commands run in their own process against their own database."""

import os
import pty
import re
import sqlite3
import subprocess
import sys
import termios
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

# What a reader sees: the releases, and how many rows of any release, seen or not, are there.
LOOK = (
    "SELECT source, name, state, row_count FROM codes_release ORDER BY effective_from, source, id",
    "SELECT count(*) FROM codes_feeschedulerow",
    "SELECT count(*) FROM codes_gpci",
)


@dataclass(frozen=True, slots=True)
class Site:
    """One database, by its address, and the folder for what the site keeps."""

    database_url: str
    var: Path

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        """A command of manage.py, begun and not waited for. `env` adds to the environment."""
        environment = {**os.environ, "DATABASE_URL": self.database_url, "VAR_DIR": str(self.var)}
        environment |= options.pop("env", {})
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, text=True, **options)

    def manage(self, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """A command of manage.py, with what it said."""
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        said, complained = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, said, complained)

    def look(self) -> dict[str, Any]:
        """What is in the database, as another connection sees it."""
        with closing(self._connection()) as reader:
            releases, rows, localities = (reader.execute(query).fetchall() for query in LOOK)
        return {"releases": releases, "rows": rows[0][0], "localities": localities[0][0]}

    def _connection(self) -> Any:
        kind, _, path = self.database_url.partition("sqlite:///")
        return sqlite3.connect(path) if not kind else psycopg.connect(self.database_url)


class LoadOnTerminal:
    """A `load_cms` whose errors go to a terminal, so that its progress bar shows how far it is."""

    def __init__(self, site: Site, path: Path) -> None:
        self._terminal, inside = pty.openpty()
        termios.tcsetwinsize(inside, (24, 100))
        self.process = site.start("load_cms", path, stdout=subprocess.PIPE, stderr=inside)
        os.close(inside)
        self.shown = ""

    def wait_for_rows(self, count: int) -> None:
        """Come back as soon as the progress bar shows so many rows."""
        while not any(int(rows) >= count for rows in re.findall(r": (\d+) rows", self.shown)):
            assert self._read(), f"the load ended before {count} rows were seen: {self.shown}"

    def finish(self) -> tuple[int, str]:
        """Wait for the end: exit code, and what went to standard output."""
        while self._read():
            pass
        os.close(self._terminal)
        said, _ = self.process.communicate(timeout=120)
        return self.process.returncode, said

    def _read(self) -> str:
        try:
            chunk = os.read(self._terminal, 4096).decode()
        except OSError:  # the other end is closed
            return ""
        self.shown += chunk
        return chunk
