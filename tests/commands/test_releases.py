"""`list_releases` and `retire_release`."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.management.commands import retire_release
from codes.models import FeeScheduleRow, Release, ReleaseChange, Version
from codes.models.release import ReleaseState, Source
from codes.queries.code import load_code
from codes.queries.names import names_of
from codes.queries.releases import calendar
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db


def said(command: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def rows_while_waiting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows there are when the command waits for the processes, which it doesn't do here."""
    counts: list[int] = []
    monkeypatch.setattr(
        retire_release, "sleep", lambda seconds: counts.append(FeeScheduleRow.objects.count())
    )
    return counts


@pytest.fixture
def two_quarters(tmp_path: Path) -> list[Release]:
    """RVU25D with one code and RVU26C with two, oldest first."""
    for year, quarter, codes in ((2025, "D", ["99213"]), (2026, "C", ["99213", "99214"])):
        content = builders.pprrvu_csv([rvu(code) for code in codes], year, quarter)
        said("load_cms", builders.written(tmp_path / builders.pprrvu_name(year, quarter), content))
    return list(Release.objects.order_by("effective_from"))


def in_force(at: date) -> str:
    release = Release.objects.all().in_force(Source.PPRRVU, at)
    return release.name if release else "nothing"


def test_the_list_marks_what_is_in_force_today(two_quarters: list[Release]) -> None:
    today = Release.objects.all().in_force(Source.PPRRVU, date.today())
    lines = said("list_releases").splitlines()
    marked = [line for line in lines if line.startswith("*")]
    assert today is not None
    assert [today.name in line for line in marked] == [True]
    assert lines[-1] == "2 releases."


def test_the_list_tells_key_day_name_rows_and_state(two_quarters: list[Release]) -> None:
    words = said("list_releases", "--source", "pprrvu").splitlines()[0].lstrip("* ").split()
    assert words[:6] == [str(two_quarters[1].pk), "2026-07-01", "RVU26C", "2", "rows", "ready"]


def test_the_list_of_another_source_is_empty(two_quarters: list[Release]) -> None:
    assert said("list_releases", "--source", "gpci") == "0 releases.\n"


def test_rows_stay_while_a_process_may_still_answer_with_them(
    two_quarters: list[Release], rows_while_waiting: list[int]
) -> None:
    said("retire_release", two_quarters[1].pk)
    assert (rows_while_waiting, FeeScheduleRow.objects.count()) == ([3], 1)


def test_after_retiring_the_former_release_is_in_force_again(two_quarters: list[Release]) -> None:
    told = said("retire_release", two_quarters[1].pk)
    assert "Retired RVU26C" in told
    assert (
        "RVU25D (Physician fee schedule relative values, from 2025-10-01) is in force in its place." in told
    )
    assert in_force(date(2026, 8, 1)) == "RVU25D"


def test_retiring_the_first_release_leaves_nothing_in_its_place(two_quarters: list[Release]) -> None:
    assert "Nothing is in force in its place." in said("retire_release", two_quarters[0].pk)
    assert (in_force(date(2025, 11, 3)), in_force(date(2026, 8, 1))) == ("nothing", "RVU26C")


def test_rows_of_a_retired_release_are_gone(two_quarters: list[Release]) -> None:
    said("retire_release", two_quarters[1].pk)
    assert list(FeeScheduleRow.objects.values_list("release__name", "code")) == [("RVU25D", "99213")]


def test_rows_of_a_retired_release_may_be_kept(two_quarters: list[Release]) -> None:
    said("retire_release", two_quarters[1].pk, "--keep-rows")
    assert FeeScheduleRow.objects.filter(release=two_quarters[1]).count() == 2
    assert in_force(date(2026, 8, 1)) == "RVU25D"


def test_retiring_moves_the_data_version(two_quarters: list[Release]) -> None:
    before = Version.objects.get(name="data").number
    said("retire_release", two_quarters[1].pk)
    assert Version.objects.get(name="data").number == before + 1


@pytest.mark.parametrize("typed", ["RVU26C", "1.5", ""])
def test_a_release_is_retired_by_its_number_and_a_name_is_told_so(typed: str) -> None:
    with pytest.raises(CommandError, match=f'"{typed}" is not a number; list_releases shows'):
        said("retire_release", typed)


def test_a_dry_run_retires_nothing(two_quarters: list[Release]) -> None:
    told = said("retire_release", two_quarters[1].pk, "--dry-run")
    assert told.startswith("Would retire RVU26C")
    assert told.endswith("with 2 rows.\n")
    assert in_force(date(2026, 8, 1)) == "RVU26C"
    assert FeeScheduleRow.objects.count() == 3


def corrected(folder: Path, hundredths: int) -> Release:
    """RVU26C with 99213 at so many hundredths of work, loaded over whatever was there."""
    content = builders.pprrvu_csv([rvu("99213", hundredths=hundredths)])
    said("load_cms", builders.written(folder / builders.pprrvu_name(), content))
    return Release.objects.ready().get(effective_from=date(2026, 7, 1))


def work_rvu() -> Decimal:
    return FeeScheduleRow.objects.get(release__state=ReleaseState.READY, code="99213").work_rvu


def test_what_a_correction_replaced_comes_back_when_the_correction_is_retired(tmp_path: Path) -> None:
    first, second = corrected(tmp_path, 130), corrected(tmp_path, 999)
    would = said("retire_release", second.pk, "--dry-run")
    told = said("retire_release", second.pk)
    assert would.endswith(f"{first}, which it had replaced, would be in force again.\n")
    assert told.endswith(f"{first}, which it had replaced, is in force again.\n")
    assert (Release.objects.ready().get().pk, work_rvu()) == (first.pk, Decimal("1.30"))


def test_of_two_that_were_replaced_the_newest_comes_back_and_then_the_other(tmp_path: Path) -> None:
    for hundredths in (130, 140):
        corrected(tmp_path, hundredths)
    said("retire_release", corrected(tmp_path, 150).pk)
    assert work_rvu() == Decimal("1.40")
    said("retire_release", Release.objects.ready().get().pk)
    assert work_rvu() == Decimal("1.30")


def test_what_was_itself_taken_out_of_service_by_hand_does_not_come_back(tmp_path: Path) -> None:
    said("retire_release", corrected(tmp_path, 999).pk, "--keep-rows")
    told = said("retire_release", corrected(tmp_path, 130).pk)
    assert "Nothing is in force in its place. Load the right file for 2026-07-01, if there is one." in told


def test_what_was_replaced_and_has_lost_its_rows_does_not_come_back(tmp_path: Path) -> None:
    first, second = corrected(tmp_path, 130), corrected(tmp_path, 999)
    FeeScheduleRow.objects.filter(release=first).delete()
    assert "Nothing is in force in its place. Load the right file" in said("retire_release", second.pk)


def test_the_changes_of_what_comes_back_are_set_right(tmp_path: Path, two_quarters: list[Release]) -> None:
    before = list(ReleaseChange.objects.filter(release=two_quarters[1]).values_list("kind", "code", "after"))
    content = builders.pprrvu_csv([rvu("99213"), rvu("99214"), rvu("99215")])
    said("load_cms", builders.written(tmp_path / builders.pprrvu_name(), content))
    said("retire_release", Release.objects.ready().latest("effective_from").pk)
    assert list(ReleaseChange.objects.values_list("release", "kind", "code", "after")) == [
        (two_quarters[1].pk, *change) for change in before
    ]
    assert before


def test_an_unknown_key_is_refused(two_quarters: list[Release]) -> None:
    with pytest.raises(CommandError, match=r"No ready release has the key 0; list_releases shows the keys\."):
        said("retire_release", 0)


def test_a_release_is_retired_once(two_quarters: list[Release]) -> None:
    said("retire_release", two_quarters[0].pk)
    with pytest.raises(CommandError, match="No ready release has the key"):
        said("retire_release", two_quarters[0].pk)


def test_retired_releases_are_listed_when_asked_for(two_quarters: list[Release]) -> None:
    said("retire_release", two_quarters[0].pk)
    assert "RVU25D" not in said("list_releases")
    assert ReleaseState.RETIRED in next(
        line for line in said("list_releases", "--all").splitlines() if "RVU25D" in line
    )


def test_a_retired_release_can_be_loaded_again(two_quarters: list[Release], tmp_path: Path) -> None:
    said("retire_release", two_quarters[1].pk)
    assert said("load_cms", tmp_path / builders.pprrvu_name()).startswith("loaded RVU26C")
    assert in_force(date(2026, 8, 1)) == "RVU26C"


def test_a_name_never_comes_from_a_release_that_is_retired(tmp_path: Path) -> None:
    for quarter, text in (("JAN", "Right"), ("APR", "Withdrawn")):
        content = builders.hcpcs_anweb({"A9999": text}, {})
        said("load_cms", builders.written(tmp_path / f"HCPC2026_{quarter}_ANWEB.txt", content))
    said("retire_release", Release.objects.get(effective_from=date(2026, 4, 1)).pk, "--keep-rows")
    assert names_of(calendar(), {"A9999"}, date(2026, 5, 1)) == {"A9999": "Right"}


def test_a_calendar_read_before_a_correction_still_finds_its_own_rows(tmp_path: Path) -> None:
    for hundredths in (100, 200):
        before = calendar()
        content = builders.pprrvu_csv([rvu("99213", hundredths=hundredths)])
        said("load_cms", builders.written(tmp_path / builders.pprrvu_name(), content))
    found = load_code(before, "99213", date(2026, 8, 1))
    assert found.main_row is not None
    assert found.main_row.work_rvu == Decimal("1.00")
