"""codes.rules.apply makes the changes of a fix."""

import pytest

from codes.rules.apply import apply
from codes.rules.claim_text import claim
from codes.rules.types import Change, ChangeKind


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (Change(ChangeKind.ADD_MODIFIER, 1, "25"), [("99213", ("25",)), ("20610", ("RT",))]),
        (Change(ChangeKind.REMOVE_MODIFIER, 2, "RT"), [("99213", ()), ("20610", ())]),
        (Change(ChangeKind.REPLACE_CODE, 1, "99212"), [("99212", ()), ("20610", ("RT",))]),
        (Change(ChangeKind.DROP_LINE, 2), [("99213", ())]),
        (Change(ChangeKind.ADD_LINE, 0, "99497-33"), [("99213", ()), ("20610", ("RT",)), ("99497", ("33",))]),
    ],
)
def test_each_kind_of_change(change: Change, after: list[tuple[str, tuple[str, ...]]]) -> None:
    changed = apply(claim("99213 20610-RT").lines, [change])
    assert [(line.code, line.line.modifiers) for line in changed] == after


def test_units_are_set() -> None:
    assert apply(claim("99213x3").lines, [Change(ChangeKind.SET_UNITS, 1, "2")])[0].line.units == 2


def test_a_modifier_is_not_put_on_twice_and_a_missing_line_changes_nothing() -> None:
    lines = claim("99213-25").lines
    assert apply(lines, [Change(ChangeKind.ADD_MODIFIER, 1, "25")]) == lines
    assert apply(lines, [Change(ChangeKind.DROP_LINE, 7)]) == lines


def test_a_new_line_has_the_next_number_and_the_place_of_the_claim() -> None:
    new = apply(claim("99213", pos="22").lines, [Change(ChangeKind.ADD_LINE, 0, "G2211")])[-1]
    assert (new.number, new.place_of_service) == (2, "22")
