"""The databases that are measured: copies, so that a benchmark may write, of full data where the environment says so.

FULL_SQLITE names a SQLite file with the full data, DATABASE_URL a PostgreSQL database with it (nobody may be connected
to it while it is copied). What is not named is left out; without FULL_SQLITE a new SQLite with the sample is measured.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from benchmarks import report, server


class Database(NamedTuple):
    """A copy: its name in the report, its address, and a folder for what a site builds."""

    name: str
    address: str
    folder: Path

    @property
    def file(self) -> Path:
        """The file of a SQLite."""
        return Path(self.address.removeprefix("sqlite:///"))


def copies() -> Iterator[Database]:
    """Each database in turn; it is gone when the next is asked for."""
    with tempfile.TemporaryDirectory() as named:
        yield _sqlite(Path(named))
    if address := report.databases("").get("PostgreSQL"):
        with tempfile.TemporaryDirectory() as named, _postgres(address) as copy:
            yield Database("PostgreSQL", copy, Path(named))


def empty() -> Iterator[Database]:
    """A new database of each kind, without tables; it is gone when the next is asked for."""
    with tempfile.TemporaryDirectory() as named:
        yield Database("SQLite", f"sqlite:///{named}/bench.sqlite3", Path(named))
    if address := report.databases("").get("PostgreSQL"):
        made = _postgres(address, "medpayiq_bench_empty", template="template1")
        with tempfile.TemporaryDirectory() as named, made as new:
            yield Database("PostgreSQL", new, Path(named))


def _sqlite(folder: Path) -> Database:
    file = folder / "bench.sqlite3"
    made = Database("SQLite", f"sqlite:///{file}", folder)
    if full := os.environ.get("FULL_SQLITE"):
        with closing(sqlite3.connect(f"file:{full}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(file),))
    environment = server.production(made.address, folder)
    server.manage(environment, "migrate", "--verbosity", "0")
    if not full:
        server.manage(environment, "load_sample")
    return made


@contextmanager
def _postgres(address: str, name: str = "medpayiq_bench", template: str = "") -> Iterator[str]:
    """A database on the same server, by default a copy of the one that the address names."""
    import psycopg
    from psycopg import sql

    parts = urlsplit(address)
    source, copy = sql.Identifier(template or parts.path[1:]), sql.Identifier(name)
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(copy))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, source))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copy))
