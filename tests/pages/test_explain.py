"""The page that explains a payment, its twins, and the doors to it."""

import csv
import io

import pytest
from django.test import Client

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


def test_the_queries_of_a_page_are_counted(get: Get, django_assert_max_num_queries: object) -> None:
    get(f"/explain/?code=20610&amount=31.11&{AUG}&locality=10112-00")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        get(f"/explain/?code=20610&amount=31.12&{AUG}&locality=10112-00")
