"""What the tables teach: clipped words written out, names for codes, words for ranges of codes."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from codes.knowledge.code_life import code_ends
from codes.search import Document, Index
from codes.search.clipped import Clipped
from codes.search.tables import Tables, enriched, read_tables, words_by_code
from codes.search.thesaurus import FOLDER, phrase_of, read_thesaurus
from tests.search.documents import full_documents

KNOWN = {"transcatheter": 9, "transplantation": 8, "external": 7, "infusion": 6, "ligation": 5, "removal": 4}


@pytest.fixture(scope="module")
def clipped() -> Clipped:
    return Clipped({"rmvl": "removal", "fb": "foreign body"}, KNOWN)


@pytest.mark.parametrize(
    ("form", "whole"),
    [
        ("rmvl fb", "removal foreign body"), ("transcath", "transcatheter"), ("xtrnl", "external"),
        ("nfsj", "nfsj"), ("ligtj", "ligation"), ("trnsplnttn", "transplantation"), ("removal", "removal"),
    ],
)  # fmt: skip
def test_a_clipped_word_is_written_out_by_the_table_its_beginning_or_its_consonants(
    clipped: Clipped, form: str, whole: str
) -> None:
    assert clipped.written_out(form) == whole


def test_a_word_with_its_vowels_is_not_taken_for_a_clipped_one(clipped: Clipped) -> None:
    assert clipped.written_out("lagoon remove") == "lagoon remove"


def test_words_belong_to_each_code_of_their_ranges() -> None:
    rows = [("nerve block", "64400-64455; 64461"), ("face", "64400")]
    assert words_by_code(rows, ["64399", "64400", "64455", "64461"]) == {
        "64400": "nerve block; face",
        "64455": "nerve block",
        "64461": "nerve block",
    }


def test_a_code_without_a_name_of_ours_is_found_by_what_it_is_taught() -> None:
    documents = [
        Document(code="10000", description="Rmvl fb ext eye"),
        Document(code="20000", description="Rmvl bn"),
    ]
    tables = Tables(
        clipped={"rmvl": "removal", "fb": "foreign body"}, section_words=[("bone", "20000-29999")]
    )
    found = Index(documents, tables)
    assert [hit.code for hit in found.search("foreign body removal")][:1] == ["10000"]
    assert [hit.code for hit in found.search("bone removal")][:1] == ["20000"]


def test_the_hit_shows_the_text_as_it_came_and_not_what_was_taught() -> None:
    document = Document(code="10000", description="Rmvl fb", words="eye")
    tables = Tables(clipped={"fb": "foreign body"}, code_words=[("splinter", "10000")])
    known = next(enriched([document], tables))
    assert (known.words, known.description) == ("eye; splinter", "Rmvl fb; rmvl foreign body")
    assert Index([document], tables).search("splinter")[0].highlights == ()


def test_a_word_built_of_parts_means_what_they_mean() -> None:
    ours = read_thesaurus()
    assert phrase_of("kidney removal") in ours.of(phrase_of("nephrectomy"))
    assert phrase_of("nephrectomy") in ours.of(phrase_of("removal of the kidney"))


def test_every_row_of_the_tables_names_codes_or_ranges_in_order() -> None:
    tables = read_tables()
    for words, ranges in (*tables.code_words, *tables.section_words):
        assert words
        for span in ranges.split(";"):
            first, _, last = span.strip().partition("-")
            assert len(first) == 5, (words, span)
            assert not last or (len(last) == 5 and first <= last), (words, span)


def test_the_tables_are_in_order_and_say_nothing_twice() -> None:
    for name in ("abbreviations.csv", "clipped_words.csv", "code_words.csv", "lay_words.csv"):
        first = [line.split(",")[0] for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]]
        assert first == sorted(set(first)), name


def test_a_bare_analyte_finds_its_test_before_things_made_of_it() -> None:
    battery = Document(code="A4601", hcpcs_text="Kryptonite ion battery, rechargeable")
    index = Index([battery, Document(code="80178", name="Kryptonite level", band=3)], Tables())
    assert index.search("kryptonite")[0].code == "80178"


def targets(table: str) -> set[str]:
    """The single codes that a table leads to; of a range its ends are not meant."""
    with (FOLDER / table).open(encoding="utf-8", newline="") as stream:
        spans = [span.strip() for row in csv.DictReader(stream) for span in row["codes"].split(";")]
    return {span for span in spans if "-" not in span}


@pytest.mark.parametrize("table", ["code_words.csv", "section_words.csv"])
def test_no_words_lead_to_a_deleted_code(table: str) -> None:
    today = date(2026, 11, 29)
    deleted = {code for code, end in code_ends().items() if end.last_day is None or end.is_before(today)}
    assert targets(table) & deleted == set()


@pytest.mark.full_size
@pytest.mark.parametrize("table", ["code_words.csv", "section_words.csv"])
def test_words_lead_to_codes_of_cms_files_alone(table: str, cms_files: Path) -> None:
    there = {
        document.code for document in full_documents(cms_files, licensed=True) if not document.is_deleted
    }
    assert targets(table) - there == set()


@pytest.mark.parametrize("table", ["abbreviations.csv", "lay_words.csv", "clipped_words.csv"])
def test_meanings_name_no_code(table: str) -> None:
    text = (FOLDER / table).read_text(encoding="utf-8")
    assert re.findall(r"\b(?:\d{4}[0-9A-Z]|[A-Z]\d{4})\b", text) == []
