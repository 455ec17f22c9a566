import csv
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from codes.formatting import percent
from codes.knowledge.indicators import FIELDS, Meaning, meaning, of_row
from codes.pricing.bilateral import BOTH
from codes.pricing.ranking import HALF
from codes.pricing.reductions import REDUCTIONS
from codes.pricing.rules import IMAGING_PROFESSIONAL
from codes.pricing.surgeons import ASSISTANT, CO_SURGEON
from tests.knowledge.rows import row

MEANINGS = [known for field in FIELDS.values() for known in field.values.values()]
KEYS = [f"{known.field}={known.value}" for known in MEANINGS]

# What CMS's record layout defines, value by value.
DEFINED = {
    "status": "A B C D E F G H I J L M N P Q R S T X",
    "pctc": "0 1 2 3 4 5 6 7 8 9",
    "global_days": "000 010 090 MMM XXX YYY ZZZ",
    "multiple_procedure": "0 1 2 3 4 5 6 7 9",
    "bilateral_surgery": "0 1 2 3 9",
    "assistant_surgery": "0 1 2 9",
    "co_surgeons": "0 1 2 9",
    "team_surgery": "0 1 2 9",
    "physician_supervision": "01 02 03 04 05 06 09 21 22 66 6A 77 7A",
    "imaging_family": "01 02 03 04 05 06 07 08 09 10 11 88 99",
}
COLUMNS = {
    "status": 3,
    "pctc": 13,
    "global_days": 14,
    "multiple_procedure": 18,
    "bilateral_surgery": 19,
    "assistant_surgery": 20,
    "co_surgeons": 21,
    "team_surgery": 22,
    "physician_supervision": 25,
    "imaging_family": 27,
}


def test_values_are_shown_as_cms_prints_them() -> None:
    assert meaning("global_days", "010").printed == "010"
    assert meaning("na", "nonfacility").printed == "NA, non-facility"
    assert {known.printed for known in FIELDS["na"].values.values()} == {
        "",
        "NA, non-facility",
        "NA, facility",
        "NA, both columns",
        "no values",
    }


def words(meanings: tuple[Meaning, ...]) -> list[str]:
    return [each.words for each in meanings]


@pytest.mark.parametrize("field", DEFINED)
def test_every_value_of_the_record_layout_has_words(field: str) -> None:
    assert sorted(FIELDS[field].values) == sorted(DEFINED[field].split())


@pytest.mark.parametrize("known", MEANINGS, ids=KEYS)
def test_words_are_a_chip_of_two_to_eight_words(known: Meaning) -> None:
    assert 2 <= len(known.words.split()) <= 8


@pytest.mark.parametrize("known", MEANINGS, ids=KEYS)
def test_the_consequence_is_one_or_two_short_sentences(known: Meaning) -> None:
    sentences = re.split(r"(?<=\.) (?=[A-Z])", known.for_a_claim)
    assert known.for_a_claim.endswith(".")
    assert len(sentences) <= 2
    assert all(len(sentence.split()) <= 32 for sentence in sentences)


@pytest.mark.parametrize("known", MEANINGS, ids=KEYS)
def test_no_meaning_advises_a_modifier(known: Meaning) -> None:
    assert not re.search(
        r"\b(append|add|use|attach|report|bill) (a |the )?modifier", known.for_a_claim.lower()
    )


@pytest.mark.parametrize("known", MEANINGS, ids=KEYS)
def test_every_meaning_says_where_cms_says_it(known: Meaning) -> None:
    assert re.search(r"ch\. \d+|42 CFR|Social Security Act|documentation", known.citation)


def test_a_value_cms_has_not_defined_gets_a_meaning_that_says_so() -> None:
    unknown = meaning("pctc", "Z")
    assert unknown.words == "Value unknown to us"
    assert "“Z”" in unknown.for_a_claim


def test_a_row_is_told_in_the_order_of_the_page() -> None:
    assert [each.field for each in of_row(row("27447"))] == list(FIELDS)


def test_a_row_gives_each_field_its_own_value() -> None:
    told = {each.field: each.value for each in of_row(row("27447"))}
    assert told == {
        "status": "A",
        "not_used_for_medicare": "",
        "na": "nonfacility",
        "pctc": "0",
        "global_days": "090",
        "multiple_procedure": "2",
        "bilateral_surgery": "1",
        "assistant_surgery": "2",
        "co_surgeons": "1",
        "team_surgery": "0",
        "physician_supervision": "09",
        "imaging_family": "99",
    }


def test_a_row_with_both_na_flags_has_no_value_in_either_setting() -> None:
    both = row("99213", nonfacility_na=True, facility_na=True)
    assert "No value in either setting" in words(of_row(both))


def test_a_row_without_relative_values_is_not_called_valued() -> None:
    assert "No relative values" in words(of_row(row("J1100")))


@pytest.mark.full_size
@pytest.mark.parametrize("field", COLUMNS)
def test_every_value_in_cms_file_has_a_meaning(cms_files: Path, field: str) -> None:
    with zipfile.ZipFile(cms_files / "rvu25d.zip") as archive:
        name = next(name for name in archive.namelist() if "PPRRVU" in name and name.endswith(".csv"))
        printed = list(csv.reader(io.StringIO(archive.read(name).decode("latin-1"))))[10:]
    assert len(printed) == 19_090
    assert {cells[COLUMNS[field]] for cells in printed} <= set(FIELDS[field].values)


@pytest.mark.parametrize(
    ("field", "value", "share"),
    [
        ("multiple_procedure", "2", HALF),
        ("bilateral_surgery", "1", BOTH),
        ("assistant_surgery", "2", ASSISTANT),
        ("co_surgeons", "2", CO_SURGEON),
        *(("multiple_procedure", reduction.indicator, reduction.technical) for reduction in REDUCTIONS),
        ("multiple_procedure", "4", IMAGING_PROFESSIONAL[-1].value),
    ],
)
def test_a_percentage_in_words_is_the_one_that_the_engine_pays_by(
    field: str, value: str, share: Decimal
) -> None:
    assert f" {percent(share)}" in meaning(field, value).for_a_claim
