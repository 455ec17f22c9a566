"""The search box where a tool is named before its codes, and where a term of the field is typed."""

import pytest

from tests.pages.conftest import Get


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("compare 99213 99214, 99215", "/compare/?codes=99213,99214,99215"),
        ("NCCI 20610 76942", "/ncci/?codes=20610+76942"),
        ("edits 45385", "/cpt/45385/edits/"),
        ("/99214", "/cpt/99214/"),
        ("/compare 99213+99214", "/compare/?codes=99213,99214"),
    ],
)
def test_a_tool_before_codes_opens_with_them(get: Get, typed: str, address: str) -> None:
    assert get("/search/", 302, q=typed).headers["Location"] == address


def test_the_practice_goes_along_to_the_tool(get: Get) -> None:
    answer = get("/search/", 302, q="NCCI 20610 76942", zip="35203")
    assert answer.headers["Location"] == "/ncci/?codes=20610+76942&zip=35203"


def test_words_after_a_tool_are_searched_for(get: Get) -> None:
    assert "Codes for" in get("/search/", q="compare knees").content.decode()


def test_a_term_leads_to_its_line_of_the_glossary(get: Get) -> None:
    page = get("/search/", q="limiting charge").content.decode()
    assert 'href="/glossary/#limiting-charge"' in page
    assert "Glossary: Limiting charge" in page
