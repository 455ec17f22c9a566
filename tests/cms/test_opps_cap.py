import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import opps_cap
from codes.cms.layout import LayoutError
from codes.cms.opps_cap import OppsCapRow

TITLES = "HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE"
ROW = "93990,TC,A,15202,00,97.07,97.08"


def csv(*rows: str, titles: str = TITLES) -> bytes:
    return "".join(f"{line}\r\n" for line in (titles, *rows)).encode()


def parse(raw: bytes) -> list[OppsCapRow]:
    return list(opps_cap.parse(io.BytesIO(raw), "OPPSCAP_Oct.csv"))


def refusal(raw: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(raw)
    return str(caught.value)


def test_the_facility_price_comes_first() -> None:
    assert parse(csv(ROW, ",,,,,,")) == [
        OppsCapRow("93990", "TC", "A", "15202", "00", Decimal("97.07"), Decimal("97.08"))
    ]


def test_a_txt_gives_the_same_row_as_the_csv() -> None:
    assert parse(b"93990TC A 15202  00    97.07     97.08\r\n") == parse(csv(ROW))


def test_one_locality_under_two_contractors_of_california_is_two_rows() -> None:
    both = ("93990,TC,A,01112,17,125.72,125.72", "93990,TC,A,01182,17,125.72,125.72")
    assert [row.mac for row in parse(csv(*both))] == ["01112", "01182"]


def test_a_repeated_row_is_refused() -> None:
    assert 'line 3, HCPCS: "93990" stands twice for 15202-00' in refusal(csv(ROW, ROW))


def test_swapped_columns_are_refused_by_name() -> None:
    titles = TITLES.replace("FACILITY PRICE,NON-FACILTY PRICE", "NON-FACILTY PRICE,FACILITY PRICE")
    assert '"NON-FACILTY PRICE" stands over column 6' in refusal(csv(ROW, titles=titles))


def test_a_price_cut_off_at_the_end_is_refused() -> None:
    assert "the file breaks off in this line" in refusal(csv(ROW)[:-3])


def test_a_file_without_rows_is_refused() -> None:
    assert refusal(csv()) == "OPPSCAP_Oct.csv: holds no rows"


@pytest.mark.full_size
def test_the_16_100_rows_of_october_2025_are_the_same_as_csv_and_as_txt(cms_files: Path) -> None:
    with ZipFile(cms_files / "rvu25d.zip") as packed:
        rows = parse(packed.read("OPPSCAP_Oct.csv"))
        assert len(rows) == 16_100
        assert rows == parse(packed.read("OPPSCAP_Oct.txt"))
