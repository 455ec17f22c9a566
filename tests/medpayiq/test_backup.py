"""Backups, tested by restoring them."""

import gzip
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests import builders
from tests.builders import rvu
from tests.loaders.conftest import migrated, site, sqlite_site
from tests.loaders.sites import Site

__all__ = ["migrated", "site", "sqlite_site"]
pytestmark = pytest.mark.slow


def run(script: str, at: Site, *arguments: str | Path, code: int = 0) -> str:
    """What a script of deploy/ says."""
    environment = {**os.environ, "DATABASE_URL": at.database_url, "VAR_DIR": str(at.var)}
    command = [sys.executable, str(settings.BASE_DIR / "deploy" / script), *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def full(site: Site, tmp_path: Path) -> Site:
    """A site with one release of three codes."""
    content = builders.pprrvu_csv([rvu(code) for code in ("99213", "99214", "99215")])
    loaded = site.manage("load_cms", builders.written(tmp_path / builders.pprrvu_name(), content))
    assert loaded.returncode == 0, loaded.stderr
    return site


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored' / 'site.sqlite3'}"
        return
    at = connection.settings_dict
    name = f"{at['NAME']}_restored"
    server = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        admin.execute(f'CREATE DATABASE "{name}"'.encode())
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}"'.encode())


def made(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix != ".sha256")


def test_what_was_backed_up_is_restored(full: Site, empty: str, tmp_path: Path) -> None:
    run("backup.py", full, tmp_path / "kept")
    (backup,) = made(tmp_path / "kept")
    told = run("restore.py", full, backup, "--into", empty)
    assert "codes_release: 1 rows\ncodes_feeschedulerow: 3 rows\n" in told
    assert Site(empty, tmp_path).look() == full.look()


def test_the_restored_site_works_on(full: Site, empty: str, tmp_path: Path) -> None:
    """Keys go on counting where they were: another release can be loaded."""
    run("backup.py", full, tmp_path / "kept")
    run("restore.py", full, made(tmp_path / "kept")[0], "--into", empty)
    content = builders.pprrvu_csv([rvu("99213")], 2025, "D")
    path = builders.written(tmp_path / builders.pprrvu_name(2025, "D"), content)
    assert Site(empty, tmp_path).manage("load_cms", path).stdout.startswith("loaded RVU25D")


def test_a_database_with_tables_is_not_overwritten(full: Site, tmp_path: Path) -> None:
    run("backup.py", full, tmp_path / "kept")
    told = run("restore.py", full, made(tmp_path / "kept")[0], "--into", full.database_url, code=1)
    assert "already" in told
    assert full.look()["rows"] == 3


def test_a_backup_with_a_changed_byte_is_refused(full: Site, empty: str, tmp_path: Path) -> None:
    run("backup.py", full, tmp_path / "kept")
    (backup,) = made(tmp_path / "kept")
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    assert "its digest differs" in run("restore.py", full, backup, "--into", empty, code=1)


def test_a_backup_is_closed_to_others(full: Site, tmp_path: Path) -> None:
    run("backup.py", full, tmp_path / "kept")
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "kept").iterdir()} == {0}


def test_a_damaged_database_leaves_nothing_in_the_folder(sqlite_site: Site, tmp_path: Path) -> None:
    database = Path(sqlite_site.database_url.removeprefix("sqlite:///"))
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 65_536)
    run("backup.py", sqlite_site, tmp_path / "backups", code=1)
    assert list((tmp_path / "backups").iterdir()) == []


def test_only_the_newest_backups_are_kept(full: Site, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for day in ("2020-01-01", "2020-01-02"):
        for ending in (".pgdump", ".pgdump.sha256"):
            (kept / f"medpayiq-{day}T000000Z{ending}").write_text("old")
    run("backup.py", full, kept, "--keep", "2")
    assert made(kept)[0].name[:19] == "medpayiq-2020-01-02"
    assert len(list(kept.iterdir())) == 4


def test_a_copy_made_while_somebody_writes_is_one_moments(sqlite_site: Site, tmp_path: Path) -> None:
    """Two tables are written together a hundred times; the copy has as many rows of one as of the other."""
    path = sqlite_site.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as writer:
        writer.executescript("PRAGMA journal_mode=WAL; CREATE TABLE a (n); CREATE TABLE b (n);")
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=30)) as writer:
            while not stop.is_set():
                with writer:
                    writer.execute("INSERT INTO a VALUES (zeroblob(5000))")
                    writer.execute("INSERT INTO b VALUES (zeroblob(5000))")

    thread = threading.Thread(target=write)
    thread.start()
    run("backup.py", sqlite_site, tmp_path / "kept")
    stop.set()
    thread.join()
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(gzip.decompress(made(tmp_path / "kept")[0].read_bytes()))
    with closing(sqlite3.connect(copy)) as restored:
        rows = [restored.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in "ab"]
    assert rows[0] == rows[1] > 0
