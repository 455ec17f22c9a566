"""Tests of one day, reduced by component."""

from dataclasses import replace
from datetime import date

import pytest

from tests.pricing.figures import IN_2026, allowed, claim, formula_of, line


def test_imaging_in_a_separate_session_is_not_reduced() -> None:
    assert allowed(claim(line("74177"), line("71260", "59"))) == ["300.27", "166.67"]


def test_interpretations_are_reduced_among_themselves_by_5_percent() -> None:
    assert allowed(claim(line("74177", "26"), line("71260", "26"))) == ["83.84", "51.09"]


def test_technical_component_is_not_ranked_with_interpretations() -> None:
    assert allowed(claim(line("74177", "26"), line("71260", "TC"))) == ["83.84", "112.90"]


def test_interpretations_lost_a_quarter_before_2017() -> None:
    at = replace(IN_2026, date_of_service=date(2016, 12, 31), release_effective=date(2016, 10, 1))
    priced = claim(line("74177", "26"), line("71260", "26"), circumstances=at)
    assert formula_of(priced.lines[1], "multiple_tests") == "53.78 − 0.25 × 53.78 = 40.34"


@pytest.mark.parametrize(("first", "second"), [("93880", "93306"), ("92083", "92134")])
def test_interpretations_of_heart_and_eye_tests_are_never_reduced(first: str, second: str) -> None:
    apart = [allowed(claim(line(code, "26")))[0] for code in (first, second)]
    assert allowed(claim(line(first, "26"), line(second, "26"))) == apart


def test_heart_and_eye_tests_are_ranked_apart() -> None:
    assert allowed(claim(line("93306"), line("92083"))) == ["196.73", "63.80"]


def test_whole_electrocardiogram_loses_a_quarter_of_its_tracing() -> None:
    priced = claim(line("93306"), line("93000"))
    assert formula_of(priced.lines[1], "multiple_tests") == "15.36 − 0.25 × 7.01 = 13.61"


def test_second_unit_of_an_imaging_service_is_reduced() -> None:
    assert allowed(claim(line("71260", units=2))) == ["274.20"]
