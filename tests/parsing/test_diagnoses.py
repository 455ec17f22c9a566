"""Diagnoses as they are typed, alone and among claim lines."""

import pytest

from codes.parsing import parse_address, parse_claim
from codes.parsing.diagnoses import read_diagnoses


@pytest.mark.parametrize(
    ("text", "codes", "diagnoses"),
    [
        ("99214 M17.11", ["99214"], ("M17.11",)),
        ("99214 25 m17.11 E11.9 $150", ["99214"], ("M17.11", "E11.9")),
        ("99214 I10", ["99214"], ("I10",)),
        ("99213 U07.1", ["99213"], ("U07.1",)),
        ("99213 QA0.0101", ["99213"], ("QA0.0101",)),
        ("M17.11 99213 25", ["99213"], ("M17.11",)),
        ("dx: M17.11, E11.9\n20610 RT", ["20610"], ("M17.11", "E11.9")),
        ("DX A. M17.11 B. E119\n99213", ["99213"], ("M17.11", "E11.9")),
        ("diagnosis codes: B20\n99213", ["99213"], ("B20",)),
        ("99213 ICD-10: M17.0 M17.11", ["99213"], ("M17.0", "M17.11")),
        ("99214 dx e1165 J1885 x2", ["99214", "J1885"], ("E11.65",)),
        ("99214 M17.11\n20610 M17.11", ["99214", "20610"], ("M17.11",)),
    ],
)
def test_diagnoses_of_a_paste_are_those_of_the_claim(
    text: str, codes: list[str], diagnoses: tuple[str, ...]
) -> None:
    parsed = parse_claim(text)
    assert ([line.code for line in parsed.lines], parsed.diagnoses, parsed.errors) == (codes, diagnoses, ())


@pytest.mark.parametrize(
    "text",
    [
        "99213 N20 M15",  # remarks
        "99213 B20",  # an adjustment reason
        "11  99213 25  1  $150.00  $95.19  CO-45 N30",
        "E1390 RR",  # equipment, not diabetes
        "J1885 x2",
        "DX CPT MOD\n99213 25",
    ],
)
def test_what_may_be_something_else_is_no_diagnosis(text: str) -> None:
    parsed = parse_claim(text)
    assert (parsed.diagnoses, parsed.errors) == ((), ())
    assert parsed.lines


def test_a_claim_has_room_for_twelve_diagnoses() -> None:
    row = " ".join(f"M17.{n}" for n in range(10, 23))
    assert "at most 12 diagnoses" in parse_claim(f"99213 {row}").errors[0].words
    with pytest.raises(ValueError, match="these are 13"):
        read_diagnoses(row)


def test_a_word_that_may_be_a_name_is_not_repeated() -> None:
    with pytest.raises(ValueError, match=r"^A word is not a diagnosis"):
        read_diagnoses("M17.11 Smith")


def test_the_lines_of_an_address_hold_no_diagnosis() -> None:
    assert "M17.11" in parse_address("99214,M17.11").errors[0].words
