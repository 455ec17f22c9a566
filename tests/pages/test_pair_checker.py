"""The pair checker says each thing once: lists of modifiers, and the sentence about pairs without an edit."""

from tests.pages.conftest import Get

FIVE = "20610 76942 99213 45385 45380"


def asked(get: Get, codes: str, setting: str = "practitioner") -> str:
    page: str = get("/ncci/", codes=codes, dos="2026-08-01", setting=setting).content.decode()
    return " ".join(page.split("<main")[1].split("</main>")[0].split())


def test_the_modifiers_that_every_edit_takes_are_listed_once(get: Get) -> None:
    page = asked(get, FIVE)
    assert page.count("E1, E2, E3, E4") == 1
    assert page.count("On 99213 also 24, 25, 57.") == 3, (
        "an office visit takes more, beside each of its edits"
    )


def test_pairs_without_an_edit_share_one_sentence_with_release_setting_and_date(get: Get) -> None:
    page = asked(get, FIVE)
    assert page.count("No edit found") == 1
    sentence = page.split("No edit found")[1].split("</p>")[0]
    assert sentence.count(" with ") == 5
    assert "practitioner release 2024 Q3" in sentence
    assert "for date of service August 1, 2026" in sentence


def test_a_pair_is_named_in_our_words(get: Get) -> None:
    assert "Large joint injection" in asked(get, "20610 76942")


def test_without_a_release_of_edits_one_sentence_says_that_nothing_was_checked(get: Get) -> None:
    page = asked(get, FIVE, "hospital")
    assert page.count("Bundling was not checked") == 1
    assert "No edit found" not in page
