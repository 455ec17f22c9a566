#!/usr/bin/env python3
"""Restore a backup into an empty database.

    deploy/restore.py BACKUP --into DATABASE_URL
    deploy/restore.py BACKUP --into sqlite:////srv/medpayiq/restored.sqlite3

The digest beside the backup is checked first. A database that has tables is refused: restore beside it, look at the
counts that are printed, then point DATABASE_URL at the new one.
"""

import argparse
import gzip
import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

COUNTED = ("codes_release", "codes_feeschedulerow", "codes_ptpedit", "codes_tip", "contributions_report")
POSTGRES_TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"


def check_digest(backup: Path) -> None:
    """Refuse a backup that is not the one that was made."""
    beside = backup.with_name(f"{backup.name}.sha256")
    if not beside.exists():
        raise SystemExit(f"{beside} is missing: nobody can say whether the backup is whole.")
    with backup.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != beside.read_text().split()[0]:
            raise SystemExit(f"{backup} is not what was backed up: its digest differs.")


def restore_sqlite(backup: Path, path: Path) -> dict[str, int]:
    """Unpack into a new file, check it, and give it its name."""
    if path.exists() and path.stat().st_size:
        raise SystemExit(f"{path} is there already. Restore beside it.")
    part = path.with_name(f"{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(backup, "rb") as packed, part.open("wb") as file:
        shutil.copyfileobj(packed, file, 1024 * 1024)
    with closing(sqlite3.connect(part)) as restored:
        (verdict,) = restored.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise SystemExit(f"What was restored is damaged: {verdict}")
        counts = {table: restored.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
    part.replace(path)
    return counts


def restore_postgres(backup: Path, url: str) -> dict[str, int]:
    """All or nothing, in one transaction, into a database without tables."""
    at = urlsplit(url)
    variables = {
        "PGHOST": at.hostname,
        "PGPORT": str(at.port or 5432),
        "PGUSER": unquote(at.username or ""),
        "PGPASSWORD": unquote(at.password or ""),
        "PGDATABASE": at.path.lstrip("/"),
    }
    environment = {**os.environ, **{name: value for name, value in variables.items() if value}}

    def number(query: str) -> int:
        command = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", query]
        counted = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        return int(counted.stdout)

    if number(POSTGRES_TABLES):
        raise SystemExit(
            f"{variables['PGDATABASE']} has tables already. Restore into a new database (createdb)."
        )
    command = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    subprocess.run(
        [*command, f"--dbname={variables['PGDATABASE']}", str(backup)], env=environment, check=True
    )
    return {table: number(f"SELECT count(*) FROM {table}") for table in COUNTED}


def main() -> None:
    """Restore and print what is in the new database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("backup", type=Path)
    parser.add_argument("--into", required=True, metavar="DATABASE_URL", help="an empty database")
    options = parser.parse_args()
    os.umask(0o077)
    check_digest(options.backup)
    if options.into.startswith("sqlite:///"):
        counts = restore_sqlite(options.backup, Path(options.into.removeprefix("sqlite:///")))
    else:
        counts = restore_postgres(options.backup, options.into)
    for table, count in counts.items():
        print(f"{table}: {count:,} rows")


if __name__ == "__main__":
    main()
