"""The page that explains a payment, its twins, and the doors to it."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from codes.explain import Question
from codes.explain.ways import ABOVE_LIMIT, ways_of
from codes.pricing import CodeRows
from codes.pricing.worked.rows import made_up
from tests.pages.conftest import Get

AUG = "dos=2026-08-01"


def test_half_of_the_fee_is_explained_by_a_larger_procedure(get: Get) -> None:
    body = get(f"/explain.json?code=20610&amount=34.41&kind=allowed&{AUG}").json()
    best = body["explanations"][0]
    fee = get(f"/cpt/20610.json?{AUG}").json()["price"]["allowed"]
    assert (fee, best["amount"]) == ("68.81", "34.41")
    assert best["assumed"] == ["not the first procedure of the day: half"]
    assert best["steps"][-1]["formula"] == "68.81 × 0.50 = 34.41"
    assert best["page"].endswith("/cpt/20610/?dos=2026-08-01&pos=11")


def test_the_ordinary_amount_assumes_nothing(get: Get) -> None:
    best = get(f"/explain.json?code=99213&amount=95.19&{AUG}").json()["explanations"][0]
    assert (best["assumed"], best["amount_is"], best["weak"]) == ([], "allowed", False)


def test_what_was_typed_counts(get: Get) -> None:
    free = get(f"/explain.json?code=99213&amount=80.91&{AUG}").json()["explanations"][0]
    typed = get(f"/explain.json?code=99213&amount=80.91&practitioner=pa&{AUG}").json()["explanations"][0]
    assert free["assumed"] == ["paid at 85 %: a PA, NP or CNS billed"]
    assert typed["assumed"] == []


def test_a_payment_is_explained_after_the_deductible(get: Get) -> None:
    """(95.19 − 20.00) × 0.80, less 2 percent: PR-1 on the remittance is taken off first."""
    best = get(f"/explain.json?code=99213&amount=58.95&kind=paid&deductible=20&{AUG}").json()["explanations"][
        0
    ]
    assert (best["assumed"], best["amount"]) == ([], "58.95")


def test_an_amount_that_no_rule_gives_has_the_nearest(get: Get) -> None:
    page = get(f"/explain/?code=99213&amount=1234.56&kind=allowed&{AUG}").content.decode()
    assert "No Medicare rule that we know gives $1,234.56" in page
    body = get(f"/explain.json?code=99213&amount=1234.56&kind=allowed&{AUG}").json()
    assert (body["explanations"], len(body["nearest"])) == ([], 3)


def test_the_table_has_a_row_for_each_explanation(get: Get) -> None:
    text = get(f"/explain.csv?code=99213&amount=80.91&{AUG}").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[0]["rank"], rows[0]["amount_is"], rows[0]["release"]) == ("1", "Allowed amount", "RVU26C")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("code=20610", "Give the amount of the line"),
        ("amount=33.40", "Give the code of the line"),
        ("code=2061&amount=33.40", "2061"),
        ("code=20610&amount=lots", "the amount in dollars"),
        ("code=20610&amount=5&kind=bribe", "kind"),
        ("code=20610&amount=5&contract=cheap", "is not a contract"),
    ],
)
def test_what_cannot_be_read_is_said(sample: None, client: Client, query: str, words: str) -> None:
    response = client.get(f"/explain.json?{query}")
    assert response.status_code == 400
    assert words in str(response.json())
    if "amount" in query:
        assert client.get(f"/explain/?{query}").status_code == 400


def test_a_code_that_nobody_prices_is_refused_in_words(get: Get) -> None:
    assert "99998" in get(f"/explain.json?code=99998&amount=5&{AUG}").json()["not_priced"]


def test_the_code_page_leads_to_the_explanation(get: Get) -> None:
    page = get(f"/cpt/20610/?{AUG}&mod=50").content.decode()
    assert "/explain/?code=20610&amp;dos=2026-08-01&amp;mod=50" in page
    assert 'value="20610"' in get(f"/explain/?code=20610&{AUG}&mod=50").content.decode()


def _best(get: Get, query: str) -> dict[str, Any]:
    found: dict[str, Any] = get(f"/explain.json?{AUG}&{query}").json()["explanations"][0]
    return found


def test_a_share_of_another_year_is_explained_by_the_contract(get: Get) -> None:
    """120 % of what 2025 allowed for 99213 is more than Medicare allows now: 88.95 × 1.2."""
    best = _best(get, "code=99213&amount=106.74&contract=120%25+of+2025")
    assert (best["amount_is"], best["assumed"], best["steps"][-1]["formula"]) == (
        "contract",
        [],
        "88.95 × 1.20 = 106.74",
    )
    assert best["steps"][-1]["citation"] == "120 % of Medicare 2025"


def test_the_wrong_year_of_a_contract_is_an_explanation(get: Get) -> None:
    """120 % of 2026 instead of 2025, and of 2025 where the contract goes by the day of service."""
    assert _best(get, "code=99213&amount=114.23&contract=120%25+of+2025")["assumed"] == [
        "by the fee schedule of 2026, not of 2025"
    ]
    assert _best(get, "code=99213&amount=106.74&contract=120%25")["assumed"] == [
        "by the fee schedule of 2025, not of 2026"
    ]


def test_a_factor_of_ones_own_shows_in_the_working(get: Get) -> None:
    price = get(f"/claim.json?lines=99213&{AUG}&contract=$45.00").json()["contract"]["total"]
    best = _best(get, f"code=99213&amount={price}&contract=$45.00")
    assert (best["amount_is"], best["assumed"]) == ("contract", [])
    assert "45.00" in str(best["steps"])


def test_medicares_own_amount_is_told_beside_a_contract(get: Get) -> None:
    assert _best(get, "code=99213&amount=95.19&contract=120%25")["assumed"] == [
        "Medicare's own amount, not your contract's"
    ]


def test_a_contract_is_not_tried_where_its_year_or_its_share_is_not_known(get: Get) -> None:
    found = get(f"/explain.json?{AUG}&code=99213&amount=95.19&contract=120%25+of+2019").json()
    assert "RVU25D" in found["contract_not_priced"]
    assert found["explanations"]
    paid = get(f"/explain/?{AUG}&code=99213&amount=63.43&kind=paid&contract=120%25").content.decode()
    assert "Not tried under 120 % of Medicare: Of a contract we know what it allows" in paid


def test_the_page_tells_the_contract(get: Get) -> None:
    page = get(f"/explain/?{AUG}&code=99213&amount=114.23&contract=120%25").content.decode()
    assert "Allowed by your contract $114.23" in page
    assert "95.19 × 1.20 = 114.23" in page
    none = get(f"/explain/?{AUG}&code=99213&amount=9999&contract=120%25").content.decode()
    assert "No Medicare rule that we know, and not 120 % of Medicare, gives $9,999.00" in none


def test_the_queries_of_a_page_are_counted(get: Get, django_assert_max_num_queries: object) -> None:
    get(f"/explain/?code=20610&amount=31.11&{AUG}&locality=10112-00")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        get(f"/explain/?code=20610&amount=31.12&{AUG}&locality=10112-00")


def test_more_units_than_medicare_pays_a_day_say_so(get: Get) -> None:
    """99213 is paid twice a day at most (MUE 2)."""
    (thrice,) = get(f"/explain.json?code=99213&amount=285.57&kind=allowed&{AUG}").json()["explanations"]
    assert thrice["assumed"] == ["3 units, above the unit limit (MUE) of 2"]
    twice = get(f"/explain.json?code=99213&amount=190.38&kind=allowed&{AUG}").json()["explanations"][0]
    assert twice["assumed"] == ["2 units"]
    page = get(f"/explain/?code=99213&amount=285.57&{AUG}").content.decode()
    assert "above the unit limit (MUE) of 2" in page


def test_whatever_stays_within_the_unit_limit_is_looked_at_first() -> None:
    rows = CodeRows("99213", {"": made_up("99213", "95.19")})
    question = Question(code="99213", amount=Decimal("285.57"), unit_limit=2)
    units = [way.line.units for way in ways_of(question, rows, True) if way.cost < 1.2 + ABOVE_LIMIT]
    assert set(units) == {1, 2}
    above = [way for way in ways_of(question, rows, True) if way.line.units > 2]
    assert {way.line.units for way in above} == {3, 4, 5, 6}
    assert all("above the unit limit (MUE) of 2" in str(way.assumptions) for way in above)


@pytest.mark.parametrize("typed", ["120", "120 %", "120 percent", "120 of Medicare"])
def test_a_contract_of_120_is_a_percentage(get: Get, typed: str) -> None:
    best = get("/explain.json", code="99213", amount="114.23", dos="2026-08-01", contract=typed).json()
    assert best["explanations"][0]["amount_is"] == "contract"


def test_a_number_that_may_be_percent_or_dollars_is_asked_about(get: Get) -> None:
    page = get("/explain/", status=400, code="99213", amount="50", contract="45").content.decode()
    assert "Write 45 % for a share of Medicare" in page
    assert "$45 for a conversion factor" in page
