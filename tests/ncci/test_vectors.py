"""The vectors K1 to K5 of the pricing rules."""

from codes.ncci import Mue, MueTable, Outcome, PtpEdit
from codes.ncci.units import check_units
from tests.ncci.figures import AT, JULY_2024, numbered, pair


def _edit(indicator: str) -> PtpEdit:
    return PtpEdit("10000", "20000", indicator, None)


def test_k1_two_sides_on_two_lines_against_one_unit_are_all_denied() -> None:
    table = MueTable(JULY_2024, {"64721": Mue("64721", 1, "2")})
    (found,) = check_units(numbered("64721-LT", "64721-RT"), table, AT, {})
    assert (found.outcome, found.denies) == (Outcome.DENIED, (1, 2))


def test_k2_no_modifier_passes_indicator_0() -> None:
    found = pair("10000", "20000-59", _edit("0"))
    assert (found.outcome, found.denies) == (Outcome.DENIED, (2,))


def test_k3_a_modifier_on_column_one_passes_indicator_1() -> None:
    found = pair("10000-XS", "20000", _edit("1"))
    assert (found.outcome, found.denies) == (Outcome.PASSES, ())


def test_k4_indicator_9_is_no_edit() -> None:
    assert pair("10000", "20000", _edit("9")).outcome is Outcome.NO_EDIT


def test_k5_76_does_not_pass_indicator_1() -> None:
    found = pair("10000", "20000-76", _edit("1"))
    assert (found.outcome, found.denies) == (Outcome.MAY_PASS, (2,))
