"""What the operator sees of `load_cms`: what was loaded, and why something was not."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.models import FeeScheduleRow, Gpci, Release
from codes.models.release import ReleaseState
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db

ROWS = [rvu("99213", hundredths=130), rvu("99214", hundredths=192)]
NAME = "PPRRVU2026_Jul_nonQPP.csv"


def said(*arguments: object) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("load_cms", *map(str, arguments), stdout=out)
    return out.getvalue()


def refusal(*arguments: object) -> str:
    """Why the command refuses; the database must be as before."""
    before = list(Release.objects.values()), FeeScheduleRow.objects.count(), Gpci.objects.count()
    with pytest.raises(CommandError) as caught:
        said(*arguments)
    assert (list(Release.objects.values()), FeeScheduleRow.objects.count(), Gpci.objects.count()) == before
    return str(caught.value)


def relative_values(folder: Path, content: bytes) -> Path:
    return builders.written(folder / NAME, content)


def test_each_release_is_reported_in_a_sentence_with_numbers(tmp_path: Path) -> None:
    assert said(builders.rvu_zip(tmp_path, ROWS)).splitlines() == [
        "loaded RVU26C, Geographic practice cost indices (GPCI2026.csv), in force from 2026-07-01: 109 rows; "
        "109 localities in 1 states and territories.",
        f"loaded RVU26C, Physician fee schedule relative values ({NAME}), in force from 2026-07-01: 2 rows; "
        "totals equal their parts; one conversion factor, 33.4009; 2 codes with status A, R or T.",
    ]


def test_the_same_file_twice_says_so(tmp_path: Path) -> None:
    path = relative_values(tmp_path, builders.pprrvu_csv(ROWS))
    said(path)
    assert said(path).strip() == (
        f"unchanged RVU26C, Physician fee schedule relative values ({NAME}), in force from 2026-07-01: "
        "these very bytes are in force from that day already."
    )
    assert Release.objects.count() == 1


def test_a_correction_says_what_it_replaces(tmp_path: Path) -> None:
    said(relative_values(tmp_path, builders.pprrvu_csv(ROWS)))
    assert "It replaces RVU26C for that day." in said(
        relative_values(tmp_path, builders.pprrvu_csv([*ROWS, rvu("99215")]))
    )
    assert sorted(Release.objects.values_list("state", flat=True)) == [
        ReleaseState.READY,
        ReleaseState.RETIRED,
    ]


def test_a_dry_run_says_what_was_checked_and_keeps_nothing(tmp_path: Path) -> None:
    assert said(builders.rvu_zip(tmp_path, ROWS), "--dry-run").count("checked RVU26C") == 2
    assert (Release.objects.count(), FeeScheduleRow.objects.count(), Gpci.objects.count()) == (0, 0, 0)


def test_the_operator_may_say_the_first_day(tmp_path: Path) -> None:
    said(builders.rvu_zip(tmp_path, ROWS), "--effective-from", "2026-07-15")
    assert set(Release.objects.values_list("effective_from", flat=True)) == {date(2026, 7, 15)}


@pytest.mark.parametrize("day", ["tomorrow", "07/01/2026", "2026-02-30"])
def test_a_first_day_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    path = builders.rvu_zip(tmp_path, ROWS)
    assert f'"{day}" is not a day written as YYYY-MM-DD' in refusal(path, "--effective-from", day)


@pytest.mark.parametrize("day", ["1066-10-14", "1991-12-31", "2206-07-01"])
def test_a_first_day_that_can_only_be_a_slip_is_refused(tmp_path: Path, day: str) -> None:
    path = builders.rvu_zip(tmp_path, ROWS)
    assert f"{day} is before 1992 or more than 2 years ahead" in refusal(path, "--effective-from", day)


def test_the_licence_flag_is_recorded_with_the_release(tmp_path: Path) -> None:
    said(relative_values(tmp_path, builders.pprrvu_csv(ROWS)), "--accept-ama-license")
    assert Release.objects.get().ama_license_accepted


def test_what_is_skipped_is_listed_with_its_reason(tmp_path: Path) -> None:
    files = {NAME: builders.pprrvu_csv(ROWS), "RVU26C.pdf": b"%PDF", "notes.txt": b"hello\r\n"}
    told = said(builders.zipped(tmp_path / "rvu26c.zip", files))
    assert "skipped RVU26C.pdf: a document for people to read\n" in told
    assert "skipped notes.txt: not a file that we know\n" in told


def test_nothing_recognised_is_an_error(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "notes.txt", b"hello\r\n")
    assert refusal(path) == "Nothing was loaded: no file of a kind that MedPayIQ reads."


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "rvu99z.zip: does not exist: check the path" in refusal(tmp_path / "rvu99z.zip")


def test_a_truncated_zip_is_refused(tmp_path: Path) -> None:
    path = builders.rvu_zip(tmp_path, ROWS)
    path.write_bytes(path.read_bytes()[:-200])
    assert "rvu26c.zip: is damaged or was cut short" in refusal(path)


def test_one_damaged_zip_stops_the_call_before_anything_is_loaded(tmp_path: Path) -> None:
    good = builders.rvu_zip(tmp_path, ROWS, 2025, "D")
    bad = builders.written(tmp_path / "rvu26c.zip", b"PK\x03\x04 and no more")
    assert "rvu26c.zip: is damaged or was cut short" in refusal(good, bad)


def test_the_licence_page_in_place_of_a_zip_is_refused_as_that(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "rvu26c.zip", b"<!DOCTYPE html><html>License Agreement</html>")
    assert "is CMS's license page, not a file: accept the license on CMS's page" in refusal(path)


def test_a_wrong_file_under_a_known_name_is_refused(tmp_path: Path) -> None:
    path = relative_values(tmp_path, b"Invoice,Amount\r\n1,2\r\n")
    assert f"{NAME} line 1: is not the title of a relative value file" in refusal(path)


def test_a_copy_that_a_spreadsheet_saved_is_refused_for_its_code(tmp_path: Path) -> None:
    damaged = builders.pprrvu_csv([rvu("99213"), rvu("100")])
    message = refusal(relative_values(tmp_path, damaged))
    assert f'{NAME} line 12, HCPCS: "100" is not a five-character code' in message
    assert "a spreadsheet program has saved this file and dropped leading zeros" in message
    assert message.endswith("Nothing of this file, or of what came with it for the same day, was kept.")


def test_a_copy_that_a_spreadsheet_saved_is_refused_for_its_global_days(tmp_path: Path) -> None:
    message = refusal(relative_values(tmp_path, builders.pprrvu_csv([rvu("11042", days="10")])))
    assert f'{NAME} line 11, GLOB DAYS: "10" is not one of 000, 010, 090' in message
    assert "a spreadsheet program has saved this file" in message


def test_swapped_columns_are_refused_by_name(tmp_path: Path) -> None:
    titles = b"WORK,NON-FAC,NA", b"RVU,PE RVU,INDICATOR"
    content = builders.pprrvu_csv(ROWS)
    swapped = content.replace(titles[0], b"NON-FAC,WORK,NA").replace(titles[1], b"PE RVU,RVU,INDICATOR", 1)
    assert 'line 10: "NON-FAC PE RVU" stands over column 6, where "WORK RVU" belongs' in refusal(
        relative_values(tmp_path, swapped)
    )


def test_swapped_figures_under_right_titles_are_refused_by_the_total(tmp_path: Path) -> None:
    row = rvu("99213", hundredths=130)
    row[11], row[10] = row[10], row[11]
    assert "NON-FACILITY TOTAL" in refusal(relative_values(tmp_path, builders.pprrvu_csv([row])))


def test_a_file_that_breaks_off_in_a_line_is_refused(tmp_path: Path) -> None:
    content = builders.pprrvu_csv(ROWS)[:-10]
    assert "line 12: the file breaks off in this line" in refusal(relative_values(tmp_path, content))


def test_a_file_cut_between_two_lines_is_refused_for_the_codes_that_it_lacks(tmp_path: Path) -> None:
    many = builders.many_rvus(20)
    said(builders.rvu_zip(tmp_path, many, 2025, "D"))
    message = refusal(relative_values(tmp_path, builders.pprrvu_csv(many[:17])))
    assert "3 of 20 codes of RVU25D are missing" in message
    assert "the file looks cut short" in message


def test_an_index_file_without_its_footnotes_is_whole_when_it_has_109_localities(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "GPCI2026.csv", builders.gpci_csv(footnotes=False))
    assert "109 localities" in said(path)


def test_an_index_file_cut_before_its_footnotes_is_refused(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "GPCI2026.csv", builders.gpci_csv(localities=108, footnotes=False))
    assert "108 localities; 2026 has 109. The file looks cut short or doubled." in refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(builders.pprrvu_csv(ROWS) + b"\x1a", id="Ctrl-Z"),
        pytest.param(builders.pprrvu_csv(ROWS) + b"\x1a" + b"," * 31 + b"\r\n", id="Ctrl-Z as a row"),
        pytest.param(builders.pprrvu_csv(ROWS, end="\n"), id="LF"),
        pytest.param(b"\xef\xbb\xbf" + builders.pprrvu_csv(ROWS), id="byte order mark"),
    ],
)
def test_line_ends_byte_order_mark_and_ctrl_z_do_not_matter(tmp_path: Path, content: bytes) -> None:
    assert "2 rows" in said(relative_values(tmp_path, content))
    assert sorted(FeeScheduleRow.objects.values_list("code", flat=True)) == ["99213", "99214"]


def test_rows_after_ctrl_z_are_refused(tmp_path: Path) -> None:
    content = builders.pprrvu_csv(ROWS) + b"\x1a\r\n" + b"99215\r\n"
    assert "line 14: follows the end-of-file mark (Ctrl-Z)" in refusal(relative_values(tmp_path, content))


def test_two_conversion_factors_in_one_file_are_refused(tmp_path: Path) -> None:
    content = builders.pprrvu_csv(ROWS)
    at = content.rindex(b"33.4009")
    mixed = content[:at] + b"33.5675" + content[at + 7 :]
    assert '"33.5675" follows 33.4009: a release has one factor' in refusal(relative_values(tmp_path, mixed))


def test_two_releases_for_one_day_are_refused_by_both_names(tmp_path: Path) -> None:
    first = builders.written(tmp_path / "a" / "first.csv", builders.pprrvu_csv(ROWS))
    second = builders.written(tmp_path / "b" / "second.csv", builders.pprrvu_csv(ROWS[:1]))
    message = refusal(first, second)
    assert "first.csv (a) and second.csv (b) both claim to be in force" in message
    assert "2026-07-01" in message


def test_a_refused_file_names_itself_and_those_before_it_stay(tmp_path: Path) -> None:
    good = builders.rvu_zip(tmp_path, ROWS, 2025, "D")
    bad = relative_values(tmp_path, builders.pprrvu_csv([rvu("99213"), rvu("99214", days="ZZ9")]))
    with pytest.raises(CommandError, match='GLOB DAYS: "ZZ9" is not one of'):
        said(bad, good)
    assert set(Release.objects.values_list("name", flat=True)) == {"RVU25D"}
