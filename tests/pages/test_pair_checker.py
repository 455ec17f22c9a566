"""The pair checker says each thing once: the modifiers that fit, and the sentence about pairs without an edit."""

import re

from django.utils import timezone

from tests.pages.conftest import Get

FIVE = "20610 76942 99213 45385 45380"


def asked(get: Get, codes: str, setting: str = "practitioner") -> str:
    page: str = get("/ncci/", codes=codes, dos="2026-08-01", setting=setting).content.decode()
    return " ".join(page.split("<main")[1].split("</main>")[0].split())


def test_each_edit_names_the_modifier_that_fits_its_two_codes_and_the_line_that_carries_it(get: Get) -> None:
    page = re.sub(r"<[^>]+>", "", asked(get, FIVE))
    assert "25 on 99213 carries it if the visit was significant and separate." in page
    assert "XS on 76942 carries it if the record shows another site or lesion." in page


def test_no_edit_is_offered_a_modifier_of_another_part_of_the_body(get: Get) -> None:
    page = asked(get, FIVE)
    assert not {f"/modifiers/{modifier}/" for modifier in ("E1", "FA", "TA", "LC", "91", "57")} & set(
        re.findall(r"/modifiers/\w\w/", page)
    )


def test_a_pair_at_risk_names_the_modifier_that_fits_too(get: Get) -> None:
    page = re.sub(r"<[^>]+>", "", asked(get, "20610-RT 76942"))
    assert "RT on 20610 says where 20610 was done" in page
    assert "XS on 76942 carries it if the record shows another site or lesion." in page


def test_an_edit_between_a_surgeon_and_an_assistant_is_an_edit_that_denies_neither(get: Get) -> None:
    page = re.sub(r"<[^>]+>", "", asked(get, "45385-80 45380"))
    assert "of two practitioners: the surgeon and the assistant" in page
    assert "No edit" not in page


def test_a_modifier_is_a_link_to_its_page(get: Get) -> None:
    assert 'href="/modifiers/25/' in asked(get, "99213 20610")


def test_pairs_without_an_edit_share_one_sentence_with_release_setting_and_date(get: Get) -> None:
    page = asked(get, FIVE)
    assert page.count("No edit found") == 1
    sentence = page.split("No edit found")[1].split("</p>")[0]
    assert sentence.count(" with ") == 5
    assert "practitioner release 2024 Q3" in sentence
    assert "for date of service Aug 1, 2026" in sentence


def test_a_pair_is_named_in_our_words(get: Get) -> None:
    assert "Large joint injection" in asked(get, "20610 76942")


def test_without_a_release_of_edits_one_sentence_says_that_nothing_was_checked(get: Get) -> None:
    page = asked(get, FIVE, "hospital")
    assert page.count("Bundling was not checked") == 1
    assert "No edit found" not in page


def test_a_page_that_was_not_asked_anything_has_no_error(get: Get) -> None:
    page = get("/ncci/", dos="2026-08-01").content.decode()
    assert "required." not in page
    assert 'value="2026-08-01"' in page
    assert f'value="{timezone.localdate()}"' in get("/ncci/").content.decode()


def test_a_bypass_is_spoken_of_where_an_edit_has_one_only(get: Get) -> None:
    spoken = "Any NCCI modifier makes the edit pass"
    assert spoken in asked(get, "99213 20610")
    assert spoken not in asked(get, "76376 76377")


def test_a_code_with_itself_is_no_pair(get: Get) -> None:
    page = re.sub(r"<[^>]+>", "", asked(get, "20610-LT 20610-RT 76942"))
    assert "20610 with 76942" in page or "76942 with 20610" in page
    assert "20610 with 20610" not in page
    alone = get("/ncci/", 400, codes="20610-LT 20610-RT").content.decode()
    assert "Give two different codes: how often 20610 is paid a day, its unit limit says." in alone
