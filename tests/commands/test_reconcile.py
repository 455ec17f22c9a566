"""`reconcile`: CMS's payment amounts against ours, in both tracks, and what it keeps for the page."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from codes.cms.archive import open_members
from codes.loaders import reconcile as reconciling
from codes.loaders.reconcile import FileComparison
from codes.models import Reconciliation, Release, Version
from codes.pricing import Gpci
from codes.pricing.formula import amount
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db
COMMON, QUALIFYING = "33.4009", "33.5675"
ROWS = [rvu("99213", hundredths=130), rvu("99214", hundredths=192)]
PLACE = Gpci(Decimal("1.000"), Decimal("0.875"), Decimal("0.566"))


def fee(hundredths: int, factor: str) -> str:
    """What CMS prints for a row of the builders in one of their localities."""
    paid = amount(Decimal(hundredths) / 100, Decimal("0.50"), Decimal("0.10"), PLACE, Decimal(factor))
    return f"{paid:010}"


def payments(rows: Sequence[tuple[str, str]], year: int = 2026, modifier: str = "  ") -> bytes:
    """A payment file: code and amount, the same in both settings and in two localities."""
    lines = [
        f'"{year}","10000","{place}","{code}","{modifier}","{paid}","{paid}"," ","0","A","0",'
        '"0000000.00","0000000.00","9","0000000.00","0000000.00"'
        for code, paid in rows
        for place in ("00", "01")
    ]
    return "".join(f"{line}\r\n" for line in [*lines, *['"TRL-  notice"'] * 4]).encode()


def of_track(factor: str) -> bytes:
    return payments([("99213", fee(130, factor)), ("99214", fee(192, factor))])


def run(*arguments: object) -> str:
    out = io.StringIO()
    try:
        call_command("reconcile", *map(str, arguments), stdout=out)
    except CommandError as error:
        out.write(f"failed: {error}\n")
    return out.getvalue()


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """RVU26C with its indices, and an empty folder."""
    call_command("load_cms", str(builders.rvu_zip(tmp_path / "loaded", ROWS)), stdout=io.StringIO())
    return tmp_path


def test_a_new_run_is_on_the_page_at_once(client: Client, tmp_path: Path) -> None:
    Version.bump("data")
    (member,) = open_members(builders.written(tmp_path / "PFREV26C.txt", b"amounts"))
    made = FileComparison(member, Release(name="RVU26C"), date(2026, 7, 1), rows=1, matches=1)
    assert "PFREV26C.txt" not in client.get("/correctness/").text
    made.save()
    assert "PFREV26C.txt" in client.get("/correctness/").text


@pytest.mark.parametrize(
    ("archive", "factor", "track"),
    [
        ("PFREV26C_QP.zip", QUALIFYING, "qualifying"),
        ("PFREV26C_QPP.zip", QUALIFYING, "qualifying"),
        ("PFREV26C_nonQP.zip", COMMON, "not qualifying"),
        ("PFREV26C_nonQPP.zip", COMMON, "not qualifying"),
        ("PFREV26C-non-QP.zip", COMMON, "not qualifying"),
        ("pfrev26c-posted-06-30-2026.zip", COMMON, "not qualifying"),
        ("download.zip", QUALIFYING, "qualifying"),
    ],
)
def test_the_zip_says_the_track(loaded: Path, archive: str, factor: str, track: str) -> None:
    path = builders.zipped(loaded / archive, {"PFREV26C.txt": of_track(factor)})
    assert run(path).splitlines() == [
        f"PFREV26C.txt, {track} APM participants against RVU26C: 4 rows, 4 match, 0 differences.",
        "In all 4 rows: 4 match in both settings, 0 differences.",
    ]


def both_tracks(folder: Path) -> Path:
    """What CMS publishes: a zip of two zips, in both of which the file has one name."""
    inner = {
        f"PFREV26C_{track}.zip": builders.packed({"PFREV26C.txt": of_track(factor)})
        for track, factor in (("nonQP", COMMON), ("QP", QUALIFYING))
    }
    return builders.zipped(folder / "pfrev26c-posted-06-30-2026.zip", inner)


def test_both_tracks_of_one_zip_agree_and_both_are_on_the_page(client: Client, loaded: Path) -> None:
    told = run(both_tracks(loaded))
    assert told.endswith("In all 8 rows: 8 match in both settings, 0 differences.\n")
    page = client.get("/correctness/").text
    assert "PFREV26C.txt, qualifying APM participants" in page
    assert "PFREV26C.txt, not qualifying APM participants" in page


def test_of_each_track_the_newest_run_is_on_the_page(client: Client, loaded: Path) -> None:
    for _ in range(2):
        run(both_tracks(loaded))
    assert Reconciliation.objects.count() == 4
    assert client.get("/correctness/").text.count("PFREV26C.txt, ") == 2


def test_the_factor_of_a_loaded_file_of_the_qualifying_track_is_taken(tmp_path: Path) -> None:
    """2027 is in no table: the factor can only come from the file."""
    files = {
        builders.pprrvu_name(2027, "A"): builders.pprrvu_csv(ROWS, 2027, "A"),
        "GPCI2027.csv": builders.gpci_csv(year=2027),
    }
    payment = payments([("99213", fee(130, "34.5000"))], 2027)
    path = builders.zipped(tmp_path / "PFREV27A_QP.zip", {"PFREV27A.txt": payment})
    call_command("load_cms", str(builders.zipped(tmp_path / "rvu27a.zip", files)), stdout=io.StringIO())
    assert (
        "the conversion factor of that track is not known for 2027. Load the QPP file of RVU27A first."
        in run(path)
    )
    qpp = builders.written(
        tmp_path / builders.pprrvu_name(2027, "A", "QPP"), builders.pprrvu_csv(ROWS, 2027, "A", "34.5000")
    )
    call_command("load_cms", str(qpp), stdout=io.StringIO())
    assert "2 rows, 2 match, 0 differences" in run(path)


def test_the_factor_of_the_qualifying_track_holds_into_a_quarter_whose_file_is_not_loaded(
    tmp_path: Path,
) -> None:
    """A factor is of a year: April is priced at January's, and not at the common one."""
    for quarter, track, factor in (
        ("A", "nonQPP", "34.1000"),
        ("A", "QPP", "34.5000"),
        ("B", "nonQPP", "34.1000"),
    ):
        content = builders.pprrvu_csv(ROWS, 2027, quarter, factor)
        path = builders.written(tmp_path / builders.pprrvu_name(2027, quarter, track), content)
        call_command("load_cms", str(path), stdout=io.StringIO())
    indices = builders.written(tmp_path / "GPCI2027.csv", builders.gpci_csv(year=2027))
    call_command("load_cms", str(indices), stdout=io.StringIO())
    payment = payments([("99213", fee(130, "34.5000"))], 2027)
    told = run(builders.zipped(tmp_path / "PFREV27B_QP.zip", {"PFREV27B.txt": payment}))
    assert "against RVU27B: 2 rows, 2 match, 0 differences" in told


@pytest.mark.parametrize(
    ("archive", "name", "factor", "release"),
    [
        ("pfall24a.zip", "PFALL24.txt", "32.7442", "RVU24A"),
        ("pfall24ar.zip", "PFALL24R.txt", "33.2875", "RVU24AR"),
        ("pfrev24a.zip", "PFALL24AR.txt", "33.2875", "RVU24AR"),
        ("PFREV24AR.zip", "PFALL24.txt", "33.2875", "RVU24AR"),
    ],
)
def test_the_release_in_force_for_the_file_is_compared(
    tmp_path: Path, archive: str, name: str, factor: str, release: str
) -> None:
    for revision, held in (("rvu24a", "32.7442"), ("rvu24ar", "33.2875")):
        files = {
            "PPRRVU24_JAN.csv": builders.pprrvu_csv(ROWS, 2024, "A", held),
            "GPCI2024.csv": builders.gpci_csv(year=2024),
        }
        call_command(
            "load_cms", str(builders.zipped(tmp_path / f"{revision}.zip", files)), stdout=io.StringIO()
        )
    path = builders.zipped(tmp_path / archive, {name: payments([("99213", fee(130, factor))], 2024)})
    assert f"{name} against {release}: 2 rows, 2 match, 0 differences." in run(path)


def test_an_amount_that_no_page_would_show_is_a_difference(tmp_path: Path) -> None:
    """The bare formula would give 99213's amount, and the page says that Medicare doesn't pay a code of status I."""
    path = builders.rvu_zip(tmp_path / "loaded", [rvu("99213", hundredths=130, status="I")])
    call_command("load_cms", str(path), stdout=io.StringIO())
    payment = payments([("99213", fee(130, COMMON))])
    told = run(builders.zipped(tmp_path / "PFREV26C_nonQP.zip", {"PFREV26C.txt": payment}))
    assert "2 rows, 0 match, 4 differences." in told
    assert "99213 10000-00 non-facility: CMS " in told


def test_the_number_that_cms_prints_where_a_facility_is_paid_is_compared(tmp_path: Path) -> None:
    row = rvu("99213", hundredths=130)
    row[9] = "NA"
    path = builders.rvu_zip(tmp_path / "loaded", [row])
    call_command("load_cms", str(path), stdout=io.StringIO())
    payment = payments([("99213", fee(130, COMMON))])
    told = run(builders.zipped(tmp_path / "PFREV26C_nonQP.zip", {"PFREV26C.txt": payment}))
    assert "2 rows, 2 match, 0 differences." in told


def test_differences_are_counted_all_and_kept_in_part(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "MOST_KEPT", 3)
    wrong = payments([("99213", "0000001.00"), ("99214", fee(192, COMMON))])
    told = run(builders.zipped(loaded / "PFREV26C_nonQP.zip", {"PFREV26C.txt": wrong}))
    assert "4 rows, 2 match, 4 differences." in told
    assert told.endswith("failed: Some amounts differ from those that CMS publishes.\n")
    kept = Reconciliation.objects.get()
    assert (kept.rows, kept.matches, len(kept.differences)) == (4, 2, 3)


def test_a_file_of_which_nothing_could_be_compared_is_no_success(loaded: Path) -> None:
    unknown = payments([("12345", "0000001.00")])
    told = run(builders.zipped(loaded / "PFREV26C_nonQP.zip", {"PFREV26C.txt": unknown}))
    assert "2 not compared: code not in the release" in told
    assert told.endswith("failed: Not one row could be compared: the reasons stand above.\n")


@pytest.mark.full_size
def test_cms_own_amounts_of_the_qualifying_track_are_reproduced(cms_files: Path) -> None:
    call_command("load_cms", str(cms_files / "rvu26c.zip"), stdout=io.StringIO())
    told = run(cms_files / "published_payments" / "PFREV26B_QP.zip", "--dry-run")
    assert "PFREV26B.txt, qualifying APM participants against RVU26C: 4,033 rows, 4,033 match" in told
    assert "0 differences" in told
