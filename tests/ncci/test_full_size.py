"""The rules over all of CMS's July 2024 practitioner edits and April 2026 unit limits."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from codes.cms import ncci_ptp
from codes.ncci import Outcome, PtpEdit, PtpTable, check_pair, is_active
from tests.ncci.figures import AT, JULY_2024, numbered

pytestmark = [pytest.mark.full_size, pytest.mark.slow]


def _edits(folder: Path) -> Iterator[PtpEdit]:
    """All records; the first days of these copies are placeholders and are left out."""
    for path in sorted(folder.glob("medicare-ncci-2024q3-practitioner-*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as stream:
                    for row in ncci_ptp.parse(cast(BinaryIO, stream), name):
                        yield PtpEdit(row.column_one, row.column_two, row.indicator, None, row.deletion)


@pytest.fixture(scope="module")
def sorted_out(cms_files: Path) -> tuple[list[PtpEdit], list[PtpEdit]]:
    """The active edits, and those of 97140 and 97530: the files are read once."""
    active, ended = [], []
    for edit in _edits(cms_files):
        if is_active(edit, AT):
            active.append(edit)
        if (edit.column_one, edit.column_two) == ("97140", "97530"):
            ended.append(edit)
    return active, ended


@pytest.fixture(scope="module")
def active(sorted_out: tuple[list[PtpEdit], list[PtpEdit]]) -> list[PtpEdit]:
    return sorted_out[0]


def test_the_active_edits_are_as_many_as_cms_has(active: list[PtpEdit]) -> None:
    assert Counter(edit.indicator for edit in active) == {"0": 508_947, "1": 1_160_873}


def test_no_pair_has_two_active_edits_in_either_direction(active: list[PtpEdit]) -> None:
    pairs = Counter(frozenset((edit.column_one, edit.column_two)) for edit in active)
    assert pairs.most_common(1)[0][1] == 1


def test_76376_pays_beside_8_codes_and_is_denied_beside_260(active: list[PtpEdit]) -> None:
    assert sum(edit.column_one == "76376" for edit in active) == 8
    assert sum(edit.column_two == "76376" for edit in active) == 260


@pytest.mark.parametrize(
    ("one", "two", "outcome"),
    [
        ("45385", "45380", Outcome.MAY_PASS),
        ("93000", "93005", Outcome.MAY_PASS),
        ("29881", "29877", Outcome.DENIED),
        ("20610", "76942", Outcome.MAY_PASS),
        ("80053", "80048", Outcome.DENIED),
        ("76377", "76376", Outcome.DENIED),
        ("97140", "97530", Outcome.NO_EDIT),
        ("20610", "20605", Outcome.NO_EDIT),
    ],
)
def test_the_pairs_that_billers_ask_for_in_both_orders(
    active: list[PtpEdit], one: str, two: str, outcome: Outcome
) -> None:
    table = PtpTable.of(
        JULY_2024, (edit for edit in active if {edit.column_one, edit.column_two} == {one, two})
    )
    for first, second in ((one, two), (two, one)):
        line_one, line_two = numbered(first, second)
        found = check_pair(line_one, line_two, table, AT)
        assert found.outcome is outcome
        assert [number for number in found.denies if (first, second)[number - 1] != two] == []


def test_an_edit_that_ended_in_2019_stood_until_its_last_day(
    sorted_out: tuple[list[PtpEdit], list[PtpEdit]],
) -> None:
    table = PtpTable.of(JULY_2024, sorted_out[1])
    first, second = numbered("97530", "97140")
    assert check_pair(first, second, table, date(2019, 12, 31)).denies == (1,)
    assert check_pair(first, second, table, date(2020, 1, 1)).outcome is Outcome.NO_EDIT
