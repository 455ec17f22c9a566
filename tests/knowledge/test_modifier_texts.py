"""The modifiers in our own words: fixtures/texts/modifiers.csv."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from codes.cms.hcpcs import ModifierRow, parse
from codes.knowledge.modifier_texts import KINDS, modifier_texts
from codes.knowledge.modifier_words import modifiers_named
from codes.pricing.modifier_list import LISTED, WITHOUT_EFFECT
from codes.pricing.modifiers import FACILITY_ONLY, MODIFIERS

REQUIRED = ("modifier", "name", "asserts", "effect", "source")
COLUMNS = (
    "modifier", "name", "kind", "asserts", "when_right", "effect", "misuse", "codes", "since", "until", "source",
)  # fmt: skip
FULLY_DESCRIBED = 80
LONGEST_NAME = 60


def modifiers() -> list[dict[str, str]]:
    path = settings.BASE_DIR / "fixtures" / "texts" / "modifiers.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_modifier_that_is_priced_has_its_words_once() -> None:
    listed = [row["modifier"] for row in modifiers()]
    assert len(listed) == len(set(listed))
    assert {*MODIFIERS, *FACILITY_ONLY} <= set(listed)


def test_the_modifiers_described_are_those_that_a_line_may_carry() -> None:
    assert {row["modifier"] for row in modifiers()} == LISTED


def test_no_row_lacks_what_every_modifier_needs() -> None:
    for row in modifiers():
        assert tuple(row) == COLUMNS
        assert all(row[column] for column in REQUIRED), row
        assert re.fullmatch(r"[A-Z0-9]{2}", row["modifier"]), row
        assert len(row["name"]) <= LONGEST_NAME, row
        assert all(date.fromisoformat(row[column]) for column in ("since", "until") if row[column]), row


def test_the_modifiers_that_billers_use_most_say_when_they_are_right() -> None:
    assert sum(bool(row["when_right"] and row["codes"]) for row in modifiers()) >= FULLY_DESCRIBED


def test_the_words_name_the_percentages_that_the_engine_pays() -> None:
    effects = {row["modifier"]: row["effect"] for row in modifiers()}
    for modifier in MODIFIERS.values():
        for sentence in re.findall(r"([\d., or]+) percent", modifier.effect):
            for percentage in re.findall(r"\d+(?:\.\d+)?", sentence):
                assert f"{percentage} %" in effects[modifier.code], modifier


def test_the_engine_knows_the_modifiers_that_our_words_call_without_effect() -> None:
    without_effect = re.compile(
        r"(Informational\b|No effect|No change)(?!.*dates after)|.*: no effect with Medicare\.$"
        r"|Read by the demonstration only"
    )
    named = {
        text.modifier for text in modifier_texts().values() if without_effect.match(text.effect)
    } - MODIFIERS.keys()
    assert named == WITHOUT_EFFECT


@pytest.mark.full_size
def test_every_modifier_of_cmss_list_has_its_words_and_no_other_begins_with_a_letter(cms_files: Path) -> None:
    path = cms_files / "reference" / "hcpcs_level2_modifiers_2025oct.csv"
    with path.open("rb") as stream:
        listed = {row.modifier for row in parse(stream, path.name) if isinstance(row, ModifierRow)}
    ours = set(modifier_texts())
    assert len(listed) == 383
    assert listed - ours == set()
    assert {modifier for modifier in ours - listed if modifier[0].isalpha()} == set()


def test_a_kind_groups_each_modifier() -> None:
    assert {text.kind for text in modifier_texts().values()} == set(KINDS)


def test_a_modifier_that_ended_is_valid_on_its_last_day_only_until_then() -> None:
    ended = modifier_texts()["MA"]
    assert not ended.has_ended(date(2023, 12, 31))
    assert ended.has_ended(date(2024, 1, 1))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Add 25, 59/XS or LT/RT.", {"25", "59", "XS", "LT", "RT"}),
        ("Covered up to 22 times in 12 months; 85 % (item 23), below age 50.", set()),
        ("99223: 90, 99233: 65", set()),
        ("CT of the head; CO: write off", set()),
    ],
)
def test_modifiers_are_read_from_a_sentence_and_counts_are_not(words: str, named: set[str]) -> None:
    assert modifiers_named(words) == named
