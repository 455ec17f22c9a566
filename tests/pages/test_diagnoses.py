"""Diagnosis codes: their pages, and what the Claim Desk and the denial page say of them. On the sample's ICD-10-CM."""

import pytest

from codes.models import Diagnosis, Release, Version
from tests.pages.conftest import Get

DAY = "2026-07-03"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.fixture
def whole(sample: None) -> None:
    """The sample as if it were the whole list, so that its silence counts."""
    Release.objects.filter(source="icd10").update(is_sample=False)
    Version.bump("data")


def test_a_billable_code_says_so(get: Get) -> None:
    page = text_of(get("/icd10/M17.11/", dos=DAY))
    assert "Unilateral primary osteoarthritis, right knee" in page
    assert ">Billable</h2>" in page


def test_a_category_leads_to_its_longer_codes(get: Get) -> None:
    page = text_of(get("/icd10/M17.1/", dos=DAY))
    assert "Not billable: use a longer code" in page
    assert all(f'href="/icd10/M17.1{n}/"' in page for n in (0, 1, 2))


def test_seventh_characters_are_listed_under_the_code_that_takes_them(get: Get) -> None:
    assert 'href="/icd10/S83.411A/"' in text_of(get("/icd10/S83.411/", dos=DAY))


def test_excludes1_notes_are_shown_with_links(get: Get) -> None:
    page = text_of(get("/icd10/I10/", dos=DAY))
    assert 'href="/icd10/P29.2/"' in page
    assert "I10-I1A" in page


@pytest.mark.parametrize("typed", ["m1711", "M1711", "m17.11"])
def test_another_spelling_moves_to_the_code(get: Get, typed: str) -> None:
    assert get(f"/icd10/{typed}/", 301)["Location"] == "/icd10/M17.11/"
    assert get("/icd10/", 301, q=typed)["Location"] == "/icd10/M17.11/"


@pytest.mark.parametrize("typed", ["M17.99", "abc", "99213", "..."])
def test_what_is_no_diagnosis_is_a_404_in_words(get: Get, typed: str) -> None:
    assert "Search diagnosis codes" in text_of(get(f"/icd10/{typed}/", 404))


def test_words_find_codes_in_any_order(get: Get) -> None:
    page = text_of(get("/icd10/", q="knee osteoarthritis right"))
    assert 'href="/icd10/M17.11/"' in page
    assert 'href="/icd10/M17.12/"' not in page


def test_the_search_box_leads_to_a_diagnosis_with_its_dot(get: Get) -> None:
    assert get("/search/", 302, q="m17.11")["Location"] == "/icd10/M17.11/"


def test_a_program_reads_the_same(get: Get) -> None:
    found = get("/icd10/M17.json", dos=DAY).json()
    assert (found["billable"], found["longer_codes"][0]["code"]) == (False, "M17.0")
    assert get("/icd10/I10.json").json()["excludes1"][0]["under"] == "I10-I1A"
    get("/icd10/M17.99.json", 404)
    get("/icd10/M17.json", 400, nonsense="1")


def test_the_claim_desk_moves_diagnoses_of_text_and_field_into_the_address(
    sample: None, client: object
) -> None:
    moved = client.post("/claim/", {"text": "99214 M17.11\ndx: I10", "dx": "e119"})  # type: ignore[attr-defined]
    assert moved["Location"] == "/claim/?lines=99214&dx=E11.9,M17.11,I10"


def test_the_claim_desk_says_which_diagnoses_return_the_claim(get: Get, whole: None) -> None:
    page = text_of(get("/claim/", lines="99214", dx="M17,J18.85,I10,P29.2", dos=DAY))
    assert "Diagnoses: the claim comes back as billed" in page
    assert "Use a longer code: M17.0" in page
    assert "J1885 is a HCPCS code: put it on a claim line." in page
    assert "exclude each other" in page


@pytest.mark.parametrize(
    ("lines", "excluding"),
    [
        ("99214~A,20610~B", True),  # the guidelines are for the encounter, not for its lines
        ("99214~A,20610-XE~B", False),
        ("99214~A,20610-59~B", True),
        ("99214~A,20610-XE", True),  # the line is for all diagnoses
        ("99214-27~B,20610~A", False),
        ("99214-27~A,20610~A", True),  # no line points to B, so that it is of the main one
    ],
)
def test_diagnoses_exclude_each_other_in_one_encounter(get: Get, lines: str, excluding: bool) -> None:
    found = get("/claim.json", lines=lines, dx="I10,P29.2", dos=DAY).json()["diagnoses"]["findings"]
    assert ["I10" in str(each) and "exclude" in str(each) for each in found] == [True] * excluding


def test_valid_diagnoses_say_what_was_not_checked(get: Get) -> None:
    page = text_of(get("/claim/", lines="99214", dx="M17.11", dos=DAY))
    assert "Valid on that date and billable" in page
    assert (
        "Whether a policy covers the service for it wasn&#x27;t checked." in page or "wasn't checked" in page
    )


def test_before_the_first_list_nothing_is_called_wrong(get: Get, whole: None) -> None:
    found = get("/claim.json", lines="99214", dx="M17", dos="2026-02-03").json()["diagnoses"]
    assert (found["findings"], found["returned"]) == ([], False)
    assert "after Feb 3, 2026" in found["not_checked"]


def test_a_claim_without_diagnoses_has_none(get: Get) -> None:
    assert get("/claim.json", lines="99214").json()["diagnoses"] is None


def test_what_is_no_diagnosis_is_an_error_of_the_field(get: Get) -> None:
    assert get("/claim.json", 400, lines="99214", dx="99213").json()["errors"]["dx"]
    assert "Diagnoses (ICD-10-CM)" in text_of(get("/claim/", 400, lines="99214", dx="99213"))


def test_a_denial_checks_its_diagnoses(get: Get) -> None:
    found = get("/denials.json", reason="CO-11", code="20610", dx="M17", dos=DAY).json()["diagnoses"]
    assert found["findings"][0]["kind"] == "not billable"
    assert "Use a longer code" in text_of(get("/denials/", reason="CO-11", dx="M17", dos=DAY))


def test_a_denial_that_turns_on_diagnoses_asks_for_them(get: Get) -> None:
    asked = "This denial turns on the diagnosis."
    assert asked in text_of(get("/denials/", reason="CO-11", code="20610"))
    assert asked in text_of(get("/denials/", reason="CO-16", remark="M76"))
    assert asked not in text_of(get("/denials/", reason="CO-11", dx="M17.11"))
    assert asked not in text_of(get("/denials/", reason="CO-97", code="97010"))


def test_a_claim_line_with_a_diagnosis_leads_from_the_search_box_to_the_claim_desk(get: Get) -> None:
    assert get("/search/", 302, q="99214 m17.11")["Location"] == "/claim/?lines=99214&dx=M17.11"
    found = get("/search/", 302, q="99214 25 94110 E11.9", zip="90001")["Location"]
    assert found == "/claim/?lines=99214-25%2C94110&dx=E11.9&zip=90001"


def test_the_claim_desk_hands_its_diagnoses_on_to_the_denial(get: Get) -> None:
    page = text_of(get("/claim/", lines="45385,45380", dx="K21.9", dos=DAY))
    assert "dx=K21.9" in page.split("what now?")[0]


def test_pages_ask_a_fixed_number_of_queries(
    get: Get, django_assert_max_num_queries: object, whole: None
) -> None:
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        get("/icd10/M17/", dos=DAY)


def test_names_are_held_with_their_seventh_character(sample: None) -> None:
    assert Diagnosis.objects.get(code="S83.411A").name.endswith(", initial encounter")
