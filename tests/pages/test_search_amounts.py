"""What search says of the payment of each code: the amount in the practice's place, the list, or why there is none."""

import html
import re

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def said_of(page: str, code: str) -> str:
    """What stands at the end of a code's line, without markup."""
    line = next(line for line in page.split("<li>") if f'<span class="code">{code}</span>' in line)
    return html.unescape(re.sub(r"<[^>]+>", "", line.split('class="amounts">')[1].split("</li>")[0])).strip()


def test_amounts_are_those_of_the_practice_and_of_the_date(get: Get) -> None:
    page = get("/search/", q="office visit", locality="01182-18", dos=AUG_1_2026).content.decode()
    assert "in Los Angeles" in page.split('<ul class="results found">')[0]
    assert "$104.89" in said_of(page, "99213")
    assert "$95.19" in said_of(get("/search/", q="office visit", dos=AUG_1_2026).content.decode(), "99213")


def test_a_laboratory_test_has_the_amount_of_its_own_list(get: Get) -> None:
    page = get("/search/", q="hemoglobin a1c", dos=AUG_1_2026).content.decode()
    assert re.fullmatch(r"\$\d+\.\d\d Clinical Laboratory Fee Schedule", said_of(page, "83036"))


def test_a_code_of_a_list_that_is_not_loaded_says_who_sets_its_amount(get: Get) -> None:
    page = get("/search/", q="flu vaccine administration", dos=AUG_1_2026).content.decode()
    assert said_of(page, "G0008") == "CMS's vaccine administration rates"


def test_the_results_can_be_compared(get: Get) -> None:
    page = get("/search/", q="office visit", dos=AUG_1_2026).content.decode()
    assert re.search(r'href="/compare/\?codes=\w{5},\w{5},\w{5},\w{5},\w{5}', page)
