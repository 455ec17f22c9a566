"""Tables of a whole schedule: made once, one at a time, kept on disk, told as unchanged, and never in memory."""

import fcntl
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from django.conf import settings
from django.test import Client
from python_calamine import CalamineWorkbook

from codes.exports.excel import workbook_export
from codes.exports.files import Busy, Export, file_of
from codes.models import Version
from tests.pages.conftest import Get

DAY = "dos=2026-08-01"
TABLES = (
    f"/localities/01182-18/fees.csv?{DAY}",
    f"/localities/01182-18/fees.xlsx?{DAY}",
    "/changes.csv?source=pprrvu",
    f"/cpt/45385/edits.csv?{DAY}",
    "/sitemap-cpt.xml",
)
SMALL = (f"/cpt/99213/country.csv?{DAY}", f"/claim.csv?lines=45385,45380&{DAY}")


def files() -> set[Path]:
    return {each for each in Path(settings.EXPORTS_DIR).glob("*") if each.name != "lock"}


@pytest.mark.parametrize("address", TABLES)
def test_a_table_is_made_once_and_is_then_the_same_bytes(sample: None, client: Client, address: str) -> None:
    first = b"".join(client.get(address))
    made = {path: path.stat().st_ino for path in files()}
    assert b"".join(client.get(address)) == first
    assert len(made) == 1
    assert {path: path.stat().st_ino for path in files()} == made


@pytest.mark.parametrize("address", TABLES)
def test_head_makes_no_table_and_says_what_get_would(sample: None, client: Client, address: str) -> None:
    head = client.head(address)
    assert (head.status_code, b"".join(head), files()) == (200, b"", set())
    whole = client.get(address)
    names = ("ETag", "Last-Modified", "Cache-Control", "Content-Type", "Content-Disposition")
    assert [head.get(name) for name in names] == [whole.get(name) for name in names]
    assert client.head(address)["Content-Length"] == whole["Content-Length"]


@pytest.mark.parametrize("address", [*TABLES, *SMALL])
def test_a_table_that_the_visitor_has_is_a_304(sample: None, client: Client, address: str) -> None:
    first = client.get(address)
    assert first["Cache-Control"].startswith("public")
    assert first["Last-Modified"]
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, b"".join(again), again["ETag"]) == (304, b"", first["ETag"])


def test_two_days_of_one_quarter_have_one_table(sample: None, client: Client) -> None:
    days = [client.get(f"/localities/01182-18/fees.csv?dos=2026-08-{day:02d}") for day in (1, 2, 3)]
    assert len({day["ETag"] for day in days}) == len(files()) == 1


def test_what_the_table_does_not_read_makes_no_other_table(sample: None, client: Client) -> None:
    for number in range(3):
        assert client.get(f"{TABLES[0]}&x={number}").status_code == 400
        assert client.get(f"/sitemap-cpt.xml?x={number}").status_code == 200
    assert len(files()) == 1


def test_new_data_have_a_new_table(sample: None, client: Client) -> None:
    before = client.get(TABLES[0])["ETag"]
    Version.bump("data")
    assert client.get(TABLES[0])["ETag"] != before


@pytest.mark.parametrize("address", TABLES)
def test_while_one_table_is_made_another_is_refused_in_words(
    sample: None, client: Client, address: str
) -> None:
    folder = Path(settings.EXPORTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "15")
    assert response.content == b"Another table is being made. Try again in 15 seconds.\n"
    assert client.get(address).status_code == 200


def write_a_megabyte(file: IO[bytes]) -> None:
    file.write(b"x" * 1_000_000)


def test_the_tables_that_nobody_asks_for_make_room(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EXPORTS_MEGABYTES", 3)
    made = [file_of(Export(f"{number}", "text/plain", (number,), write_a_megabyte)) for number in range(5)]
    assert [path.exists() for path in made] == [False, False, True, True, True]


def test_a_table_that_fails_leaves_nothing_and_the_next_one_is_made(db: None) -> None:
    def fail(file: object) -> None:
        raise OSError("No space left on device")

    with pytest.raises(Busy):
        file_of(Export("a", "text/plain", (), fail))
    assert files() == set()
    assert file_of(Export("a", "text/plain", (), lambda file: None)).exists()


def test_tables_and_twins_are_open_to_programs_and_not_for_search_engines(get: Get) -> None:
    assert "csv" not in get("/robots.txt").content.decode()
    for address in (*TABLES[:4], *SMALL, "/cpt/99213.json", "/claim.json?lines=99213"):
        assert get(address)["X-Robots-Tag"] == "noindex"


def test_a_workbook_keeps_its_text_and_its_numbers_whatever_they_hold() -> None:
    file = BytesIO()
    row = ("00100", None, "a < b & \x07“c”", Decimal("0.50"), 3, date(2026, 7, 1))
    workbook_export("fees.xlsx", "What it is", ("code", *"abcde"), lambda: [row], ()).write(file)
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    assert book.get_sheet_by_name("Fee schedule").to_python() == [
        ["code", *"abcde"],
        ["00100", "", "a < b & “c”", 0.5, 3.0, "2026-07-01"],
    ]
    assert book.get_sheet_by_name("About").to_python()[0] == ["What it is"]
