"""Promises that hold for every line and claim, whatever the figures."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.pricing import (
    Circumstances,
    ClaimPrice,
    FeeScheduleRow,
    Gpci,
    Line,
    LinePrice,
    Locality,
    price_claim,
)
from codes.pricing.practitioner import PRACTITIONERS
from tests.pricing.figures import IN_2026, RVU26C, made_up, rows_of

CODES = tuple(code for code in RVU26C if code not in ("00100",))
ENDOSCOPIES = frozenset({"45378", "45380", "45385", "43235", "43239", "43248"})
MODIFIERS = ("26", "TC", "50", "51", "54", "55", "59", "62", "76", "78", "80", "AS", "22", "52", "53", "FX", "CT",
             "CQ", "GP", "LT", "RT", "PT", "25", "ZZ")  # fmt: skip

rvu = st.decimals("0", "99.99", places=2)
some = st.decimals("0.01", "99.99", places=2)
index = st.decimals("0.300", "2.000", places=3)
money = st.decimals("0", "5000", places=2)
gpcis = st.builds(Gpci, index, index, index)
localities = st.builds(Locality, st.just("00000"), st.just("00"), st.just("made up"), st.just(""), gpcis)
lines = st.builds(
    Line,
    code=st.sampled_from(CODES),
    modifiers=st.lists(st.sampled_from(MODIFIERS), max_size=3, unique=True).map(tuple),
    units=st.integers(1, 7),
    charge=st.none() | money,
    place_of_service=st.sampled_from(("11", "22", "24", "31", "10")),
    care_days=st.none() | st.integers(0, 120),
)
# Lines that neither say a side nor belong to an endoscopic family: two such lines never become one payment.
plain_lines = lines.filter(
    lambda line: line.code not in ENDOSCOPIES and not {"LT", "RT"} & set(line.modifiers)
)
circumstances = st.builds(
    replace,
    st.just(IN_2026),
    locality=localities,
    participating=st.booleans(),
    assigned=st.booleans(),
    practitioner=st.sampled_from(sorted(PRACTITIONERS)),
    deductible_remaining=money,
    all_lines_known=st.booleans(),
)


def _price(line: Line, at: Circumstances) -> LinePrice:
    return price_claim(RVU26C, [line], at).lines[0]


def _claim(claimed: list[Line], at: Circumstances) -> ClaimPrice:
    return price_claim(RVU26C, claimed, at)


@given(st.lists(lines, max_size=8), circumstances)
def test_amounts_are_never_negative_and_never_more_precise_than_a_cent(
    claimed: list[Line], at: Circumstances
) -> None:
    for price in _claim(claimed, at).lines:
        if price.shares is not None and price.allowed is not None:
            shares = price.shares
            figures = (price.allowed, shares.medicare, shares.patient, shares.deductible, shares.coinsurance,
                       shares.sequestration, shares.medicare_after_sequestration, shares.above_allowed)  # fmt: skip
            assert all(figure >= 0 and figure == figure.quantize(Decimal("0.01")) for figure in figures)


@given(st.lists(lines, max_size=8), circumstances)
def test_line_has_either_an_amount_or_a_refusal(claimed: list[Line], at: Circumstances) -> None:
    for price in _claim(claimed, at).lines:
        assert (price.allowed is None) is (price.refusal is not None)
        assert (price.allowed is None) is (price.shares is None)


@given(st.lists(lines, max_size=8), circumstances)
def test_shares_add_up_to_the_allowed_amount(claimed: list[Line], at: Circumstances) -> None:
    for price in _claim(claimed, at).lines:
        if price.shares is not None:
            shares = price.shares
            parts = shares.medicare + shares.assistant_reduction + shares.deductible + shares.coinsurance
            assert parts == price.allowed
            assert shares.patient + shares.medicare_after_sequestration == shares.provider_collects


@given(lines, money, money, circumstances)
def test_lower_charge_never_raises_an_amount(
    line: Line, one: Decimal, other: Decimal, at: Circumstances
) -> None:
    low, high = (_price(replace(line, charge=charge), at).allowed for charge in sorted((one, other)))
    assert (low is None) is (high is None)
    assert low is None or high is None or low <= high


@given(plain_lines, st.lists(lines, max_size=5), money, money, circumstances)
def test_lower_charge_on_a_claim_never_raises_its_line(
    first: Line, others: list[Line], one: Decimal, other: Decimal, at: Circumstances
) -> None:
    low, high = (
        _claim([replace(first, charge=charge), *others], at).lines[0].allowed
        for charge in sorted((one, other))
    )
    assert (low is None) is (high is None)
    assert low is None or high is None or low <= high


@given(st.lists(plain_lines, max_size=7), st.randoms(use_true_random=False))
def test_ranking_does_not_depend_on_the_order_of_lines(claimed: list[Line], shuffler: Random) -> None:
    order = shuffler.sample(range(len(claimed)), len(claimed))
    straight = _claim(claimed, IN_2026)
    shuffled = _claim([claimed[position] for position in order], IN_2026)
    assert straight.total_allowed == shuffled.total_allowed
    assert sorted(str((price.line, price.allowed)) for price in straight.lines) == sorted(
        str((price.line, price.allowed)) for price in shuffled.lines
    )


@given(st.lists(plain_lines, min_size=1, max_size=6), plain_lines, circumstances)
def test_line_added_never_raises_another(claimed: list[Line], added: Line, at: Circumstances) -> None:
    before, after = _claim(claimed, at).lines, _claim([*claimed, added], at).lines
    for alone, together in zip(before, after, strict=False):
        assert together.allowed is None or (alone.allowed is not None and together.allowed <= alone.allowed)


@given(lines, st.randoms(use_true_random=False), circumstances)
def test_order_of_modifiers_does_not_matter(line: Line, shuffler: Random, at: Circumstances) -> None:
    turned = replace(line, modifiers=tuple(shuffler.sample(line.modifiers, len(line.modifiers))))
    assert _price(line, at).allowed == _price(turned, at).allowed


@given(some, rvu, some, some, some, gpcis)
def test_professional_and_technical_parts_are_within_a_cent_of_the_whole(
    work: Decimal, professional_pe: Decimal, technical_pe: Decimal, one: Decimal, other: Decimal, gpci: Gpci
) -> None:
    def row(modifier: str, work: Decimal, expense: Decimal, malpractice: Decimal) -> FeeScheduleRow:
        return made_up(
            "70000", "0", modifier=modifier, pctc="1", work_rvu=work, nonfacility_pe_rvu=expense,
            malpractice_rvu=malpractice,
        )  # fmt: skip

    rows = rows_of(
        row("", work, professional_pe + technical_pe, one + other),
        row("26", work, professional_pe, one),
        row("TC", Decimal(0), technical_pe, other),
    )
    at = replace(IN_2026, locality=Locality("00000", "00", "", "", gpci))
    whole, professional, technical = (
        price_claim(rows, [Line("70000", modifiers)], at).lines[0].allowed
        for modifiers in ((), ("26",), ("TC",))
    )
    assert whole is not None
    assert professional is not None
    assert technical is not None
    assert abs(whole - professional - technical) <= Decimal("0.01")


@given(st.lists(lines, min_size=1, max_size=6), circumstances)
def test_every_step_gives_the_result_that_it_prints(claimed: list[Line], at: Circumstances) -> None:
    for price in _claim(claimed, at).lines:
        for step in price.steps:
            if step.formula:
                assert step.result is not None
                assert recomputed(step.formula) == step.result, step


@given(st.lists(lines, min_size=1, max_size=6), circumstances)
def test_every_step_names_its_source(claimed: list[Line], at: Circumstances) -> None:
    assert all(step.citation for price in _claim(claimed, at).lines for step in price.steps)


def recomputed(formula: str) -> Decimal:
    """The left side of a printed formula, worked out anew and rounded to the places of its right side."""
    sums, _, printed = formula.rpartition(" = ")
    python = sums.replace("×", "*").replace("−", "-").replace("÷", "/")
    assert re.fullmatch(r"[\d.,+*/() -]+", python.replace("min", "").replace("max", "")), formula
    exact = eval(
        re.sub(r"\d+(?:\.\d+)?", r"Decimal('\g<0>')", python), {"Decimal": Decimal, "min": min, "max": max}
    )
    rounded = Decimal(exact).quantize(Decimal(printed), ROUND_HALF_UP)
    assert rounded == Decimal(printed), formula
    return rounded


@pytest.mark.parametrize("formula", ["1.00 × 2.00 = 2.01", "min(1.00, 2.00) = 2.00", "95 ÷ 15 = 6.4"])
def test_wrong_arithmetic_would_be_found(formula: str) -> None:
    with pytest.raises(AssertionError):
        recomputed(formula)
