"""Modifiers: which exclude each other, which are unknown, which a code can take."""

from itertools import permutations

import pytest

from codes.pricing import MODIFIERS, applicable
from codes.pricing.modifiers import may_change
from tests.pricing.figures import RVU26C, price


@pytest.mark.parametrize("pair", [("62", "80"), ("54", "55"), ("TC", "80"), ("26", "TC"), ("54", "78"),
                                  ("FX", "FY"), ("66", "62"), ("AA", "QZ"), ("58", "78"), ("79", "78")])  # fmt: skip
def test_modifiers_that_exclude_each_other_are_refused(pair: tuple[str, str]) -> None:
    refusal = price("27447", *pair, place_of_service="22").refusal
    assert refusal is not None
    assert "exclude each other" in refusal.text


@pytest.mark.parametrize("pair", [("50", "62"), ("50", "80"), ("54", "50"), ("26", "50"), ("78", "51")])
def test_modifiers_that_go_together_are_priced(pair: tuple[str, str]) -> None:
    code = "73721" if "26" in pair else "27447"
    assert price(code, *pair, place_of_service="22").allowed is not None


@pytest.mark.parametrize("modifier", ["73", "74"])
def test_facility_modifier_on_a_professional_line_is_refused(modifier: str) -> None:
    assert price("45378", modifier).refusal is not None


@pytest.mark.parametrize("modifier", ["1", "2X6", "--", "é5"])
def test_what_is_not_a_modifier_is_refused(modifier: str) -> None:
    refusal = price("99213", modifier).refusal
    assert refusal is not None
    assert "is not a modifier" in refusal.text


def test_what_neither_hcpcs_nor_cpt_has_is_refused() -> None:
    refusal = price("99213", "ZZ").refusal
    assert refusal is not None
    assert refusal.kind == "unknown_modifier"


def test_a_listed_modifier_without_a_rule_shows_the_base_amount_at_low_confidence() -> None:
    priced = price("99213", "GF")
    assert str(priced.allowed) == "95.19"
    assert priced.confidence.level == "Low"
    assert "We don't know what modifier GF does to the amount: it is shown without it." in priced.notes


def test_a_modifier_without_effect_leaves_amount_and_confidence_alone() -> None:
    priced, bare = price("99213", "GG"), price("99213")
    assert (priced.allowed, priced.confidence, priced.notes) == (bare.allowed, bare.confidence, bare.notes)


@pytest.mark.parametrize("place_of_service", ["11", "22"])
def test_a_modifier_that_may_not_change_an_amount_changes_none(place_of_service: str) -> None:
    unchanging = [modifier for modifier in MODIFIERS if not may_change(modifier, ())]
    assert len(unchanging) > len(MODIFIERS) / 2
    for code in RVU26C:
        bare = price(code, place_of_service=place_of_service)
        for modifier in unchanging:
            priced = price(code, modifier, place_of_service=place_of_service)
            assert (priced.allowed, priced.refusal) == (bare.allowed, bare.refusal), (code, modifier)


def test_case_and_blanks_of_a_modifier_do_not_matter() -> None:
    assert price("71046", " tc ").allowed == price("71046", "TC").allowed


def test_order_of_modifiers_does_not_matter() -> None:
    amounts = {
        price("49505", *order, place_of_service="22").allowed for order in permutations(("50", "80", "58"))
    }
    assert len(amounts) == 1


def test_assistant_as_stands_above_80() -> None:
    priced = price("27447", "80", "AS", place_of_service="22")
    assert str(priced.allowed) == "157.67"
    assert any("AS already names the assistant" in note for note in priced.notes)


@pytest.mark.parametrize(
    ("code", "modifier", "applies", "why"),
    [
        ("76376", "26", True, "PC/TC indicator 1"),
        ("99213", "26", False, "physician service, not split (PC/TC indicator 0)"),
        ("64721", "50", True, "bilateral indicator 1"),
        ("93880", "50", False, "amount already covers both sides (bilateral indicator 2)"),
        ("99213", "50", False, "no bilateral payment (bilateral indicator 0)"),
        ("99213", "AA", False, "only for anesthesia codes"),
        ("99213", "78", False, "no global period (global days XXX)"),
        ("27447", "80", True, "assistant indicator 2"),
        ("64721", "80", False, "assistant indicator 1"),
        ("29881", "80", True, "assistant indicator 0"),
        ("22551", "62", True, "co-surgeon indicator 2"),
        ("64721", "62", False, "co-surgeon indicator 0"),
        ("66984", "54", True, "global days 090"),
        ("20610", "54", False, "global days 000"),
        ("00100", "AA", True, "status J"),
        ("99213", "25", True, "a visit"),
        ("70450", "CT", True, "PC/TC indicator 1"),
        ("71046", "CT", False, "not a scan subject to the CT equipment reduction"),
        ("97110", "CQ", True, "always therapy"),
    ],
)
def test_page_is_told_whether_a_modifier_applies_and_why(
    code: str, modifier: str, applies: bool, why: str
) -> None:
    row = RVU26C[code].rows[""]
    found = next(each for each in applicable(row) if each.modifier == modifier)
    assert found.applies is applies
    assert why in found.why


def test_every_modifier_has_an_effect_in_words() -> None:
    assert all(modifier.effect.endswith(".") for modifier in MODIFIERS.values())
    assert {modifier.code for modifier in MODIFIERS.values()} == set(MODIFIERS)


@pytest.mark.parametrize("pair", [("GY", "GZ"), ("GZ", "GX")])
def test_line_marked_as_expected_to_be_denied_is_never_the_patients(pair: tuple[str, str]) -> None:
    refusal = price("99213", *pair).refusal
    assert refusal is not None
    assert refusal.liability == "provider"
