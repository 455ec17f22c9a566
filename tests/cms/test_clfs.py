import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms import clfs
from codes.cms.clfs import ClfsRow
from codes.cms.layout import LayoutError
from tests.cms.workbooks import workbook

TITLES: list[str | float] = [
    "YEAR",
    "HCPCS",
    "MOD",
    "EFF_DATE",
    "INDICATOR",
    "RATE",
    "SHORTDESC",
    "LONGDESC",
    "EXTENDEDLONGDESC",
]
ROW: list[str | float] = [2026, 80048, "QW", 20260101, "N", 503.4, "", "not ours", "not ours"]


def parse(*rows: list[str | float]) -> list[ClfsRow]:
    return list(clfs.parse(io.BytesIO(workbook([["2026 Fee Schedule"], *rows])), "CLFS_2026_Q1V1.xlsx"))


def refusal(*rows: list[str | float]) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(*rows)
    return str(caught.value)


def test_numbers_in_cells_become_codes_dates_and_exact_dollars() -> None:
    assert parse(TITLES, ROW) == [
        ClfsRow(2026, "80048", "QW", dt.date(2026, 1, 1), "N", Decimal("503.4"), "")
    ]


def test_the_long_descriptions_never_reach_a_record() -> None:
    assert "not ours" not in str(parse(TITLES, ROW))


def test_a_code_and_its_waived_test_are_two_rows() -> None:
    assert [row.modifier for row in parse(TITLES, ROW, [*ROW[:2], "", *ROW[3:]])] == ["QW", ""]


def test_a_code_and_modifier_twice_are_refused_with_the_row_of_the_sheet() -> None:
    assert 'CLFS_2026_Q1V1.xlsx line 4, HCPCS: "80048" stands twice' in refusal(TITLES, ROW, ROW)


def test_an_unknown_indicator_is_refused() -> None:
    assert 'INDICATOR: "X" is not one of N, L' in refusal(TITLES, [*ROW[:4], "X", *ROW[5:]])


def test_swapped_columns_are_refused_by_name() -> None:
    assert '"MOD" stands over column 2' in refusal(["YEAR", "MOD", "HCPCS", *TITLES[3:]])


def test_a_sheet_without_titles_is_refused() -> None:
    assert "holds no rows below a line of titles that begins with YEAR" in refusal(ROW)


def test_a_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(LayoutError, match="is not a workbook that can be read"):
        list(clfs.parse(io.BytesIO(b"YEAR,HCPCS"), "CLFS.xlsx"))


@pytest.mark.full_size
def test_the_first_quarter_of_2026_has_2_162_rates(cms_files: Path) -> None:
    with (cms_files / "reference" / "CLFS_2026_Q1V1.xlsx").open("rb") as stream:
        rows = list(clfs.parse(stream, "CLFS_2026_Q1V1.xlsx"))
    assert len(rows) == 2_162
    assert {row.rate for row in rows if row.indicator == "L"} == {Decimal(0)}
