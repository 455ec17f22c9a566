"""The files of the toolkit: what they are called, when they are made again, what else lies beside them."""

import os
import re
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from pypdf import PdfReader

from codes.models import Version
from contributions.toolkit import build
from contributions.toolkit.edition import toolkit_on
from contributions.toolkit.pdf import write_pdf
from tests.contributions.toolkit_site import AT, by_kind, fee_schedule, load_world, words

pytestmark = pytest.mark.usefixtures("db", "toolkit_room")


@pytest.fixture
def made() -> dict[str, Path]:
    """The files of the small world, by kind, made for this test alone."""
    load_world()
    return by_kind(build.build(AT))


def test_a_toolkit_is_made_again_when_one_of_its_files_grows_old(made: dict[str, Path]) -> None:
    assert build.names(date(2026, 9, 30)) == build.names(AT)
    assert build.names(date(2026, 10, 1)) != build.names(AT)


def test_a_new_release_makes_files_with_its_name_and_removes_the_old(made: dict[str, Path]) -> None:
    fee_schedule("RVU26D", date(2026, 10, 1), "4.00")
    later = build.build(date(2026, 11, 1))
    assert [path.name.split("-")[2] for path in later] == ["RVU26D", "RVU26D"]
    assert sorted(later[0].parent.iterdir()) == sorted(later)
    assert "RVU26D" in words(later[0])[0]


def test_a_change_of_tips_asks_for_new_files(made: dict[str, Path]) -> None:
    before = build.names(AT)
    assert build.names(AT) == before
    Version.bump("tips")
    assert build.names(AT)["pdf"] != before["pdf"]


def test_building_twice_writes_nothing(made: dict[str, Path]) -> None:
    times = {path: path.stat().st_mtime_ns for path in made.values()}
    assert {path: path.stat().st_mtime_ns for path in build.build(AT)} == times


def test_two_builders_of_one_file_leave_one_whole_file(made: dict[str, Path]) -> None:
    toolkit = toolkit_on(AT)
    path = made["pdf"]
    builders = [threading.Thread(target=build._write, args=(write_pdf, toolkit, path)) for _ in range(4)]
    for builder in builders:
        builder.start()
    while any(builder.is_alive() for builder in builders):
        assert len(PdfReader(path).pages) > 5, "whoever reads meanwhile sees a whole file"
    assert sorted(path.parent.iterdir()) == sorted(made.values())


def test_a_slow_builder_of_old_data_does_not_remove_what_a_quick_one_made_meanwhile(
    made: dict[str, Path],
) -> None:
    began = time.time() - 60
    build._sweep(made["pdf"].parent, set(), began)
    assert made["pdf"].exists()


def test_a_builder_that_fails_leaves_nothing_behind(
    made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(toolkit: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("disk full")

    room = made["pdf"].parent
    with pytest.raises(OSError, match="disk full"):
        build._write(broken, toolkit_on(AT), room / "medpayiq-toolkit-x.pdf")
    assert sorted(room.iterdir()) == sorted(made.values())


def test_what_a_killed_builder_left_is_removed_after_an_hour(made: dict[str, Path]) -> None:
    room = made["pdf"].parent
    left = {hours: room / f".partial-{hours}.pdf" for hours in (0, 2)}
    for hours, path in left.items():
        path.write_bytes(b"half")
        os.utime(path, (time.time() - hours * 3600,) * 2)
    build.build(AT)
    assert left[0].exists()
    assert not left[2].exists()


def test_the_command_names_the_files_and_a_dry_run_makes_none(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("build_toolkit", "--dry-run")
    assert "Wanted: medpayiq-toolkit-no-release-" in capsys.readouterr().out
    assert not Path(settings.TOOLKIT_DIR).exists()
    call_command("build_toolkit")
    assert re.search(r"in place: \S+\.pdf \(\d+ KB\), \S+\.xlsx \(\d+ KB\)\.", capsys.readouterr().out)


def test_a_server_reads_no_library_that_draws_pdfs() -> None:
    views = "from medpayiq.wsgi import application; from medpayiq import warm_up; warm_up.import_views()"
    asked = f"{views}; import sys; print('contributions.toolkit.build' in sys.modules, 'fpdf' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "False"], done.stderr
