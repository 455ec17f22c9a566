import pytest

from codes.search import Document, Index
from codes.search.spans import Span, spans_in
from codes.search.tables import Tables


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("2.1-3 cm", 2.1, 3), ("2.6 to 7.5 cm", 2.6, 7.5), ("to 2.5 cm", 0, 2.5), ("2.5 cm or less", 0, 2.5),
        ("0.5 cm/<", 0, 0.5), ("<10 cm", 0, 10), ("over 4 cm", 4, float("inf")), (">30.0 cm", 30, float("inf")),
        ("a cyst of 2.5cm", 2.5, 2.5),
    ],
)  # fmt: skip
def test_a_size_is_read_as_it_is_written(text: str, least: float, most: float) -> None:
    assert spans_in(text) == {"cm": Span(least, most)}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("ages 40 to 64", 40, 64), ("age 5", 5, 5), ("70 year old", 70, 70), ("14 yo", 14, 14), ("2 month old", 0, 0),
        ("under 1 year", 0, 1),
        ("tonsils under age 12", 0, 12), ("vaccine under 5", 0, 5),
        ("65+ yrs", 65, float("inf")), ("ages 65 and up", 65, float("inf")),
    ],
)  # fmt: skip
def test_an_age_is_read_as_it_is_written(text: str, least: float, most: float) -> None:
    assert spans_in(text) == {"years": Span(least, most)}


@pytest.mark.parametrize(
    ("text", "unit", "least", "most"),
    [
        ("graft of 100 sq cm", "sq cm", 100, 100), ("discharge day over 30 min", "minutes", 30, float("inf")),
        ("30 minutes or less", "minutes", 0, 30), ("uterus over 250 g", "grams", 250, float("inf")),
        ("infant of 1,500-2,500 g", "grams", 1500, 2500), ("16-30 days", "days", 16, 30),
        ("monitor two weeks", "days", 14, 14), ("one visit", "visits", 1, 1),
        ("pad of 48 sq. in. or less", "sq in", 0, 48),
        ("301 to 450 pounds", "pounds", 301, 450), ("amino acid, 7% through 8.5%", "percent", 7, 8.5),
    ],
)  # fmt: skip
def test_other_units_are_read_as_sizes_are(text: str, unit: str, least: float, most: float) -> None:
    assert spans_in(text) == {unit: Span(least, most)}


def test_bare_numbers_are_no_size() -> None:
    assert spans_in("99213 2 views") == spans_in("knee") == {}


def test_a_span_excludes_what_begins_where_it_ends_but_a_single_figure_excludes_nothing() -> None:
    assert Span(0, 30).excludes(Span(30, 60))
    assert not Span(0, 30).excludes(Span(30, 30))
    assert not Span(30, 30).excludes(Span(40, 54))
    assert Span(30, 30).holds(Span(30, 39))


def test_the_code_whose_span_holds_the_size_or_age_comes_first() -> None:
    index = Index(
        [
            Document(code="11402", name="Benign excision, 1.1-2 cm", band=1),
            Document(code="11403", name="Benign excision, 2.1-3 cm", band=4),
            Document(code="99396", name="Adult physical, ages 40 to 64", band=1),
            Document(code="99397", name="Senior physical, ages 65 and up", band=4),
        ],
        Tables(),
    )
    assert index.search("benign excision 2.5 cm")[0].code == "11403"
    assert index.search("physical 70 year old")[0].code == "99397"
