"""The NCCI Policy Manual: its places from the sample, and CMS's words where an operator has loaded them."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests import builders
from tests.cms.manuals import as_pdf, as_text
from tests.pages.conftest import Get

PLACE = "NCCI Policy Manual 2026, ch. IX, section D, paragraph 15, page IX-11"
LOADED = "NCCI Policy Manual 2027, ch. IX, section B, paragraph 1, page IX-3"
MADE_UP = "goes with none of"


def page_of(get: Get, address: str, **parameters: str) -> str:
    page: str = get(address, **parameters).content.decode()
    return page


@pytest.fixture
def manual(sample: None, tmp_path: Path) -> None:
    """A made-up manual of 2027, loaded in the place of the sample's places."""
    path = builders.written(tmp_path / "ncci_policy_manual.txt", as_text())
    call_command("load_cms", path, "--effective-from", "2026-01-01", stdout=io.StringIO())


def test_the_code_page_names_the_paragraphs_that_name_the_code(get: Get) -> None:
    page = page_of(get, "/cpt/76376/", dos="2026-08-01")
    assert f"CMS on 76376: {PLACE}; NCCI Policy Manual 2026, ch. IX, section E" in page


def test_an_edit_names_the_paragraph_that_speaks_of_the_two_codes(get: Get) -> None:
    page = page_of(get, "/cpt/76376/edits/", dos="2026-08-01", q="76377")
    assert page.count(PLACE) == 1


def test_an_edit_of_which_the_manual_says_nothing_names_no_paragraph(get: Get) -> None:
    page = page_of(get, "/cpt/76376/edits/", dos="2026-08-01", q="70496")
    assert "NCCI Policy Manual 2026" not in page


def test_the_pair_check_names_the_paragraph_of_the_pair(get: Get) -> None:
    assert f"CMS on this pair: {PLACE}" in page_of(get, "/ncci/", codes="76376 76377", dos="2026-08-01")


def test_the_evidence_sheet_names_the_paragraph(get: Get) -> None:
    assert PLACE in page_of(get, "/cpt/76376/evidence/", dos="2026-08-01")


def test_the_letter_after_a_bundling_denial_names_the_paragraph(get: Get) -> None:
    page = page_of(get, "/denials/", reason="CO-236", code="76376", other="76377", dos="2026-08-01")
    assert PLACE in page


def test_without_the_text_a_search_gives_the_places_and_no_page_has_words(get: Get) -> None:
    page = page_of(get, "/manual/", q="76376")
    assert PLACE in page
    assert "/manual/IX/" not in page
    get("/manual/IX/D/15/", status=404)


def test_the_loaded_text_is_shown_with_the_notice_of_the_ama(get: Get, manual: None) -> None:
    page = page_of(get, "/manual/IX/B/1/")
    assert f"<strong>1.</strong> Code 76376 {MADE_UP} 78012-78014" in page
    assert page.count("descriptions and other data only are copyright American Medical Association") == 1


def test_a_section_and_a_chapter_hold_all_their_paragraphs(get: Get, manual: None) -> None:
    assert "A second list begins" in page_of(get, "/manual/IX/B/")
    assert "A picture counts once" in page_of(get, "/manual/IX/")
    get("/manual/IX/C/", status=404)


def test_the_search_takes_codes_in_a_range_and_words(get: Get, manual: None) -> None:
    for typed in ("78013", "range GOES", "76376 whole"):
        assert f'<a href="/manual/IX/B/1/">{LOADED}</a>' in page_of(get, "/manual/", q=typed)
    assert "No paragraph holds all of that" in page_of(get, "/manual/", q="range elephant")


def test_a_code_page_links_to_the_loaded_text(get: Get, manual: None) -> None:
    assert f'<a href="/manual/IX/B/1/">{LOADED}</a>' in page_of(get, "/cpt/76376/", dos="2026-08-01")


def test_one_range_that_holds_both_codes_says_nothing_of_the_pair(get: Get, manual: None) -> None:
    assert "CMS on this pair" not in page_of(get, "/ncci/", codes="99202 99203", dos="2026-08-01")


@override_settings(CPT_DESCRIPTIONS=False)
def test_where_descriptions_are_hidden_so_are_the_words_of_the_manual(get: Get, manual: None) -> None:
    page = page_of(get, "/manual/", q="76376")
    assert LOADED in page
    assert MADE_UP not in page
    get("/manual/IX/B/1/", status=404)


def test_the_manual_is_loaded_from_a_pdf_and_dated_by_itself(get: Get, tmp_path: Path) -> None:
    said = io.StringIO()
    path = builders.written(tmp_path / "2027-ncci-policy-manual.pdf", as_pdf())
    call_command("load_cms", path, stdout=said)
    assert "loaded NCCI Policy Manual 2027" in said.getvalue()
    assert "in force from 2027-01-01: 7 rows" in said.getvalue()


def test_a_search_too_long_is_refused_in_words(get: Get) -> None:
    assert "80" in get("/manual/", status=400, q="x" * 81).content.decode().split("<main")[1]
