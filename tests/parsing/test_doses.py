import pytest

from codes.parsing.doses import read_dose, read_ndc
from codes.pricing.schedules.drug_units import Dose


@pytest.mark.parametrize(
    ("typed", "amount", "measure"),
    [
        ("60 mg", "60", "MG"),
        (" 0.5ML ", "0.5", "ML"),
        ("1,000 units", "1000", "UNITS"),
        (".25 mcg", "0.25", "MCG"),
        ("1 sq  cm", "1", "SQ CM"),
    ],
)
def test_dose_is_a_number_and_a_measure(typed: str, amount: str, measure: str) -> None:
    found = read_dose(typed)
    assert (f"{found.amount:f}", found.measure) == (amount, measure)


@pytest.mark.parametrize(
    "typed", ["60", "mg", "a lot", "60 stones", "-1 mg", "1e9 mg", "200 mg/300 mg", "0 mg"]
)
def test_what_is_no_dose_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="A dose is"):
        read_dose(typed)


def test_grams_are_counted_in_units_of_milligrams_and_milliliters_are_not() -> None:
    unit = read_dose("15 MG")
    assert read_dose("0.06 g").in_units_of(unit) == 4
    assert read_dose("1 ml").in_units_of(unit) is None
    assert isinstance(unit, Dose)


@pytest.mark.parametrize(
    "typed", ["55513-0710-01", "55513071001", "55513-710-1", "N455513071001", " 55513-710-01 "]
)
def test_ndc_in_every_spelling_is_the_one_of_the_crosswalk(typed: str) -> None:
    assert read_ndc(typed) == "55513-0710-01"


@pytest.mark.parametrize("typed", ["5551307101", "abc", "55513-0710", "555130710011"])
def test_ndc_that_cannot_be_told_apart_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="An NDC has 11 digits"):
        read_ndc(typed)
