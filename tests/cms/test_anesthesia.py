import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import anesthesia
from codes.cms.anesthesia import AnesthesiaRow
from codes.cms.layout import LayoutError

TITLES = "Contractor,Locality,Locality Name,National Anes CF of 20.3178"
ALASKA = AnesthesiaRow("02102", "01", "ALASKA", Decimal("27.86"))


def csv(*rows: str, titles: str = TITLES) -> bytes:
    return "".join(f"{line}\r\n" for line in (titles, *rows)).encode()


def text(factor: str) -> bytes:
    return f"02102       01    {'ALASKA':54}{factor:>5}\r\n".encode()


def parse(raw: bytes) -> list[AnesthesiaRow]:
    return list(anesthesia.parse(io.BytesIO(raw), "ANES2025.csv"))


def refusal(raw: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(raw)
    return str(caught.value)


def test_blanks_and_stars_are_taken_off() -> None:
    assert parse(csv("02102 ,01 ,ALASKA*,27.86 ", ",,,")) == [ALASKA]


def test_a_contractor_without_its_zero_gets_it_back() -> None:
    assert parse(csv("2102,01,ALASKA,27.86")) == [ALASKA]


def test_a_txt_in_cents_gives_dollars() -> None:
    assert parse(text("2786") + b"\x1a") == [ALASKA]


def test_a_ctrl_z_in_a_row_of_commas_ends_a_csv() -> None:
    assert parse(csv("02102,01,ALASKA,27.86", "\x1a,,,")) == [ALASKA]


def test_a_factor_in_cents_in_a_csv_is_refused() -> None:
    assert '"2786" is not between 5 and 100' in refusal(csv("02102,01,ALASKA,2786"))


def test_a_factor_with_a_point_in_a_txt_is_refused() -> None:
    assert '"27.86" is not a whole number' in refusal(text("27.86"))


def test_a_locality_twice_is_refused() -> None:
    row = "02102,01,ALASKA,27.86"
    assert 'line 3, Locality: "01" stands twice for contractor 02102' in refusal(csv(row, row))


def test_swapped_columns_are_refused_by_name() -> None:
    titles = TITLES.replace("Contractor,Locality,", "Locality,Contractor,")
    assert '"Locality" stands over column 1, where "Contractor" belongs' in refusal(csv(titles=titles))


@pytest.mark.parametrize("raw", [csv(), b""])
def test_a_file_without_rows_is_refused(raw: bytes) -> None:
    assert "ANES2025.csv" in refusal(raw)


def test_the_national_factor_stands_in_the_titles() -> None:
    assert anesthesia.read_heading(io.BytesIO(csv()), "a.csv").national_factor == Decimal("20.3178")


def test_a_txt_has_no_national_factor() -> None:
    assert anesthesia.read_heading(io.BytesIO(text("2786")), "a.txt").national_factor is None


@pytest.mark.full_size
def test_the_factors_of_2025_are_the_same_as_csv_and_as_txt(cms_files: Path) -> None:
    with ZipFile(cms_files / "rvu25d.zip") as packed:
        both = [parse(packed.read(f"ANES2025.{kind}")) for kind in ("csv", "txt")]
    factors = [[(row.mac, row.locality, row.conversion_factor) for row in rows] for rows in both]
    assert len(factors[0]) == 109
    assert factors[0] == factors[1]


@pytest.mark.full_size
@pytest.mark.parametrize("archive", ["rvu24a.zip", "rvu24ar.zip", "rvu24c.zip"])
def test_the_copies_of_2024_have_109_factors(cms_files: Path, archive: str) -> None:
    with ZipFile(cms_files / archive) as packed:
        assert len(parse(packed.read("ANES2024.csv"))) == 109
