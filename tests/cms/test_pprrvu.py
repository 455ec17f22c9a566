import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import pprrvu
from codes.cms.archive import open_members
from codes.cms.layout import LayoutError
from codes.cms.pprrvu import Heading, RvuRow

# The titles of 2025 as CMS spreads them down lines 6-10.
TITLES_2025 = """\
,, , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,\
BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,\
OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
"""
GLOBAL = (
    "76376,,,A,,0.20,0.55,,0.55,NA,0.02,0.77,0.77,1,XXX,0.00,0.00,0.00,0,0,0,0,0,,32.3465,09,0,99,"
    "0.00,0.00,0.00"
)
PROFESSIONAL = GLOBAL.replace("76376,,", "76376,26,").replace(
    "0.55,,0.55,NA,0.02,0.77,0.77", "0.07,,0.07,,0.01,0.28,0.28"
)
SURGERY = (
    "64721,,,A,,4.97,7.21,,5.93,,1.02,13.20,11.92,0,090,0.10,0.80,0.10,2,1,1,0,0,,32.3465,09,0,99,"
    "0.00,0.00,0.00"
)
TEXT = (
    "HDR A NOTICE\r\n"
    "64721                                                    A   4.97   7.21     5.93    1.02  13.20 11.920090"
    ".10.80.1021100             32.3465 090 99      0.00   0.00   0.00\r\n"
)


def csv(*rows: str, titles: str = TITLES_2025, end: str = "\r\n") -> bytes:
    fourth = ["2025 National Physician Fee Schedule Relative Value File October Release", "a", "b", " "]
    preamble = "".join(f",,{text}{',' * 28}\n" for text in (*fourth, "RELEASED 09/11/2025"))
    return (preamble + titles + "".join(f"{row}\n" for row in rows)).replace("\n", end).encode()


def titles_2026() -> str:
    before = [(3, ""), (24, ""), (24, ""), (24, "PRIC"), (24, "IND")]
    changed = []
    for (_, title), line in zip(before, TITLES_2025.splitlines(), strict=True):
        cells = line.split(",")
        changed.append(",".join([*cells[:23], title, *cells[23:]]))
    return "\n".join(changed) + "\n"


def parse(raw: bytes, name: str = "PPRRVU2025_Oct.csv") -> list[RvuRow]:
    return list(pprrvu.parse(io.BytesIO(raw), name))


def refusal(raw: bytes, name: str = "PPRRVU2025_Oct.csv") -> str:
    with pytest.raises(LayoutError) as caught:
        parse(raw, name)
    return str(caught.value)


def test_a_row_of_2025_is_read_column_by_column() -> None:
    (row,) = parse(csv(SURGERY))
    assert row == RvuRow(
        code="64721",
        modifier="",
        description="",
        status="A",
        not_used_for_medicare=False,
        work_rvu=Decimal("4.97"),
        nonfacility_pe_rvu=Decimal("7.21"),
        nonfacility_na=False,
        facility_pe_rvu=Decimal("5.93"),
        facility_na=False,
        malpractice_rvu=Decimal("1.02"),
        nonfacility_total=Decimal("13.20"),
        facility_total=Decimal("11.92"),
        pctc="0",
        global_days="090",
        preoperative_share=Decimal("0.10"),
        intraoperative_share=Decimal("0.80"),
        postoperative_share=Decimal("0.10"),
        multiple_procedure="2",
        bilateral_surgery="1",
        assistant_surgery="1",
        co_surgeons="0",
        team_surgery="0",
        pricing_indicator="",
        endoscopic_base="",
        conversion_factor=Decimal("32.3465"),
        physician_supervision="09",
        calculation_flag="0",
        imaging_family="99",
        opps_nonfacility_pe=Decimal("0.00"),
        opps_facility_pe=Decimal("0.00"),
        opps_malpractice=Decimal("0.00"),
    )


def test_the_column_of_2026_moves_the_conversion_factor() -> None:
    cells = SURGERY.split(",")
    (row,) = parse(csv(",".join([*cells[:23], "9", *cells[23:]]), titles=titles_2026()))
    assert (row.pricing_indicator, row.conversion_factor) == ("9", Decimal("32.3465"))


def test_global_and_professional_component_are_two_rows() -> None:
    assert [(row.modifier, row.nonfacility_total) for row in parse(csv(GLOBAL, PROFESSIONAL))] == [
        ("", Decimal("0.77")),
        ("26", Decimal("0.28")),
    ]


def test_the_not_applicable_mark_keeps_the_number_beside_it() -> None:
    (row,) = parse(csv(GLOBAL))
    assert (row.facility_na, row.facility_pe_rvu, row.nonfacility_na) == (True, Decimal("0.55"), False)


def test_the_plus_says_that_medicare_does_not_pay_by_the_row() -> None:
    (row,) = parse(csv(SURGERY.replace(",A,,", ",N,+,")))
    assert row.not_used_for_medicare


def test_a_txt_gives_the_same_row_as_the_csv() -> None:
    assert parse(TEXT.encode(), "PPRRVU2025_Oct.txt") == parse(csv(SURGERY))


def test_numbers_without_trailing_zeros_are_the_same_numbers() -> None:
    short = SURGERY.replace("0.10,0.80,0.10", "0.1,0.8,0.1").replace("13.20", "13.2").replace("0.00", "0")
    assert parse(csv(short)) == parse(csv(SURGERY))


@pytest.mark.parametrize(
    "raw", [csv(SURGERY, end="\n"), b"\xef\xbb\xbf" + csv(SURGERY), csv(SURGERY) + b"\x1a"]
)
def test_line_ends_byte_order_mark_and_ctrl_z_do_not_matter(raw: bytes) -> None:
    assert parse(raw) == parse(csv(SURGERY))


def test_rows_of_commas_are_passed_over() -> None:
    assert len(parse(csv(SURGERY, "," * 30))) == 1


def test_an_unknown_indicator_is_refused_with_its_place() -> None:
    assert refusal(csv(GLOBAL, SURGERY.replace("090", "ZZ9"))) == (
        'PPRRVU2025_Oct.csv line 12, GLOB DAYS: "ZZ9" is not one of 000, 010, 090, MMM, XXX, YYY, ZZZ'
    )


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("64721,", "100,", "HCPCS"),
        (",090,", ",90,", "GLOB DAYS"),
        (",09,0,99", ",9,0,99", "PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES"),
    ],
)
def test_a_copy_that_a_spreadsheet_has_saved_is_refused_as_such(before: str, after: str, column: str) -> None:
    message = refusal(csv(SURGERY.replace(before, after)))
    assert f"line 11, {column}" in message
    assert "a spreadsheet program has saved this file" in message


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    message = refusal(csv(SURGERY.replace("13.20", "13.21")))
    assert (
        'NON-FACILITY TOTAL: "13.21" is not the sum of work, practice expense and malpractice, 13.20'
        in message
    )


def test_a_facility_total_is_checked_as_well() -> None:
    assert 'FACILITY TOTAL: "11.93" is not the sum' in refusal(csv(SURGERY.replace("11.92", "11.93")))


def test_two_conversion_factors_in_one_file_are_refused() -> None:
    message = refusal(csv(GLOBAL, SURGERY.replace("32.3465", "33.4009")))
    assert 'line 12, CONV FACTOR: "33.4009" follows 32.3465: a release has one factor' in message


def test_a_code_and_modifier_twice_are_refused() -> None:
    assert 'line 12, HCPCS: "64721" stands twice with modifier blank' in refusal(csv(SURGERY, SURGERY))


def test_a_file_without_rows_is_refused() -> None:
    assert refusal(csv()) == "PPRRVU2025_Oct.csv: holds no rows"


def test_an_empty_file_is_refused() -> None:
    assert 'has 0 columns, not 32; gone: "HCPCS", "MOD"' in refusal(b"")


def test_a_last_line_that_breaks_off_is_refused() -> None:
    assert "line 12: the file breaks off in this line" in refusal(csv(GLOBAL, SURGERY)[:-3])


def test_a_row_cut_short_is_refused() -> None:
    assert "line 11: has 30 cells, not 31" in refusal(csv(SURGERY.rpartition(",")[0]))


def test_swapped_columns_are_refused_by_name() -> None:
    swapped = TITLES_2025.replace("WORK,NON-FAC,NA", "NON-FAC,WORK,NA").replace("RVU,PE RVU", "PE RVU,RVU", 1)
    assert 'line 10: "NON-FAC PE RVU" stands over column 6, where "WORK RVU" belongs' in refusal(
        csv(SURGERY, titles=swapped)
    )


def test_a_file_of_another_kind_is_refused() -> None:
    assert "has 7 columns" in refusal(
        b"HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE\r\n"
    )


def test_a_txt_line_of_another_length_is_refused() -> None:
    cut = TEXT.rstrip()[:-4].encode() + b"\r\n"
    assert "PPRRVU2025_Oct.txt line 2: has 167 characters, not 171" in refusal(cut, "PPRRVU2025_Oct.txt")


def test_a_csv_says_its_release_in_its_title() -> None:
    heading = pprrvu.read_heading(io.BytesIO(csv(SURGERY)), "renamed.csv")
    assert heading == Heading(2025, "D", "09/11/2025", "")


@pytest.mark.parametrize(
    ("name", "track"), [("PPRRVU2026_Jul_nonQPP.csv", "nonQPP"), ("PPRRVU2026_Jul_QPP.csv", "QPP")]
)
def test_the_track_stands_in_the_name(name: str, track: str) -> None:
    assert pprrvu.read_heading(io.BytesIO(csv(SURGERY)), name).track == track


@pytest.mark.parametrize("name", ["PPRRVU2025_Oct.txt", "PPRRVU25_OCT.txt"])
def test_a_txt_says_its_release_in_its_name(name: str) -> None:
    assert pprrvu.read_heading(io.BytesIO(TEXT.encode()), name) == Heading(2025, "D", "", "")


def test_a_txt_without_a_telling_name_is_refused() -> None:
    with pytest.raises(LayoutError, match="a txt says its release in its name only"):
        pprrvu.read_heading(io.BytesIO(TEXT.encode()), "rvu.txt")


def test_a_csv_without_a_title_is_refused() -> None:
    with pytest.raises(LayoutError, match="is not the title of a relative value file"):
        pprrvu.read_heading(io.BytesIO(b"GPCI\r\n"), "PPRRVU.csv")


def published(folder: Path, archive: str, name: str) -> list[RvuRow]:
    with ZipFile(folder / archive) as packed, packed.open(name) as stream:
        return list(pprrvu.parse(stream, name))  # type: ignore[arg-type]


@pytest.mark.full_size
def test_october_2025_is_the_same_as_csv_and_as_txt(cms_files: Path) -> None:
    rows = published(cms_files, "rvu25d.zip", "PPRRVU2025_Oct.csv")
    assert len(rows) == 19_090
    assert rows == published(cms_files, "rvu25d.zip", "PPRRVU2025_Oct.txt")


@pytest.mark.full_size
def test_july_2026_has_its_rows_and_modifiers(cms_files: Path) -> None:
    rows = published(cms_files, "rvu26c.zip", "PPRRVU2026_Jul_nonQPP.csv")
    modifiers = [row.modifier for row in rows]
    assert [modifiers.count(modifier) for modifier in ("", "26", "TC", "53")] == [17_095, 1_138, 1_119, 4]
    assert {row.conversion_factor for row in rows} == {Decimal("33.4009")}


@pytest.mark.full_size
@pytest.mark.parametrize(
    ("archive", "name", "factor"),
    [
        ("rvu24a.zip", "PPRRVU24_JAN.csv", "32.7442"),
        ("rvu24ar.zip", "PPRRVU24_JAN.csv", "33.2875"),
        ("rvu24c.zip", "PPRRVU24_JUL.csv", "33.2875"),
    ],
)
def test_the_releases_of_2024_have_their_factors(
    cms_files: Path, archive: str, name: str, factor: str
) -> None:
    assert {row.conversion_factor for row in published(cms_files, archive, name)} == {Decimal(factor)}


@pytest.mark.full_size
def test_a_copy_of_july_2025_with_the_line_ends_of_the_old_macintosh_is_read(cms_files: Path) -> None:
    (member,) = open_members(cms_files / "damaged" / "PPRRVU2025_Jul_bare_CR.csv.gz")
    with member.open() as stream:
        assert pprrvu.read_heading(stream, member.name) == Heading(2025, "C", "06/05/2025", "")
    with member.open() as stream:
        assert sum(1 for _ in pprrvu.parse(stream, member.name)) == 19_029


@pytest.mark.full_size
def test_a_copy_that_a_spreadsheet_saved_is_refused_as_that(cms_files: Path) -> None:
    (member,) = open_members(cms_files / "damaged" / "PPRRVU25_JAN1.csv.gz")
    with (
        pytest.raises(LayoutError, match="a spreadsheet program has saved this file"),
        member.open() as stream,
    ):
        list(pprrvu.parse(stream, member.name))
