import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import localities
from codes.cms.layout import LayoutError
from codes.cms.localities import CountyRow
from tests.cms.workbooks import workbook

TITLE = "COUNTIES INCLUDED IN 2025 LOCALITIES. (ALPHABETICALLY BY STATE)"
TITLES = "Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties"
FLORIDA = (
    '9102,3,FLORIDA ,FORT LAUDERDALE,"BROWARD, COLLIER"',
    "9102,99,,REST OF STATE* ,ALL OTHER COUNTIES ",
)


def csv(*rows: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"{TITLE},,,,", ",,,,", TITLES, ",,,,", *rows)).encode()


def text(*rows: tuple[str, str, str, str, str]) -> bytes:
    lines = (
        f"    {mac}       {number}    {state:23}{area:98}{counties}"
        for mac, number, state, area, counties in rows
    )
    return "".join(f"{line}\r\n" for line in (TITLE, "", "Medicare AdmiLocality", "", *lines, "")).encode()


def parse(raw: bytes) -> list[CountyRow]:
    return list(localities.parse(io.BytesIO(raw), "25LOCCO.csv"))


def test_lost_zeros_come_back_and_the_state_is_carried_down() -> None:
    assert parse(csv(*FLORIDA)) == [
        CountyRow("09102", "03", "FLORIDA", "FORT LAUDERDALE", "BROWARD, COLLIER"),
        CountyRow("09102", "99", "FLORIDA", "REST OF STATE", "ALL OTHER COUNTIES"),
    ]


def test_a_txt_is_cut_at_its_positions() -> None:
    raw = text(
        ("09102", "03", "FLORIDA", "FORT LAUDERDALE", "BROWARD, COLLIER"),
        ("09102", "99", "", "REST OF STATE*", "ALL OTHER COUNTIES"),
    )
    assert parse(raw) == parse(csv(*FLORIDA))


def test_the_state_is_not_carried_over_a_blank_line() -> None:
    with pytest.raises(LayoutError, match=r"25LOCCO.csv line 8, State: .*blank on the first row of a group"):
        parse(csv(*FLORIDA, ",,,,", "10212,1,,ATLANTA,FULTON"))


def test_california_is_named_where_the_txt_leaves_it_out() -> None:
    (row,) = parse(text(("01182", "18", "", "LOS ANGELES", "LOS ANGELES/ORANGE")))
    assert row.state == "CALIFORNIA"


def test_a_locality_that_stands_twice_becomes_one_row() -> None:
    rest = "5302,99,MISSOURI,REST OF STATE*,ALL OTHER COUNTIES"
    assert [row.counties for row in parse(csv(rest, rest))] == ["ALL OTHER COUNTIES"]


def test_differing_counties_of_one_locality_are_joined() -> None:
    first, second = "5302,99,MISSOURI,REST,EAST", "5302,99,,REST,WEST"
    assert [row.counties for row in parse(csv(first, second))] == ["EAST; WEST"]


def test_the_note_about_stars_is_passed_over() -> None:
    note = "*  Payment locality is serviced by two carriers.,,,,"
    assert parse(csv(*FLORIDA, " , , , , ", note)) == parse(csv(*FLORIDA))


def test_swapped_columns_are_refused_by_name() -> None:
    raw = csv(*FLORIDA).replace(b"State ,Fee Schedule Area ", b"Fee Schedule Area ,State ")
    with pytest.raises(LayoutError, match='"Fee Schedule Area" stands over column 3, where "State" belongs'):
        parse(raw)


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(LayoutError, match="holds no rows"):
        parse(csv())


def test_the_year_stands_in_the_title() -> None:
    assert localities.read_heading(io.BytesIO(csv()), "renamed.csv").year == 2025


def test_a_file_without_its_title_is_refused() -> None:
    with pytest.raises(LayoutError, match="is not the title of a file of localities"):
        localities.read_heading(io.BytesIO(b"HCPCS\r\n"), "25LOCCO.csv")


def test_a_workbook_is_read_as_the_csv_with_its_zeros() -> None:
    rows: list[list[str | float]] = [
        [TITLE, "", "", "", ""],
        ["", "", "", "", ""],
        [*TITLES.split(",")],
        ["", "", "", "", ""],
        ["09102", "03", "FLORIDA ", "FORT LAUDERDALE", "BROWARD, COLLIER"],
        ["09102", "99", "", "REST OF STATE* ", "ALL OTHER COUNTIES "],
        ["*  Payment locality is serviced by two carriers.", "", "", "", ""],
    ]
    content = workbook(rows)
    assert list(localities.parse(io.BytesIO(content), "26LOCCO.xlsx")) == parse(csv(*FLORIDA))
    assert localities.read_heading(io.BytesIO(content), "26LOCCO.xlsx").year == 2025


@pytest.mark.full_size
@pytest.mark.parametrize(
    ("archive", "name"),
    [("rvu25d", "25LOCCO.csv"), ("rvu25d", "25LOCCO.txt"), ("rvu25a", "25LOCCO.xlsx")],
)
def test_the_109_localities_of_2025_have_their_states(cms_files: Path, archive: str, name: str) -> None:
    with ZipFile(cms_files / f"{archive}.zip") as packed:
        rows = list(localities.parse(io.BytesIO(packed.read(name)), name))
    assert len(rows) == 109
    assert len([row for row in rows if row.state == "CALIFORNIA"]) == 29
