"""The glossary and the page of indicators: each word and each value has an address."""

import re

from codes.knowledge.indicators import FIELDS
from codes.tips.glossary import glossary
from tests.pages.conftest import Get

WANTED = """
allowed-amount conversion-factor locality gpci rvu facility na-indicator global-days pctc mue mai column-one
carc rarc abn sequestration limiting-charge modifier-indicator add-on-code
"""


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_the_glossary_has_the_words_of_the_field_each_with_an_anchor(get: Get) -> None:
    page = text_of(get("/glossary/"))
    for slug in WANTED.split():
        assert f'id="{slug}"' in page, slug
    assert len(glossary()) >= 60


def test_every_term_refers_to_terms_that_exist() -> None:
    terms = glossary()
    assert [(term.slug, slug) for term in terms.values() for slug in term.see if slug not in terms] == []


def test_terms_are_short_and_unlike() -> None:
    terms = list(glossary().values())
    assert len({term.name for term in terms}) == len(terms)
    assert [term.slug for term in terms if not 20 < len(term.text) < 420] == []
    assert [term.slug for term in terms if not re.fullmatch(r"[a-z-]+", term.slug)] == []


def test_every_indicator_and_every_value_has_an_anchor(get: Get) -> None:
    page = text_of(get("/indicators/"))
    assert [key for key in FIELDS if f'<h2 id="{key}">' not in page] == []
    values = [(key, value) for key, field in FIELDS.items() for value in field.values]
    assert [(key, value) for key, value in values if f'<dt id="{key}-{value}">' not in page] == []


def test_titles_of_indicators_lead_to_their_field(get: Get) -> None:
    assert 'href="/indicators/#bilateral_surgery"' in text_of(get("/cpt/76376/"))
