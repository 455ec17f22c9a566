"""A workbook is measured before it is read."""

import io
import tracemalloc
import zipfile

import pytest

from codes.cms import workbook as workbooks
from codes.cms.layout import LayoutError
from codes.cms.workbook import first_sheet
from tests.builders import packed
from tests.cms.workbooks import workbook


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def with_sheet(sheet: str) -> bytes:
    """A workbook whose first sheet holds these rows, as XML."""
    made = parts(workbook([["x"]]))
    name = "xl/worksheets/sheet1.xml"
    head, tail = made[name].split(b"<sheetData>")[0], b"</sheetData></worksheet>"
    return packed({**made, name: head + b"<sheetData>" + sheet.encode() + tail})


def refusal(content: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        list(first_sheet(io.BytesIO(content), "CLFS.xlsx"))
    return str(caught.value)


def test_numbers_come_out_as_one_would_type_them() -> None:
    assert list(first_sheet(io.BytesIO(workbook([["A", 2026, 503.4]])), "x.xlsx")) == [
        (1, ["A", "2026", "503.4"])
    ]


def test_only_the_first_rows_are_given_where_so_many_are_asked_for() -> None:
    rows: list[list[str | float]] = [["A"], ["B"], ["C"]]
    assert len(list(first_sheet(io.BytesIO(workbook(rows)), "x.xlsx", most_rows=2))) == 2


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="ALL20000"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r = 'XFD1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>",
        '<row r="900">' + "<c><v>1</v></c>" * 2_000 + '<c r="A900"><v>1</v></c></row>',
        '<row r="1"><c r="xfd1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_a_far_cell_is_refused_in_words_and_without_memory(sheet: str) -> None:
    content = with_sheet(sheet)
    tracemalloc.start()
    said = refusal(content)
    assert tracemalloc.get_traced_memory()[1] < 10 * 1024**2
    tracemalloc.stop()
    assert said == (
        "CLFS.xlsx: has cells so far out that it would take more than 1,000,000, more than any workbook of CMS: "
        "it is not read"
    )


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1024**2)
    content = packed({**parts(workbook([["x"]])), "xl/media/image.bin": bytes(2 * 1024**2)})
    assert refusal(content).startswith("CLFS.xlsx: unpacks to more than 1 MiB, more than any workbook of CMS")


def test_a_part_that_says_it_is_smaller_than_it_is_is_not_unpacked_whole() -> None:
    """The zip's own sizes are not believed: what the reader is given was unpacked and counted here."""
    content = bytearray(packed({**parts(workbook([["x"]])), "z.xml": b" " * 100_000}))
    at = content.rindex((100_000).to_bytes(4, "little"))
    content[at : at + 4] = (10).to_bytes(4, "little")
    assert "is not a workbook that can be read" in refusal(bytes(content))


@pytest.mark.parametrize("content", [b"", b"YEAR,HCPCS", b"PK\x03\x04 and no more"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert "CLFS.xlsx: is not a workbook that can be read" in refusal(content)
