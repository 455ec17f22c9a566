from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from codes.loaders.bulk import CHUNK, copy_rows, vacuum_analyze
from codes.loaders.sources import LOADERS
from codes.models import LabRate, Release
from codes.models.release import Source

pytestmark = pytest.mark.django_db

COLUMNS = ("code", "modifier", "rate", "release_id")
QUERIES = pytest.mark.parametrize("querying", [True, False])


@pytest.fixture
def release() -> Release:
    return Release.objects.create(source=Source.CLFS, name="Lab", effective_from=date(2026, 1, 1))


def test_rows_are_written_in_the_order_of_the_columns(release: Release) -> None:
    assert copy_rows(LabRate, COLUMNS, [("80053", "QW", Decimal("10.56"), release.pk)]) == 1
    rate = LabRate.objects.get()
    assert (rate.code, rate.modifier, rate.rate, rate.release) == ("80053", "QW", Decimal("10.56"), release)


@QUERIES
def test_more_rows_than_one_chunk_are_all_written_and_counted(release: Release, querying: bool) -> None:
    rows = ((f"{number:05}", "", Decimal(1), release.pk) for number in range(CHUNK + 1))
    assert (
        copy_rows(LabRate, COLUMNS, rows, queries_while_reading=querying)
        == CHUNK + 1
        == LabRate.objects.count()
    )


def test_what_makes_the_rows_may_ask_the_database_meanwhile(release: Release) -> None:
    rows = ((f"{number:05}", "", Decimal(1), Release.objects.get().pk) for number in range(3))
    assert copy_rows(LabRate, COLUMNS, rows) == 3


@QUERIES
def test_no_rows_are_nothing(release: Release, querying: bool) -> None:
    assert copy_rows(LabRate, COLUMNS, [], queries_while_reading=querying) == 0


@QUERIES
def test_what_the_database_refuses_is_an_error_of_django(release: Release, querying: bool) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(
            LabRate,
            COLUMNS,
            [("80053", "", Decimal(1), release.pk)] * 2,
            queries_while_reading=querying,
        )
    assert not LabRate.objects.exists()


@QUERIES
def test_what_breaks_off_while_rows_are_read_passes_through(release: Release, querying: bool) -> None:
    def broken() -> Iterator[tuple[Any, ...]]:
        yield ("80053", "", Decimal(1), release.pk)
        raise ValueError("line 2")

    with pytest.raises(ValueError, match="line 2"), transaction.atomic():
        copy_rows(LabRate, COLUMNS, broken(), queries_while_reading=querying)
    assert not LabRate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_postgresql_counts_every_table_that_is_settled() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has nothing to settle")
    tables = {loader.model._meta.db_table: loader.model for loader in LOADERS}
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}")  # from now on they are not counted
        for model in tables.values():
            vacuum_analyze(model)
        cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY(%s) AND reltuples = 0", [[*tables]])
        assert {name for (name,) in cursor.fetchall()} == set(tables)
