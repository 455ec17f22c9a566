"""No description of a CPT code stands in our tables in its own words."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings

CPT = re.compile(r"\d{4}[0-9A-Z]")
LONG = 16  # letters; anybody may come to say a shorter one


@pytest.fixture(scope="module")
def licensed(cms_files: Path) -> set[str]:
    """CMS's short descriptions of two words or more of all years, in small letters; a single word is nobody's."""
    found = set()
    for path in cms_files.glob("rvu*.zip"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if re.match(r"PPRRVU.*\.csv", Path(name).name):
                    text = archive.read(name).decode("latin-1")
                    rows = (row for row in csv.reader(io.StringIO(text)) if len(row) > 2)
                    found |= {" ".join(row[2].lower().split()) for row in rows if CPT.fullmatch(row[0])}
    return {words for words in found if " " in words}


def tables(settings: Settings) -> list[Path]:
    """Our texts, our words for the search, and the queries that it is measured with."""
    return [*(settings.BASE_DIR / "fixtures").rglob("*.csv"), *Path(__file__).parent.glob("*.csv")]


@pytest.mark.full_size
def test_no_cell_of_our_tables_is_a_description_of_cms(settings: Settings, licensed: set[str]) -> None:
    assert len(licensed) > 5_000
    taken = {
        (path.name, words)
        for path in tables(settings)
        for cell in re.split(r'[,;"\n]', path.read_text("utf-8").lower())
        if (words := " ".join(cell.split())) in licensed
    }
    assert taken == set()


@pytest.mark.full_size
def test_no_longer_description_of_cms_stands_within_a_line_of_ours(
    settings: Settings, licensed: set[str]
) -> None:
    begun_by: dict[str, list[str]] = {}
    for words in licensed:
        if len(words) >= LONG:
            begun_by.setdefault(words[:LONG], []).append(words)
    assert within("words of ours and theirs at once, too", {"ours and theirs ": ["ours and theirs at once"]})
    taken = {
        (path.name, words)
        for path in tables(settings)
        for line in path.read_text("utf-8").lower().split("\n")
        for words in within(" ".join(line.split()), begun_by)
    }
    assert taken == set()


def within(line: str, begun_by: dict[str, list[str]]) -> list[str]:
    """The descriptions that stand anywhere in a line, of those with these beginnings."""
    begun = ((at, begun_by[start]) for at in range(len(line)) if (start := line[at : at + LONG]) in begun_by)
    return [words for at, all_begun in begun for words in all_begun if line.startswith(words, at)]
