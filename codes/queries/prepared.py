"""Queries that are compiled once: to build its SQL takes Django many times longer than a few rows take the database.

What changes from one asking to the next are the codes alone, or the primary keys. A query is therefore compiled with
marks in their place, once for each set of releases and one, two, four, eight ... marks, and asked with the codes, the
last of them once more for each mark that is left. For a long list of codes Django builds its query as ever.
"""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache, wraps
from itertools import zip_longest
from operator import neg
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Values = dict[str, Any]
Query = QuerySet[Any, Any]
MOST_PREPARED = 256
# For more codes the rows take longer than the building of the SQL, which would be long to keep.
MOST_MARKS = 64


class _Prepared(NamedTuple):
    """The SQL of a query, its parameters with a mark for each code, and what makes values of the rows found."""

    sql: str
    parameters: tuple[Any, ...]
    read: Callable[[list[tuple[Any, ...]]], list[Values]]

    def rows(self, meant: Mapping[Any, Any]) -> list[Values]:
        """The rows for what each mark stands for (one query)."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [meant.get(each, each) for each in self.parameters])
            return self.read(cursor.fetchall())


def prepared(build: Callable[..., Query]) -> Callable[..., list[Values]]:
    """A decorator: a function that builds a query of `values` for codes and other arguments, which hash, becomes one
    that reads its rows. Where there are no codes, or nothing could be found, that takes no query."""
    return _prepared(build, "code {}".format)


def prepared_by_key(build: Callable[..., Query]) -> Callable[..., list[Values]]:
    """The same for a query of rows by their primary keys."""
    return _prepared(build, neg)


def _prepared(build: Callable[..., Query], mark: Callable[[int], Any]) -> Callable[..., list[Values]]:
    @lru_cache(maxsize=MOST_PREPARED)
    def compiled(marks: tuple[Any, ...], *arguments: Any) -> _Prepared | None:
        try:
            return _compile(build(marks, *arguments))
        except EmptyResultSet:
            return None

    @wraps(build)
    def read(codes: Collection[Any], *arguments: Any) -> list[Values]:
        if not codes:
            return []
        if len(codes) > MOST_MARKS:
            return list(build(tuple(codes), *arguments))
        marks = _marks(_next_power_of_two(len(codes)), mark)
        query = compiled(marks, *arguments)
        *_, last = codes
        return query.rows(dict(zip_longest(marks, codes, fillvalue=last))) if query else []

    return read


@lru_cache(maxsize=16)
def _marks(count: int, mark: Callable[[int], Any]) -> tuple[Any, ...]:
    """What no code and no key is: text for codes, negative numbers for keys."""
    return tuple(mark(number) for number in range(1, count + 1))


def _next_power_of_two(count: int) -> int:
    return 1 << (count - 1).bit_length()


def _compile(rows: Query) -> _Prepared:
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    names = rows.query.values_select
    converters = compiler.get_converters([column for column, *_ in compiler.select])

    def read(found: list[tuple[Any, ...]]) -> list[Values]:
        return [dict(zip(names, row, strict=True)) for row in compiler.apply_converters(found, converters)]

    return _Prepared(sql, tuple(parameters), read)
