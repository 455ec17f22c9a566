"""Reasons and remarks by number, in our words."""

import re

import pytest

from codes.denials import reasons
from codes.denials.plausibility import Rules, doubts
from contributions.templatetags.reports_words import RULES


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("CO-97", ("CO", "97")),
        ("co 97", ("CO", "97")),
        ("CO97", ("CO", "97")),
        ("097", ("", "97")),
        (" 97 ", ("", "97")),
        ("pr-b7", ("PR", "B7")),
        ("97 · already included in the payment for another service", ("", "97")),
        ("CR-45", ("", "45")),
        ("999", ("", "other")),
        ("other", ("", "other")),
        ("exact duplicate", ("", "18")),
    ],
)
def test_a_reason_is_read_as_people_type(typed: str, read: tuple[str, str]) -> None:
    assert reasons.read_reason(typed) == read


@pytest.mark.parametrize("typed", ["", "it was late", "99213", "97.5", "the", "authorization"])
def test_what_is_no_reason_is_none(typed: str) -> None:
    assert reasons.read_reason(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("N362", "N362"),
        ("n 362", "N362"),
        ("MA130 · unprocessable", "MA130"),
        ("m-15", "M15"),
        ("acceptable maximum", "N362"),
        ("N9999", None),
    ],
)
def test_a_remark_is_read_as_people_type(typed: str, read: str | None) -> None:
    assert reasons.read_remark(typed) == read


def test_a_word_that_several_reasons_speak_of_finds_them_by_meaning_and_by_advice() -> None:
    assert [entry.number for entry in reasons.near("authorization", reasons.reasons())] == [
        "15", "39", "197", "198", "210", "284", "296", "302",
    ]  # fmt: skip
    assert [entry.number for entry in reasons.near("bundl", reasons.reasons())] == ["97", "231", "234"]
    assert reasons.near("the", reasons.reasons()) == []


def test_the_lists_hold_the_common_ones() -> None:
    assert sum(entry.common for entry in reasons.reasons().values()) == 61
    assert sum(entry.common for entry in reasons.remarks().values()) == 49


def test_the_lists_hold_two_hundred_each_and_say_which_are_retired() -> None:
    assert len(reasons.reasons()) >= 200
    assert len(reasons.remarks()) >= 200
    retired = [
        entry
        for entry in [*reasons.reasons().values(), *reasons.remarks().values()]
        if "(retired" in entry.meaning
    ]
    assert [entry.number for entry in retired] == ["15", "138", "165", "B5", "N365"]
    assert not any(entry.common for entry in retired)


def test_a_meaning_is_one_short_sentence_and_the_advice_two() -> None:
    for entry in [*reasons.reasons().values(), *reasons.remarks().values()]:
        assert len(entry.meaning.split()) <= 20, entry
        assert len(re.findall(r"[.!?](?= [A-Z])", entry.what_to_do)) <= 3, entry


NO_APPEAL = (
    "4",
    "5",
    "15",
    "16",
    "18",
    "22",
    "26",
    "27",
    "31",
    "109",
    "140",
    "197",
    "206",
    "226",
    "236",
    "B13",
)


@pytest.mark.parametrize("number", NO_APPEAL)
def test_no_appeal_is_advised_where_another_step_is_the_way(number: str) -> None:
    advice = reasons.reasons()[number].what_to_do.lower()
    assert "redetermination" not in advice
    assert not re.search(r"(?<!no )(?<!an )appeal", advice)


def test_every_entry_has_our_words_and_names_a_section_that_there_is() -> None:
    for entry in [*reasons.reasons().values(), *reasons.remarks().values()]:
        assert entry.meaning, entry
        assert entry.what_to_do, entry
        assert set(entry.see.split()) <= set(RULES), entry


@pytest.mark.parametrize(
    ("reason", "remarks", "rules", "asks"),
    [
        ("236", (), Rules(has_edits=False), "no active edit is known"),
        ("50", ("N362",), Rules(has_unit_limit=False), "none is published"),
        ("107", ("N122",), Rules(is_add_on=False), "is none"),
        ("59", (), Rules(multiple_procedure="0"), "under no such rule"),
    ],
)
def test_a_reason_without_its_rule_is_questioned(
    reason: str, remarks: tuple[str, ...], rules: Rules, asks: str
) -> None:
    (said,) = doubts("99213", reason, remarks, rules)
    assert asks in said
    assert doubts("99213", reason, remarks, Rules()) == (), "a rule that is not loaded asks nothing"
