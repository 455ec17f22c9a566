"""A contract beside Medicare in the audit."""

from typing import Any

import pytest
from django.test import Client

from tests.pages.conftest import table_of

DAY = "2026-08-01"
TEXT = "99213, 85.00\n99214, 210.00\n71046-26, 9.00\n80053, 12.00\n99999, 5.00"


@pytest.fixture
def audited(sample: None, client: Client) -> Any:
    def post(contract: str, **more: str) -> dict[str, str]:
        answer = client.post("/audit/", {"text": TEXT, "dos": DAY, "as": "csv", "contract": contract, **more})
        return {row["code"]: row["contract"] for row in table_of(answer)}

    return post


def test_a_share_is_taken_of_every_list_that_medicare_pays_by(audited: Any) -> None:
    found = audited("120%")
    assert (found["99213"], found["80053"], found["99999"]) == ("114.23", "12.67", "")


def test_the_share_does_not_change_with_participation(audited: Any) -> None:
    assert audited("100%", par="assigned")["99213"] == "95.19"


def test_another_year_has_its_own_amounts(audited: Any) -> None:
    assert audited("100% of 2025")["99213"] == "88.95"


@pytest.mark.parametrize("more", [{}, {"practitioner": "np"}, {"locality": "01182-18"}])
def test_a_factor_of_ones_own_gives_the_amounts_of_the_list(
    sample: None, client: Client, audited: Any, more: dict[str, str]
) -> None:
    found = audited("$45", **more)
    answer = client.get("/list.json", {"codes": "99213,99214,80053", "dos": DAY, "contract": "$45", **more})
    listed = {each["code"]: each["contract"] or "" for each in answer.json()["codes"]}
    assert {code: found[code] for code in listed} == listed
    assert found["80053"] == ""


def test_the_page_counts_the_charges_below_the_contract(sample: None, client: Client) -> None:
    page = client.post("/audit/", {"text": TEXT, "dos": DAY, "contract": "120%"}).content.decode()
    assert "below 120 % of Medicare" in page
    assert "$114.23" in page
    wrong = client.post("/audit/", {"text": TEXT, "dos": DAY, "contract": "cheap"})
    assert wrong.status_code == 400
    assert "is not a contract" in wrong.content.decode()
