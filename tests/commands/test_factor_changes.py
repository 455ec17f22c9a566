"""A conversion factor that changes within a quarter, or that is another track's, never replaces another in silence.

The year 2027 is not in the table of factors: what is told here comes from the files alone.
"""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.models import Release
from codes.models.release import Source
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db
ROWS = [rvu("99213", hundredths=130), rvu("99214", hundredths=192)]


def january(
    folder: Path, archive: str = "rvu27a", factor: str = "34.1000", name: str = "", year: int = 2027
) -> Path:
    """A zip of January: relative values with their indices."""
    return builders.zipped(
        folder / f"{archive}.zip",
        {
            name or builders.pprrvu_name(year, "A"): builders.pprrvu_csv(ROWS, year, "A", factor),
            f"GPCI{year}.csv": builders.gpci_csv(year=year),
        },
    )


def said(*arguments: object) -> str:
    out = io.StringIO()
    try:
        call_command("load_cms", *map(str, arguments), stdout=out)
    except CommandError as error:
        out.write(f"failed: {error}\n")
    return out.getvalue()


def served() -> list[tuple[str, str, str]]:
    """The relative values that are ready: name, first day and factor."""
    found = Release.objects.ready().filter(source__in=[Source.PPRRVU, Source.PPRRVU_QPP])
    return [
        (release.name, str(release.effective_from), str(release.conversion_factor))
        for release in found.order_by("effective_from", "source")
    ]


A_AT_34_10 = ("RVU27A", "2027-01-01", "34.1000")


@pytest.mark.parametrize(
    "archive", ["rvu27a-updated-03-12-2027", "rvu27ar", "rvu27ar_1", "RVU27AR-posted-03-12-2027"]
)
def test_another_factor_for_a_day_that_is_served_asks_from_which_day_it_is_in_force(
    tmp_path: Path, archive: str
) -> None:
    said(january(tmp_path))
    told = said(january(tmp_path, archive, "34.9000"))
    assert "--effective-from" in told
    assert told.startswith("failed:") or "\nfailed:" in told
    assert served() == [A_AT_34_10]
    assert Release.objects.ready().filter(source=Source.GPCI).count() == 1


def test_the_day_of_the_law_leaves_the_days_before_it_alone(tmp_path: Path) -> None:
    said(january(tmp_path))
    said(january(tmp_path, "rvu27ar", "34.9000"), "--effective-from", "2027-03-09")
    assert served() == [A_AT_34_10, ("RVU27AR", "2027-03-09", "34.9000")]


def test_the_first_day_itself_may_be_said_where_the_former_file_was_wrong(tmp_path: Path) -> None:
    said(january(tmp_path))
    assert "It replaces RVU27A for that day." in said(
        january(tmp_path, "rvu27a-0", "34.9000"), "--effective-from", "2027-01-01"
    )
    assert served() == [("RVU27A", "2027-01-01", "34.9000")]


def test_a_correction_with_the_same_factor_asks_nothing(tmp_path: Path) -> None:
    said(january(tmp_path))
    path = builders.written(
        tmp_path / builders.pprrvu_name(2027, "A"), builders.pprrvu_csv([*ROWS, rvu("99215")], 2027, "A")
    )
    assert "It replaces RVU27A for that day." in said(path)


def test_a_revised_file_that_comes_first_asks_from_which_day_it_is_in_force(tmp_path: Path) -> None:
    told = said(january(tmp_path, "rvu27ar", "34.9000"))
    assert "is a revised file with the conversion factor 34.9000, and does not say from which day" in told
    assert not Release.objects.exists()


def test_a_revised_file_whose_factor_the_table_knows_is_dated_by_it(tmp_path: Path) -> None:
    said(january(tmp_path, "rvu24ar", "33.2875", "PPRRVU24_JAN.csv", 2024))
    said(january(tmp_path, "rvu26ar", "33.4009", year=2026))
    assert served() == [("RVU24AR", "2024-03-09", "33.2875"), ("RVU26AR", "2026-01-01", "33.4009")]


@pytest.mark.parametrize("name", ["PPRRVU2027_Jan.csv", "PPRRVU27_JAN.csv"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_file_that_does_not_say_its_track_is_not_taken_for_the_common_one(
    tmp_path: Path, name: str, is_first: bool
) -> None:
    if not is_first:
        said(january(tmp_path))
    told = said(january(tmp_path, "download", "34.5000", name))
    assert f"{name}: since 2026 there are two files a quarter, and its name does not say which it is" in told
    assert served() == ([] if is_first else [A_AT_34_10])


def test_both_tracks_of_a_year_that_no_table_knows_are_two_sources(tmp_path: Path) -> None:
    said(january(tmp_path))
    said(january(tmp_path, "qpp", "34.5000", builders.pprrvu_name(2027, "A", "QPP")))
    assert served() == [A_AT_34_10, ("RVU27A", "2027-01-01", "34.5000")]


def test_a_name_that_says_the_other_track_than_the_factor_is_refused(tmp_path: Path) -> None:
    path = builders.written(tmp_path / builders.pprrvu_name(track="QPP"), builders.pprrvu_csv(ROWS))
    assert "its name says QPP, and 33.4009 is the conversion factor of everybody else in 2026" in said(path)
    assert served() == []


def test_a_factor_of_last_year_is_not_taken_for_last_years_track(tmp_path: Path) -> None:
    """33.5675 was the qualifying track's in 2026; what it is in 2027 the name says."""
    said(january(tmp_path, factor="33.5675"))
    release = Release.objects.ready().get(source=Source.PPRRVU)
    assert (release.effective_from, release.conversion_factor) == (date(2027, 1, 1), Decimal("33.5675"))


def test_a_new_factor_alone_is_not_called_nothing_changed(tmp_path: Path) -> None:
    said(builders.rvu_zip(tmp_path, ROWS))
    told = said(january(tmp_path))
    assert "no relative value changed since RVU26C; conversion factor 34.1000 instead of 33.4009" in told
    assert "nothing changed" not in told


def test_one_undated_file_does_not_stop_a_folder(tmp_path: Path) -> None:
    builders.written(tmp_path / "factors.csv", builders.anesthesia_csv())
    january(tmp_path)
    builders.written(tmp_path / "ZIP5.txt", builders.zip5(["35004"], quarter="20271"))
    told = said(tmp_path)
    assert "loaded RVU27A" in told
    assert "loaded ZIP5 2027 Q1" in told
    assert "failed: Not loaded:\nfactors.csv: neither its heading nor its name says" in told
    assert "Give --effective-from YYYY-MM-DD" in told


def test_what_waits_for_relative_values_that_ask_something_is_not_loaded_without_them(tmp_path: Path) -> None:
    january(tmp_path, "rvu27ar", "34.9000")
    builders.written(tmp_path / "ZIP5.txt", builders.zip5(["35004"], quarter="20271"))
    told = said(tmp_path)
    assert "skipped GPCI2027.csv: waits for the relative values of its archive" in told
    assert set(Release.objects.values_list("source", flat=True)) == {Source.ZIP_LOCALITY}


@pytest.mark.parametrize(("localities", "is_good"), [(108, False), (109, True), (111, True)])
def test_a_cut_index_file_of_2027_is_noticed_and_a_longer_one_is_not_stopped(
    tmp_path: Path, localities: int, is_good: bool
) -> None:
    path = builders.written(tmp_path / "GPCI2027.csv", builders.gpci_csv(localities, 2027))
    told = said(path)
    assert ("loaded GPCI 2027" in told) is is_good
    assert ("108 localities; 2026 had 109. The file looks cut short." in told) is not is_good


@pytest.mark.parametrize(
    ("old", "new"), [(b",PRICING", b",,PRICING"), (b"WORK,NON-FAC,NA", b"LABOR,NON-FAC,NA")]
)
def test_a_column_more_or_another_title_says_what_to_do(tmp_path: Path, old: bytes, new: bytes) -> None:
    content = builders.pprrvu_csv(ROWS, 2027, "A")
    if old == b",PRICING":
        content = b"".join(line + b",x\r\n" for line in content.split(b"\r\n") if line)
    path = builders.written(tmp_path / builders.pprrvu_name(2027, "A"), content.replace(old, new))
    assert "If CMS has changed its columns, it waits for a new version of MedPayIQ" in said(path)
