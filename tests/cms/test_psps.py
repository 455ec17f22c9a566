"""The yearly summary of services billed and denied, in files made up in CMS's layout."""

import io

import pytest

from codes.cms import psps
from codes.cms.layout import LayoutError
from codes.cms.psps import TITLES, VolumeRow


def a_row(code: str = "99213", modifier: str = "", place: str = "11", **more: str) -> str:
    cells = dict.fromkeys(TITLES, "0") | {
        "HCPCS_CD": code,
        "HCPCS_INITIAL_MODIFIER_CD": modifier,
        "PLACE_OF_SERVICE_CD": place,
        "PSPS_ERROR_IND_CD": "",
        **more,
    }
    return ",".join(cells.values())


def billed(submitted: str, denied: str, **more: str) -> str:
    return a_row(PSPS_SUBMITTED_SERVICE_CNT=submitted, PSPS_DENIED_SERVICES_CNT=denied, **more)


def read(*rows: str) -> list[VolumeRow]:
    text = "\r\n".join([",".join(TITLES), *rows, ""])
    return list(psps.parse(io.BytesIO(text.encode()), "PSPS_2024.csv"))


def test_carriers_and_specialties_are_summed_by_code_modifier_and_place() -> None:
    rows = read(
        billed("100", "20", CARRIER_NUM="06102"),
        billed("50.000", "11", CARRIER_NUM="01182"),
        billed("40", "15", modifier="25"),
        billed("30", "12", place="2"),
    )
    assert rows == [
        VolumeRow("99213", "", "11", 150, 31),
        VolumeRow("99213", "25", "11", 40, 15),
        VolumeRow("99213", "", "02", 30, 12),
    ]


def test_a_sum_below_eleven_is_dropped() -> None:
    assert [row.modifier for row in read(billed("10", "0"), billed("11", "0", modifier="25"))] == ["25"]


@pytest.mark.parametrize(
    ("denied", "told"), [("0", 0), ("1", None), ("10", None), ("11", 11), ("90", None), ("100", 100)]
)
def test_a_count_from_one_to_ten_is_not_told_nor_to_be_worked_out(denied: str, told: int | None) -> None:
    assert read(billed("100", denied))[0].denied == told


def test_a_row_with_an_error_indicator_does_not_count() -> None:
    assert read(billed("100", "0"), billed("900", "900", PSPS_ERROR_IND_CD="Y"))[0].submitted == 100


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (billed("many", "0"), 'PSPS_SUBMITTED_SERVICE_CNT: "many" is not a number'),
        (billed("100", "-1"), "PSPS_DENIED_SERVICES_CNT"),
        (billed("100", "101"), "is more than was submitted of 99213"),
        (billed("100", "0", place="office"), "is not a place of service"),
        (billed("100", "0").rpartition(",")[0], "has 17 cells, not 18"),
    ],
)
def test_a_damaged_row_is_refused_with_its_place(row: str, says: str) -> None:
    with pytest.raises(LayoutError, match=r"PSPS_2024\.csv") as refusal:
        read(row)
    assert says in str(refusal.value)


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(LayoutError, match="holds no rows"):
        read()
