"""One reader for each kind of input: what it reads, and what it refuses in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.parsing import as_text, compact, parse_address, parse_charges, parse_claim, parse_command
from codes.parsing.code_shapes import is_code
from codes.parsing.dates import read_date
from codes.parsing.flags import read_flag
from codes.parsing.localities import read_place_of_service, read_state, read_zip
from codes.parsing.modifiers import read_modifiers
from codes.parsing.money import read_money
from codes.parsing.units import read_whole

READERS: tuple[Callable[[str], Any], ...] = (
    *(
        read_date,
        read_flag,
        read_money,
        read_modifiers,
        read_place_of_service,
        read_state,
        read_whole,
        read_zip,
    ),
)
TEXTS = st.text(max_size=30) | st.text(alphabet="0123456789/-.,$ @xXAaTtGoOjan", max_size=20)


def outcome(reader: Callable[[str], Any], text: str) -> Any:
    """What a reader reads, or the sentence in which it refuses."""
    try:
        return reader(text)
    except ValueError as error:
        return str(error) if len(str(error)) > 20 else None


@given(TEXTS)
def test_a_reader_reads_a_text_or_refuses_it_in_words(text: str) -> None:
    for reader in READERS:
        assert outcome(reader, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14", "2026-3-14", "3/14/2026", "03/14/2026", "3-14-2026", "3.14.2026", "3/14/26", "03142026",
        "20260314",
        "mar 14 2026", "March 14th, 2026", "14-MAR-2026", " 2026-03-14 ", "２０２６-03-14",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_usual_form(text: str) -> None:
    assert read_date(text) == date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-30",
        "13/14/2026",
        "14/3/2026",
        "2026-03",
        "1991-12-31",
        "3/14/92",
        "2026-03-14T00:00",
        "2100-01-01",
    ],
)
def test_what_is_no_day_of_the_fee_schedule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|day"):
        read_date(text)


@pytest.mark.parametrize(
    "text", ["abc", "", "$", "-5", "(5.00)", "1,50", "1e3", "NaN", "1_000", "150.555", "150 200", "99999999"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|more than"):
        read_money(text)


def test_amounts_are_read_to_the_cent() -> None:
    texts = ["150", "150.00", "$150", "$ 1,500.00", "1,500", "0.5"]
    amounts = [
        Decimal("150"),
        Decimal("150.00"),
        Decimal("150"),
        Decimal("1500.00"),
        Decimal("1500"),
        Decimal("0.5"),
    ]
    assert [read_money(text) for text in texts] == amounts


def test_a_flag_says_yes_or_no() -> None:
    assert [read_flag(text) for text in ("1", "on", "TRUE", " yes ")] == [True] * 4
    assert [read_flag(text) for text in ("", "0", "off", "False", "no")] == [False] * 5
    with pytest.raises(ValueError, match="neither yes nor no"):
        read_flag("maybe")


def test_a_zip_code_has_five_digits_or_nine_with_a_hyphen() -> None:
    assert [read_zip(text) for text in ("35203", "35203-1234")] == ["35203", "35203"]
    for text in ("352031234", "3520", "35203-", "35203-12", "ABCDE"):
        with pytest.raises(ValueError, match="five digits"):
            read_zip(text)


def test_a_code_has_one_shape_everywhere() -> None:
    assert all(is_code(text) for text in ("99213", "0446T", "J1885", "0001F"))
    assert not any(is_code(text) for text in ("9921", "A123B", "99T13", "j1885", "９９２１３", "99213 "))
    for text in ("A123B 150", "99T13 150"):
        assert not parse_claim(text).lines
        assert not parse_charges(text).charges


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99213@abc", 'Line 1: "$ABC" is not an amount'),
        ("99213@", 'Line 1: "$" is not an amount'),
        ("99213@-5", 'Line 1: "$-5" is not an amount'),
        ("99213@1,50", 'Line 1: "$1,50" is not an amount'),
        ("20610,99213@150@150", "Line 2: two charges, $150 and $150"),
        ("99213,150,93000", "Line 1: 150 may be units or a charge"),
        ("25,99213", 'Line 1: "25" is not a code'),
        ("99213 M54.5", 'Line 1: "M54.5" is not understood'),
        ("99213x0", "Line 1: 0 units"),
        ("99213x10000", "Line 1: 10,000 units"),
        ("99213-25-59-76-77-91", "at most four modifiers"),
    ],
)
def test_what_an_address_cannot_mean_is_an_error_that_names_line_and_text(text: str, words: str) -> None:
    assert words in " ".join(error.words for error in parse_address(text).errors)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("99213@1,500.00", "99213@1500.00"), ("99213@1,500", "99213@1500"), ("99213,25", "99213-25"),
        ("j1100-jzx4@12.50", "J1100-JZx4@12.50"), ("J3301x4", "J3301x4"), ("99213@$150", "99213@150"),
        ("99213 25 x2", "99213-25x2"), ("99213-X1", "99213-X1"),
    ],
)  # fmt: skip
def test_an_address_is_read_whole(text: str, line: str) -> None:
    parsed = parse_address(text)
    assert parsed.errors == ()
    assert compact(parsed.lines) == line


@pytest.mark.parametrize(
    "text", ["99213 $", "99213 $abc", "99213 ($150.00)", "99213 $1,50", "99213 $-5", "99213 -150.00"]
)
def test_a_pasted_charge_that_is_no_amount_is_an_error(text: str) -> None:
    parsed = parse_claim(text)
    assert parsed.lines == ()
    assert parsed.errors[0].words.startswith("Line 1: ")


@pytest.mark.parametrize(
    "row", ["99213 150 200", "99213 $150 $200", "20610-50 300", "99213 -150", "99213 ($150.00)"]
)
def test_a_charge_of_an_audit_is_one_amount_of_a_plain_code(row: str) -> None:
    read = parse_charges(row)
    assert read.charges == ()
    assert read.errors[0].startswith("Line 1: ")


WORDS = st.sampled_from(
    [
        "99213", "20610", "J3301", "98941", "25", "59", "-25", "-X1", "x2", "X4", "AT", "GO", "GP", "50", "2", "77002",
        "$150.00", "@150", "@1,500.00", "@abc", ",", "150",
    ]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["", " ", ","]))
def test_no_two_surfaces_read_the_same_lines_differently(words: list[str], between: str) -> None:
    text = between.join(words)
    pasted, address = parse_claim(text), parse_address(text)
    if not (pasted.errors or address.errors):
        assert compact(pasted.lines) == compact(address.lines)
    command = parse_command(text, {"99213", "20610", "J3301", "98941", "77002"}.__contains__)
    if command.lines and not pasted.errors and not command.zip_code:
        read = [(line.code, line.modifiers, line.units) for line in command.lines]
        assert read == [(line.code, line.modifiers, line.units) for line in pasted.lines]


@given(TEXTS | st.lists(WORDS, max_size=8).map(" ".join))
def test_what_was_read_is_read_alike_from_its_address_and_from_the_box(text: str) -> None:
    lines = parse_claim(text).lines
    for again in (parse_address(compact(lines)), parse_claim(as_text(lines))):
        assert compact(again.lines) == compact(lines)
        assert again.errors == ()
