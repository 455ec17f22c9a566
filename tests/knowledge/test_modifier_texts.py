"""The modifiers in our own words: fixtures/texts/modifiers.csv."""

import csv
import re
from datetime import date

from django.conf import settings

from codes.pricing.modifier_list import LISTED
from codes.pricing.modifiers import FACILITY_ONLY, MODIFIERS

REQUIRED = ("modifier", "name", "asserts", "effect", "source")
COLUMNS = (
    "modifier", "name", "asserts", "when_right", "effect", "misuse", "codes", "since", "until", "source",
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
