import io
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from codes.cms import asc, asp, single_dose
from codes.cms.archive import open_members
from codes.cms.asp import DrugLimitRow, NdcRow, UnclassifiedRow
from codes.cms.layout import LayoutError
from tests import drug_files

CMS_OWN = "2025Q4_asp_pricing.csv"
Parse = Callable[[BinaryIO, str], Iterable[Any]]


def limits(content: bytes) -> list[DrugLimitRow]:
    return list(asp.parse_limits(io.BytesIO(content), "2026Q1_ASP_Pricing.csv"))


def refusal(parse: Parse, content: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        list(parse(io.BytesIO(content), "drugs.csv"))
    return str(caught.value)


def test_a_limit_keeps_its_decimals_and_the_drug_its_own_coinsurance() -> None:
    found = {row.code: row for row in limits(drug_files.limits())}
    assert found["J0897"] == DrugLimitRow(
        "J0897",
        "Drug one",
        "1 MG",
        Decimal("29.457"),
        Decimal("17.585"),
        "",
        "Inflation-adjusted coinsurance",
    )
    assert (found["90677"].kind, str(found["90677"].coinsurance)) == ("vaccine", "0.000")
    assert (found["J7190"].kind, found["A9606"].limit, found["A9606"].notes) == (
        "clotting",
        None,
        "two lines",
    )


@pytest.mark.parametrize("behind", ["", ",", ",,"])
def test_empty_columns_behind_the_last_title_are_left_out(behind: str) -> None:
    assert len(limits(drug_files.limits(behind=behind))) == len(drug_files.ROWS)


def test_heading_names_the_quarter_and_a_copy_without_it_names_none() -> None:
    whole = drug_files.limits(heading="October 1, 2025 through December 31, 2025")
    assert len(limits(whole)) == len(drug_files.ROWS)
    assert asp.read_effective(io.BytesIO(whole), "a.csv") == date(2025, 10, 1)
    assert asp.read_effective(io.BytesIO(drug_files.limits()), "a.csv") is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("J0897,x,1 MG,free,20.000,,,,,,", 'drugs.csv line 2, Payment Limit: "free" is not a number'),
        ("J0897,x,1 MG,0.000,20.000,,,,,,", '"0.000" is no limit'),
        ("J0897,x,1 MG,1.000,120,,,,,,", 'Co-insurance Percentage: "120" is not between 0 and 100'),
        ("897,x,1 MG,1.000,20,,,,,,", '"897" is not a five-character code'),
        ("J0897,x,,1.000,20,,,,,,", 'HCPCS Code Dosage: "" is blank'),
        ("J0897,x,1 MG,1.000,20,,,,,,,9", '"9" is right of the last column'),
    ],
)
def test_a_cell_that_is_no_figure_is_refused_by_line_column_and_value(row: str, words: str) -> None:
    assert words in refusal(asp.parse_limits, drug_files.limits(row))


def test_a_code_twice_another_title_and_no_rows_are_refused() -> None:
    row = "J0897,x,1 MG,1.000,20,,,,,,"
    assert '"J0897" stands twice' in refusal(asp.parse_limits, drug_files.limits(row, row))
    renamed = drug_files.limits().replace(b"Payment Limit", b"Limit", 1)
    assert '"Limit" stands over column 4, where "Payment Limit" belongs' in refusal(asp.parse_limits, renamed)
    assert "holds no rows" in refusal(asp.parse_limits, (drug_files.TITLES + "\r\n").encode())


def test_package_tells_the_billing_units_of_a_vial_and_of_the_package() -> None:
    found = list(asp.parse_crosswalk(io.BytesIO(drug_files.crosswalk()), "ndc.csv"))
    assert found[2] == NdcRow("J1885", "00409-3795-01", "Maker", "Generic", "15 MG", Decimal(2), Decimal(50))
    assert found[3].ndc == "888867413689"


def test_package_twice_is_one_and_with_other_units_refused() -> None:
    row = drug_files.NDC_ROWS[0]
    assert len(list(asp.parse_crosswalk(io.BytesIO(drug_files.crosswalk(row, row)), "ndc.csv"))) == 1
    other = row.replace(",60,60", ",61,61")
    assert "with different billing units" in refusal(asp.parse_crosswalk, drug_files.crosswalk(row, other))


def test_unclassified_drug_has_a_name_and_dollars() -> None:
    content = drug_files.unclassified("Drug (Maker),1 UNIT,$2.462,")
    assert list(asp.parse_unclassified(io.BytesIO(content), "noc.csv")) == [
        UnclassifiedRow("Drug (Maker)", "1 UNIT", Decimal("2.462"), "")
    ]


def test_single_dose_list_is_codes_and_nothing_that_is_not_true() -> None:
    found = single_dose.parse(io.BytesIO(drug_files.single_dose("J0897", "J1885")), "list.csv")
    assert [row.code for row in found] == ["J0897", "J1885"]
    twice = drug_files.single_dose("J0897", "J0897")
    assert 'line 3, hcpcs: "J0897" stands twice' in refusal(single_dose.parse, twice)
    untrue = drug_files.single_dose("J0897").replace(b"True", b"False")
    assert '"False" is not one of True' in refusal(single_dose.parse, untrue)


@pytest.mark.full_size
@pytest.mark.parametrize(
    ("name", "limit", "coinsurance", "rows"),
    [(CMS_OWN, "29.380", "17.508", 1012), ("2026Q1_ASP_Pricing.csv.gz", "29.457", "17.585", 876)],
)
def test_denosumab_in_cms_file(cms_files: Path, name: str, limit: str, coinsurance: str, rows: int) -> None:
    found = _limits(cms_files, name)
    assert len(found) == rows
    assert (str(found["J0897"].limit), str(found["J0897"].coinsurance)) == (limit, coinsurance)


@pytest.mark.full_size
@pytest.mark.parametrize(
    ("name", "addenda", "equal", "other"),
    [
        ("2025Q4_ASP_Pricing.csv.gz", "20251001", 489, set()),
        (CMS_OWN, "20251001", 488, {"J2782"}),  # CMS corrected it in January 2026
        ("2026Q1_ASP_Pricing.csv.gz", "20260101", 486, {"Q9998"}),
    ],
)
def test_drugs_of_surgery_centers_have_the_limit_of_their_quarter(
    cms_files: Path, name: str, addenda: str, equal: int, other: set[str]
) -> None:
    limits_of_quarter = {code: row for code, row in _limits(cms_files, name).items() if row.limit is not None}
    compared = {
        row.code: row.rate
        for row in _addendum_bb(cms_files / "asc" / f"asc-addenda-{addenda}.zip")
        if row.indicator == "K2" and row.rate is not None and row.code in limits_of_quarter
    }
    same = {code for code, rate in compared.items() if _in_cents(limits_of_quarter[code]) == rate}
    assert len(same) == equal
    assert set(compared) - same == other


def _in_cents(row: DrugLimitRow) -> Decimal | None:
    """The limit as the addenda print it."""
    return row.limit.quantize(Decimal("0.01"), ROUND_HALF_UP) if row.limit is not None else None


def _limits(cms_files: Path, name: str) -> dict[str, DrugLimitRow]:
    (member,) = open_members(cms_files / "asp" / name)
    with member.open() as stream:
        return {row.code: row for row in asp.parse_limits(stream, member.name)}


def _addendum_bb(path: Path) -> Iterable[asc.AscRow]:
    (member,) = (member for member in open_members(path) if "BB" in member.name)
    with member.open() as stream:
        yield from asc.parse(stream, member.name)
