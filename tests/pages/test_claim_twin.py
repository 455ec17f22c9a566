"""What a program reads of a claim, on the sample. Figures: RVU26C, edits of 2024 Q3."""

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def _lines(get: Get, lines: str, **asked: str) -> list[dict[str, object]]:
    answer = get("/claim.json", lines=lines, dos=AUG_1_2026, **asked)
    return answer.json()["lines"]


def test_a_modifier_that_the_code_cannot_take_is_denied_with_the_indicator(get: Get) -> None:
    (line,) = _lines(get, "64721-80", pos="22")
    assert (line["denied"], line["allowed"]) == (True, None)
    assert "assistant at surgery" in str(line["verdict"])


def test_an_anesthesia_line_without_minutes_says_what_is_missing(get: Get) -> None:
    (line,) = _lines(get, "00811-AA", pos="22")
    assert "Give the minutes" in str(line["not_priced"])
    assert "No amount: Give the minutes" in str(line["verdict"])


def test_95_minutes_of_anesthesia_are_priced_from_the_units(get: Get) -> None:
    (line,) = _lines(get, "00811-AAx95", pos="22")
    assert line["allowed"] == "211.13"  # (4 + 6.3) × 20.4976


def test_each_line_has_its_shares(get: Get) -> None:
    visit, wellness = _lines(get, "99213-25,G0439")
    assert (visit["medicare"], visit["patient"]) == ("76.15", "19.04")
    assert wellness["patient"] == "0.00"


def test_an_edit_that_a_modifier_may_pass_is_low_and_one_that_none_passes_has_no_confidence(get: Get) -> None:
    levels = [line["confidence"] for line in _lines(get, "45385,45380,76377,76376")]
    assert (levels[1], levels[3]) == ("Low", "None")


@pytest.mark.parametrize("date", ["2023-05-01", "2025-03-01"])
def test_a_place_on_a_date_that_no_release_covers_is_kept_and_the_answer_says_so(get: Get, date: str) -> None:
    page = get("/cpt/99213/", dos=date, locality="01182-18").content.decode()
    assert "Not priced" in page
    assert "Select a valid choice" not in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"pos": "05"}, "Medicare does not price by place of service 05 (Indian Health Service"),
        ({"pos": "5%s"}, "is not one that CMS has assigned"),
        ({"locality": "01182-99"}, "is not a payment locality on this date"),
    ],
)
def test_a_place_that_cannot_be_priced_is_refused_in_the_words_of_the_engine(
    get: Get, asked: dict[str, str], says: str
) -> None:
    errors = get("/cpt/99213.json", 400, dos=AUG_1_2026, **asked).json()["errors"]
    assert says in str(errors)


def test_line_breaks_part_claim_lines_in_an_address(get: Get) -> None:
    lines = get("/claim.json", lines="99214-25\r\n20610").json()["lines"]
    assert [line["code"] for line in lines] == ["99214", "20610"]
