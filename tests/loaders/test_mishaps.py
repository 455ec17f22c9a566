"""A kill, a full disk, two loads at once, a terminal: loading in a process of its own.

Whatever happens, the former release is served and nothing of a broken load is there.
"""

import random
import resource
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.loaders.sites import LoadOnTerminal, Site

pytestmark = pytest.mark.slow

FORMER = ("pprrvu", "RVU25D", "ready", 500)
# Settings of a site whose SQLite file may grow to so many pages and no further.
SMALL_DISK = """
from medpayiq.settings import *
DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA max_page_count={};"
"""
NOTHING_KEPT = "Nothing of this file, or of what came with it for the same day, was kept."
LATER = ("pprrvu", "RVU26C", "ready", 20_000)


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """A small release of October 2025."""
    content = builders.pprrvu_csv(builders.many_rvus(500), 2025, "D")
    return builders.written(tmp_path / builders.pprrvu_name(2025, "D"), content)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A release of July 2026 that takes a second or more to load."""
    content = builders.pprrvu_csv(builders.many_rvus(20_000))
    return builders.written(tmp_path / builders.pprrvu_name(), content)


def releases_and_rows(site: Site) -> tuple[Any, Any]:
    seen = site.look()
    return seen["releases"], seen["rows"]


def test_a_kill_in_mid_load_leaves_the_former_release_and_nothing_else(
    sqlite_site: Site, former: Path, later: Path
) -> None:
    sqlite_site.manage("load_cms", former)
    for moment in random.sample(range(1, 10_000), 3):
        load = LoadOnTerminal(sqlite_site, later)
        load.wait_for_rows(moment)
        load.process.send_signal(signal.SIGKILL)
        assert load.finish()[0] == -signal.SIGKILL
        assert releases_and_rows(sqlite_site) == ([FORMER], 500), f"killed after {moment} rows"
    assert sqlite_site.manage("load_cms", later).returncode == 0
    assert releases_and_rows(sqlite_site) == ([FORMER, LATER], 20_500)


def test_a_full_disk_is_told_and_leaves_the_former_release(
    sqlite_site: Site, former: Path, later: Path, tmp_path: Path
) -> None:
    sqlite_site.manage("load_cms", former)
    with sqlite3.connect(sqlite_site.database_url.removeprefix("sqlite:///")) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    settings = builders.written(tmp_path / "small_disk.py", SMALL_DISK.format(pages + 100).encode())
    environment = {"DJANGO_SETTINGS_MODULE": settings.stem, "PYTHONPATH": str(settings.parent)}
    refused = sqlite_site.manage("load_cms", later, env=environment)
    assert refused.returncode == 1
    assert refused.stderr == (
        f"CommandError: The database or disk said: database or disk is full. {NOTHING_KEPT}\n"
    )
    assert releases_and_rows(sqlite_site) == ([FORMER], 500)


def test_a_disk_that_fails_when_all_is_written_down_leaves_the_former_release(
    sqlite_site: Site, former: Path, later: Path
) -> None:
    """No file may grow past 256 kB: the rows fit into memory, and the commit does not fit on the disk."""
    sqlite_site.manage("load_cms", former)
    limit = 256 * 1024
    refused = sqlite_site.manage(
        "load_cms", later, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert refused.returncode == 1
    assert refused.stderr == (f"CommandError: The database or disk said: disk I/O error. {NOTHING_KEPT}\n")
    assert releases_and_rows(sqlite_site) == ([FORMER], 500)


def test_readers_see_the_former_release_while_another_is_loading(
    site: Site, former: Path, later: Path
) -> None:
    site.manage("load_cms", former)
    load = LoadOnTerminal(site, later)
    load.wait_for_rows(1)
    load.process.send_signal(signal.SIGSTOP)
    try:
        assert releases_and_rows(site) == ([FORMER], 500)
    finally:
        load.process.send_signal(signal.SIGCONT)
    assert load.finish()[0] == 0
    assert releases_and_rows(site) == ([FORMER, LATER], 20_500)


def test_of_two_loads_of_one_file_at_once_one_wins_and_the_other_says_so(site: Site, later: Path) -> None:
    first, second = _one_beside_the_other(site, later, later)
    assert first.startswith("loaded RVU26C")
    assert second.startswith("unchanged RVU26C")
    assert releases_and_rows(site) == ([LATER], 20_000)


def test_of_two_files_for_one_day_at_once_the_second_waits_and_corrects_the_first(
    site: Site, later: Path, tmp_path: Path
) -> None:
    content = builders.pprrvu_csv(builders.many_rvus(20_001))
    correction = builders.written(tmp_path / "corrected" / builders.pprrvu_name(), content)
    first, second = _one_beside_the_other(site, later, correction)
    assert first.startswith("loaded RVU26C")
    assert "It replaces RVU26C for that day." in second
    assert site.look()["releases"] == [
        ("pprrvu", "RVU26C", "retired", 20_000),
        ("pprrvu", "RVU26C", "ready", 20_001),
    ]


def _one_beside_the_other(site: Site, one: Path, other: Path) -> tuple[str, str]:
    """What two loads say of which the second begins while the first stands still in its middle."""
    first = LoadOnTerminal(site, one)
    first.wait_for_rows(1)
    first.process.send_signal(signal.SIGSTOP)
    second = site.start("load_cms", other, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with pytest.raises(subprocess.TimeoutExpired):
        second.communicate(timeout=3)
    first.process.send_signal(signal.SIGCONT)
    code, said = first.finish()
    answered, complained = second.communicate(timeout=60)
    assert (code, second.returncode, complained) == (0, 0, "")
    return said, answered


def test_a_terminal_shows_progress(sqlite_site: Site, later: Path) -> None:
    load = LoadOnTerminal(sqlite_site, later)
    load.finish()
    assert "RVU26C: " in load.shown


def test_a_pipe_is_spared_the_progress_bar(sqlite_site: Site, later: Path) -> None:
    assert sqlite_site.manage("load_cms", later).stderr == ""
