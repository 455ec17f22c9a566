import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms import dmepos
from codes.cms.archive import open_members
from codes.cms.dmepos import EquipmentRow, RuralZip
from codes.cms.layout import LayoutError

TITLE = "January 2025 Fee Schedule,,,,,,,,,,,\r\n"
COLUMNS = "HCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,CA (NR),CA (R),AK (NR),AK (R),Description\r\n"
WALKER = "E0143,NU,KF,D,IN,0.00,0.00,57.62,93.09,99.64,0.00,made up\r\n"
BRACE = "L1832,,,J,PO,913.24,684.93,0.00,0.00,1586.30,0.00,made up\r\n"
NUTRITION = "HCPCS,MOD,MOD2,CA(NR),CA(R),AK(NR),AK(R),Desc\r\nB9002,MS,,39.90,59.42,60.43,0.00,made up\r\n"
RURAL = "STATE,DMEPOS RURAL ZIP CODE,YEAR/QTR\r\nCA,90704,202504\r\nMT,59003,202504\r\n"


def parse(text: str, name: str = "DMEPOS_JAN.csv") -> list[EquipmentRow]:
    return list(dmepos.parse(io.BytesIO(text.encode()), name))


def refusal(text: str) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(text)
    return str(caught.value)


def test_a_row_has_its_modifiers_and_two_amounts_a_state() -> None:
    assert parse(TITLE + COLUMNS + WALKER) == [
        EquipmentRow(
            "E0143",
            ("NU", "KF"),
            "D",
            "IN",
            None,
            None,
            {"CA": (Decimal("57.62"), Decimal("93.09")), "AK": (Decimal("99.64"), None)},
        )
    ]


def test_zero_is_no_amount() -> None:
    (row,) = parse(TITLE + COLUMNS + BRACE)
    assert (row.ceiling, row.floor) == (Decimal("913.24"), Decimal("684.93"))
    assert row.amounts["CA"] == (None, None)


def test_nutrition_has_neither_category_nor_ceiling() -> None:
    (row,) = parse(TITLE + NUTRITION, "DMEPEN_JAN.csv")
    assert (row.code, row.modifiers, row.category, row.jurisdiction, row.ceiling) == (
        "B9002",
        ("MS",),
        "PEN",
        "D",
        None,
    )


def test_the_quarter_is_in_the_title() -> None:
    text = "Equipment,,\r\nOctober 2025 Fee Schedule,,\r\n"
    assert dmepos.read_heading(io.BytesIO(text.encode()), "x.csv") == dt.date(2025, 10, 1)
    with pytest.raises(LayoutError, match="has no title like"):
        dmepos.read_heading(io.BytesIO(COLUMNS.encode()), "x.csv")


def test_rural_zip_codes_keep_their_zeros_and_their_quarter() -> None:
    text = RURAL.replace("59003", "01223")
    assert list(dmepos.parse_rural(io.BytesIO(text.encode()), "x.csv"))[1] == RuralZip(
        "MT", "01223", dt.date(2025, 10, 1)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (COLUMNS + WALKER + WALKER, 'line 3, HCPCS: "E0143" stands twice with NU KF'),
        (COLUMNS + WALKER.replace("IN", "ZZ"), 'line 2, CATG: "ZZ" is not one of'),
        (COLUMNS + WALKER.replace("57.62", "$57"), 'line 2, CA (NR): "$57" is not a number'),
        (COLUMNS.replace("CA (R)", "NV (R)") + WALKER, '"CA (NR)" is not followed by the rural column'),
        (COLUMNS.replace("Ceiling", "Top") + WALKER, "are not CMS's columns of this file"),
        (COLUMNS, "holds no rows below its columns"),
        ("A,B\r\n", "no row of columns begins with it"),
    ],
)
def test_what_is_not_as_expected_is_refused_with_its_place(text: str, words: str) -> None:
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RURAL + "CA,90704,202504\r\n", 'line 4, DMEPOS RURAL ZIP CODE: "90704" stands twice'),
        (RURAL + "CA,90705,202601\r\n", "follows rows of another quarter"),
        (RURAL.replace("90704,202504", "90704,2025"), '"2025" is not a year and quarter like 202501'),
        (RURAL.replace("90704", "1223"), 'DMEPOS RURAL ZIP CODE: "1223"'),
        (RURAL.replace("STATE", "ST"), 'where "STATE" belongs'),
    ],
)
def test_a_damaged_list_of_rural_zip_codes_is_refused(text: str, words: str) -> None:
    with pytest.raises(LayoutError) as caught:
        list(dmepos.parse_rural(io.BytesIO(text.encode()), "x.csv"))
    assert words in str(caught.value)


@pytest.mark.full_size
def test_the_lists_of_january_2025(cms_files: Path) -> None:
    files = {member.name: member for member in open_members(cms_files / "dmepos" / "dme25.zip")}
    with files["DMEPOS_JAN.csv"].open() as stream:
        rows = {(row.code, row.modifiers): row for row in dmepos.parse(stream, "DMEPOS_JAN.csv")}
    assert (len(rows), len({code for code, _ in rows})) == (3_487, 2_084)
    assert rows["E0601", ("RR",)].amounts["CA"] == (Decimal("49.12"), Decimal("91.03"))
    with files["DMEPEN_JAN.csv"].open() as stream:
        assert len(list(dmepos.parse(stream, "DMEPEN_JAN.csv"))) == 50
    with files["DME Rural ZIP Code Quarter 1, 2025.csv"].open() as stream:
        assert len(list(dmepos.parse_rural(stream, "x.csv"))) == 15_913
