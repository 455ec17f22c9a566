"""Amounts that somebody typed and shares without a source are found; codes, days and placeholders are left alone."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from codes.tips.figures import faults, shares, typed_amounts
from codes.tips.words import TipWords


@pytest.mark.parametrize(
    "text",
    [
        "The old claim paid $24.91.",
        "$ 24.91 is lost.",
        "It pays $25",
        "It pays $1,024.",
        "About $.91 a unit.",
        "24.91 $ is lost.",
        "24.91 dollars is lost.",
        "It costs 25 dollars more.",
        "It costs twenty-five dollars more.",
        "Ninety cents a unit.",
        "USD 24.91 is lost.",
        "24.91 USD is lost.",
        "US$24.91 is lost.",
        "It pays 24.91 in the office.",
        "The allowed amount is {allowed}, the old one $24.91.",
        "\uff0424.91 is lost.",
    ],
)
def test_a_typed_amount_is_found(text: str) -> None:
    assert typed_amounts(text)
    assert "is typed" in next(faults(TipWords(codes=("20610",), text=text, source_title="CPT code set")))


@pytest.mark.parametrize(
    "text",
    [
        "Reduces denials by 60-70 %.",
        "Reduces denials by 60-70% and supports full {allowed} reimbursement.",
        "Reduces denials by 60 to 70 percent.",
        "Sixty percent of claims fail.",
        "Some 60 per cent fail.",
        "60 pct fail.",
        "60\uff05 of claims fail.",
        "Two thirds of claims fail.",
        "Half of all denials.",
        "One in five claims fails.",
        "3 out of 4 claims fail.",
        "A threefold rise, and 3x the work.",
        "A high % of claims.",
    ],
)
def test_a_share_needs_a_source_whatever_placeholder_stands_beside_it(text: str) -> None:
    without = TipWords(codes=("20610",), text="A tip.", impact=text)
    assert any("has no source" in each for each in faults(without))
    cited = TipWords(codes=("20610",), text="A tip.", impact=text, source_title="OIG report")
    assert list(faults(cited)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Append modifier 50 or RT and LT; 20610 with 20611 pays one.",
        "The package runs 10 days; {allowed} covers the {global_days} days.",
        "Above {mue} on one date all is denied.",
        "Pub. 100-04, ch. 12, §40.7 and 42 CFR 414.20 say so.",
        "Report 2 of 3 units on line 2. The work RVU is 0.20.",
        "Each 15 minutes, in tenths of a unit.",
    ],
)
def test_codes_days_and_placeholders_are_no_figures_of_money(text: str) -> None:
    assert typed_amounts(text) == []
    assert [each for each in shares(text) if "%" in each] == []


def test_no_tip_of_the_project_holds_a_figure_of_its_own() -> None:
    tables = (Path(settings.BASE_DIR) / "fixtures/texts").glob("tips_*.csv")
    rows = [row for table in tables for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())]
    words = [
        TipWords(
            codes=(row["code"],), text=row["text"], impact=row["impact"], source_title=row["source_title"]
        )
        for row in rows
    ]
    assert [(each.codes, list(faults(each))) for each in words if any(faults(each))] == []
    assert len(rows) > 600
