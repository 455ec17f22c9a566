"""The pages of modifiers: the list, and one modifier with what turns on it."""

import pytest

from codes.knowledge.modifier_texts import modifier_texts
from codes.queries.rules_naming import rules_naming
from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def main_of(get: Get, address: str, status: int = 200) -> str:
    page: str = get(address, status).content.decode()
    return " ".join(page.split("<main")[1].split("</main>")[0].split())


def test_the_list_holds_every_modifier_in_groups(get: Get) -> None:
    page = main_of(get, "/modifiers/")
    for modifier in modifier_texts():
        assert f'href="/modifiers/{modifier}/"' in page
    assert "Surgery and its global period" in page


def test_the_list_is_filtered_by_word_and_kind_without_a_script(get: Get) -> None:
    page = main_of(get, "/modifiers/?q=audio&kind=telehealth")
    assert "/modifiers/93/" in page
    assert "/modifiers/25/" not in page
    assert "No modifier fits." in main_of(get, "/modifiers/?q=nothing+at+all")
    assert 'href="/modifiers.csv?q=audio"' in main_of(get, "/modifiers/?q=audio&zip=35203")


def test_an_unknown_kind_is_an_error(get: Get) -> None:
    assert "kind" in main_of(get, "/modifiers/?kind=none", 400).lower()


def test_a_modifier_is_found_in_lower_case_and_an_unknown_one_is_not(get: Get) -> None:
    assert get("/modifiers/xs/", 301)["Location"] == "/modifiers/XS/"
    get("/modifiers/ZQ/", 404)
    for address in ("/modifiers/ß/", "/modifiers/ß.json", "/api/v1/modifiers/ß"):
        get(address, 404)


def test_25_says_what_it_asserts_and_which_rules_and_denials_turn_on_it(get: Get) -> None:
    page = main_of(get, "/modifiers/25/")
    assert "significant and separate" in page
    assert "bypasses an NCCI edit with indicator 1" in page
    assert "G2211 isn&#x27;t paid when the visit carries 25" in page
    assert "/denials/?reason=236" in page
    assert "/cpt/99214/" in page


def test_26_is_priced_from_its_own_row(get: Get) -> None:
    page = main_of(get, "/modifiers/26/")
    assert "71046-26" in page
    assert "/cpt/71046/?mod=26" in page


def test_an_assistant_is_priced_at_16_percent(get: Get) -> None:
    example = get("/modifiers/80.json").json()["example"]
    share = float(example["allowed"]) / float(example["allowed_without"])
    assert example["code"] == "27447"
    assert share == pytest.approx(0.16, abs=0.0001)


def test_no_visit_takes_a_surgical_modifier(get: Get) -> None:
    assert "/cpt/99214/" not in main_of(get, "/modifiers/80/")
    assert "/cpt/27447/" in main_of(get, "/modifiers/54/")


def test_a_modifier_that_ended_says_when(get: Get) -> None:
    assert "until Dec 31, 2023" in main_of(get, "/modifiers/MA/")


def test_a_modifier_outside_ncci_bypasses_nothing(get: Get) -> None:
    assert "76 doesn't bypass NCCI edits." in main_of(get, "/modifiers/76/")


def test_the_rules_of_a_modifier_are_those_that_turn_on_it_or_name_it() -> None:
    assert {"chiropractic-needs-at", "chiropractic-at-with-ga"} <= {rule.name for rule in rules_naming("AT")}
    assert "preventive-obesity-counseling" not in {rule.name for rule in rules_naming("22")}
