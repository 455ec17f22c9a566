"""The totals of the Claim Desk foot, and each line says what becomes of it and which list priced it. Sample, RVU26C."""

from decimal import Decimal
from typing import Any

import pytest

from tests.pages.conftest import Get, table_of

AUG_1_2026 = "2026-08-01"
CLAIM = "99213-25,20610-RT,20610-LT,80053,36415,45380,45385"


def _claim(get: Get, lines: str, **asked: str) -> dict[str, Any]:
    return get("/claim.json", lines=lines, dos=AUG_1_2026, **asked).json()


@pytest.mark.parametrize("lines", ["99213", CLAIM, "97110-GP-CQx3,97140-GP", "99213-25,G0439"])
def test_the_lines_add_up_to_the_total_and_sequestration_is_a_figure_of_its_own(get: Get, lines: str) -> None:
    whole = _claim(get, lines)
    for name, total in (
        ("allowed", "total_allowed"),
        ("patient", "total_patient"),
        ("medicare", "medicare_before_sequestration"),
        ("medicare_before_sequestration", "medicare_before_sequestration"),
        ("sequestration", "sequestration"),
        ("medicare_paid", "medicare_paid"),
    ):
        assert sum(Decimal(line[name] or 0) for line in whole["lines"]) == Decimal(whole[total])
    before, taken = Decimal(whole["medicare_before_sequestration"]), Decimal(whole["sequestration"])
    assert before - taken == Decimal(whole["medicare_paid"]) == Decimal(whole["total_medicare"])


def test_each_column_of_the_csv_adds_up_to_its_total(get: Get) -> None:
    *rows, total = table_of(get("/claim.csv", lines=CLAIM, dos=AUG_1_2026))
    assert (rows[-1]["line"], total["line"]) == ("sequestration", "total")
    for column in ("allowed", "medicare", "patient"):
        assert sum(Decimal(row[column] or 0) for row in rows) == Decimal(total[column])


def test_the_page_shows_sequestration_in_a_row(get: Get) -> None:
    page = get("/claim/", lines="99213", dos=AUG_1_2026).content.decode()
    assert 'colspan="3"><button type="button" class="term" popovertarget="term-sequestration"' in page
    assert "−$1.52" in page  # 2 percent of 76.15


def test_a_line_names_the_list_that_priced_it(get: Get) -> None:
    lines = {line["code"]: line for line in _claim(get, CLAIM)["lines"]}
    assert lines["99213"]["source"] == "RVU26C"
    assert lines["80053"]["source"] == lines["36415"]["source"] == "Lab fee schedule 2026-01"
    (anesthesia,) = _claim(get, "00811-AAx95")["lines"]
    assert "anesthesia conversion factor" in anesthesia["source"]


@pytest.mark.parametrize("lines", ["20610-RT,20610-LT", "20610-LT,20610-RT"])
def test_the_second_side_says_on_which_line_its_money_is(get: Get, lines: str) -> None:
    by_side = {line["modifiers"][0]: line for line in _claim(get, lines)["lines"]}
    assert (by_side["LT"]["allowed"], by_side["RT"]["allowed"]) == ("103.22", "0.00")
    assert f"The amount of this line is on line {by_side['LT']['line']}" in by_side["RT"]["verdict"]


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        ("99213", ["paid"]),
        ("97110", ["returned"]),
        ("97110-GP", ["paid"]),
        ("00811", ["returned"]),
        ("45385,45380", ["paid", "denied"]),
        ("45385,45380-59", ["paid", "conditional"]),
        ("99024", ["denied"]),
    ],
)
def test_status_and_denied_agree(get: Get, lines: str, statuses: list[str]) -> None:
    found = _claim(get, lines)["lines"]
    assert [line["status"] for line in found] == statuses
    assert all(line["denied"] == (line["status"] == "denied") for line in found)
    rows = table_of(get("/claim.csv", lines=lines, dos=AUG_1_2026))
    assert [row["status"] for row in rows[: len(statuses)]] == statuses


def test_a_claim_without_a_place_is_priced_where_its_codes_are_usually_done(get: Get) -> None:
    def place(**chosen: str) -> str:
        page = get("/claim/", lines="27447", dos="2026-08-01", **chosen).content.decode()
        return str(page.split('<h2 id="result">')[1].split("</p>")[0])

    assert "in a hospital outpatient department" in place()
    assert "in an office" in place(pos="11")


def test_the_result_begins_with_how_many_lines_become_what(get: Get) -> None:
    page = get("/claim/", lines="99213-25,20610,97110", dos="2026-08-01").content.decode()
    assert "1 returned, 1 paid only if ..., 1 paid." in page
