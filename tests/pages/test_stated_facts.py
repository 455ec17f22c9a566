"""Facts that only the user of the Claim Desk knows, each with its effect."""

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def status_of(get: Get, lines: str, code: str, **asked: str) -> tuple[str, str]:
    answer = get("/claim.json", lines=lines, dos=AUG_1_2026, **asked).json()
    line = next(each for each in answer["lines"] if each["code"] == code)
    return line["status"], line["reason"] or ""


@pytest.mark.parametrize(
    ("lines", "code", "facts", "status"),
    [
        ("99213", "99213", {"surgery": "27447", "days_since": "30"}, "denied"),
        ("99213", "99213", {"surgery": "27447"}, "denied"),
        ("99213-24", "99213", {"surgery": "27447", "days_since": "30"}, "conditional"),
        ("99213", "99213", {"surgery": "20610", "days_since": "5"}, "paid"),
        ("99213", "99213", {"surgery": "59510", "days_since": "30"}, "denied"),
        ("20610-RT", "20610", {"surgery": "27447", "days_since": "30"}, "denied"),
        ("20610-RT-79", "20610", {"surgery": "27447", "days_since": "30"}, "conditional"),
        ("99215,G2212", "G2212", {"time": "60"}, "denied"),
        ("99215,G2212", "G2212", {"time": "70"}, "paid"),
        ("97110-GPx3", "97110", {"time": "30"}, "at_risk"),
        ("97110-GPx2", "97110", {"time": "30"}, "paid"),
        ("71046", "71046", {"no_order": "1"}, "returned"),
        ("71046", "71046", {}, "paid"),
        ("80053-QW", "80053", {"no_clia": "1"}, "returned"),
    ],
)
def test_a_stated_fact_has_its_effect(
    get: Get, lines: str, code: str, facts: dict[str, str], status: str
) -> None:
    assert status_of(get, lines, code, **facts)[0] == status


def test_after_the_global_period_a_visit_is_paid_and_the_page_says_why(get: Get) -> None:
    assert status_of(get, "99213", "99213", surgery="11042", days_since="1")[0] == "paid"
    assert status_of(get, "99213", "99213", surgery="27447", days_since="91")[0] == "paid"
    page = get("/claim/", lines="99213", dos=AUG_1_2026, surgery="27447", days_since="90").content.decode()
    assert "27447 has a global period of 90 days: day 90 is inside it." in page


def test_waste_that_jz_denies_goes_on_a_line_of_its_own(get: Get) -> None:
    answer = get("/claim.json", lines="J0897-JZx40", dos=AUG_1_2026, vial="60").json()
    (line,) = answer["lines"]
    assert "jz-with-waste" in line["rules"]
    assert any("holds 60 units and 40 are billed" in finding["words"] for finding in line["findings"])


@pytest.mark.parametrize(
    ("name", "typed"), [("surgery", "knee"), ("days_since", "1000"), ("time", "0"), ("vial", "-1")]
)
def test_a_fact_that_cannot_be_read_is_refused_by_name(get: Get, name: str, typed: str) -> None:
    answer = get("/claim.json", status=400, lines="99213", dos=AUG_1_2026, **{name: typed}).json()
    assert name in answer["errors"]


def test_the_facts_are_folded_until_one_is_stated(get: Get) -> None:
    folded = get("/claim/", lines="99213", dos=AUG_1_2026).content.decode()
    assert "What only you know about the day" in folded
    assert "<details open>" not in folded.split("What only you know")[0]
    opened = get("/claim/", lines="99213", dos=AUG_1_2026, time="30").content.decode()
    assert "<details open>" in opened.split("What only you know")[0]
