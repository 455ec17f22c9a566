"""Deleted codes and their successors: fixtures/texts/code_life.csv."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from codes.cms import pprrvu
from codes.knowledge.code_life import FILE, CodeEnd, code_ends
from codes.naming.names import read_names

COLUMNS = ["code", "name", "last_day", "successors", "one_for_one", "note", "source"]
CODE = r"[A-Z]\d{4}|\d{4}[0-9A-Z]"
LONGEST_NOTE, LONGEST_NAME = 200, 70
# CMS's relative value files, each with the first day that it holds for.
RELEASES = {
    "rvu24ar.zip": date(2024, 1, 1),
    "rvu24b.zip": date(2024, 4, 1),
    "rvu24c.zip": date(2024, 7, 1),
    "rvu25a.zip": date(2025, 1, 1),
    "rvu25d.zip": date(2025, 10, 1),
    "rvu26c.zip": date(2026, 7, 1),
}
NOT_FOR_MEDICARE = "I"  # how a code is listed from its end until the last release of its year


def ended() -> Iterator[CodeEnd]:
    yield from code_ends().values()


def test_every_ended_code_stands_once_with_its_note_and_source() -> None:
    rows = list(csv.reader(io.StringIO(FILE.read_text(encoding="utf-8"))))
    assert rows[0] == COLUMNS
    codes = [row[0] for row in rows[1:]]
    assert codes == sorted(set(codes))
    for end in ended():
        assert re.fullmatch(CODE, end.code), end
        assert end.note.endswith("."), end
        assert len(end.note) <= LONGEST_NOTE, end
        assert end.source, end


def test_every_ended_code_has_one_name() -> None:
    named = {name.code for name in read_names(FILE.parent)}
    for end in ended():
        assert len(end.name) <= LONGEST_NAME, end
        assert not (end.name and end.code in named), f"{end.code} has two names"
        assert end.name or end.code in named or end.code[0].isalpha(), f"{end.code} has no name"


def test_a_last_day_is_the_end_of_a_quarter_or_said_to_be_unknown() -> None:
    for end in ended():
        if end.last_day:
            assert (end.last_day.month, end.last_day.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}, end
        else:
            assert "exact last day isn't in our files" in end.note, end


def test_no_successor_has_ended_itself() -> None:
    for end in ended():
        for successor in end.successors:
            assert re.fullmatch(CODE, successor), end
            assert successor not in code_ends(), end


def test_only_one_successor_takes_the_place_of_a_code() -> None:
    taken = [end for end in ended() if end.is_one_for_one]
    assert {len(end.successors) for end in taken} == {1}
    assert {"99201", "G2012", "77057"} <= {end.code for end in taken}
    assert not any("units" in end.note for end in taken), "other units are no one-for-one"


def test_the_codes_that_billers_ask_for_most_lead_to_their_successors() -> None:
    ends = code_ends()
    assert "55708" in ends["55700"].successors
    assert ends["37225"].successors == ("37271", "37273")
    assert ends["0275T"].successors == ("62330", "62331")
    assert ends["G2012"].successors == ("98016",)
    assert ends["99354"].successors == ("G2212", "99417")


def statuses(archive: Path) -> dict[str, str]:
    """The status of each code of a relative value file."""
    with zipfile.ZipFile(archive) as packed:
        members = [name for name in packed.namelist() if re.match(r"(?i)PPRRVU.*\.csv", Path(name).name)]
        member = next((name for name in members if "nonQPP" in name), members[0])
        with packed.open(member) as stream:
            rows = pprrvu.parse(stream, member)  # type: ignore[arg-type]
            return {row.code: row.status for row in rows if not row.modifier}


@pytest.fixture(scope="module")
def listed(cms_files: Path) -> dict[date, dict[str, str]]:
    return {first: statuses(cms_files / name) for name, first in RELEASES.items()}


@pytest.mark.full_size
def test_last_days_agree_with_cms_files_of_three_years(listed: dict[date, dict[str, str]]) -> None:
    """Up to its last day each file lists a code, unless it began later; afterwards none does, except with status I in
    the rest of its year."""
    for end in (end for end in ended() if end.last_day):
        began = next((first for first, codes in listed.items() if end.code in codes), None)
        for first, codes in listed.items():
            if first > end.last_day:  # type: ignore[operator]
                assert codes.get(end.code, NOT_FOR_MEDICARE) == NOT_FOR_MEDICARE, (end, first)
            elif began is not None and first >= began:
                assert end.code in codes, (end, first)


@pytest.mark.full_size
def test_a_code_without_a_last_day_is_gone_from_the_newest_file(listed: dict[date, dict[str, str]]) -> None:
    newest = listed[max(listed)]
    unknown = [end.code for end in ended() if end.last_day is None]
    assert len(unknown) > 20
    assert not newest.keys() & set(unknown)


@pytest.mark.full_size
def test_every_code_that_left_cms_files_has_a_row_and_successors_are_listed(
    listed: dict[date, dict[str, str]],
) -> None:
    newest = listed[max(listed)]
    gone = {code for codes in listed.values() for code in codes} - newest.keys()
    assert len(gone) > 300
    assert gone - code_ends().keys() == set()
    successors = {successor for end in ended() for successor in end.successors}
    assert successors - newest.keys() == set()
