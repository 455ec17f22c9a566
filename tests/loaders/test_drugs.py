"""CMS's files of Part B drugs: which quarter each is of, which copy is loaded, and what changed since the last."""

from datetime import date
from pathlib import Path

import pytest

from codes.loaders.candidate import Plan
from codes.loaders.errors import Undated
from codes.loaders.load_release import load
from codes.loaders.plan import plan
from codes.loaders.rows import Options
from codes.models import DrugLimit, DrugPackage, ReleaseChange, SingleDoseDrug
from codes.models.release import Source
from tests import drug_files
from tests.builders import written, zipped

JANUARY_2026 = "January 1, 2026 through March 31, 2026"
ROW = "J0897,x,1 MG,29.380,17.508,,,,,,"


def dated(made: Plan) -> list[tuple[Source, str, date]]:
    return [(found.source, found.name, found.effective_from) for found in made.candidates]


def test_heading_says_the_quarter_whatever_the_file_is_called(tmp_path: Path) -> None:
    name = "section 508 version of Jan 2025 ASP Pricing File updated 030725.csv"
    path = written(tmp_path / name, drug_files.limits(heading=JANUARY_2026))
    assert dated(plan([path])) == [(Source.ASP, "ASP 2026 Q1", date(2026, 1, 1))]


def test_copy_without_heading_is_of_the_quarter_in_its_name(tmp_path: Path) -> None:
    path = written(tmp_path / "2024Q3_ASP_Pricing.csv", drug_files.limits())
    assert dated(plan([path])) == [(Source.ASP, "ASP 2024 Q3", date(2024, 7, 1))]


def test_copy_that_says_no_quarter_is_refused_in_words(tmp_path: Path) -> None:
    path = written(tmp_path / "limits.csv", drug_files.limits())
    with pytest.raises(Undated, match="neither its heading nor its name says from when"):
        plan([path])


def test_crosswalk_unclassified_drugs_and_single_dose_list_are_releases_of_their_own(tmp_path: Path) -> None:
    written(tmp_path / "a_crosswalk.csv", drug_files.crosswalk())
    written(tmp_path / "b_noc.csv", drug_files.unclassified("Drug (Maker),1 UNIT,$2.462,"))
    written(tmp_path / "jw_jz_single_dose_2025-06-20.csv", drug_files.single_dose("J0897"))
    assert dated(plan([tmp_path])) == [
        (Source.SINGLE_DOSE, "JW/JZ list of 2025-06-20", date(2025, 6, 20)),
        (Source.ASP_NDC, "NDC 2026 Q1", date(2026, 1, 1)),
        (Source.ASP_NOC, "NOC 2026 Q1", date(2026, 1, 1)),
    ]


def test_same_rows_in_a_zip_and_beside_it_are_loaded_once(tmp_path: Path) -> None:
    content = drug_files.limits(heading=JANUARY_2026)
    zipped(tmp_path / "january.zip", {"limits.csv": content})
    written(tmp_path / "limits.csv", content.replace(b"\r\n", b"\n"))
    made = plan([tmp_path])
    assert len(made.candidates) == 1
    (skipped,) = made.skipped
    assert "holds the same rows as limits.csv (" in skipped[1]


def test_cms_own_file_goes_before_a_copy_of_the_quarter_with_other_rows(tmp_path: Path) -> None:
    written(tmp_path / "2026Q1_ASP_Pricing.csv", drug_files.limits(ROW))
    written(tmp_path / "2026q1_limits.csv", drug_files.limits(heading=JANUARY_2026))
    made = plan([tmp_path])
    assert [each.member.name for each in made.candidates] == ["2026q1_limits.csv"]
    why = "has no heading, and other rows than 2026q1_limits.csv, CMS's own file of the quarter"
    assert made.skipped == [("2026Q1_ASP_Pricing.csv", why)]


@pytest.mark.django_db
def test_rows_are_loaded_and_what_changed_is_recorded(tmp_path: Path) -> None:
    written(tmp_path / "2025Q4_ASP_Pricing.csv", drug_files.limits(ROW, "J0001,x,1  mg,5.000,20,,,,,,"))
    written(tmp_path / "2026Q1_ASP_Pricing.csv", drug_files.limits())
    written(tmp_path / "ndc_crosswalk.csv", drug_files.crosswalk())
    written(tmp_path / "list_2025-06-20.csv", drug_files.single_dose("J0897", "J1885"))
    for candidate in plan([tmp_path]).candidates:
        load(candidate, Options())
    assert SingleDoseDrug.objects.count() == 2
    assert str(DrugPackage.objects.get(ndc="00409-3795-01").package_units) == "50.0000"
    assert str(DrugLimit.objects.get(code="J0897", release__name="ASP 2026 Q1").limit) == "29.457"
    changed = ReleaseChange.objects.filter(code="J0897").values_list("kind", "before", "after")
    assert set(changed) == {
        ("drug_limit", "29.380", "29.457"),
        ("drug_coinsurance", "17.508", "17.585"),
    }
    assert ReleaseChange.objects.get(code="J0001").kind == "drug_gone"
    assert ReleaseChange.objects.get(code="A9606").after == ""
