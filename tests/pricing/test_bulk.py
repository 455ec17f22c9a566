"""Amounts in bulk are those of the formula and of priced lines: each row, each locality, each setting, to the cent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.cms import gpci, opps_cap, pprrvu
from codes.cms.archive import open_members
from codes.pricing import NATIONAL, CodeRows, FeeScheduleRow, Gpci, Line, Locality, price_line
from codes.pricing.bulk import Allowed, allowed
from codes.pricing.formula import PRICED_STATUSES, fee, has_opps_amount, has_values, opps_amount
from codes.pricing.limits import locality_key
from codes.pricing.schedule import Caps
from tests.pricing.figures import IN_2026, RVU26C, made_up

CALIFORNIA_18 = Locality(
    "01182", "18", "LOS ANGELES", "CA", Gpci(Decimal("1.041"), Decimal("1.183"), Decimal("0.664"))
)
ROWS = [row for rows in RVU26C.values() for row in rows.rows.values()]
FACTOR = IN_2026.known_factor
RVUS = st.decimals("0", "999.99", places=2)
INDICES = st.decimals("0.001", "2.999", places=3)

Amounts = tuple[str, str, str, str, Decimal | None, Decimal | None, bool]


def by_formula(row: FeeScheduleRow, where: Locality, factor: Decimal, caps: Caps | None) -> Amounts:
    """What the engine's own formula and caps make of one row, in an office and in an outpatient hospital."""
    office = None if row.nonfacility_na else fee(row, "nonfacility", where.gpci, factor)
    to_hospital = row.facility_na or row.modifier == "TC" or row.pctc in ("3", "5", "7")
    facility = None if to_hospital else fee(row, "facility", where.gpci, factor)
    cap = cap_of(row, where, factor, caps)
    found = (office, facility) if cap is None else (lower(office, cap[0]), lower(facility, cap[1]))
    return row.code, row.modifier, where.mac, where.number, *found, found != (office, facility)


def lower(amount: Decimal | None, cap: Decimal) -> Decimal | None:
    return None if amount is None else min(amount, cap)


def cap_of(
    row: FeeScheduleRow, where: Locality, factor: Decimal, caps: Caps | None
) -> tuple[Decimal, Decimal] | None:
    """The caps of an office and a facility."""
    if row.modifier == "26":
        return None
    if caps is not None and where.mac:
        published = caps.get((row.code, row.modifier, where.mac, where.number))
        return published and (published[1], published[0])
    if not has_opps_amount(row):
        return None
    return (
        opps_amount(row, "nonfacility", where.gpci, factor),
        opps_amount(row, "facility", where.gpci, factor),
    )


def in_bulk(each: Allowed) -> Amounts:
    row, where = each.row, each.locality
    return row.code, row.modifier, where.mac, where.number, each.nonfacility, each.facility, each.is_capped


def differences(
    rows: Sequence[FeeScheduleRow], where: Sequence[Locality], factor: Decimal, caps: Caps | None
) -> tuple[int, list[tuple[Amounts, Amounts]]]:
    """How many pairs of row and locality were compared, and those that differ."""
    priced = [row for row in rows if row.status in PRICED_STATUSES and has_values(row)]
    ours = map(in_bulk, allowed(rows, where, factor, caps))
    theirs = (by_formula(row, locality, factor, caps) for row in priced for locality in where)
    wrong = [(mine, right) for mine, right in zip(ours, theirs, strict=True) if mine != right]
    return len(priced) * len(where), wrong


@pytest.mark.parametrize("where", [NATIONAL, CALIFORNIA_18])
def test_every_row_is_what_its_priced_line_is_allowed(where: Locality) -> None:
    assert priced_otherwise(ROWS, where, {}) == []


@pytest.mark.parametrize(
    "caps", [None, {}, {("71260", "", "01182", "18"): (Decimal("90.00"), Decimal("100.01"))}]
)
def test_the_imaging_cap_is_worked_out_or_taken_from_the_file(caps: Caps | None) -> None:
    pairs, wrong = differences(ROWS, [CALIFORNIA_18], FACTOR, caps)
    assert (pairs > 20, wrong) == (True, [])


def test_a_cap_of_the_file_binds_in_its_own_locality_only() -> None:
    other = replace(CALIFORNIA_18, number="05")
    caps = {("71260", "", "01182", "18"): (Decimal("90.00"), Decimal("100.01"))}
    here, there = allowed([RVU26C["71260"].rows[""]], [CALIFORNIA_18, other], FACTOR, caps)
    assert (here.nonfacility, here.is_capped, there.is_capped) == (Decimal("100.01"), True, False)


@given(work=RVUS, office=RVUS, facility=RVUS, malpractice=RVUS, index=INDICES)
def test_any_row_is_rounded_half_up_as_the_formula_rounds_it(
    work: Decimal, office: Decimal, facility: Decimal, malpractice: Decimal, index: Decimal
) -> None:
    row = made_up(
        work_rvu=work, nonfacility_pe_rvu=office, facility_pe_rvu=facility, malpractice_rvu=malpractice
    )
    where = replace(CALIFORNIA_18, gpci=Gpci(index, Decimal("1.005"), Decimal("0.335")))
    _, wrong = differences([row], [where], Decimal("32.3465"), None)
    assert wrong == []


def test_half_a_cent_goes_up() -> None:
    row = made_up(work_rvu=Decimal("0.10"), nonfacility_pe_rvu=Decimal(0), malpractice_rvu=Decimal(0))
    (found,) = allowed([row], [NATIONAL], Decimal("20.0500"), None)
    assert found.nonfacility == Decimal("2.01")  # 2.005


def test_statuses_without_an_amount_and_settings_with_na_have_none() -> None:
    rows = [RVU26C[code].rows[""] for code in ("36415", "27447", "76376")]
    found = {each.row.code: each for each in allowed(rows, [NATIONAL], FACTOR, None)}
    assert set(found) == {"27447", "76376"}
    assert found["27447"].nonfacility is None
    assert found["76376"].facility is None


def test_no_rows_or_no_localities_are_nothing() -> None:
    assert list(allowed([], [NATIONAL], FACTOR, None)) == list(allowed(ROWS, [], FACTOR, None)) == []


@pytest.mark.parametrize(
    ("changed", "factor"),
    [
        ({"work_rvu": Decimal("1.305")}, "33.4009"),
        ({"work_rvu": Decimal("-1.30")}, "33.4009"),
        ({"work_rvu": Decimal("999999.99")}, "999999.9999"),
        ({}, "33.40095"),
    ],
)
def test_what_whole_numbers_cannot_hold_is_refused_and_never_rounded(
    changed: dict[str, Any], factor: str
) -> None:
    with pytest.raises(ValueError, match=r"decimals|expected"):
        list(allowed([made_up(**changed)], [NATIONAL], Decimal(factor), None))


def priced_otherwise(
    rows: Iterable[FeeScheduleRow], where: Locality, caps: Mapping[tuple[str, str], tuple[Decimal, Decimal]]
) -> list[tuple[str, str, str]]:
    """Rows whose amount in bulk is not what `price_line` allows, where the bulk gives one."""
    at = replace(IN_2026, locality=where, opps_caps=caps)
    everywhere: Caps = {(*key, where.mac, where.number): cap for key, cap in caps.items()}
    wrong = []
    for each in allowed(rows, [where], FACTOR, everywhere if where.mac else None):
        row = each.row
        at_hand = replace(at, opps_caps=None) if not where.mac else at
        for place, amount in (("11", each.nonfacility), ("22", each.facility)):
            line = Line(row.code, (row.modifier,) if row.modifier else (), place_of_service=place)
            priced = price_line(CodeRows(row.code, {row.modifier: row}), line, at_hand)
            if amount is not None and priced.allowed != amount:
                wrong.append((row.code, row.modifier, place))
    return wrong


RELEASES = [
    ("rvu24c.zip", "PPRRVU24_JUL", "GPCI2024", "OPPSCAP", "33.2875"),
    ("rvu25d.zip", "PPRRVU2025_Oct.csv", "GPCI2025.csv", "OPPSCAP_Oct.csv", "32.3465"),
    ("rvu26c.zip", "PPRRVU2026_Jul_nonQPP", "GPCI2026", "", "33.4009"),
]


@pytest.mark.full_size
@pytest.mark.slow
@pytest.mark.parametrize(("archive", "schedule", "indices", "ceilings", "factor"), RELEASES)
def test_every_row_of_a_release_in_every_locality_and_setting(
    cms_files: Path, archive: str, schedule: str, indices: str, ceilings: str, factor: str
) -> None:
    files = {
        member.name: member for member in open_members(cms_files / archive) if member.name.endswith(".csv")
    }
    named = {wanted: next((n for n in files if n.startswith(wanted)), "") for wanted in (schedule, indices)}
    with files[named[schedule]].open() as stream:
        names = [field.name for field in fields(FeeScheduleRow)]
        rows = [
            FeeScheduleRow(**{name: getattr(record, name) for name in names})
            for record in pprrvu.parse(stream, archive)
        ]
    with files[named[indices]].open() as stream:
        where = [
            Locality(
                row.mac, row.locality, row.name, row.state, Gpci(row.work_gpci, row.pe_gpci, row.mp_gpci)
            )
            for row in gpci.parse(stream, archive)
        ]
    caps: Caps | None = None
    if ceilings:
        with files[next(name for name in files if name.startswith(ceilings))].open() as stream:
            caps = {
                (row.code, row.modifier, *locality_key(row.mac, row.locality)): (
                    row.facility_price,
                    row.nonfacility_price,
                )
                for row in opps_cap.parse(stream, archive)
            }
    pairs, wrong = differences(rows, where, Decimal(factor), caps)
    assert (len(where), pairs > 900_000, wrong[:5]) == (109, True, [])
