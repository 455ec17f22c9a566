"""Help in place: a term of a page opens its line of the glossary where it stands, without a script."""

import re

import pytest
from django.test import Client

from codes.tips.glossary import glossary
from tests.pages.conftest import Get

PAGES = {
    "/cpt/99214/?dos=2026-08-01": {"mue", "gpci", "sequestration", "limiting-charge", "practice-expense"},
    "/claim/?lines=99214,20610-RT&dos=2026-08-01": {"allowed-amount", "sequestration", "mppr", "deductible"},
    "/ncci/?codes=20610+76942&dos=2026-08-01": {"ncci", "column-one", "modifier-indicator"},
    "/compare/?codes=99213,99214&dos=2026-08-01": {"allowed-amount", "facility", "mue"},
    "/denials/": {"carc", "rarc", "group-code", "remittance"},
    "/denials/?reason=CO-97&code=97010": {"carc", "rarc", "group-code", "remittance"},
    "/cpt/66984/?dos=2026-08-01&pos=24": {"asc", "opps"},
}


@pytest.mark.parametrize("page", PAGES)
def test_a_term_opens_its_line_of_the_glossary(get: Get, page: str) -> None:
    said = get(page).content.decode()
    opened = re.findall(r'popovertarget="term-([^"]+)"', said)
    texts = re.findall(r'<span popover id="term-([^"]+)"', said)
    assert set(opened) >= PAGES[page]
    assert opened == texts, "each term once, its text beside it"
    assert set(texts) <= set(glossary())


def test_a_list_of_charges_has_terms_too(sample: None, client: Client) -> None:
    said = client.post("/audit/", {"text": "99213 85.00", "dos": "2026-08-01"}).content.decode()
    assert 'popovertarget="term-allowed-amount"' in said


def test_names_of_terms_read_on_in_a_sentence(get: Get) -> None:
    said = re.sub(r"<span popover.*?</span>", "", get("/denials/").content.decode())
    assert "Terms: CARC, RARC, group code, remittance advice" in re.sub(r"<[^>]+>", "", said)
