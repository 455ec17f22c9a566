"""Large tables: built beforehand, kept compressed, told as unchanged, and never built while a visitor waits."""

import gzip
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from python_calamine import CalamineWorkbook

from codes.exports import build
from codes.exports.downloads import Download, save, store
from codes.exports.excel import cells_xml, row_xml, workbook
from codes.models import CodeText, Version
from codes.queries import releases
from tests.conftest import DOWNLOADS
from tests.pages.conftest import Get

DAY = "dos=2026-08-01"
STORED = (
    f"/localities/01182-18/fees.csv?{DAY}",
    f"/localities/01182-18/fees.xlsx?{DAY}",
    "/changes.csv?source=pprrvu",
    "/changes.csv?source=pprrvu&kind=work_rvu",
)
TABLES = (*STORED, f"/cpt/45385/edits.csv?{DAY}", "/sitemap-cpt.xml")
SMALL = (f"/cpt/99213/country.csv?{DAY}", f"/claim.csv?lines=45385,45380&{DAY}")


def files() -> set[Path]:
    folder = Path(DOWNLOADS["OPTIONS"]["location"])
    return {each for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("address", STORED)
def test_a_file_is_built_once_and_is_then_the_same_bytes(sample: None, client: Client, address: str) -> None:
    first = b"".join(client.get(address))
    made = {path: path.stat().st_ino for path in files()}
    assert b"".join(client.get(address)) == first
    assert len(made) == 1
    assert {path: path.stat().st_ino for path in files()} == made


@pytest.mark.parametrize("address", STORED)
def test_in_production_no_request_builds_a_file(sample: None, client: Client, address: str) -> None:
    with override_settings(BUILD_DOWNLOADS_ON_REQUEST=False):
        response = client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "300")
        assert response["Cache-Control"] == "no-store"
        assert response.content.startswith(b"This file is being built from newly loaded data.")
        assert files() == set()


def test_after_the_build_every_file_is_there_for_a_request(sample: None, client: Client) -> None:
    small_build()
    with override_settings(BUILD_DOWNLOADS_ON_REQUEST=False):
        assert {client.get(address).status_code for address in STORED} == {200}


def small_build() -> None:
    """What the command builds, of one locality only."""
    day = date(2026, 8, 1)
    for download in build.every_download(releases.calendar(), day):
        if download.name.startswith(("01182-18", "all", "work_rvu")):
            save(download)


def test_days_long_past_have_no_file_and_say_so(sample: None, client: Client) -> None:
    with override_settings(BUILD_DOWNLOADS_ON_REQUEST=False):
        response = client.get("/localities/01182-18/fees.csv?dos=2025-10-02")
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert b"No file is kept of days that long past." in response.content


@pytest.mark.parametrize("address", TABLES)
def test_head_says_what_get_would(sample: None, client: Client, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, b"".join(head)) == (200, b"")
    names = ("ETag", "Last-Modified", "Cache-Control", "Content-Type", "Content-Length")
    assert [head.get(name) for name in names] == [whole.get(name) for name in names]


@pytest.mark.parametrize("address", [*TABLES, *SMALL])
def test_a_table_that_the_visitor_has_is_a_304(sample: None, client: Client, address: str) -> None:
    first = client.get(address)
    assert first["Cache-Control"].startswith("public")
    assert first["Last-Modified"]
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, b"".join(again), again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize("address", [STORED[0], STORED[2]])
def test_a_file_is_sent_as_it_is_kept_to_who_takes_gzip(sample: None, client: Client, address: str) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0, br"})
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", plain["Vary"])
    assert "Accept-Encoding" in plain["Vary"]
    content = b"".join(packed)
    assert int(packed["Content-Length"]) == len(content)
    assert gzip.decompress(content) == b"".join(plain) == b"".join(refused)
    assert packed["ETag"] != plain["ETag"]


def test_two_days_of_one_quarter_have_one_file(sample: None, client: Client) -> None:
    days = [client.get(f"/localities/01182-18/fees.csv?dos=2026-08-{day:02d}") for day in (1, 2, 3)]
    assert len({day["ETag"] for day in days}) == len(files()) == 1


def test_what_the_file_does_not_read_makes_no_other_file(sample: None, client: Client) -> None:
    etag = client.get(STORED[0])["ETag"]
    Version.bump("data")  # a load of unit limits
    Version.bump("tips")
    for number in range(3):
        assert client.get(f"{STORED[0]}&x={number}").status_code == 400
    assert client.get(STORED[0])["ETag"] == etag
    assert len(files()) == 1


def test_other_names_make_another_file(sample: None, client: Client) -> None:
    before = client.get(STORED[0])["ETag"]
    CodeText.objects.filter(code="99213").update(plain_name="Another name")
    Version.bump("texts")
    after = client.get(STORED[0])
    assert after["ETag"] != before
    assert b"Another name" in b"".join(after)


def test_the_command_builds_what_is_missing_and_removes_what_nothing_names(
    sample: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [Download("changes/1", f"{name}.csv.gzip", "a.csv", "text/csv", lambda: b"a") for name in "ab"]
    monkeypatch.setattr(build, "every_download", lambda *_: iter(wanted))
    save(wanted[0])
    save(Download("fees/0", "old.xlsx", "old.xlsx", "text/plain", lambda: b"old"))
    assert run("--dry-run") == ["building 1 files, a.csv the first", "Would build 1 downloads; 1 are there."]
    assert run()[-1] == ("Built 1 downloads (0.0 MB); 1 were there; 1 that nothing names any more are gone.")
    assert {path.name for path in files()} == {"a.csv.gzip", "b.csv.gzip", "index"}
    assert run() == ["Built 0 downloads (0.0 MB); 2 were there; 0 that nothing names any more are gone."]


def run(*options: str) -> list[str]:
    said = StringIO()
    call_command("build_downloads", *options, stdout=said)
    return said.getvalue().splitlines()


def test_a_file_that_fails_leaves_nothing(db: None) -> None:
    def fail() -> bytes:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        save(Download("fees/1", "a.xlsx", "a.xlsx", "text/plain", fail))
    assert files() == set()


def test_a_file_is_never_there_in_part(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Download("fees/1", "a.xlsx", "a.xlsx", "text/plain", lambda: b"whole")
    save(whole)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("killed")))
    with pytest.raises(OSError, match="killed"):
        save(whole._replace(build=lambda: b"half"))
    assert store().open(whole.path).read() == b"whole"


def test_tables_and_twins_are_open_to_programs_and_not_for_search_engines(get: Get) -> None:
    assert "csv" not in get("/robots.txt").content.decode()
    for address in (*TABLES[:5], *SMALL, "/cpt/99213.json", "/claim.json?lines=99213"):
        assert get(address)["X-Robots-Tag"] == "noindex"


def test_a_workbook_keeps_its_text_and_its_numbers_whatever_they_hold() -> None:
    row = ("00100", None, "a < b & \x07“c”", Decimal("0.50"), 3, date(2026, 7, 1))
    content = workbook("What it is", ("code", *"abcde"), [row_xml(2, cells_xml(row))], 1)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.get_sheet_by_name("Fee schedule").to_python() == [
        ["code", *"abcde"],
        ["00100", "", "a < b & “c”", 0.5, 3.0, "2026-07-01"],
    ]
    assert book.get_sheet_by_name("About").to_python()[0] == ["What it is"]
