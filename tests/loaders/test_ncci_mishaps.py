"""A load of bundling edits that is killed, at any point: the former quarter is served and nothing else is there."""

import random
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.loaders.ncci_files import edit, ptp_set
from tests.loaders.sites import LoadOnTerminal, Site

pytestmark = pytest.mark.slow

LINES = 100_000
LAST_MOMENT = 75_000  # the progress bar need not show the very last rows
KILLS = 10
FORMER = [("2024 Q3", "ready", 103)]


@pytest.fixture
def july(tmp_path: Path) -> Path:
    """A hundred edits and three more."""
    ptp_set(tmp_path / "july", "302", *_edits(100))
    return tmp_path / "july"


@pytest.fixture
def october(tmp_path: Path) -> Path:
    """A hundred thousand edits: new ones, and the hundred of July with another indicator."""
    ptp_set(tmp_path / "october", "303", *_edits(LINES, "0"))
    return tmp_path / "october"


def _edits(count: int, indicator: str = "1") -> list[str]:
    """Edits of codes from 20000 on, each beside a hundred others."""
    return [edit(f"{20_000 + n // 100}/{30_000 + n % 100}", indicator) for n in range(count)]


def served(site: Site) -> tuple[list[Any], int, int]:
    """What a reader finds: releases, and how many edits and changes of any release, seen or not."""
    asked = (
        "SELECT name, state, row_count FROM codes_release ORDER BY effective_from",
        "SELECT count(*) FROM codes_ptpedit",
        "SELECT count(*) FROM codes_releasechange",
    )
    if connection.vendor == "sqlite":
        with sqlite3.connect(site.database_url.removeprefix("sqlite:///")) as reader:
            found = [reader.execute(query).fetchall() for query in asked]
    else:
        with connection.cursor() as cursor:
            found = [_fetched(cursor, query) for query in asked]
    releases, edits, changes = found
    return [tuple(release) for release in releases], edits[0][0], changes[0][0]


def _fetched(cursor: Any, query: str) -> list[Any]:
    cursor.execute(query)
    rows: list[Any] = cursor.fetchall()
    return rows


def test_a_load_killed_at_ten_random_points_leaves_the_former_release_each_time(
    site: Site, july: Path, october: Path
) -> None:
    assert site.manage("load_cms", july).returncode == 0
    for moment in random.sample(range(1, LAST_MOMENT), KILLS):
        load = LoadOnTerminal(site, october)
        load.wait_for_rows(moment)
        load.process.send_signal(signal.SIGKILL)
        assert load.finish()[0] == -signal.SIGKILL
        assert served(site) == (FORMER, 103, 0), f"killed after {moment} rows"
    assert site.manage("load_cms", october).returncode == 0
    assert served(site) == ([*FORMER, ("2024 Q4", "ready", LINES + 3)], LINES + 106, LINES)
