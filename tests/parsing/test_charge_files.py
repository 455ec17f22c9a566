"""A list of charges as a file: spreadsheets of practices as they come, with headings and without."""

import io

import pytest
import xlsxwriter

from codes.parsing import parse_charges
from codes.parsing.charge_files import MOST_ROWS, charges_in_file


def workbook(*rows: tuple[object, ...]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def read(name: str, content: bytes) -> list[tuple[int, str, str, str]]:
    listed = parse_charges(charges_in_file(name, content))
    assert listed.errors == ()
    return [(each.line, each.code, each.component, str(each.amount)) for each in listed.charges]


def test_the_columns_that_headings_name_are_read_and_no_others() -> None:
    headings = b"Fee schedule 2026\nProc Code,Description,Mod,Standard Fee,Last Year\n"
    file = headings + b"99213,Visit,,150.00,140.00\n71046,Film,26,45,40\n"
    assert read("Fees.CSV", file) == [(3, "99213", "", "150.00"), (4, "71046", "26", "45")]


def test_rows_without_headings_are_read_as_lines() -> None:
    assert read("fees.csv", b"99213,Office visit,150.00\n\n71046-26,,45\n") == [
        (1, "99213", "", "150.00"),
        (3, "71046", "26", "45"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "CPT;Fee\n99213;150\n".encode("utf-8-sig"),
        "CPT\tFee\n99213\t150\n".encode("utf-16"),
        "CPT,Fee,Note\n99213,150,caf\xe9\n".encode("cp1252"),
    ],
)
def test_any_delimiter_and_encoding_of_a_spreadsheet_is_read(content: bytes) -> None:
    assert read("fees.csv", content) == [(2, "99213", "", "150")]


def test_a_workbook_is_read_and_what_a_formula_made_is_rounded_to_the_cent() -> None:
    file = workbook(
        ("CPT", "Modifier", "Charge"), (99213, "", 95.19 * 1.5), ("71046", 26, 45), ("J0897", "", 30.5)
    )
    assert read("fees.xlsx", file) == [
        (2, "99213", "", "142.79"),
        (3, "71046", "26", "45"),
        (4, "J0897", "", "30.5"),
    ]


def test_a_row_that_cannot_be_read_is_named_by_its_row() -> None:
    listed = parse_charges(charges_in_file("fees.csv", b"Code,Fee\n99213,150\n99214,call us\n"))
    assert listed.errors == (
        "Line 3: 99214 has no charge at the end of its line; expected an amount like 150.00",
    )


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("fees.pdf", b"%PDF", "not a .csv or .xlsx file"),
        ("fees.xlsx", b"PK no workbook", "can't be read as an Excel workbook"),
        ("fees.csv", b"99213,1\n" * (MOST_ROWS + 1), "At most 6,000 rows; this file has 6,001"),
        ("fees.csv", b"\xff\xfe\x00", "can't be read as text"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(name: str, content: bytes, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        charges_in_file(name, content)
