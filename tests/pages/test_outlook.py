"""Will it be paid? What is typed on a code page is judged by the rules of a claim of one line, there and in JSON."""

import re
from typing import Any

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def answer(get: Get, code: str, **asked: str) -> dict[str, Any]:
    system = "cpt" if code[0].isdigit() else "hcpcs"
    found: dict[str, Any] = get(f"/{system}/{code}.json", dos=AUG_1_2026, **asked).json()
    return found


def lines_of(found: dict[str, Any], tag: str) -> list[str]:
    return [line["sentence"] for line in found["will_it_be_paid"]["lines"] if line["tag"] == tag]


@pytest.mark.parametrize(
    ("code", "asked", "status"),
    [
        ("99214", {"mod": "FS"}, "denied"),
        ("99214", {"units": "3"}, "denied"),
        ("99213", {"mod": "80"}, "returned"),
        ("99213", {"mod": "ZZ"}, "returned"),
        ("20610", {"mod": "25"}, "returned"),
        ("27447", {"mod": "57", "pos": "21"}, "returned"),
        ("20610", {"mod": "95", "pos": "10"}, "denied"),
        ("98941", {"mod": "AT,GA"}, "returned"),
        ("99213", {"mod": "GZ"}, "denied"),
    ],
)
def test_what_is_refused_as_typed_has_no_amount(
    get: Get, code: str, asked: dict[str, str], status: str
) -> None:
    found = answer(get, code, **asked)
    assert found["price"]["allowed"] is None
    assert found["not_priced"]["text"]
    assert found["will_it_be_paid"]["status"] == status
    assert found["will_it_be_paid"]["reason"]
    assert lines_of(found, "As typed")


@pytest.mark.parametrize(
    ("code", "asked", "allowed"),
    [
        ("99214", {"mod": "FS", "pos": "22"}, True),
        ("99214", {"units": "2"}, True),
        ("99213", {"mod": "25"}, True),
        ("98941", {"mod": "AT"}, True),
        ("97110", {"mod": "GP"}, True),
        ("71046", {"mod": "26", "pos": "22"}, True),
    ],
)
def test_the_nearest_line_that_is_fine_has_its_amount(
    get: Get, code: str, asked: dict[str, str], allowed: bool
) -> None:
    found = answer(get, code, **asked)
    assert (found["price"]["allowed"] is not None) is allowed
    assert found["will_it_be_paid"]["status"] in ("paid", "conditional")


def test_above_the_unit_limit_the_amount_within_it_is_told(get: Get) -> None:
    found = answer(get, "99214", units="3")
    assert "above the limit of 2" in found["not_priced"]["text"]
    assert found["not_priced"]["text"].endswith(" 2 units: $271.22.")
    assert "Line 1" not in found["not_priced"]["text"]


@pytest.mark.parametrize(
    ("code", "modifier", "allowed"), [("98941", "AT", "38.41"), ("97110", "GP", "29.06")]
)
def test_a_line_that_lacks_a_modifier_keeps_its_amount_and_is_not_called_paid(
    get: Get, code: str, modifier: str, allowed: str
) -> None:
    found = answer(get, code)
    assert found["price"]["allowed"] == allowed
    assert found["will_it_be_paid"]["status"] in ("denied", "returned")
    assert modifier in found["will_it_be_paid"]["fix"]
    with_it = answer(get, code, mod=modifier)
    assert with_it["price"]["allowed"] == allowed
    assert with_it["will_it_be_paid"]["status"] == "paid"
    assert lines_of(with_it, "Needs")


def test_what_hangs_on_another_line_is_a_condition_and_not_a_denial(get: Get) -> None:
    found = answer(get, "G2211")
    assert found["price"]["allowed"] == "17.37"
    assert found["will_it_be_paid"]["status"] == "conditional"
    assert "visit" in lines_of(found, "Needs")[0]


def test_missed_money_is_worth_its_amount_and_at_most_two_are_told(get: Get) -> None:
    considered = lines_of(answer(get, "99214"), "Also consider")
    assert 1 <= len(considered) <= 2
    assert considered[0].endswith("Worth $17.37.")


@pytest.mark.parametrize(
    "code", ["99214", "20610", "27447", "71046", "98941", "97110", "G0439", "80053", "45385"]
)
def test_the_outlook_has_at_most_six_lines_each_with_a_known_tag(get: Get, code: str) -> None:
    lines = answer(get, code)["will_it_be_paid"]["lines"]
    assert 1 <= len(lines) <= 6
    tags = [line["tag"] for line in lines]
    order = ["As typed", "Needs", "Never with", "Carried by", "Unit limit", "Also consider"]
    assert tags == sorted(tags, key=order.index)


def test_the_links_of_the_outlook_lead_to_pages(get: Get) -> None:
    for code in ("99214", "98941", "20611"):
        for line in answer(get, code)["will_it_be_paid"]["lines"]:
            if line["link"]:
                get(line["link"].split("#")[0])


def test_the_page_says_it_beside_the_amount(get: Get) -> None:
    page = get("/cpt/98941/", dos=AUG_1_2026).content.decode()
    assert "Will it be paid?" in page
    assert "Denied as typed." in page
    assert re.search(r'id="answer" class="answer is-refused"', page)
    fine = get("/cpt/98941/", dos=AUG_1_2026, mod="AT").content.decode()
    assert "Denied as typed" not in fine
    assert re.search(r'class="status paid">Paid</strong> as typed, alone on the claim', fine)
    assert re.search(r'id="answer" class="answer"', fine)


def test_the_page_of_a_refused_line_shows_no_money(get: Get) -> None:
    page = get("/cpt/99214/", dos=AUG_1_2026, mod="FS").content.decode()
    assert "Denied as typed" in page
    assert "135.61" not in page.split('id="outlook"')[0]


def test_nobody_is_warned_of_telehealth_for_drugs_and_equipment(get: Get) -> None:
    assert not any("95" in sentence for sentence in lines_of(answer(get, "J1885"), "Never with"))
    assert not any("95" in sentence for sentence in lines_of(answer(get, "E0601"), "Never with"))
