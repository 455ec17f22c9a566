"""The rarer fields of the calculator, through its address. Amounts of RVU26C, national."""

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def price_of(get: Get, address: str, **asked: str) -> dict[str, object]:
    return get(address, dos=AUG_1_2026, **asked).json()["price"]


def test_what_is_left_of_the_deductible_is_the_patients_first(get: Get) -> None:
    shares = price_of(get, "/cpt/99213.json", deductible="50")["shares"]
    assert shares["deductible"] == "50.00"  # type: ignore[index]
    assert shares["coinsurance"] == "9.04", "20 % of 95.19 - 50.00"  # type: ignore[index]
    assert shares["medicare"] == "36.15"  # type: ignore[index]


def test_days_of_care_split_the_postoperative_share(get: Get) -> None:
    whole = price_of(get, "/cpt/66984.json", mod="55", pos="24")
    part = price_of(get, "/cpt/66984.json", mod="55", pos="24", days="60")
    assert (whole["allowed"], part["allowed"]) == ("92.52", "61.68")  # PRICING_RULES 2.5


def test_supervision_pays_one_more_unit_for_induction(get: Get) -> None:
    without = price_of(get, "/cpt/00811.json", mod="AD", minutes="95")
    present = price_of(get, "/cpt/00811.json", mod="AD", minutes="95", induction="1")
    assert (without["allowed"], present["allowed"]) == ("61.49", "81.99")  # three and four units at 20.4976


def test_the_deductible_is_used_up_line_after_line_on_a_claim(get: Get) -> None:
    claim = get("/claim.json", lines="99213-25,20610", dos=AUG_1_2026, deductible="100").json()
    assert claim["total_allowed"] == "164.00"
    assert claim["total_patient"] == "112.80", "100.00, and 20 % of 64.00"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("days", "91", "90"), ("days", "-1", "1"), ("deductible", "-5", "0"), ("deductible", "much", "dollars")],
)
def test_a_wrong_field_is_told(get: Get, field: str, value: str, says: str) -> None:
    errors = get("/cpt/66984.json", status=400, dos=AUG_1_2026, **{field: value}).json()
    assert says in str(errors)
