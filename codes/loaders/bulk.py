"""Fast writing of many rows, in the way that the database at hand is fastest at."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection, models

CHUNK = 2_000


def copy_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    queries_while_reading: bool = True,
) -> int:
    """Write `rows` (values in the order of `columns`) into the table of `model`; return their number.

    COPY on PostgreSQL, executemany on SQLite. Call it inside a transaction. Rows are drawn and written in chunks, so
    that the generator may query the database in between. queries_while_reading=False streams everything in one COPY:
    PostgreSQL writes while Python makes the next row, and the generator must not query this connection (deadlock).
    """
    on_postgresql = connection.vendor == "postgresql"
    write = _copy if on_postgresql else _insert
    chunks = [rows] if on_postgresql and not queries_while_reading else _chunks(rows)
    with connection.cursor() as cursor:
        return sum(write(cursor, model._meta.db_table, columns, chunk) for chunk in chunks)


def take_stock(model: type[models.Model]) -> None:
    """ANALYZE the table of `model` on PostgreSQL, so that the planner knows the new rows."""
    if connection.vendor == "postgresql":
        analyze(model)


def analyze(model: type[models.Model]) -> None:
    """ANALYZE the table of `model`. On SQLite it reads the whole of each index: for small tables."""
    with connection.cursor() as cursor:
        cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def vacuum_analyze(model: type[models.Model]) -> None:
    """VACUUM (ANALYZE) the table of `model` on PostgreSQL after a load, for index-only scans.

    Only the columns of the indexes are analyzed: all thirty of the fee schedule would take as long as to write them.
    A failure is ignored, because autovacuum does the same some minutes later. Does nothing within a transaction,
    where VACUUM cannot run.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f'VACUUM (ANALYZE) "{model._meta.db_table}" ({_quoted(_indexed(model))})')


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    statement = f'COPY "{table}" ({_quoted(columns)}) FROM STDIN'
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return int(cursor.rowcount)


def _insert(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f'INSERT INTO "{table}" ({_quoted(columns)}) VALUES ({marks})', rows)
    return int(cursor.rowcount)


def _indexed(model: type[models.Model]) -> list[str]:
    """The columns that stand in an index or a constraint, as each foreign key does."""
    held = (*model._meta.indexes, *model._meta.constraints)
    names = {name for each in held for name in getattr(each, "fields", ())}
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.name in names or isinstance(field, models.ForeignKey)
    ]


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
