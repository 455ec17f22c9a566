"""Queries that are compiled once find what Django's own would find."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes.models import FeeScheduleRow, LabRate
from codes.queries.prepared import Query, Values, prepared, prepared_by_key

pytestmark = pytest.mark.django_db
FIELDS = ("code", "modifier", "work_rvu", "release_id", "nonfacility_na")


@prepared
def rows_of(codes: tuple[str, ...], releases: tuple[int, ...]) -> Query:
    return FeeScheduleRow.objects.filter(code__in=codes, release__in=releases).values(*FIELDS)


@prepared
def named_by(codes: tuple[str, ...]) -> Query:
    lists = [
        model.objects.filter(code__in=codes).order_by().values("code") for model in (FeeScheduleRow, LabRate)
    ]
    return lists[0].union(*lists[1:], all=True)


def releases() -> tuple[int, ...]:
    return tuple(FeeScheduleRow.objects.order_by().values_list("release_id", flat=True).distinct())


@pytest.mark.parametrize("codes", [("99213",), ("76376", "99213", "70450"), ("70450",), ("00000",)])
def test_the_rows_are_those_of_the_orm(sample: None, codes: tuple[str, ...]) -> None:
    plain = FeeScheduleRow.objects.filter(code__in=codes, release__in=releases()).values(*FIELDS)
    assert sorted(map(repr, rows_of(codes, releases()))) == sorted(map(repr, plain))


def test_the_lists_of_a_union_are_each_asked_for_the_codes(sample: None) -> None:
    codes = ("99213", "80053", "00000")
    assert {row["code"] for row in named_by(codes)} == {"99213", "80053"}


def test_it_takes_one_query_and_none_where_nothing_could_be_found(sample: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert rows_of(("99213",), releases()[:1])
    assert len(asked) == 2  # that for the releases, and its own
    with CaptureQueriesContext(connection) as asked:
        assert rows_of((), (1,)) == rows_of(("99213",), ()) == []
    assert not asked


def test_it_is_built_once_for_so_many_codes(sample: None) -> None:
    built = []

    @prepared
    def rows(codes: tuple[str, ...]) -> Query:
        built.append(codes)
        return FeeScheduleRow.objects.filter(code__in=codes).values("code")

    assert {row["code"] for row in rows(["99213"])} == {"99213"}
    assert {row["code"] for row in rows(["70450"])} == {"70450"}
    assert rows(["99213", "70450"])
    assert [len(codes) for codes in built] == [1, 2]


def listed() -> tuple[Callable[..., list[Values]], list[tuple[str, ...]]]:
    """A prepared query of the codes that the fee schedule lists, and with which codes it was built."""
    built: list[tuple[str, ...]] = []

    @prepared
    def rows(codes: tuple[str, ...]) -> Query:
        built.append(codes)
        return FeeScheduleRow.objects.filter(code__in=codes, modifier="").values("code").distinct()

    return rows, built


def test_three_codes_are_asked_for_with_the_query_of_four(sample: None) -> None:
    rows, built = listed()

    assert {row["code"] for row in rows(["99213", "70450", "76376"])} == {"99213", "70450", "76376"}
    assert {row["code"] for row in rows(["99213", "70450", "76376", "80053"])} > {"99213", "70450"}
    assert [len(codes) for codes in built] == [4]


def test_the_query_for_many_codes_is_not_kept(sample: None) -> None:
    rows, built = listed()

    many = [f"{number:05}" for number in range(65)]
    for _ in range(2):
        assert rows([*many, "99213"]) == [{"code": "99213"}]
    assert built == [(*many, "99213")] * 2


def test_rows_are_found_by_their_primary_keys(sample: None) -> None:
    @prepared_by_key
    def rows(keys: tuple[int, ...]) -> Query:
        return FeeScheduleRow.objects.filter(pk__in=keys).order_by("pk").values("pk", "code")

    stored = list(FeeScheduleRow.objects.order_by("pk").values("pk", "code")[:5])
    assert rows([row["pk"] for row in stored]) == stored
