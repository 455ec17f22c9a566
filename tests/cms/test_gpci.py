import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import gpci
from codes.cms.gpci import GpciRow
from codes.cms.layout import LayoutError

TITLES = (
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI"
)
HAWAII = '01212,HI,01,"HAWAII, GUAM",1,1.149,0.561'
MONTANA = "03202,MT,01,MONTANA**,1,1,0.978"
FOOTNOTES = (
    '"MAC Assignments as of November 22, 2023",,,,,,',
    ",,,,,,",
    "**PE GPCI reflects a 1.0 floor.,,,,,,",
)
TEXT = (
    "ADDENDUM E. FINAL CY 2025 GEOGRAPHIC PRACTICE COST INDICES\r\n\r\nMedicare Admi State  Locality Name\r\n"
    f"01212           HI      01   {'HAWAII, GUAM':87}     1.000       1.149       0.561\r\n"
    "MAC Assignments as of November 22, 2023\r\n\r\n**PE GPCI reflects a 1.0 floor.\r\n\r\n"
)


def csv(*rows: str, titles: str = TITLES) -> bytes:
    return "".join(f"{line}\r\n" for line in ("ADDENDUM E. CY 2025,,,,,,", ",,,,,,", titles, *rows)).encode()


def parse(raw: bytes) -> list[GpciRow]:
    return list(gpci.parse(io.BytesIO(raw), "GPCI2025.csv"))


def refusal(raw: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(raw)
    return str(caught.value)


def test_a_name_with_a_comma_is_one_name() -> None:
    assert parse(csv(HAWAII, *FOOTNOTES)) == [
        GpciRow("01212", "HI", "01", "HAWAII, GUAM", Decimal("1"), None, Decimal("1.149"), Decimal("0.561"))
    ]


def test_a_txt_gives_the_same_row_as_the_csv() -> None:
    assert parse(TEXT.encode()) == parse(csv(HAWAII))


def test_stars_are_taken_off_the_names() -> None:
    assert [row.name for row in parse(csv(MONTANA, *FOOTNOTES))] == ["MONTANA"]


def test_columns_are_found_by_their_words() -> None:
    titles = TITLES.replace(
        "2025 PW GPCI (with", "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with"
    ).replace("1.0 Floor),2025 PE", "1.0 Floor)***,2025 PE")
    (row,) = parse(csv("10112,AL,00,ALABAMA,0.981,1.000,0.875,0.566", titles=titles))
    assert (row.work_gpci_without_floor, row.work_gpci) == (Decimal("0.981"), Decimal("1.000"))


def test_a_missing_column_is_named() -> None:
    assert "line 3: has no column MP GPCI" in refusal(csv(HAWAII, titles=TITLES.rpartition(",")[0]))


def test_a_column_that_stands_twice_is_named() -> None:
    twice = TITLES.replace("2025 MP GPCI", "2025 PE GPCI")
    assert 'line 3: "2025 PE GPCI" is not a title of this file, or stands twice' in refusal(csv(titles=twice))


def test_a_file_of_another_kind_is_refused() -> None:
    assert "has no line of titles with Locality Name and PW GPCI" in refusal(
        b"HCPCS,MOD,,,,\r\n99213,,,,,\r\n"
    )


@pytest.mark.parametrize("index", ["0.199", "3.001", "1149"])
def test_an_index_outside_its_range_is_refused(index: str) -> None:
    assert f'PE GPCI: "{index}" is not between 0.2 and 3' in refusal(csv(HAWAII.replace("1.149", index)))


def test_a_locality_twice_is_refused() -> None:
    assert 'line 5, Locality Number: "01" stands twice for contractor 01212' in refusal(csv(HAWAII, HAWAII))


def test_one_locality_number_may_stand_under_two_contractors() -> None:
    assert len(parse(csv(HAWAII, MONTANA))) == 2


def test_a_name_split_at_its_comma_is_refused() -> None:
    assert "line 4: has 8 cells, not 7" in refusal(csv(HAWAII.replace('"', "")))


def test_a_contractor_that_lost_its_zero_is_not_taken_for_a_footnote() -> None:
    assert "a spreadsheet program has saved this file" in refusal(csv(HAWAII.replace("01212", "1212")))


def test_a_file_without_rows_is_refused() -> None:
    assert refusal(csv(*FOOTNOTES)) == "GPCI2025.csv: holds no rows"


@pytest.mark.parametrize("raw", [csv(HAWAII), TEXT.encode()])
def test_the_year_stands_in_the_titles(raw: bytes) -> None:
    assert gpci.read_heading(io.BytesIO(raw), "renamed").year == 2025


def test_a_file_without_a_year_is_refused() -> None:
    with pytest.raises(LayoutError, match="does not say its year"):
        gpci.read_heading(io.BytesIO(b"HCPCS,MOD\r\n" * 20), "a.csv")


@pytest.mark.full_size
def test_the_109_localities_of_2025_are_the_same_as_csv_and_as_txt(cms_files: Path) -> None:
    with ZipFile(cms_files / "rvu25d.zip") as packed:
        rows = parse(packed.read("GPCI2025.csv"))
        assert len(rows) == 109
        assert rows == parse(packed.read("GPCI2025.txt"))


@pytest.mark.full_size
def test_hawaii_has_its_own_indices_in_2026(cms_files: Path) -> None:
    with ZipFile(cms_files / "rvu26c.zip") as packed:
        rows = {(row.mac, row.locality): row for row in parse(packed.read("GPCI2026.csv"))}
    hawaii = rows["01212", "01"]
    assert (hawaii.work_gpci, hawaii.pe_gpci, hawaii.mp_gpci) == tuple(
        map(Decimal, ("1.000", "1.137", "0.579"))
    )
