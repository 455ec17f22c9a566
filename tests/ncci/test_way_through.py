"""The modifiers that fit two codes: NCCI Policy Manual, ch. I, §D and §E."""

from dataclasses import replace
from typing import Any

import pytest

from codes.ncci import PtpEdit, Way, ways_through
from codes.ncci.anatomy import EYELIDS, SITES, site_modifiers
from codes.ncci.ptp import PTP_MODIFIERS
from codes.ncci.types import Setting
from codes.pricing import FeeScheduleRow
from tests.ncci.figures import REFERENCE, pair

ROWS: dict[str, FeeScheduleRow] = {
    code: replace(REFERENCE.rows["20610"].rows[""], code=code, global_days=days, bilateral_surgery=bilateral)
    for code, days, bilateral in (
        ("20610", "000", "1"),
        ("76942", "XXX", "0"),
        ("27447", "090", "1"),
        ("29881", "090", "1"),
        ("45385", "000", "0"),
        ("45380", "000", "0"),
        ("67840", "010", "1"),
        ("67810", "000", "1"),
        ("92928", "000", "0"),
        ("92920", "000", "0"),
        ("26055", "090", "1"),
        ("26160", "090", "1"),
        ("28285", "090", "1"),
        ("28270", "090", "1"),
        ("11730", "000", "0"),
        ("11750", "010", "0"),
    )
}


def ways(one: str, two: str, setting: Setting = "practitioner", indicator: str = "1") -> list[Way]:
    return list(ways_through(PtpEdit(one, two, indicator, None), ROWS, setting))


def said(*given: Any, **more: Any) -> list[str]:
    return [way.sentence for way in ways(*given, **more)]


@pytest.mark.parametrize(
    ("one", "two", "first"),
    [
        ("20610", "99214", "25 on 99214 carries it if the visit was significant and separate."),
        ("99214", "G0442", "25 on 99214 carries it if the visit was significant and separate."),
        ("27447", "99214", "57 on 99214 carries it if that visit led to the decision for 27447."),
        ("G0439", "99214", "25 on 99214 carries it if it was significant and separate from the other visit."),
        ("99214", "G0439", "25 on 99214 carries it if it was significant and separate from the other visit."),
        ("67840", "67810", "E1-E4 on each line carries it if the eyelids differ."),
        ("92928", "92920", "LC, LD, LM, RC or RI on each line carries it if the arteries differ."),
        ("28285", "28270", "TA or T1-T9 on each line carries it if the toes differ."),
        ("27447", "29881", "LT and RT, one on each line, carry it if the record shows opposite sides."),
        ("45385", "45380", "59 or XS on 45380 carries it if the biopsied lesion isn't the one removed."),
        ("43251", "43239", "XS on 43239 carries it if the record shows another site or lesion."),
        (
            "77066",
            "77067",
            "59 or XU on 77067 carries it if both mammograms were needed that day; the diagnostic one carries GG.",
        ),
        ("92134", "92250", "59 or XU on 92250 carries it if the condition needed both kinds of images."),
        ("29881", "G0289", "59 or XS on G0289 carries it if it was in another compartment of the knee."),
        ("11102", "17000", "59 or XS on 17000 carries it if the biopsy and the destruction were on separate lesions."),
        ("17004", "11102", "59 or XS on 11102 carries it if the biopsy and the destruction were on separate lesions."),
        ("31500", "99291", "25 on 99291 carries it if the visit was significant and separate."),
        ("92928", "93458", "59 or XU on 93458 carries it if the angiogram came first, to see whether to intervene."),
        ("37211", "75710", "59 or XU on 75710 carries it if it was diagnostic and no complete study came before."),
        ("99291", "93318", "59 or XU on 93318 carries it if the physician also placed the probe."),
        ("20610", "76942", "XS on 76942 carries it if the record shows another site or lesion."),
        ("97530", "97116", "59 on 97116 carries it if the two took separate blocks of time."),
        ("80053", "84443", "91 on 84443 carries it if the test was repeated that day for a later result."),
        ("88305", "88304", "59 or XS on 88304 carries it if it was on another specimen or lesion."),
        ("01402", "64447", "59 or XU on 64447 carries it if the block was for pain after surgery, not the anesthetic."),
        ("99454", "98977", "XE or 59 on 98977 carries it if the record shows another session that day."),
        ("96365", "96374", "XE or 59 on 96374 carries it if the record shows another session that day."),
    ],
)  # fmt: skip
def test_the_first_way_is_the_one_that_fits_the_two_codes(one: str, two: str, first: str) -> None:
    assert said(one, two)[0] == first


def test_nothing_bypasses_indicator_0_or_9() -> None:
    assert ways("45385", "45380", indicator="0") == []
    assert ways("45385", "45380", indicator="9") == []


def test_a_visit_modifier_is_never_offered_on_a_procedure() -> None:
    for one, two in (("20610", "99214"), ("99214", "G0442"), ("27447", "99214"), ("45385", "45380")):
        for way in ways(one, two):
            if {"24", "25", "57"} & set(way.modifiers):
                assert way.on == ("99214",)


def test_no_59_or_x_modifier_is_offered_on_a_visit() -> None:
    for one, two in (("20610", "99214"), ("99214", "G0442"), ("G0439", "99214")):
        assert not {"59", "XE", "XS", "XP", "XU"} & {m for way in ways(one, two) for m in way.modifiers}


def test_sites_are_offered_only_where_both_codes_have_them() -> None:
    offered = {m for way in ways("20610", "76942") for m in way.modifiers}
    assert offered == {"XS", "XE"}
    assert not set(EYELIDS) & {m for way in ways("67840", "92928") for m in way.modifiers}


def test_a_code_without_a_fee_schedule_row_is_offered_no_side() -> None:
    assert "LT" not in {m for way in ways("27447", "29999") for m in way.modifiers}


def test_a_nail_may_be_of_a_finger_or_a_toe() -> None:
    assert [way.modifiers[0] for way in ways("11750", "11730")][:2] == ["FA", "TA"]


def test_radiation_treatment_management_never_takes_59() -> None:
    assert all(way.on != ("77427",) for way in ways("77402", "77427") if "XS" in way.modifiers)


def test_only_the_global_period_of_both_offers_a_later_operation() -> None:
    assert ways("27447", "29881")[-1].modifiers == ("58", "78", "79")
    assert ways("45385", "45380")[-1].modifiers == ("XE",)


def test_27_is_offered_in_a_hospital_only() -> None:
    assert ("27",) in [way.modifiers for way in ways("99285", "99214", setting="hospital")]
    assert ("27",) not in [way.modifiers for way in ways("99285", "99214")]


def test_every_way_is_an_ncci_modifier() -> None:
    pairs = [(one, two) for one in ROWS for two in (*ROWS, "99214", "G0439", "97110", "84443")]
    assert {m for one, two in pairs for way in ways(one, two) for m in way.modifiers} <= set(PTP_MODIFIERS)


def test_a_code_that_may_be_anywhere_names_no_site() -> None:
    assert [site_modifiers(code) for code in ("11102", "12001", "20610", "28119", "99214")] == [()] * 5


def test_each_site_has_modifiers_of_its_own() -> None:
    modifiers = [modifier for _, modifiers, _ in SITES for modifier in modifiers]
    assert len(modifiers) == len(set(modifiers))


def test_the_fix_of_an_edit_puts_the_modifier_on_the_visit() -> None:
    fix = pair("20610", "99213").fix
    assert fix is not None
    assert fix.sentence == (
        "Add 25 to line 2 (99213) if the visit was significant and separate; otherwise drop 99213."
    )
    assert [(change.line, change.value) for change in fix.changes] == [(2, "25")]


def test_the_fix_of_indicator_0_takes_column_two_off() -> None:
    fix = pair("29881", "29877").fix
    assert fix is not None
    assert fix.sentence == "Drop 29877 and write it off: no modifier bypasses this edit."
    assert fix.changes[0].line == 2


def test_an_edit_that_is_bypassed_needs_no_fix() -> None:
    assert pair("20610", "99213-25").fix is None
