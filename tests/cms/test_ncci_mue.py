import datetime as dt
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import ncci_mue
from codes.cms.layout import LayoutError
from codes.cms.ncci_mue import Heading, MueRow

NAME = "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv"
NOTICE = b'"A notice of the AMA.\n\nCPT\xae is a mark.\n"\r\n'
TITLES = '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale'
ROW = "76376,2,3 Date of Service Edit: Clinical,Clinical: Data"


def raw(*rows: str, titles: str = TITLES) -> bytes:
    return NOTICE + "".join(f"{line}\r\n" for line in (titles, *rows)).encode()


def parse(*rows: str, titles: str = TITLES) -> list[MueRow]:
    return list(ncci_mue.parse(io.BytesIO(raw(*rows, titles=titles)), NAME))


def refusal(*rows: str, titles: str = TITLES) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(*rows, titles=titles)
    return str(caught.value)


def test_the_indicator_is_the_digit_before_its_words() -> None:
    assert parse(ROW) == [MueRow("76376", 2, "3", "Clinical: Data")]


def test_a_value_of_zero_is_a_value() -> None:
    (row,) = parse("A4206,0,2 Date of Service Edit: Policy,CMS Policy")
    assert row.value == 0


def test_lines_are_counted_through_the_notice() -> None:
    assert f'{NAME} line 8, MUE Adjudication Indicator: "4 Unknown" is not one of 1, 2, 3' in refusal(
        ROW, "76377,2,4 Unknown,Clinical: Data"
    )


def test_a_code_twice_is_refused() -> None:
    assert 'line 8, HCPCS/ CPT Code: "76376" stands twice' in refusal(ROW, ROW)


def test_a_missing_value_is_refused() -> None:
    assert 'MUE Values: "" is not a whole number' in refusal(ROW.replace(",2,", ",,"))


def test_swapped_columns_are_refused_by_name() -> None:
    swapped = TITLES.replace(
        "MUE Adjudication Indicator,MUE Rationale", "MUE Rationale,MUE Adjudication Indicator"
    )
    assert '"MUE Rationale" stands over column 3' in refusal(ROW, titles=swapped)


def test_a_file_of_another_kind_is_refused() -> None:
    assert "has no line of titles with MUE Adjudication Indicator" in refusal(titles="HCPCS,MOD")


def test_a_file_without_rows_is_refused() -> None:
    assert refusal() == f"{NAME}: holds no rows"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Practitioner Services", "practitioner"),
        ("Outpatient Hospital Services", "outpatient"),
        ("DME Supplier Services", "dme"),
    ],
)
def test_the_titles_tell_the_table_and_the_name_its_first_day(words: str, kind: str) -> None:
    stream = io.BytesIO(raw(titles=TITLES.replace("Practitioner Services", words)))
    assert ncci_mue.read_heading(stream, NAME) == Heading(kind, dt.date(2026, 4, 1))


def test_a_name_without_a_date_is_refused() -> None:
    with pytest.raises(LayoutError, match="says its first day in its name only"):
        ncci_mue.read_heading(io.BytesIO(raw(ROW)), "mue.csv")


def test_an_unknown_table_is_refused() -> None:
    stream = io.BytesIO(raw(titles=TITLES.replace("Practitioner", "Ambulance")))
    with pytest.raises(LayoutError, match="is not the title of a known table"):
        ncci_mue.read_heading(stream, NAME)


@pytest.mark.full_size
@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("2026-q2-practitioner-services", 15_095),
        ("2024-q3-facility-outpatient-hospital-services", 14_628),
        ("2024-q3-dme-supplier-services", 2_928),
    ],
)
def test_each_table_has_its_codes(cms_files: Path, table: str, count: int) -> None:
    with ZipFile(cms_files / f"medicare-ncci-{table}-mue-table.zip") as packed:
        (name,) = packed.namelist()
        assert len(list(ncci_mue.parse(io.BytesIO(packed.read(name)), name))) == count
