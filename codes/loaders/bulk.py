"""Fast writing of many rows, in the way that the database at hand is fastest at."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection, models

CHUNK = 2_000


def copy_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, asking: bool = True
) -> int:
    """Write `rows` (values in the order of `columns`) into the table of `model`; return their number.

    COPY on PostgreSQL, executemany on SQLite. Call it inside a transaction. A chunk of rows is drawn before it is
    written, so that whatever makes them may ask the database too. Rows that come without `asking` go into one
    COPY as they are made: PostgreSQL writes while Python makes the next. A question meanwhile would never be
    answered.
    """
    on_postgresql = connection.vendor == "postgresql"
    write = _copy if on_postgresql else _insert
    chunks = [rows] if on_postgresql and not asking else _chunks(rows)
    with connection.cursor() as cursor:
        return sum(write(cursor, model._meta.db_table, columns, chunk) for chunk in chunks)


def take_stock(model: type[models.Model]) -> None:
    """Let PostgreSQL count what lies in the table of `model`; without that it plans as if nothing new were there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def settle(model: type[models.Model]) -> None:
    """Let PostgreSQL mark the rows of a finished load as seen by all, so that lists are read from indexes alone.

    It counts the columns of the indexes too, to choose among them by; to count all thirty of the fee schedule
    would take as long as to write them. The server does all this itself some minutes later, for every column:
    that is why a failure is passed over. Within a transaction it cannot be done, and nothing is.
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
    """The columns that stand in an index or a constraint."""
    held = (*model._meta.indexes, *model._meta.constraints)
    names = {name for each in held for name in getattr(each, "fields", ())}
    return [str(field.column) for field in model._meta.concrete_fields if field.name in names]


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
