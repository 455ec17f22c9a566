"""Add-on codes and their primaries: NCCI add-on code edits."""

import pytest

from codes.ncci import AddOn, AddOnTable, Finding, Outcome, add_ons_of, primaries_of
from tests.ncci.figures import ADD_ONS, YEAR_2024, check


def _check(*lines: str, table: AddOnTable = ADD_ONS) -> list[Finding]:
    checked = check(*lines, rows={}, fee_schedule="", ptp=None, units=None, add_ons=table)
    return [finding for finding in checked.findings if finding.kind == "add-on"]


def test_an_add_on_beside_its_primary_passes() -> None:
    (found,) = _check("22552", "22551")
    assert (found.outcome, found.lines, found.denies) == (Outcome.PASSES, (1, 2), ())


def test_a_type_1_add_on_without_its_primary_is_denied() -> None:
    (found,) = _check("22552", "11042")
    assert (found.outcome, found.denies, found.reasons[0]) == (Outcome.DENIED, (1,), "CARC 107")
    assert "Primary codes: 22551." in found.words


def test_a_type_2_add_on_is_the_macs_decision() -> None:
    (found,) = _check("0054T", "27447")
    assert (found.outcome, found.denies) == (Outcome.MAC_DECIDES, ())
    assert "line 2 (27447) might serve" in found.words


def test_a_type_2_add_on_alone_is_likely_denied() -> None:
    (found,) = _check("0054T")
    assert found.outcome is Outcome.MAC_DECIDES
    assert "Likely denied" in found.words


def test_a_type_3_add_on_without_a_listed_primary_is_likely_denied_and_the_mac_decides() -> None:
    (found,) = _check("11008", "27447")
    assert (found.outcome, found.denies) == (Outcome.MAC_DECIDES, ())
    assert "Likely denied; your MAC decides." in found.words


def test_critical_care_may_follow_a_colleagues_first_hour() -> None:
    (found,) = _check("99292")
    assert (found.outcome, found.denies) == (Outcome.MAC_DECIDES, ())


def test_an_add_on_to_a_denied_add_on_is_denied_too() -> None:
    chain = AddOnTable.of(YEAR_2024, [AddOn("20001", "10001", "1"), AddOn("30001", "20001", "1")])
    assert [found.outcome for found in _check("20001", "30001", table=chain)] == [Outcome.DENIED] * 2
    assert [found.outcome for found in _check("10001", "20001", "30001", table=chain)] == [Outcome.PASSES] * 2


def test_an_add_on_falls_and_rises_with_the_primary_on_its_claim() -> None:
    chain = AddOnTable.of(YEAR_2024, [AddOn("20001", "10001", "1"), AddOn("30001", "20001", "1")])
    found = _check("20001", "30001", table=chain)[1]
    assert found.words == "Add-on line 2 (30001) is denied with its primary, line 1 (20001)."
    assert found.fix
    assert found.fix.sentence == "Mend line 1 (20001) first: this add-on is paid with its primary."


def test_primaries_and_add_ons_are_found_from_either_side() -> None:
    assert primaries_of("11008", ADD_ONS) == ("10180", "11004")
    assert add_ons_of("22551", ADD_ONS) == ("22552",)
    assert primaries_of("0054T", ADD_ONS) == ()


@pytest.mark.parametrize("line", ["22551", "99213"])
def test_a_code_that_is_no_add_on_has_no_finding(line: str) -> None:
    assert _check(line) == []
