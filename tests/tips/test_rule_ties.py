"""The claim rule that says the same as a tip, found by what survives a rewording, or why there is none."""

import csv

import pytest
from django.conf import settings

from codes.rules import BY_NAME
from codes.tips.rule_ties import FILE, tie_of
from codes.tips.words import TipWords

FOLDER = settings.BASE_DIR / "fixtures" / "texts"


def tips() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted(FOLDER.glob("tips*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


def tip(code: str, text: str, title: str, section: str) -> TipWords:
    return TipWords(codes=(code,), text=text, source_title=title, source_section=section)


@pytest.mark.parametrize(
    ("code", "text", "section", "rule"),
    [
        (
            "98941",
            "Add modifier AT for active treatment. Without AT Medicare denies it as maintenance.",
            "Pub. 100-02, ch. 15, §240.1.3",
            "chiropractic-needs-at",
        ),
        (
            "98941",
            "Maintenance adjustments aren't covered: AT says that this is active treatment.",
            "Pub. 100-02, ch. 15, §240.1.3",
            "chiropractic-needs-at",
        ),
        (
            "99497",
            "With the wellness visit (G0438, G0439), add modifier 33: no deductible or coinsurance.",
            "Pub. 100-04, ch. 18, §140.8",
            "advance-care-planning-free",
        ),
        (
            "97535",
            "It needs a therapy plan of care. Add GP, GO or GN for the discipline of the plan.",
            "Pub. 100-04, ch. 5, §20.1",
            "therapy-needs-plan",
        ),
    ],
)
def test_a_tip_is_tied_to_the_rule_that_says_the_same(code: str, text: str, section: str, rule: str) -> None:
    found = tie_of(tip(code, text, "Medicare manual", section)).rule
    assert found is not None
    assert found.name == rule


def test_a_tip_on_an_edit_says_that_the_edit_itself_is_checked() -> None:
    of_edit = tip(
        "72148", "72148 is denied with 72158.", "NCCI procedure-to-procedure edits, 2024 Q3", "column 1"
    )
    assert tie_of(of_edit) == (None, "the edit itself is checked")


def test_what_is_listed_goes_before_what_is_found() -> None:
    both_knees = tip(
        "20611", "Both knees: one line, modifier 50, one unit.", "", "Pub. 100-04, ch. 12, §40.7"
    )
    assert tie_of(both_knees) == (None, "the bilateral indicator is priced")


def test_every_tip_has_a_rule_or_says_why_none() -> None:
    for row in tips():
        words = {name: row[name] for name in ("text", "impact", "source_title", "source_section")}
        tie = tie_of(TipWords(codes=(row["code"],), **words))
        assert bool(tie.rule) != bool(tie.why), row


def test_every_listed_tie_names_a_rule_that_exists_or_a_reason() -> None:
    with FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert row["rule"] in BY_NAME or (row["rule"] == "" and row["why"]), row
