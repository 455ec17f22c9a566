"""A contract beside Medicare on the Claim Desk."""

import json
from decimal import Decimal
from typing import Any

from django.test import Client

from tests.pages.conftest import Get

DAY = "2026-08-01"


def claim_of(get: Get, lines: str, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get("/claim.json", lines=lines, dos=DAY, **more).content)
    return found


def test_a_share_of_medicare_is_taken_of_each_line_after_its_reductions(get: Get) -> None:
    found = claim_of(get, "29881,20610-59", contract="120%")
    allowed = [Decimal(line["allowed"]) for line in found["lines"]]
    amounts = [Decimal(amount) for amount in found["contract"]["amounts"]]
    assert [round(each * Decimal("1.2"), 2) for each in allowed] == amounts
    assert Decimal(found["contract"]["total"]) == sum(amounts)


def test_a_denied_line_has_no_amount_under_a_contract(get: Get) -> None:
    assert claim_of(get, "45385,45380", contract="120%")["contract"]["amounts"][1] is None


def test_a_lower_charge_does_not_lower_the_contract(get: Get) -> None:
    found = claim_of(get, "99213@50.00", contract="100%")
    assert (found["lines"][0]["allowed"], found["contract"]["total"]) == ("50.00", "95.19")


def test_another_year_is_priced_with_its_own_fee_schedule(get: Get) -> None:
    assert claim_of(get, "99213", contract="100% of 2025")["contract"]["total"] == "88.95"
    missing = claim_of(get, "99213", contract="100% of 2019")["contract"]
    assert missing["amounts"] == [None]
    assert "RVU25D" in missing["not_priced"]


def test_without_a_contract_there_is_none(get: Get) -> None:
    assert claim_of(get, "99213")["contract"] is None


def test_the_page_shows_it_and_a_paste_keeps_it(get: Get, client: Client) -> None:
    page = get("/claim/", lines="99213", dos=DAY, contract="110 %").content.decode()
    assert "Your contract: 110 % of Medicare" in page
    assert "$104.71" in page
    answer = client.post("/claim/", {"text": "99213", "contract": "110 %"})
    assert "contract=110%20%25" in answer["Location"]
    assert "is not a contract" in get("/claim/", status=400, lines="99213", contract="cheap").content.decode()
