import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import zip_locality
from codes.cms.layout import LayoutError
from codes.cms.zip_locality import ZipRow


def line(text: str, quarter: str = "20254") -> str:
    return f"{text:75}{quarter}\r\n"


ALASKA = line("AK995010210201 Z9   0 A")
WYOMING = line("WY831220360221BZ9B  1 A")


def parse(text: str) -> list[ZipRow]:
    return list(zip_locality.parse(io.BytesIO(text.encode()), "ZIP5_OCT2025.txt"))


def refusal(text: str) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(text)
    return str(caught.value)


def test_a_line_is_cut_at_its_positions() -> None:
    assert parse(ALASKA + WYOMING) == [
        ZipRow("AK", "99501", "02102", "01", "", False, "A", "20254"),
        ZipRow("WY", "83122", "03602", "21", "B", True, "A", "20254"),
    ]


def test_lines_may_end_as_on_unix() -> None:
    assert parse(ALASKA.replace("\r\n", "\n")) == parse(ALASKA)


def test_a_zip_code_twice_is_refused() -> None:
    assert 'ZIP5_OCT2025.txt line 2, ZIP CODE: "99501" stands twice' in refusal(ALASKA + ALASKA)


def test_a_second_quarter_is_refused() -> None:
    message = refusal(ALASKA + line("WY831220360221BZ9B  0 A", "20261"))
    assert 'line 2, YEAR/QTR: "20261" follows lines of 20254' in message


def test_a_fifth_quarter_is_refused() -> None:
    assert "is not a year and quarter of the form YYYYQ" in refusal(line("AK995010210201 Z9   0 A", "20255"))


def test_a_line_of_the_nine_digit_file_is_refused() -> None:
    assert "positions 22-22" in refusal(line("AK995010210201      10001     A"))


def test_an_unknown_rural_indicator_is_refused() -> None:
    assert 'RURAL IND: "Q" is not one of blank, R, B' in refusal(ALASKA.replace("01 Z9", "01QZ9"))


def test_a_file_cut_in_a_line_is_refused() -> None:
    assert "line 2: the file breaks off in this line" in refusal(ALASKA + WYOMING[:40])


def test_a_file_without_lines_is_refused() -> None:
    assert refusal("") == "ZIP5_OCT2025.txt: holds no lines"


def test_the_quarter_stands_on_the_first_line() -> None:
    assert zip_locality.read_heading(io.BytesIO(ALASKA.encode()), "a.txt").quarter == "20254"


@pytest.mark.full_size
def test_october_2025_has_42_956_zip_codes_of_which_580_need_nine_digits(cms_files: Path) -> None:
    with ZipFile(cms_files / "zip-code-carrier-locality-oct2025.zip") as packed:
        rows = parse(packed.read("ZIP5_OCT2025.txt").decode("ascii"))
    assert len(rows) == 42_956
    assert sum(row.plus_four for row in rows) == 580
    assert len({(row.mac, row.locality) for row in rows}) == 109
