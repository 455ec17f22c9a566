"""The evidence sheet: the answer on one page with its working, rules, files and address."""

import re

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def test_the_sheet_has_amount_working_rules_and_files_with_checksums(get: Get) -> None:
    page = get("/cpt/99214/evidence/", dos=AUG_1_2026, mod="25", pos="22").content.decode()
    assert "in a hospital outpatient department (22)" in page
    assert "RVU26C" in page
    assert "1848" in page, "the law behind the working"
    assert re.search(
        r"<strong>Bundling:</strong> \d+ codes deny 99214 whatever the modifier, \d+ unless", page
    )
    assert len(re.findall(r"SHA-256 [0-9a-f]{64}", page)) >= 3
    assert "/cpt/99214/?dos=2026-08-01&amp;mod=25&amp;pos=22" in page
    assert "/cpt/99214/evidence/?dos=2026-08-01&amp;mod=25&amp;pos=22&amp;load=" in page


def test_it_says_the_amount_of_the_code_page(get: Get) -> None:
    sheet = get("/cpt/27447/evidence/", dos=AUG_1_2026).content.decode()
    assert '<strong class="money">$1,159.35</strong>' in sheet
    assert '<p class="figure">$1,159.35</p>' in get("/cpt/27447/", dos=AUG_1_2026).content.decode()


def test_a_laboratory_code_names_the_file_of_its_own_list(get: Get) -> None:
    assert (
        "Clinical laboratory fee schedule, Lab fee schedule 2026-01"
        in get("/cpt/80053/evidence/", dos=AUG_1_2026).content.decode()
    )


def test_it_says_why_there_is_no_amount_and_what_is_returned(get: Get) -> None:
    assert "Not priced" in get("/hcpcs/J1100/evidence/", dos=AUG_1_2026).content.decode()
    assert "Returned as typed." in get("/cpt/97110/evidence/", dos=AUG_1_2026).content.decode()


@pytest.mark.parametrize(("query", "words"), [("dos=tomorrow", "Give the date"), ("zip=abc", "ZIP code")])
def test_a_question_that_cannot_be_read_is_named(get: Get, query: str, words: str) -> None:
    assert words in get(f"/cpt/99214/evidence/?{query}", 400).content.decode()


def test_the_code_page_leads_to_the_sheet_with_its_question(get: Get) -> None:
    page = get("/cpt/99214/", dos=AUG_1_2026, mod="25").content.decode()
    assert 'href="/cpt/99214/evidence/?dos=2026-08-01&amp;mod=25&amp;pos=11&amp;load=' in page
