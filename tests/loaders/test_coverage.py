"""A download of the Medicare Coverage Database becomes a release whole, or not at all."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.models import CoverageDocument, Release, ReleaseChange
from codes.models.release import Source
from tests.cms import coverage_files
from tests.cms.coverage_files import Tables, as_csv, packed

pytestmark = pytest.mark.django_db
LETTERS = {"lcd_x_requestor_letters.csv": b"30001,4,1,letter.pdf\r\n"}  # without titles


def load(folder: Path, change: Callable[[Tables], object] = lambda tables: None, *options: str) -> None:
    tables = coverage_files.articles()
    change(tables)
    call_command("load_cms", str(packed(folder, "current_article", tables)), *options)


def test_both_downloads_are_dated_by_their_newest_document_and_hold_those_in_force(tmp_path: Path) -> None:
    lcds = packed(tmp_path, "current_lcd", coverage_files.lcds(), LETTERS)
    articles = packed(tmp_path, "current_article", coverage_files.articles())
    call_command("load_cms", str(articles), str(lcds))
    names = dict(Release.objects.values_list("source", "name"))
    assert names == {Source.COVERAGE_ARTICLES: "Articles 2026-06-25", Source.COVERAGE_LCDS: "LCDs 2026-06-25"}
    release = Release.objects.get(source=Source.COVERAGE_ARTICLES)
    assert (release.effective_from, release.row_count) == (date(2026, 6, 25), 6)
    assert release.file_name == "current_article.zip"
    assert release.checks == ["6 rows", "5 list codes", "0 without a contractor"]


def test_a_row_holds_its_groups_and_no_description_of_a_code(tmp_path: Path) -> None:
    load(tmp_path)
    joint = CoverageDocument.objects.get(number="A50001")
    assert joint.contractors == "06102"
    assert joint.codes == [{"number": 1, "words": "N/A", "codes": "20610 20611"}]
    assert joint.supports[0]["starred"] == "M19.011"
    assert CoverageDocument.objects.get(number="A50006").equipment_states == "IL"
    stored = json.dumps(list(CoverageDocument.objects.values()), default=str)
    assert "AMA text" not in stored
    assert "<" not in stored


def test_a_folder_of_the_tables_is_loaded_too(tmp_path: Path) -> None:
    for table, rows in coverage_files.articles().items():
        (tmp_path / f"{table}.csv").write_bytes(as_csv(table, rows))
    call_command("load_cms", str(tmp_path))
    assert Release.objects.get().file_name == f"{tmp_path.name}/article.csv"


def test_a_download_without_a_table_is_refused_and_nothing_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"current_article\.zip lacks article_x_icd10_covered\.csv"):
        load(tmp_path, lambda tables: tables.pop("article_x_icd10_covered"))
    assert not Release.objects.exists()


def test_a_table_by_itself_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "article_x_hcpc_code.csv"
    file.write_bytes(as_csv("article_x_hcpc_code", []))
    with pytest.raises(CommandError, match="is one table of the Medicare Coverage Database"):
        call_command("load_cms", str(file))


def test_a_damaged_row_far_down_loads_nothing(tmp_path: Path) -> None:
    load(tmp_path)
    damaged = [
        {"icd10_covered_group": "1", "article_id": "50001", "article_version": "3", "icd10_code_id": "?"}
    ]
    with pytest.raises(CommandError, match=r'article_x_icd10_covered\.csv line 14, icd10_code_id: "\?"'):
        load(tmp_path, lambda tables: tables["article_x_icd10_covered"].extend(damaged))
    assert CoverageDocument.objects.count() == 6


def test_a_dry_run_keeps_nothing_and_the_same_bytes_change_nothing(tmp_path: Path) -> None:
    load(tmp_path, lambda tables: None, "--dry-run")
    assert not Release.objects.exists()
    load(tmp_path)
    call_command("load_cms", str(tmp_path / "current_article.zip"))
    assert Release.objects.count() == 1


def test_a_download_that_has_lost_many_documents_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(CommandError, match="The download looks cut short"):
        load(tmp_path, lambda tables: tables.update(article=tables["article"][:1]))


def test_a_later_download_says_what_its_articles_changed(tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables["article"] = [{**row, "last_updated": "2026-07-02"} for row in tables["article"]]
        tables["article_x_hcpc_code"] += coverage_files.of("50001", coverage_files.procedures("1", "20604"))
        tables["article_x_hcpc_code"] = [
            row for row in tables["article_x_hcpc_code"] if row["hcpc_code_id"] != "93308"
        ]
        tables["article_x_icd10_covered"] += coverage_files.of("50002", coverage_files.supports("3", "R01.0"))

    load(tmp_path)
    load(tmp_path, change)
    changes = ReleaseChange.objects.order_by("code").values_list("kind", "code", "before", "after")
    assert list(changes) == [
        ("article_lists", "20604", "A50001", ""),
        ("article_diagnoses", "93306", "A50002", "1 added, 0 removed"),
        ("article_drops", "93308", "A50002", ""),
    ]
    said = Release.objects.get(name="Articles 2026-07-02").checks[-1]
    assert said == (
        "1 code added to an article, 1 code dropped from an article, 1 code with other diagnoses in an article "
        "since Articles 2026-06-25"
    )
