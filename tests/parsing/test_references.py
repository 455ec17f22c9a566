"""Modifiers and denials that somebody looks up in the search box."""

import pytest

from codes.parsing.references import DenialWords, read_denial, read_modifier

KNOWN = {"99214", "27447", "20610", "97010", "M0240"}.__contains__


@pytest.mark.parametrize(
    "typed",
    [
        "MODIFIER 59", "MOD 59", "MOD-59", "MODIFIER -59", "59 MODIFIER", "-59", "MODIFIER: 59", "59 MOD",
        "WHAT IS MODIFIER 59?", "CPT MODIFIER 59", "MODIFIERS 59", "WHEN TO USE MODIFIER 59",
    ],
)  # fmt: skip
def test_a_modifier_is_read_however_it_is_asked_for(typed: str) -> None:
    assert read_modifier(typed) == "59"


@pytest.mark.parametrize(
    "typed",
    [
        "59", "LT", "99214-25", "99214 MODIFIER 25", "MODIFIER", "MODIFIER 98", "MODIFIER ZZ", "MODERATE SEDATION",
        "MODIFIED BARIUM SWALLOW", "MODIFIER 25 99214", "25 HYDROXY", "-2", "MODIFIER 590",
    ],
)  # fmt: skip
def test_nothing_else_is_read_as_a_modifier(typed: str) -> None:
    assert read_modifier(typed) == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CO-97", DenialWords("CO", "97")),
        ("CO97", DenialWords("CO", "97")),
        ("CO 097", DenialWords("CO", "97")),
        ("PR 204", DenialWords("PR", "204")),
        ("CARC 50", DenialWords("", "50")),
        ("CARC B7", DenialWords("", "B7")),
        ("OA-A1", DenialWords("OA", "A1")),
        ("DENIAL 151", DenialWords("", "151")),
        ("DENIAL CODE CO-16", DenialWords("CO", "16")),
        ("REASON CODE 236", DenialWords("", "236")),
        ("N362", DenialWords(remark="N362")),
        ("RARC MA130", DenialWords(remark="MA130")),
        ("REMARK CODE N-525", DenialWords(remark="N525")),
        ("CO-16 MA130", DenialWords("CO", "16", "MA130")),
        ("N362 CO 151", DenialWords("CO", "151", "N362")),
        ("CO-97 ON 97010", DenialWords("CO", "97", "", "97010")),
        ("27447 DENIED CO-151 N362", DenialWords("CO", "151", "N362", "27447")),
        ("WHAT DOES CO-97 MEAN?", DenialWords("CO", "97")),
    ],
)
def test_a_denial_is_read_however_it_is_typed(typed: str, found: DenialWords) -> None:
    assert read_denial(typed, KNOWN) == found


@pytest.mark.parametrize(
    "typed",
    [
        "97", "B7", "99214", "27447", "M0240", "CO 80202", "PR 99214 25", "COLONOSCOPY", "N", "DENIAL",
        "CO-97 KNEE", "CO-97 PR-1", "20610 CO", "20610 CO-97", "PRK 65", "MAGNETIC RESONANCE", "PI", "CO", "N3621",
    ],
)  # fmt: skip
def test_a_code_a_place_or_words_are_no_denial(typed: str) -> None:
    assert read_denial(typed, KNOWN) is None
