import io
from pathlib import Path

import pytest

from codes.cms import anesthesia_base
from codes.cms.anesthesia_base import BaseUnitRow
from codes.cms.layout import LayoutError
from tests.cms.workbooks import workbook

TITLES: list[list[str | float]] = [["CODE", 2022], ["", "BASE"], ["", "UNIT"]]


def stream(*rows: list[str | float]) -> io.BytesIO:
    return io.BytesIO(workbook([*TITLES, *rows]))


def parse(*rows: list[str | float]) -> list[BaseUnitRow]:
    return list(anesthesia_base.parse(stream(*rows), "base_units.xlsx"))


def test_codes_keep_their_zeros_and_units_are_whole() -> None:
    assert parse(["00100", 5], ["01999", 0]) == [BaseUnitRow("00100", 5), BaseUnitRow("01999", 0)]


def test_a_code_saved_as_a_number_is_refused() -> None:
    with pytest.raises(LayoutError, match=r'line 4, CODE: "100" .*a spreadsheet program has saved this file'):
        parse([100, 5])


def test_half_a_unit_is_refused() -> None:
    with pytest.raises(LayoutError, match=r'BASE UNIT: "5.5" is not a whole number'):
        parse(["00100", 5.5])


def test_a_code_twice_is_refused() -> None:
    with pytest.raises(LayoutError, match='line 5, CODE: "00100" stands twice'):
        parse(["00100", 5], ["00100", 6])


def test_a_sheet_without_rows_is_refused() -> None:
    with pytest.raises(LayoutError, match="holds no rows"):
        parse()


def test_the_year_stands_beside_the_title() -> None:
    assert anesthesia_base.read_heading(stream(), "base_units.xlsx").year == 2022


def test_a_sheet_without_its_title_is_refused() -> None:
    with pytest.raises(LayoutError, match="has no title CODE"):
        anesthesia_base.read_heading(io.BytesIO(workbook([["00100", 5]])), "base_units.xlsx")


@pytest.mark.full_size
def test_2022_has_276_codes(cms_files: Path) -> None:
    with (cms_files / "reference" / "anesthesia_base_units_2022.xlsx").open("rb") as published:
        assert len(list(anesthesia_base.parse(published, "base_units.xlsx"))) == 276
