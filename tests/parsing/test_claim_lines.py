"""Claim lines from pasted text."""

from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.parsing import ParsedClaim, as_text, compact, parse_address, parse_claim
from codes.parsing.claim_address import LINE


def _read(text: str) -> list[tuple[str, tuple[str, ...], int, str]]:
    """Code, modifiers, units, and the charge as text ('' for none) of each line; the text has no errors."""
    parsed = parse_claim(text)
    assert parsed.errors == ()
    return [
        (line.code, line.modifiers, line.units, "" if line.charge is None else str(line.charge))
        for line in parsed.lines
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("76376-26 x1", ("76376", ("26",), 1, "")),
        ("97110 GP 3", ("97110", ("GP",), 3, "")),
        ("20610 50", ("20610", ("50",), 1, "")),
        ("j1100 jz x 4", ("J1100", ("JZ",), 4, "")),
        ("97110-GP-KX ×3", ("97110", ("GP", "KX"), 3, "")),
        ("97110x3", ("97110", (), 3, "")),
        ("j9271x200-jz", ("J9271", ("JZ",), 200, "")),
        ("88305x4-26-59", ("88305", ("26", "59"), 4, "")),
        ("99213-25\t1\t$1,150.00", ("99213", ("25",), 1, "1150.00")),
        ("99213 $150 25", ("99213", ("25",), 1, "150")),
        ("  99213  ", ("99213", (), 1, "")),
        ("1. 99213, 25", ("99213", ("25",), 1, "")),
        ("HC:99213:25", ("99213", ("25",), 1, "")),
        ("96372 10 units", ("96372", (), 10, "")),
        ("99213 pos 11 qty:2", ("99213", (), 2, "")),
        ("99213 M54.50 E11.9", ("99213", (), 1, "")),
        ("0054T", ("0054T", (), 1, "")),
        ("92928 RC", ("92928", ("RC",), 1, "")),
        ("97110 96 GP", ("97110", ("96", "GP"), 1, "")),
        ("99213 25 $150.00 PR 19.04", ("99213", ("25",), 1, "150.00")),
        ("99213 25 $150.00 CO 54.81 PR 19.04", ("99213", ("25",), 1, "150.00")),
        ("97110 GO CO 150.00", ("97110", ("GO", "CO"), 1, "150.00")),
        ("99213 25 PR 19.04", ("99213", ("25",), 1, "")),
        ("00811 150", ("00811", (), 150, "")),
        ("j3301 400", ("J3301", (), 400, "")),
    ],
)
def test_a_line_is_read(text: str, expected: tuple[str, tuple[str, ...], int, str]) -> None:
    assert _read(text) == [expected]


def test_a_large_bare_number_is_not_guessed_at() -> None:
    (error,) = parse_claim("99213 150").errors
    assert error.words == "Line 1: 150 may be units or a charge; expected x150 or $150"


def test_a_copied_remittance_is_read() -> None:
    text = (
        "SERV DATE   POS NOS PROC  MODS BILLED ALLOWED DEDUCT COINS PROV PD\n"
        "0314 031426 11  1  99213 25  150.00 95.19 0.00 19.04 CO-45 54.81 76.15\n"
        "03/14/2026 03/14/2026 11 20610 RT 1 $210.00 $68.81 CO 253 1.10 PR 2 13.76\n"
        "TOTALS 360.00 164.00\n"
    )
    assert _read(text) == [("99213", ("25",), 1, "150.00"), ("20610", ("RT",), 1, "210.00")]


def test_several_codes_on_one_line_are_several_claim_lines() -> None:
    assert [code for code, *_ in _read("45385, 45380 59 43239-51x2")] == ["45385", "45380", "43239"]


def test_claim_lines_are_numbered_from_one_past_empty_lines() -> None:
    parsed = parse_claim("\n99213\n\n45385, 45380\n")
    assert [(line.number, line.code) for line in parsed.lines] == [(1, "99213"), (2, "45385"), (3, "45380")]


def test_the_charge_is_the_first_amount() -> None:
    assert parse_claim("99213 $150.00 $95.19").lines[0].charge == Decimal("150.00")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99213\nhello", "Line 2: no code found; expected a code of five characters"),
        ("9921", ""),
        ("99213 3 5", "Line 1: units are given as 3 and 5; expected one number of units"),
        ("99213 x0", "Line 1: 0 units; expected at least 1"),
        ("99213 25 57 24 59 GC", "at most four modifiers"),
        ("99213 25A7", '"25A7" is not understood; expected modifiers, units or a charge'),
    ],
)
def test_an_error_names_the_line_and_what_was_expected(text: str, words: str) -> None:
    assert words in " ".join(error.words for error in parse_claim(text).errors)


def test_a_wrong_line_leaves_the_others_read() -> None:
    parsed = parse_claim("99213-25\nhello\n20610")
    assert [line.code for line in parsed.lines] == ["99213", "20610"]
    assert [error.line for error in parsed.errors] == [2]


def test_a_word_that_could_be_a_name_is_not_repeated() -> None:
    (error,) = parse_claim("Doe 99213").errors
    assert "doe" not in error.words.lower()


def test_twenty_five_lines_are_read_and_twenty_six_are_not() -> None:
    assert len(parse_claim("99213\n" * 25).lines) == 25
    over = parse_claim("99213\n" * 26)
    assert over.lines == ()
    assert over.errors[0].words == "A claim check takes at most 25 lines; this text holds 26."


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("99213-25\nMBI 1EG4-TE5-MK73", "a Medicare beneficiary number", "MK73"),
        ("99213 DOB 03/14/1950", "a date of birth", "1950"),
        ("99213 123-45-6789", "a Social Security number", "6789"),
        ("Patient: DOE 99213", "a name", "DOE"),
    ],
)
def test_a_patients_text_is_refused_unread_by_kind(text: str, kind: str, secret: str) -> None:
    parsed = parse_claim(text)
    assert parsed.lines == ()
    assert kind in parsed.refused
    assert kind in parsed.errors[0].words
    assert secret not in repr(parsed)


def test_an_endless_text_is_refused_at_once() -> None:
    began = perf_counter()
    for text in ("a-1" * 1_600, "1-" * 2_400, "ﬃ" * 5_000, "a" * 1_000_000):
        assert not parse_claim(text).lines
    assert perf_counter() - began < 2


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_claim(text), ParsedClaim)


@given(st.text(alphabet="0123456789ABCXKPGTxl-:.,$#*() \t\n", max_size=80))
def test_nothing_like_a_claim_raises_and_what_is_read_is_billable(text: str) -> None:
    for line in parse_claim(text).lines:
        assert line.units >= 1
        assert len(line.code) == 5
        assert len(line.modifiers) <= 4
        assert line.charge is None or line.charge >= 0


@pytest.mark.parametrize(
    ("text", "modifiers", "pointers"),
    [
        ("99214 25 dx=AB $150.00", ("25",), "AB"),
        ("99214-25 dx: A, B x1", ("25",), "AB"),
        ("99214 ptr a c", (), "AC"),
        ("99214 25 A,B 150.00", ("25",), "AB"),
        ("99214-25@150.00~BA", ("25",), "BA"),
        ("99214 AB", ("AB",), ""),
        ("99214 dx: M17.11", (), ""),
        ("99214 dx A M17.11", (), "A"),
        ("99214 25 dx=1,2 $150.00", ("25",), "AB"),
        ("99214 ptr 3:12", (), "CL"),
    ],
)
def test_a_line_points_to_diagnoses_by_their_letters(
    text: str, modifiers: tuple[str, ...], pointers: str
) -> None:
    found = parse_claim(text)
    assert not found.errors
    (line,) = found.lines
    assert (line.code, line.modifiers, line.pointers) == ("99214", modifiers, pointers)
    assert parse_address(compact(found.lines)).lines[0].pointers == pointers
    assert parse_claim(as_text(found.lines)).lines[0].pointers == pointers


@given(
    st.from_regex(LINE, fullmatch=True)
    | st.sampled_from(["99213-25-PR@5.00", "9805O-G8", "97110-GO-CO@45.00"])
)
def test_whatever_is_a_line_of_an_address_is_read_as_one(word: str) -> None:
    parsed = parse_address(word)
    assert (parsed.errors, parsed.refused, len(parsed.lines)) == ((), (), 1)
    (line,) = parse_address(compact(parsed.lines)).lines
    assert line.code == word[:5]


@pytest.mark.parametrize("text", ["99214 dx 1 2", "99214 x2 dx 1"])
def test_a_number_is_a_pointer_behind_its_label_only(text: str) -> None:
    (line,) = parse_claim(text).lines
    assert (line.pointers, line.units) == ("A", 2)


def test_a_line_has_room_for_four_pointers() -> None:
    (error,) = parse_claim("99214 dx=ABCDE").errors
    assert error.words == "Line 1: a line points to at most 4 diagnoses; these are 5"
