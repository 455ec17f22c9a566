"""Which modifiers a calculator offers: those really billed with the code."""

import pytest

from codes.rules.claim_text import row
from codes.rules.offered import modifiers_offered

SURGICAL = {"22", "53", "58", "78", "79", "80", "82", "AS"}


def offered(code: str, waived: frozenset[str] | None = None) -> tuple[str, ...]:
    return modifiers_offered(code, row(code), waived)


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("99214", ("25", "57", "24")),
        ("20610", ("LT", "RT", "50")),
        ("97110", ("GP", "GO", "GN", "KX")),
        ("98941", ("AT",)),
        ("J0897", ("JZ", "JW")),
        ("71046", ("26", "TC")),
        ("00142", ("AA", "QK")),
        ("26055", ("FA", "F1")),
        ("67800", ("E1", "E2", "E3", "E4")),
        ("11721", ("Q7", "Q8", "Q9")),
        ("99497", ("33",)),
        ("45385", ("PT",)),
    ],
)
def test_the_likeliest_modifiers_come_first(code: str, first: tuple[str, ...]) -> None:
    assert offered(code)[: len(first)] == first


@pytest.mark.parametrize("code", ["99214", "71046", "J0897", "80053", "97110", "00142", "98941"])
def test_surgical_modifiers_are_not_offered_for_visits_tests_and_drugs(code: str) -> None:
    assert not SURGICAL & set(offered(code))


def test_assistants_are_offered_where_the_indicator_allows_one() -> None:
    assert {"80", "AS"} <= set(offered("27447"))
    assert not {"80", "AS"} & set(offered("20610"))


def test_qw_is_offered_for_waived_tests_only() -> None:
    assert "QW" in offered("80053", frozenset({"80053"}))
    assert "QW" not in offered("84153", frozenset({"80053"}))


def test_sides_are_offered_by_the_bilateral_indicator() -> None:
    assert "50" not in offered("11042")
    assert "50" in offered("27447")
