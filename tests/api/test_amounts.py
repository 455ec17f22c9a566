"""Many amounts in one request are those of the pages, and a claim is that of the Claim Desk."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from codes.models import FeeScheduleRow
from tests.api.conftest import Ask

DAY = "2026-08-01"


def amounts_of(response: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = response.json()["data"]["amounts"]
    return found


def test_a_visit_in_los_angeles_is_allowed_104_89(ask: Ask) -> None:
    (visit,) = amounts_of(ask("amounts", codes="99213", zip="90037", dos=DAY))
    assert (visit["allowed"], visit["currency"], visit["release"]) == ("104.89", "USD", "RVU26C")
    assert visit["shares"]["medicare_after_sequestration"] == "82.23"
    assert visit["not_priced"] is None


def test_a_contract_stands_beside_medicares_amount(ask: Ask) -> None:
    """120 % of 104.89; and a factor of one's own on the relative values, of which 80053 has none."""
    asked = {"codes": "99213@50.00,80053,99999", "zip": "90037", "dos": DAY}
    answer = ask("amounts", **asked, contract="120 %").json()["data"]
    visit, _, unknown = answer["amounts"]
    assert answer["contract"] == "120 % of Medicare"
    assert (visit["allowed"], visit["contract"], unknown["contract"]) == ("50.00", "125.87", None)
    visit, test, _ = amounts_of(ask("amounts", **asked, contract="$66.8018"))
    assert abs(Decimal(visit["contract"]) - 2 * Decimal("104.89")) <= Decimal("0.01")
    assert test["contract"] is None
    without = ask("amounts", **asked).json()["data"]
    assert (without["contract"], without["amounts"][0]["contract"]) == (None, None)
    assert "contract" in ask("amounts", 400, **asked, contract="plenty").json()["detail"]


@pytest.mark.parametrize("dos", [DAY, "2025-11-03", "2027-01-02"])
def test_every_line_is_priced_as_the_page_of_its_code_prices_it(ask: Ask, dos: str) -> None:
    lines = [
        *("99213", "71046-26", "20610-50", "45385x2", "97110-GPx3", "80053", "J1885x2", "00142", "E0601-RR"),
        *("99283", "76376-TC", "99214-25@100.00", "G0121", "36415", "99999", "Z9999", "01967x90", "G0439"),
    ]
    together = amounts_of(ask("amounts", codes=",".join(lines), zip="35203", dos=dos, steps="1"))
    for line, amount in zip(lines, together, strict=True):
        code, _, charge = line.partition("@")
        code, _, units = code.partition("x")
        code, _, modifier = code.partition("-")
        timed = code == "01967"
        asked = {
            "mod": modifier,
            "charge": charge,
            "units": "" if timed else units,
            "minutes": units if timed else "",
        }
        if code in ("99999", "Z9999"):
            assert amount["not_priced"]["kind"] in ("not_in_release", "no_release"), line
            continue
        given = {name: value for name, value in asked.items() if value}
        alone = ask(f"codes/{code}", zip="35203", dos=dos, **given).json()["data"]
        assert amount["not_priced"] == alone["not_priced"], line
        if alone["amount"]:
            assert {name: amount[name] for name in alone["amount"]} == alone["amount"], line
        else:
            assert amount["allowed"] is None


def test_two_hundred_codes_take_a_fixed_number_of_queries(
    ask: Ask, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    listed = FeeScheduleRow.objects.filter(release__name="RVU26C", modifier="")
    codes = list(listed.order_by("code").values_list("code", flat=True)[:1000:5])
    assert len(codes) == 200
    ask("amounts", codes="99213", dos=DAY)
    with django_assert_max_num_queries(40):
        found = amounts_of(ask("amounts", codes=",".join(codes), zip="90037", dos=DAY))
    assert [each["code"] for each in found] == codes
    assert all((each["allowed"] is None) != (each["not_priced"] is None) for each in found)


def test_a_body_asks_the_same_as_an_address(ask: Ask, client: Client) -> None:
    asked = {"codes": ["99213-25", "71046-26"], "dos": DAY, "zip": "90037", "qp": True, "deductible": 10.5}
    posted = client.post("/api/v1/amounts", json.dumps(asked), content_type="application/json")
    assert posted.status_code == 200
    assert posted["Cache-Control"] == "no-store"
    given = ask("amounts", codes="99213-25,71046-26", dos=DAY, zip="90037", qp="1", deductible="10.5")
    assert posted.json() == given.json()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('["99213"]', "application/json", 400),
        ('{"codes": {"a": 1}}', "application/json", 400),
        ('{"codes": [1]}', "application/json", 400),
        ("codes=99213", "application/x-www-form-urlencoded", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(
    sample: None, client: Client, body: str, content_type: str, status: int
) -> None:
    response = client.post("/api/v1/amounts", body, content_type=content_type)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_a_claim_is_checked_as_at_the_desk(ask: Ask, client: Client) -> None:
    asked = {"lines": "45385,45380,99213-25x1@150.00", "pos": "22", "dos": DAY, "zip": "35203"}
    new, old = ask("claims", **asked).json()["data"], client.get("/claim.json", asked).json()
    for line, former in zip(new["lines"], old["lines"], strict=True):
        assert (line["allowed"], line["status"], line["verdict"]) == (
            former["allowed"],
            former["status"],
            former["verdict"],
        )
        assert bool(line["not_priced"]) == bool(former["not_priced"])
    assert new["totals"]["medicare_paid"] == old["medicare_paid"]
    assert new["totals"]["allowed"] == old["total_allowed"]


def test_a_claim_has_its_contract_as_the_desk_has(ask: Ask, client: Client) -> None:
    asked = {"lines": "29881,20610-59", "dos": DAY, "contract": "120 %"}
    new, old = ask("claims", **asked).json()["data"], client.get("/claim.json", asked).json()
    assert new["contract"] == old["contract"]
    assert new["contract"]["words"] == "120 % of Medicare"
    assert ask("claims", lines="29881", dos=DAY).json()["data"]["contract"] is None


def test_personal_data_in_a_line_is_refused_and_not_repeated(ask: Ask) -> None:
    problem = ask("claims", status=400, lines="99213 DOB 01/02/1950").json()
    assert problem["errors"][0]["value"] is None
    assert "1950" not in json.dumps(problem)
