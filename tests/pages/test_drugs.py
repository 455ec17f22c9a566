"""Drugs on the pages: the sample holds CMS's limits of 2025 Q4 and 2026 Q1, and the crosswalk of 2025 Q4."""

import pytest
from pytest_django import DjangoAssertNumQueries

from codes.models import Release
from codes.models.release import Source
from codes.queries import releases
from tests.pages.conftest import Get, table_of

FEBRUARY = {"dos": "2026-02-16"}


def test_drug_is_priced_at_the_limit_of_its_quarter_without_a_fee_schedule(get: Get) -> None:
    answer = get("/hcpcs/J0897.json", **FEBRUARY, units="60", mod="JZ").json()
    assert answer["release"] == "ASP 2026 Q1"
    assert answer["price"]["allowed"] == "1767.42"
    assert answer["price"]["shares"]["coinsurance"] == "310.80"
    assert answer["price"]["listed"]["coinsurance"] == "0.17585"
    page = get("/hcpcs/J0897/", **FEBRUARY, units="60", mod="JZ").content.decode()
    for words in ("$1,767.42", "$29.457", "17.585%", "+0.3%", "1 MG", "Patient owes"):
        assert words in page


def test_limit_is_not_carried_into_the_next_quarter(get: Get) -> None:
    answer = get("/hcpcs/J1885.json", dos="2026-04-01").json()
    assert answer["price"]["allowed"] is None
    assert answer["not_priced"]["kind"] == "list_missing"
    assert answer["not_priced"]["text"] == (
        "The drug payment limits of 2026 Q2 aren't loaded. The last list we have, ASP 2026 Q1, ended on Mar 31, 2026: "
        "$0.333 for 15 MG, 20% coinsurance."
    )
    assert get("/hcpcs/J1885.json", dos="2026-03-31", mod="JZ").json()["price"]["allowed"] == "0.33"


def test_sequestration_is_two_percent_of_some_cents_too(get: Get) -> None:
    page = get("/hcpcs/J1885/", dos="2026-03-31", mod="JZ").content.decode()
    assert "after 2% " in page  # $0.26 become $0.25, which is 4 % less


def test_vaccine_and_giving_it_cost_the_patient_nothing(get: Get) -> None:
    vaccine = get("/cpt/90677.json", **FEBRUARY).json()["price"]
    assert (vaccine["allowed"], vaccine["shares"]["patient"]) == ("312.90", "0.00")
    given = get("/hcpcs/G0009.json", dos="2026-08-01").json()["not_priced"]
    assert "by locality" in given["text"]
    assert "The patient owes nothing" in given["text"]


def test_units_are_counted_from_the_dose_of_a_drug_and_not_of_a_vaccine(get: Get) -> None:
    drug, vaccine = (get(page, **FEBRUARY).content.decode() for page in ("/hcpcs/J1885/", "/cpt/90677/"))
    assert 'id="id_dose" placeholder="15 mg"' in drug
    assert "Units from the dose" not in vaccine


def test_hospital_is_paid_for_the_drug_and_not_the_practice(get: Get) -> None:
    answer = get("/hcpcs/J0897.json", **FEBRUARY, pos="22", mod="JZ").json()
    assert answer["not_priced"]["kind"] == "facility_paid"


def test_claim_prices_its_drug_and_its_test_where_no_fee_schedule_is_loaded(get: Get) -> None:
    claim = get("/claim.json", lines="99214-25,J0897-JZx60,80053", **FEBRUARY).json()
    visit, drug, test = claim["lines"]
    assert (visit["status"], visit["allowed"]) == ("not_checked", None)
    assert (drug["allowed"], drug["source"]) == ("1767.42", "ASP 2026 Q1")
    assert test["allowed"] == "10.56"
    assert claim["total_allowed"] == "1777.98"


def test_comparison_and_audit_read_the_same_limit(get: Get) -> None:
    compared = get("/compare/", codes="J0897,J1885", **FEBRUARY).content.decode()
    assert "$29.46" in compared


def test_limits_by_quarter_are_a_table_of_their_own(get: Get) -> None:
    rows = table_of(get("/hcpcs/J0897/limits.csv"))
    assert [(row["list"], row["payment limit"], row["coinsurance percent"]) for row in rows] == [
        ("ASP 2026 Q1", "29.457", "17.585"),
        ("ASP 2025 Q4", "29.380", "17.508"),
    ]


@pytest.mark.parametrize(
    ("asked", "given", "wasted", "lines"),
    [
        ({"dose": "60 mg"}, 60, 0, "J0897-JZx60"),
        ({"dose": "45 mg", "vial": "60 mg"}, 45, 15, "J0897x45,J0897-JWx15"),
        ({"dose": "0.045 g", "ndc": "55513-710-01"}, 45, 15, "J0897x45,J0897-JWx15"),
        ({"ndc": "55513071001"}, 60, 0, "J0897-JZx60"),
    ],
)
def test_dose_vial_and_ndc_become_units(
    get: Get, asked: dict[str, str], given: int, wasted: int, lines: str
) -> None:
    units = get("/hcpcs/J0897/units.json", **asked).json()["units"]
    assert (units["administered"], units["wasted"], units["lines"]) == (given, wasted, lines)
    page = get("/hcpcs/J0897/units/", **asked).content.decode()
    assert f"Bill {given} units" in page
    assert ("J0897-JW" in page) == bool(wasted)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"dose": "1 ml"}, "The billing unit is 1 MG: enter the dose in that measure."),
        ({"dose": "a lot"}, "A dose is a number with its measure"),
        ({"vial": "60 mg"}, "Enter the dose given too."),
        ({"ndc": "55513-0710-99"}, "isn't in NDC 2025 Q4"),
        ({"ndc": "00409-3795-01"}, "billed with J1885, not J0897"),
        ({"ndc": "5"}, "An NDC has 11 digits"),
    ],
)
def test_what_cannot_be_counted_is_told_in_words(get: Get, asked: dict[str, str], words: str) -> None:
    page = get("/hcpcs/J0897/units/", 400, **asked).content.decode().replace("&#x27;", "'")
    assert words in page
    assert words in get("/hcpcs/J0897/units.json", 400, **asked).json()["error"]


def test_code_without_a_limit_has_no_units_page(get: Get) -> None:
    get("/cpt/99213/units/", 404)
    assert "No list of drug payment limits" in get("/cpt/99213/units.json", 404).json()["error"]


def test_without_the_list_of_single_dose_drugs_jw_and_jz_are_not_checked(get: Get) -> None:
    Release.objects.filter(source=Source.SINGLE_DOSE).delete()
    releases._calendar.cache_clear()
    (line,) = get("/claim.json", lines="J0897x60", **FEBRUARY).json()["lines"]
    releases._calendar.cache_clear()
    assert line["status"] != "returned"
    assert any("JW and JZ were not checked" in each["words"] for each in line["findings"])


def test_page_of_a_drug_asks_a_fixed_number_of_queries(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    get("/hcpcs/J0897/", **FEBRUARY)
    with django_assert_max_num_queries(12):
        get("/hcpcs/J0897/", **FEBRUARY)
    with django_assert_max_num_queries(8):
        get("/hcpcs/J0897/units/", ndc="55513-0710-01", dose="45 mg")
