import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms import clfs
from codes.cms.archive import open_members
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


CSV = "2025 Fee Schedule,,,,,,,,\r\nYEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDED LONGDESC\r\n"
CSV_ROWS = (
    "2025,80048,QW,20250101,N,00503.40,Text,ours not,ours not\r\n2025,0001U,,20250401,L,00000.00,Text,,\r\n"
)
TXT = "HDR~A notice   \r\n2025~80048~QW~20250101~N~00503.40~Text     \r\n2025~0001U~  ~20250401~L~00000.00~Text \r\n"


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


def test_the_csv_and_the_txt_are_read_as_the_workbook_is() -> None:
    cells: list[list[str | float]] = [
        [2025, 80048, "QW", 20250101, "N", 503.4, "Text"],
        [2025, "0001U", "", 20250401, "L", 0, "Text"],
    ]
    csv = list(clfs.parse(io.BytesIO((CSV + CSV_ROWS).encode()), "PUF_CLFS_CY2025_Q3V1.csv"))
    txt = list(clfs.parse(io.BytesIO(TXT.encode()), "CLFS 2025 Q3V1.txt"))
    assert csv == txt == parse(TITLES, *cells)


def test_the_heading_tells_the_year_and_the_latest_rate() -> None:
    assert clfs.read_heading(io.BytesIO(TXT.encode()), "x.txt") == clfs.Heading(2025, dt.date(2025, 4, 1))


def test_a_line_of_the_txt_that_is_cut_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"CLFS\.txt line 2: has 3 cells, not 7"):
        list(clfs.parse(io.BytesIO(b"HDR~A\r\n2025~80048~QW\r\n"), "CLFS.txt"))


@pytest.mark.full_size
def test_the_three_forms_of_one_zip_of_cms_agree(cms_files: Path) -> None:
    found = []
    for member in open_members(cms_files / "clfs" / "25CLABQ1.zip"):
        if not member.name.endswith(".pdf"):
            with member.open() as stream:
                found.append([replace(row, short_description="") for row in clfs.parse(stream, member.name)])
    assert [len(rows) for rows in found] == [2_087] * 3
    assert found[0] == found[1] == found[2]
