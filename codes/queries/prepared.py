"""Queries that are compiled once: to build its SQL takes Django many times longer than a few rows take the database.

What changes from one asking to the next are the codes alone. A query is therefore compiled with marks in their place,
once for each number of codes and each set of releases, and asked with the codes.
"""

from collections.abc import Callable, Collection
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Values = dict[str, Any]
Query = QuerySet[Any, Any]
MOST_PREPARED = 256


class _Prepared(NamedTuple):
    """The SQL of a query, its parameters with a mark for each code, and what makes values of the rows found."""

    sql: str
    parameters: tuple[Any, ...]
    read: Callable[[list[tuple[Any, ...]]], list[Values]]

    def rows(self, codes: tuple[str, ...]) -> list[Values]:
        """The rows for as many codes as there are marks (one query)."""
        meant = dict(zip(_marks(len(codes)), codes, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [meant.get(each, each) for each in self.parameters])
            return self.read(cursor.fetchall())


def prepared(build: Callable[..., Query]) -> Callable[..., list[Values]]:
    """A decorator: a function that builds a query of `values` for codes and other arguments, which hash, becomes one
    that reads its rows. Where there are no codes, or nothing could be found, that takes no query."""

    @lru_cache(maxsize=MOST_PREPARED)
    def compiled(count: int, *arguments: Any) -> _Prepared | None:
        try:
            return _compile(build(_marks(count), *arguments))
        except EmptyResultSet:
            return None

    @wraps(build)
    def read(codes: Collection[str], *arguments: Any) -> list[Values]:
        query = compiled(len(codes), *arguments) if codes else None
        return query.rows(tuple(codes)) if query else []

    return read


def _marks(count: int) -> tuple[str, ...]:
    return tuple(f"code {number}" for number in range(count))


def _compile(rows: Query) -> _Prepared:
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    names = rows.query.values_select
    converters = compiler.get_converters([column for column, *_ in compiler.select])

    def read(found: list[tuple[Any, ...]]) -> list[Values]:
        return [dict(zip(names, row, strict=True)) for row in compiler.apply_converters(found, converters)]

    return _Prepared(sql, tuple(parameters), read)
