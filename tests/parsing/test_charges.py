"""A practice's list of charges, from whatever is pasted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.parsing import MOST_CHARGES, parse_charges
from codes.parsing.charges import MOST_CHARACTERS, MOST_LINES


@pytest.mark.parametrize(
    ("row", "code", "component", "amount"),
    [
        ("99213 150", "99213", "", "150"),
        ("99213, $85.00", "99213", "", "85.00"),
        ("71046-26    chest film, reading    $45.00", "71046", "26", "45.00"),
        ("71046,TC,chest film,30", "71046", "TC", "30"),
        ("71046,26,150.00", "71046", "26", "150.00"),
        ("45378 53 200", "45378", "53", "200"),
        ("20610 53", "20610", "", "53"),
        ('"99214","","Office visit, level 4","$1,150.00"', "99214", "", "1150.00"),
        ("99213,Office visit level 3,150.00", "99213", "", "150.00"),
        ("99213\tlevel 3\t1,150.00", "99213", "", "1150.00"),
        ("j1100; dexamethasone; 12.5;", "J1100", "", "12.5"),
    ],
)
def test_a_line_gives_its_code_component_and_last_amount(
    row: str, code: str, component: str, amount: str
) -> None:
    read = parse_charges(row)
    assert read.errors == ()
    assert [(each.code, each.component, each.amount) for each in read.charges] == [
        (code, component, Decimal(amount))
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("99213", "99213 has no charge at the end of its line; expected an amount like 150.00"),
        ("99213 20.345", "99213 has no charge"),
        ("99213 0.00", "99213 has a charge of zero"),
        ("hello 12", "no code at its beginning"),
        ("99213, 1,150.00", "the charge may be 1150.00 or 150.00; expected it without a comma in it"),
        ("99213,$1,150", "the charge may be 1150 or 150"),
    ],
)
def test_a_line_that_cannot_be_read_for_certain_is_an_error_that_names_it(row: str, words: str) -> None:
    read = parse_charges(f"99214 210\n{row}")
    assert [each.code for each in read.charges] == ["99214"]
    assert len(read.errors) == 1
    assert read.errors[0].startswith("Line 2: ")
    assert words in read.errors[0]


def test_headings_and_empty_lines_are_read_over() -> None:
    read = parse_charges("Code,Description,Charge\n\n99213,Visit,85\nTotals\n")
    assert (len(read.charges), read.errors) == (1, ())


def test_a_code_with_two_charges_is_for_its_owner_to_settle() -> None:
    read = parse_charges("99213 85\n99213 90\n99213 85.00")
    assert [each.amount for each in read.charges] == [Decimal(85)]
    assert read.errors == ("Line 2: 99213 is charged 90 here and 85 in line 1; expected one charge",)


def test_a_list_that_is_too_long_is_refused_whole() -> None:
    read = parse_charges("\n".join(f"{10000 + number} 1.00" for number in range(MOST_CHARGES + 1)))
    assert read.charges == ()
    assert read.errors == ("At most 5,000 charges at once; this list has 5,001.",)


def test_a_text_that_grows_past_the_limit_when_it_is_made_plain_is_refused() -> None:
    assert parse_charges("\ufdfa" * (MOST_CHARACTERS // 18 + 1)).errors == (
        "The text is longer than 250,000 characters.",
    )


def test_text_that_looks_like_a_patient_is_not_read() -> None:
    read = parse_charges("99213 150\nmember 123-45-6789")
    assert read.charges == ()
    assert "Social Security number" in read.errors[0]


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    for charge in parse_charges(text).charges:
        assert charge.amount > 0


def test_a_text_of_too_many_lines_is_refused_before_it_is_read() -> None:
    assert parse_charges("\n" * MOST_LINES).errors == (
        "At most 5,000 charges at once; this text has 10,001 lines.",
    )
