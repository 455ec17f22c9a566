import datetime as dt
import io
from pathlib import Path

import pytest

from codes.cms import ncci_addon
from codes.cms.layout import LayoutError
from codes.cms.ncci_addon import LAYOUT_XLSX, AddOnRow
from tests.cms.workbooks import workbook

TITLES = "primary_code,add_on_code,aoc_edit_type"


def parse(*lines: str) -> list[AddOnRow]:
    raw = "".join(f"{line}\r\n" for line in lines).encode()
    return list(ncci_addon.parse(io.BytesIO(raw), "AOC_V2025Q4_01-MCR.txt"))


def refusal(*lines: str) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(*lines)
    return str(caught.value)


def text(primary: str, effective: str, deletion: str, notes: str = "") -> str:
    return f"101953{' ' * 7}{primary}{' ' * 7}{effective:7}{deletion:7}{notes}"


def test_a_csv_has_pairs_without_dates() -> None:
    assert parse(TITLES, "01952,01953,1") == [AddOnRow("01952", "01953", "1", None, None)]


def test_a_contractor_defined_primary_code_is_none() -> None:
    assert parse(TITLES, "CCCCC,0054T,2") == [AddOnRow(None, "0054T", "2", None, None)]


def test_a_txt_has_dates_by_day_of_year() -> None:
    assert parse(text("01952", "2013091", "2025365", "A note")) == [
        AddOnRow("01952", "01953", "1", dt.date(2013, 4, 1), dt.date(2025, 12, 31))
    ]


@pytest.mark.parametrize("none", ["", "0000000", "9999999"])
def test_a_txt_leaves_a_date_blank_or_all_zeros_or_nines(none: str) -> None:
    (row,) = parse(text("CCCCC", "2013091", none))
    assert (row.primary, row.deletion) == (None, None)


def test_a_txt_line_that_does_not_fit_is_refused() -> None:
    shifted = text("01952", "2013091", "").replace("01953 ", " 01953", 1)
    assert 'line 1, add_on_code: "0195" is not a five-character code' in refusal(shifted)


def test_a_pair_twice_is_refused() -> None:
    row = "01952,01953,1"
    assert 'line 3, add_on_code: "01953" stands twice with primary code 01952' in refusal(TITLES, row, row)


def test_swapped_columns_are_refused_by_name() -> None:
    assert '"aoc_edit_type" stands over column 2' in refusal("primary_code,aoc_edit_type,add_on_code")


@pytest.mark.parametrize("lines", [(), (TITLES,)])
def test_a_file_without_rows_is_refused(lines: tuple[str, ...]) -> None:
    assert "holds no rows" in refusal(*lines)


@pytest.mark.full_size
def test_2024_has_7_465_pairs_of_which_44_are_the_contractors(cms_files: Path) -> None:
    with (cms_files / "reference" / "ncci_add_on_codes_2024.csv").open("rb") as stream:
        rows = list(ncci_addon.parse(stream, "ncci_add_on_codes_2024.csv"))
    assert (len(rows), sum(row.primary is None for row in rows)) == (7_465, 44)


def sheet(*rows: list[str | float], titles: list[str] | None = None) -> list[AddOnRow]:
    content = workbook([["A notice"], [*(titles or LAYOUT_XLSX.titles)], *rows])
    return list(ncci_addon.parse(io.BytesIO(content), "AOC_V2026Q2-MCR.xlsx"))


def test_the_workbook_has_the_columns_of_the_txt() -> None:
    ended: list[str | float] = ["1", "U0005", "2023181", "U0003", "2023365", "2021274", "2023181", ""]
    assert sheet(["2", "0054T", "", "CCCCC", "", 2013091, "", "A note"], ended) == [
        AddOnRow(None, "0054T", "2", dt.date(2013, 4, 1), None),
        AddOnRow("U0003", "U0005", "1", dt.date(2021, 10, 1), dt.date(2023, 6, 30)),
    ]


def test_a_workbook_with_another_column_is_refused() -> None:
    titles = [*LAYOUT_XLSX.titles]
    titles[3] = "Primary"
    with pytest.raises(LayoutError, match='line 2: "Primary" stands over column 4'):
        sheet(titles=titles)


def test_a_workbook_without_its_titles_is_refused() -> None:
    with pytest.raises(LayoutError, match="holds no rows"):
        sheet(titles=["Something", "else"])


@pytest.mark.full_size
def test_the_workbook_of_2026_has_9_000_edits_with_dates(cms_files: Path) -> None:
    with (cms_files / "ncci" / "AOC_V2026Q2-MCR.xlsx").open("rb") as stream:
        rows = list(ncci_addon.parse(stream, "AOC_V2026Q2-MCR.xlsx"))
    assert (len(rows), sum(row.effective is None for row in rows)) == (9_000, 0)
