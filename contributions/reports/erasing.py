"""What is erased is to be gone from SQLite's write-ahead log too, where a copy of each former page lies.

The settings ask SQLite to overwrite what is deleted (secure_delete); PostgreSQL removes it with its own vacuum.
"""

from django.db import connection, transaction

PATIENCE = 1_000  # milliseconds for readers to finish


def forget_former_pages() -> None:
    """Empty the write-ahead log once the transaction that erased something is over. Where readers are at work for
    longer than a second it is left to the next time."""
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_log)


def _empty_log() -> None:
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {usual}")
