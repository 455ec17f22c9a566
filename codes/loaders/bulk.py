"""Fast writing of many rows: the only place that knows which database it talks to."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

CHUNK = 2_000


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write `rows` (values in the order of `columns`) into the table of `model`; return their number.

    COPY on PostgreSQL, executemany on SQLite. Call it inside a transaction.
    """
    writer = _copy if connection.vendor == "postgresql" else _insert
    return writer(model._meta.db_table, columns, rows)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return int(cursor.rowcount)


def _insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    remaining = iter(rows)
    count = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(remaining, CHUNK)):
            cursor.executemany(statement, chunk)
            count += len(chunk)
    return count
