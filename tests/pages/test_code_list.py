"""A practice's list of codes on the sample."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.pages.conftest import Get, table_of

AUG_1_2026 = "2026-08-01"
CODES = "99213,99214,20610,76942,45385,45380"


def list_of(get: Get, codes: str, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get("/list.json", codes=codes, dos=AUG_1_2026, **more).content)
    return found


def test_each_code_has_its_amount_before_and_now_in_the_practice(get: Get) -> None:
    found = list_of(get, "99213", locality="01182-18")
    (code,) = found["codes"]
    before = get("/cpt/99213.json", dos="2025-12-31", locality="01182-18").json()["price"]["allowed"]
    assert (code["allowed"], code["allowed_before"], code["change"]) == ("104.89", before, "6.70")
    assert found["compared_with"] == "RVU25D"
    assert found["compared_on"] == "2025-12-31"


def test_the_totals_are_the_sums_of_one_unit_of_each(get: Get) -> None:
    found = list_of(get, CODES)
    for key, total in (("allowed", "allowed"), ("work_rvu", "work_rvu"), ("change", "change")):
        cents = sum(round(float(each[key]) * 100) for each in found["codes"])
        assert round(float(found["totals"][total]) * 100) == cents
    assert found["totals"]["priced"] == 6


def test_the_edits_among_the_codes_are_there_the_costliest_first(get: Get) -> None:
    found = list_of(get, CODES)
    pairs = {(each["pays"], each["denied"]): each for each in found["edits"]}
    assert pairs["45385", "45380"]["indicator"] == "1"
    at_stake = [float(each["at_stake"]) for each in found["edits"]]
    assert at_stake == sorted(at_stake, reverse=True)
    allowed = {each["code"]: each["allowed"] for each in found["codes"]}
    assert all(each["at_stake"] == allowed[each["denied"]] for each in found["edits"])


def test_edits_that_can_all_be_bypassed_are_not_counted_as_none_of_them(get: Get) -> None:
    page = get("/list/", codes="99213,20610", dos=AUG_1_2026).content.decode()
    assert "1 edit between two of these codes, which a modifier can bypass." in page


def test_an_edit_with_a_code_outside_the_list_is_none_of_the_list(get: Get) -> None:
    assert list_of(get, "45380,76942")["edits"] == []


def test_a_nurse_practitioner_and_a_non_participating_practice_have_their_own_amounts(get: Get) -> None:
    (whole,) = list_of(get, "99213")["codes"]
    (nurse,) = list_of(get, "99213", practitioner="np")["codes"]
    (outside,) = list_of(get, "99213", par="assigned")["codes"]
    assert (whole["allowed"], nurse["allowed"], outside["allowed"]) == ("95.19", "80.91", "90.43")


def test_the_amount_is_that_of_the_code_page(get: Get) -> None:
    for each in list_of(get, "99213,45385,J1885,80053,76942")["codes"]:
        system = "cpt" if each["code"][0].isdigit() else "hcpcs"
        address = f"/{system}/{each['code']}.json"
        price = json.loads(get(address, dos=AUG_1_2026, pos=each["place_of_service"]).content)["price"]
        assert price["allowed"] == each["allowed"]


def test_a_deleted_code_says_what_to_bill_instead_and_an_unknown_one_is_named(get: Get) -> None:
    found = list_of(get, "99201,99213,99999")
    deleted = found["codes"][0]
    assert deleted["deleted"] is True
    assert "Bill 99202 instead" in deleted["why_not_priced"]
    assert found["unknown"] == ["99999"]
    page = get("/list/", codes="99201,99213,99999", dos=AUG_1_2026).content.decode()
    assert 'In none of the files for this date: <span class="code">99999</span>' in page


def test_unit_limits_stand_with_the_codes(get: Get) -> None:
    rows = {row["code"]: row for row in table_of(get("/list.csv", codes="20610,99213", dos=AUG_1_2026))}
    assert rows["20610"]["most_units"] == "2"
    assert rows["20610"]["mue_adjudication_indicator"] == "3"


def test_a_date_without_a_fee_schedule_is_not_priced_and_says_so(get: Get) -> None:
    page = get("/list/", codes="99213,99214", dos="2024-03-14").content.decode()
    assert "No relative value file" in page or "begins on" in page


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ("99213,hello", "&quot;HELLO&quot; is not a code"),
        ("99213,<script>", "is not a code"),
        (
            ",".join(f"{number:05}" for number in range(10_000, 10_301)),
            "at most 300 codes; this one has 301 codes",
        ),
        ("9" * 4000, "at most 3000 characters"),
    ],
)
def test_what_is_wrong_with_an_address_is_named(get: Get, codes: str, says: str) -> None:
    assert says in get("/list/", status=400, codes=codes).content.decode()
    assert "codes" in json.loads(get("/list.json", status=400, codes=codes).content)["errors"]


def test_without_codes_the_page_is_a_form_and_the_json_says_what_it_lacks(get: Get) -> None:
    assert "Paste the codes of your superbill" in get("/list/").content.decode()
    assert "There is no code" in json.loads(get("/list.json", status=400).content)["error"]
    assert "does not take it" in get("/list.csv", status=400, codes="99213", code="99213").content.decode()


def test_a_paste_leads_to_an_address_with_its_codes_and_the_practice(sample: None, client: Client) -> None:
    text = "Superbill of Main Street Orthopedics\n99213-25\tOffice visit\t$150.00\nJ3301 x 40, 20610; 99213"
    answer = client.post("/list/", {"text": text, "zip": "35203", "pos": "22"})
    assert answer.status_code == 302
    address = urlsplit(answer["Location"])
    assert address.path == "/list/"
    assert parse_qs(address.query) == {"codes": ["99213,J3301,20610"], "zip": ["35203"], "pos": ["22"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no code at all", "There is no code in the box"),
        ("99211-99215", "99211-99215 is a range"),
        ("1" * 60_001, "longer than 60,000 characters"),
    ],
)
def test_a_paste_that_cannot_be_read_says_why(sample: None, client: Client, text: str, says: str) -> None:
    answer = client.post("/list/", {"text": text})
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_text_with_what_looks_like_a_patient_is_not_repeated(sample: None, client: Client) -> None:
    answer = client.post("/list/", {"text": "Patient: Jane Roe, 123-45-6789"})
    assert "Jane Roe" not in answer.content.decode()


def test_a_list_asks_as_many_queries_for_many_codes_as_for_few(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = ",".join(f"{number}" for number in range(99202, 99500))
    for codes in (CODES, many):
        with django_assert_max_num_queries(45):
            get("/list.json", codes=codes, dos=AUG_1_2026)


@pytest.mark.parametrize(
    ("contract", "amount"),
    [
        ("120 %", "125.87"),  # 104.89 × 1.20 = 125.868
        ("100% of 2025", "98.19"),  # RVU25D in the same locality
        ("cf 45", "141.31"),  # (1.30 × 1.041 + 1.46 × 1.183 + 0.09 × 0.664) × 45 = 141.3108
    ],
)
def test_a_contract_stands_beside_medicare(get: Get, contract: str, amount: str) -> None:
    (code,) = list_of(get, "99213", locality="01182-18", contract=contract)["codes"]
    assert code["allowed"] == "104.89"
    assert code["contract"] == amount


def test_a_contract_is_not_touched_by_the_practice_being_outside_medicare(get: Get) -> None:
    (code,) = list_of(get, "99213", contract="100%", par="no")["codes"]
    assert (code["allowed"], code["contract"]) == ("90.43", "95.19")


def test_a_factor_of_ones_own_pays_relative_values_and_nothing_else(get: Get) -> None:
    visit, drug, test = list_of(get, "99213,J1885,80053", contract="$50")["codes"]
    assert visit["contract"] is not None
    assert drug["contract"] is None
    assert test["contract"] is None


def test_a_year_that_is_not_loaded_says_so(get: Get) -> None:
    found = list_of(get, "99213", contract="110% of 2019")
    assert found["codes"][0]["contract"] is None
    assert "2019" in found["contract_not_priced"] or "earliest" in found["contract_not_priced"]


@pytest.mark.parametrize("typed", ["45", "0%", "cheap", "45.00", "120% of 1812"])
def test_a_contract_that_cannot_be_read_is_an_error_with_examples(get: Get, typed: str) -> None:
    errors = json.loads(get("/list.json", status=400, codes="99213", contract=typed).content)["errors"]
    assert list(errors) == ["contract"]


def test_the_feed_has_an_entry_for_each_release_that_touched_the_list(get: Get) -> None:
    feed = get("/list.atom", codes="99213,45385", dos=AUG_1_2026)
    assert feed["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(feed.content)
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    texts = [each.findtext("{http://www.w3.org/2005/Atom}summary") or "" for each in entries]
    assert any("Allowed: 99213 $88.95 to $95.19" in text and "99213: Work RVU" not in text for text in texts)
    ids = [each.findtext("{http://www.w3.org/2005/Atom}id") for each in entries]
    assert len(ids) == len(set(ids)) > 0


def test_the_calendar_has_the_first_day_of_each_such_release(get: Get) -> None:
    answer = get("/list.ics", codes="99213,45385", dos=AUG_1_2026)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert "DTSTART;VALUE=DATE:20260701" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 0


@pytest.mark.parametrize("address", ["/list.atom", "/list.ics"])
def test_a_feed_without_codes_or_with_a_wrong_one_says_so_in_words(get: Get, address: str) -> None:
    assert "There is no code" in get(address, status=400).content.decode()
    assert "is not a code" in get(address, status=400, codes="hello").content.decode()
