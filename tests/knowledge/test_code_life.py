"""Deleted codes and their successors: fixtures/texts/code_life.csv."""

import csv
import re
from datetime import date

from django.conf import settings

COLUMNS = ("code", "last_day", "successors", "note", "source")
CODE = r"[A-Z]\d{4}|\d{4}[0-9A-Z]"
LONGEST_NOTE = 200


def ended() -> list[dict[str, str]]:
    path = settings.BASE_DIR / "fixtures" / "texts" / "code_life.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_ended_code_stands_once_with_its_note_and_source() -> None:
    codes = [row["code"] for row in ended()]
    assert codes == sorted(set(codes))
    for row in ended():
        assert tuple(row) == COLUMNS
        assert re.fullmatch(CODE, row["code"]), row
        assert row["note"].endswith("."), row
        assert len(row["note"]) <= LONGEST_NOTE, row
        assert row["source"], row


def test_a_last_day_is_the_end_of_a_quarter_or_said_to_be_unknown() -> None:
    for row in ended():
        if row["last_day"]:
            day = date.fromisoformat(row["last_day"])
            assert (day.month, day.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}, row
        else:
            assert "exact last day is not in our files" in row["note"], row


def test_no_successor_has_ended_itself() -> None:
    rows = {row["code"]: row for row in ended()}
    for row in rows.values():
        for successor in filter(None, row["successors"].split(";")):
            assert re.fullmatch(CODE, successor), row
            assert successor not in rows, row


def test_the_codes_that_billers_ask_for_most_lead_to_their_successors() -> None:
    successors = {row["code"]: row["successors"].split(";") for row in ended()}
    assert "55708" in successors["55700"]
    assert successors["37225"] == ["37271", "37273"]
    assert successors["0275T"] == ["62330", "62331"]
    assert successors["G2012"] == ["98016"]
    assert successors["99354"] == ["99417"]
