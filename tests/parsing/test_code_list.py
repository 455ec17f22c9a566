"""The codes of a practice, out of an address or a pasted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.parsing.code_list import find_codes, read_code_list


@pytest.mark.parametrize(
    "text", ["99213,J1885", "99213 j1885", "99213+J1885", " 99213 ;; J1885,99213 ", "９９２１３|J1885"]
)
def test_codes_of_an_address_may_be_parted_in_any_usual_way(text: str) -> None:
    assert read_code_list(text) == ("99213", "J1885")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("99213, 150", ("99213",)),
        ("99213-25 99214:57", ("99213", "99214")),
        ("code;charge\n71046;12345.00", ("71046",)),
        ("20610 $10000 0446T", ("20610", "0446T")),
        ("tel 555-12345, 99213", ("99213",)),
        ("123456 99213", ("99213",)),
    ],
)
def test_amounts_and_longer_numbers_of_a_paste_are_no_codes(text: str, codes: tuple[str, ...]) -> None:
    assert find_codes(text).codes == codes


@given(st.text(max_size=300))
def test_any_text_has_codes_or_a_reason(text: str) -> None:
    found = find_codes(text)
    assert bool(found.codes) != bool(found.errors)
