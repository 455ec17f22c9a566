import datetime as dt
from decimal import Decimal

import pytest

from codes.cms import coercers


@pytest.mark.parametrize("text", ["32.3465", ".10", "0", "-0.5", "0001337.33"])
def test_plain_numbers_become_decimals(text: str) -> None:
    assert coercers.number(text) == Decimal(text)


@pytest.mark.parametrize("text", ["", "1,234.50", "$5", "1e5", "NaN", "1.2.3", "１"])
def test_anything_but_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        coercers.number(text)


def test_an_amount_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="is less than zero"):
        coercers.amount("-0.01")


def test_cents_become_dollars() -> None:
    assert coercers.cents("1931") == Decimal("19.31")


@pytest.mark.parametrize("text", ["0.2", "3"])
def test_a_range_includes_both_ends(text: str) -> None:
    assert coercers.between("0.2", "3")(text) == Decimal(text)


def test_a_number_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"is not between 0.2 and 3"):
        coercers.between("0.2", "3")("3.001")


@pytest.mark.parametrize("text", ["00100", "0446T", "0001F", "G0105", "99213", "M1389", "0001U", "GXXX1"])
def test_codes_have_five_characters(text: str) -> None:
    assert coercers.code(text) == text


@pytest.mark.parametrize("text", ["100", "99", "1E+05", "446T"])
def test_a_code_that_lost_its_zeros_points_to_the_spreadsheet(text: str) -> None:
    with pytest.raises(ValueError, match="a spreadsheet program has saved this file"):
        coercers.code(text)


@pytest.mark.parametrize("text", ["HCPCS", "9921", "992133", "9921a", ""])
def test_other_text_is_not_a_code(text: str) -> None:
    with pytest.raises(ValueError, match="is not a five-character code"):
        coercers.code(text)


@pytest.mark.parametrize(("text", "known"), [("10", "010"), ("0", "000"), ("9", "09")])
def test_an_indicator_that_lost_its_zeros_points_to_the_spreadsheet(text: str, known: str) -> None:
    with pytest.raises(ValueError, match="a spreadsheet program has saved this file"):
        coercers.one_of(known, "XXX")(text)


def test_an_unknown_indicator_is_no_spreadsheet_damage() -> None:
    with pytest.raises(ValueError, match=r"^is not one of blank, 26, TC, 53$"):
        coercers.one_of("", "26", "TC", "53")("27")


def test_a_mark_is_the_sign_or_nothing() -> None:
    assert [coercers.mark("NA")(text) for text in ("NA", "")] == [True, False]
    with pytest.raises(ValueError, match="is neither NA nor blank"):
        coercers.mark("NA")("N")


@pytest.mark.parametrize("text", ["2102", "021021", "0210A", "０２１０２"])
def test_a_contractor_number_has_five_digits(text: str) -> None:
    with pytest.raises(ValueError, match="is not a contractor number of 5 digits"):
        coercers.mac(text)


def test_contractors_and_localities_get_lost_zeros_back_where_that_is_known() -> None:
    assert coercers.mac_without_zeros("2102") == "02102"
    assert coercers.locality_without_zeros("0") == "00"


def test_names_lose_the_stars_of_their_footnotes() -> None:
    assert coercers.name_without_stars("MONTANA**  ") == "MONTANA"


def test_dates_are_read_in_cms_four_forms() -> None:
    day = dt.date(2024, 2, 29)
    assert coercers.date_from_digits("20240229") == day
    assert coercers.date_from_iso("2024-02-29") == day
    assert coercers.date_from_american("02-29-2024") == day
    assert coercers.date_from_day_of_year("2024060") == day


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        coercers.date_from_digits("20250229")
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        coercers.date_from_day_of_year("2025366")


def test_a_date_in_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a date of the form YYYYMMDD"):
        coercers.date_from_digits("1/1/2025")
