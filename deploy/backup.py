#!/usr/bin/env python3
"""Back up the database that the site uses, SQLite or PostgreSQL, while the site runs.

    deploy/backup.py FOLDER [--keep 14]

Writes medpayiq-2026-11-23T170000Z.sqlite3.gz, or .pgdump, with its sha256 beside it, and removes all but the newest
ones. The copy is one moment's: SQLite's backup interface and pg_dump both see to that. A backup holds everything,
also what visitors sent: keep it as closed as the database.
"""

import argparse
import gzip
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def database() -> dict[str, Any]:
    """The settings of the site's database. Where nothing says which site this is, the default is not taken for it."""
    from django.conf import settings

    from medpayiq.starting import read_settings

    read_settings()
    if not os.environ.get("DATABASE_URL") and "MODE" not in os.environ:
        raise SystemExit(
            "Neither DATABASE_URL nor MODE is set, so that this may not be the site's database: cron and systemd have "
            "no environment of their own. Put the site's settings into .env beside manage.py."
        )
    return dict(settings.DATABASES["default"])


def demand_tables(path: Path) -> None:
    """Refuse a SQLite file that is not a site's: absent, empty, or without its tables."""
    if not path.is_file():
        raise SystemExit(
            f"There is no database {path}. Does DATABASE_URL name the site's? Nothing was backed up."
        )
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source:
        try:
            source.execute("SELECT 1 FROM django_migrations LIMIT 1").fetchone()
        except sqlite3.DatabaseError as fault:
            raise SystemExit(
                f"{path} holds no site ({fault}). Does DATABASE_URL name the site's database? Nothing was backed up."
            ) from None


def postgres_environment(at: dict[str, Any]) -> dict[str, str]:
    """What PostgreSQL's own tools read: no password stands in a list of processes."""
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    settings = {name: str(at[key]) for name, key in names.items() if at.get(key)}
    return {**os.environ, **settings}


def copy_sqlite(path: Path, into: Path) -> Path:
    """One moment's copy of a SQLite file, checked and compressed."""
    plain, packed = into.with_suffix(".sqlite3"), into.with_suffix(".sqlite3.gz.part")
    try:
        with (
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(plain)) as copy,
        ):
            source.backup(copy, pages=10_000)
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise SystemExit(f"The copy of {path} is damaged ({verdict}). Nothing was kept.")
        with plain.open("rb") as source_file, gzip.open(packed, "wb", compresslevel=6) as packed_file:
            shutil.copyfileobj(source_file, packed_file, 1024 * 1024)
    finally:
        plain.unlink(missing_ok=True)
    return packed.rename(packed.with_suffix(""))


def dump_postgres(at: dict[str, Any], into: Path) -> Path:
    """A dump in pg_dump's own compressed format, checked by listing it."""
    part = into.with_suffix(".pgdump.part")
    dump = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}"]
    subprocess.run(dump, env=postgres_environment(at), check=True)
    subprocess.run(["pg_restore", "--list", str(part)], check=True, stdout=subprocess.DEVNULL)
    return part.rename(part.with_suffix(""))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_old(folder: Path, keep: int) -> None:
    """All but the newest `keep` backups of this folder."""
    made = sorted(path for path in folder.glob("medpayiq-*Z.*") if path.suffix in (".gz", ".pgdump"))
    for path in made[:-keep]:
        path.unlink()
        path.with_name(f"{path.name}.sha256").unlink(missing_ok=True)


def main() -> None:
    """Make one backup and say where it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=int, default=14, metavar="N", help="backups to keep (14)")
    options = parser.parse_args()
    os.umask(0o077)
    at = database()
    options.folder.mkdir(parents=True, exist_ok=True)
    options.folder.chmod(0o700)
    into = options.folder / f"medpayiq-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    sqlite = at["ENGINE"].endswith("sqlite3")
    if sqlite:
        demand_tables(Path(at["NAME"]))
    made = copy_sqlite(Path(at["NAME"]), into) if sqlite else dump_postgres(at, into)
    made.with_name(f"{made.name}.sha256").write_text(f"{digest(made)}  {made.name}\n")
    remove_old(options.folder, max(1, options.keep))
    print(f"{made} ({made.stat().st_size:,} bytes)")


if __name__ == "__main__":
    main()
