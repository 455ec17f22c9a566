"""What an article says of diagnoses: supported, not listed, excluded, or not settled by its lists and words."""

from collections.abc import Sequence
from datetime import date

import pytest

from codes.diagnoses.articles import Article, ListedDrug, ListGroup
from codes.diagnoses.support import ArticleAnswer, Support, answer_of

AT = date(2026, 8, 1)


def group(number: int, *codes: str, words: str = "", **more: object) -> ListGroup:
    return ListGroup(number, words, codes, **more)  # type: ignore[arg-type]


def an_article(**more: object) -> Article:
    held = {"codes": (group(1, "20610", "20611"),), **more}
    return Article(number="A50001", title="Joint injections", **held)  # type: ignore[arg-type]


def said(article: Article, *diagnoses: str, code: str = "20610", at: date = AT) -> ArticleAnswer:
    return answer_of(article, code, diagnoses, at)


def test_one_list_and_one_group_of_codes_settle_it() -> None:
    article = an_article(supports=(group(1, "M17.11", "M19.011"),))
    found = said(article, "M17.11")
    assert (found.support, found.diagnoses) == (Support.SUPPORTS, ("M17.11",))
    assert found.words == "A50001 lists M17.11 among the diagnoses that support 20610."
    absent = said(article, "I10")
    assert absent.support is Support.NOT_LISTED
    assert absent.words == "I10 is not among the diagnoses that A50001 lists for 20610."


def test_one_diagnosis_that_supports_is_enough() -> None:
    found = said(an_article(supports=(group(1, "M17.11"),)), "I10", "M17.11")
    assert (found.support, found.diagnoses) == (Support.SUPPORTS, ("M17.11",))


def test_of_several_diagnoses_on_no_list_all_are_named() -> None:
    found = said(an_article(supports=(group(1, "M17.11"),)), "I10", "E11.9")
    assert found.words == "None of I10, E11.9 is among the diagnoses that A50001 lists for 20610."


def test_a_range_covers_what_lies_in_it() -> None:
    article = an_article(supports=(group(1, "M17.0-M17.2"),))
    assert said(article, "M17.11").support is Support.SUPPORTS
    assert said(article, "M17.9").support is Support.NOT_LISTED


HEART: dict[str, Sequence[ListGroup]] = {
    "codes": (group(1, "93306"), group(2, "93308")),
    "supports": (
        group(1, "I50.9", "I34.0", words="These support CPT code 93306:"),
        group(2, "I50.9", "I31.39", words="For the CPT codes in Group 2:"),
        group(3, "R01.1", "I50.9", words="Others:"),
    ),
}


@pytest.mark.parametrize(
    ("code", "diagnosis", "support"),
    [
        ("93306", "I34.0", Support.SUPPORTS),  # the words name the code
        ("93308", "I31.39", Support.SUPPORTS),  # the words name its group
        ("93306", "I31.39", Support.NOT_CHECKED),  # listed for the other group
        ("93306", "R01.1", Support.NOT_CHECKED),  # the words settle nothing
        ("93306", "I50.9", Support.SUPPORTS),
        ("93306", "M17.11", Support.NOT_LISTED),  # on none of the lists
    ],
)
def test_of_several_lists_only_words_settle_which_is_for_the_code(
    code: str, diagnosis: str, support: Support
) -> None:
    assert said(an_article(**HEART), diagnosis, code=code).support is support


def test_equal_numbers_of_groups_tie_nothing() -> None:
    """Group 2 of the diagnoses need not be for group 2 of the codes."""
    lists = (group(1, "I34.0"), group(2, "I31.39"))
    found = said(an_article(codes=HEART["codes"], supports=lists), "I31.39", code="93308")
    assert found.support is Support.NOT_CHECKED
    assert "only its words say whether that is for 93308" in found.words


def test_what_stands_on_every_list_supports_whichever_is_for_the_code() -> None:
    lists = (group(1, "I10", "I34.0"), group(2, "I10"))
    assert (
        said(an_article(codes=HEART["codes"], supports=lists), "I10", code="93308").support
        is Support.SUPPORTS
    )


def test_lists_for_other_codes_check_nothing() -> None:
    article = an_article(supports=(group(1, "M17.11", words="For CPT code 20611 only:"),))
    assert said(article, "I10").support is Support.NOT_CHECKED


@pytest.mark.parametrize("words", ["Do not report these with 20610.", "All codes other than 20610:"])
def test_words_with_an_exception_settle_nothing(words: str) -> None:
    assert (
        said(an_article(supports=(group(1, "M17.11", words=words),)), "M17.11").support is Support.NOT_CHECKED
    )


def test_an_asterisk_brings_its_note() -> None:
    lists = (group(1, "M19.011", starred=frozenset({"M19.011"}), note="With an image."),)
    found = said(an_article(supports=lists), "M19.011")
    assert found.support is Support.WITH_NOTE
    assert found.words.endswith("with an asterisk: \u201cWith an image\u201d.")


def test_words_that_may_ask_for_a_second_diagnosis_are_to_be_read() -> None:
    lists = (group(1, "M17.11", words="A secondary diagnosis from another group is required."),)
    assert said(an_article(supports=lists), "M17.11").support is Support.WITH_NOTE


def test_an_excluded_diagnosis_is_excluded_where_one_list_says_so() -> None:
    article = an_article(supports=(group(1, "M17.11"),), excludes=(group(1, "Z00.00"),))
    assert said(article, "Z00.00").support is Support.EXCLUDED
    assert said(article, "Z00.00", "M17.11").support is Support.SUPPORTS


def test_a_list_of_exclusions_without_words_settles_nothing_among_several_groups_of_codes() -> None:
    codes = (group(1, "93306"), group(2, "93308"))
    silent = an_article(codes=codes, excludes=(group(1, "Z00.00"),))
    assert said(silent, "Z00.00", code="93306").support is Support.NOT_CHECKED
    named = an_article(codes=codes, excludes=(group(1, "Z00.00", words="For CPT code 93306:"),))
    assert said(named, "Z00.00", code="93306").support is Support.EXCLUDED


def test_a_diagnosis_both_supporting_and_excluded_is_not_settled() -> None:
    article = an_article(supports=(group(1, "M17.11"),), excludes=(group(2, "M17.11"),))
    assert said(article, "M17.11").support is Support.NOT_CHECKED


def test_one_of_several_lists_of_exclusions_does_not_settle_it() -> None:
    article = an_article(excludes=(group(1, "Z00.00"), group(2, "I10")))
    assert said(article, "Z00.00").support is Support.NOT_CHECKED
    assert "lists excluded diagnoses only" in said(article, "M17.11").words


def test_without_lists_nothing_is_checked() -> None:
    found = said(an_article(supports=(group(1),)), "M17.11")
    assert (found.support, found.words) == (Support.NOT_CHECKED, "A50001 lists no diagnoses.")


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"begins": date(2026, 9, 1)}, "is in force from Sep 1, 2026 only"),
        ({"ends": date(2026, 7, 31)}, "ended on Jul 31, 2026"),
        ({"revised": date(2026, 8, 2)}, "was revised on Aug 2, 2026; what it listed before isn't loaded"),
    ],
)
def test_another_day_than_that_of_the_list_is_not_checked(days: dict[str, date], says: str) -> None:
    found = said(an_article(supports=(group(1, "M17.11"),), **days), "M17.11")
    assert found.support is Support.NOT_CHECKED
    assert says in found.words


def test_a_drug_on_the_list_of_the_self_administered_is_excluded_in_its_days() -> None:
    drug = ListedDrug(code="J3030", brand="Brand", begins=date(2020, 1, 1), ends=date(2024, 12, 31))
    article = an_article(codes=(), drugs=(drug,))
    assert said(article, "G43.909", code="J3030", at=date(2024, 6, 1)).support is Support.SELF_ADMINISTERED
    assert said(article, "G43.909", code="J3030").support is Support.NOT_CHECKED
