"""CMS's own published figures, reproduced from CMS's relative values: every row, to the cent."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from codes.cms import anesthesia, gpci, opps_cap, payment_amounts, pprrvu
from codes.cms.archive import open_members
from codes.pricing import CodeRows, FeeScheduleRow, Gpci, Line, Locality, price_line
from codes.pricing.anesthesia import locality_factor
from codes.pricing.formula import fee, has_opps_amount, opps_amount
from codes.pricing.limits import locality_key
from tests.pricing.figures import IN_2025

pytestmark = pytest.mark.full_size
FACTOR = IN_2025.known_factor
Key = tuple[str, str]


def _records(path: Path, name: str, parse: Callable[..., Iterator[Any]]) -> list[Any]:
    """The records of the one file in an archive whose name begins so."""
    member = next(each for each in open_members(path) if each.name.startswith(name))
    with member.open() as stream:
        return list(parse(stream, member.name))


@pytest.fixture(scope="module")
def rows(cms_files: Path) -> dict[Key, FeeScheduleRow]:
    """The relative values of October 2025 by code and modifier."""
    names = [field.name for field in fields(FeeScheduleRow)]
    records = _records(cms_files / "rvu25d.zip", "PPRRVU2025_Oct.csv", pprrvu.parse)
    found = [FeeScheduleRow(**{name: getattr(record, name) for name in names}) for record in records]
    return {(row.code, row.modifier): row for row in found}


@pytest.fixture(scope="module")
def localities(cms_files: Path) -> dict[Key, Locality]:
    """The indices of 2025 by MAC and locality number."""
    return {
        (row.mac, row.locality): Locality(
            row.mac, row.locality, row.name, row.state, Gpci(row.work_gpci, row.pe_gpci, row.mp_gpci)
        )
        for row in _records(cms_files / "rvu25d.zip", "GPCI2025.csv", gpci.parse)
    }


def _published(cms_files: Path) -> list[payment_amounts.PaymentRow]:
    """What CMS published for the third and the fourth quarter of 2025: one year, one conversion factor."""
    folder = cms_files / "published_payments"
    return [
        row
        for archive in ("pfrev25c.zip", "pfrev25d.zip")
        for row in _records(folder / archive, "PFREV", payment_amounts.parse)
    ]


def test_published_payments_are_reproduced_in_both_settings(
    cms_files: Path, rows: dict[Key, FeeScheduleRow], localities: dict[Key, Locality]
) -> None:
    """The published columns print the copied number of an NA setting too, so the bare formula is compared."""
    published, wrong = _published(cms_files), []
    for row in published:
        ours, locality = rows[row.code, row.modifier], localities[row.mac, row.locality].gpci
        amounts = fee(ours, "nonfacility", locality, FACTOR), fee(ours, "facility", locality, FACTOR)
        if amounts != (row.nonfacility_fee, row.facility_fee):
            wrong.append((row, amounts))
    assert (len(published), wrong) == (1635, [])


def test_published_payments_are_what_a_line_is_allowed(
    cms_files: Path, rows: dict[Key, FeeScheduleRow], localities: dict[Key, Locality]
) -> None:
    """In every setting but those that CMS flags NA for a facility: there the line is refused."""
    wrong = []
    for row in _published(cms_files):
        ours = rows[row.code, row.modifier]
        at = replace(IN_2025, locality=localities[row.mac, row.locality], opps_caps={})
        code_rows = CodeRows(row.code, {row.modifier: ours})
        modifiers = (row.modifier,) if row.modifier else ()
        for locality, published in (("11", row.nonfacility_fee), ("24", row.facility_fee)):
            priced = price_line(code_rows, Line(row.code, modifiers, place_of_service=locality), at)
            expected = None if locality == "24" and ours.facility_na else published
            if priced.allowed != expected:
                wrong.append((row, locality, priced.allowed))
    assert wrong == []


def _binding(
    rows: dict[Key, FeeScheduleRow], localities: dict[Key, Locality]
) -> dict[tuple[str, str, str, str], tuple[Decimal, Decimal]]:
    """Every status-A row and locality where the outpatient amount is below the fee."""
    found = {}
    for row in rows.values():
        if row.status == "A" and has_opps_amount(row):
            for mac, number in localities:
                locality = localities[mac, number].gpci
                cap = opps_amount(row, "nonfacility", locality, FACTOR)
                if cap < fee(row, "nonfacility", locality, FACTOR):
                    found[row.code, row.modifier, mac, number] = (
                        opps_amount(row, "facility", locality, FACTOR),
                        cap,
                    )
    return found


def test_imaging_caps_are_reproduced_none_missing_and_none_extra(
    cms_files: Path, rows: dict[Key, FeeScheduleRow], localities: dict[Key, Locality]
) -> None:
    records = _records(cms_files / "rvu25d.zip", "OPPSCAP_Oct.csv", opps_cap.parse)
    theirs = {
        (record.code, record.modifier, *locality_key(record.mac, record.locality)): (
            record.facility_price,
            record.nonfacility_price,
        )
        for record in records
        if record.status == "A"
    }
    assert len(theirs) == 6322
    assert theirs == _binding(rows, localities)


def test_anesthesia_factors_of_2025_are_reproduced(cms_files: Path, localities: dict[Key, Locality]) -> None:
    records = _records(cms_files / "rvu25d.zip", "ANES2025.csv", anesthesia.parse)
    national = Decimal("20.3178")
    found = {(row.mac, row.locality): row.conversion_factor for row in records}
    assert len(found) == 109
    assert found == {key: locality_factor(national, locality.gpci) for key, locality in localities.items()}
