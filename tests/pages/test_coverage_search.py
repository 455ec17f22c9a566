"""Who decides the local coverage of a code, and where CMS has it, while no coverage files are loaded."""

import html

import pytest

from tests.pages.conftest import Get

DAY = "2026-08-01"
SEARCH = (
    "https://www.cms.gov/medicare-coverage-database/search-results.aspx?keyword={}&keywordType=all&areaId=all"
)


def text_of(get: Get, address: str, **parameters: str) -> str:
    return html.unescape(get(address, **parameters).content.decode())


def test_a_code_page_names_the_contractor_of_the_practice_and_links_to_the_search_of_cms(get: Get) -> None:
    page = text_of(get, "/cpt/76376/", dos=DAY, locality="01182-18")
    assert "Noridian Healthcare Solutions, jurisdiction E, decides in California" in page
    assert f'<a href="{SEARCH.format(76376)}">' in page
    assert "choose California" in page


def test_without_a_place_the_page_asks_for_one(get: Get) -> None:
    page = text_of(get, "/cpt/76376/", dos=DAY)
    assert "set your ZIP code" in page
    assert "choose " not in page.partition("Local coverage:")[2].partition("</p>")[0]


@pytest.mark.parametrize("reason", ["CO-50", "CO-167", "CO-11"])
def test_a_denial_that_turns_on_the_diagnosis_leads_there(get: Get, reason: str) -> None:
    assert SEARCH.format(97110) in text_of(get, "/denials/", reason=reason, code="97110", locality="01182-18")


def test_another_denial_does_not(get: Get) -> None:
    assert SEARCH.format(97110) not in text_of(get, "/denials/", reason="CO-97", code="97110")


def test_a_claim_with_diagnoses_leads_there_and_one_without_does_not(get: Get) -> None:
    with_diagnosis = text_of(get, "/claim/", lines="99214", dx="M17.11", dos=DAY, locality="01182-18")
    assert SEARCH.format(99214) in with_diagnosis
    assert SEARCH.format(99214) not in text_of(get, "/claim/", lines="99214", dos=DAY)


def test_the_dme_mac_decides_on_equipment_and_not_the_contractor_of_the_locality(get: Get) -> None:
    page = text_of(get, "/hcpcs/E0601/", dos=DAY, locality="01182-18")
    decides = page.partition("Local coverage:")[2].partition("</p>")[0]
    assert "the DME MAC of the patient's state decides" in decides
    assert "Noridian" not in decides
