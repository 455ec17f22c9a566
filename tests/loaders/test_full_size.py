"""CMS's files as published, all in one call and in an order that is not theirs."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from codes.models import FeeScheduleRow, Release
from codes.models.release import Source

pytestmark = [pytest.mark.full_size, pytest.mark.django_db]

ARCHIVES = ("rvu24ar", "rvu24a", "rvu26c", "rvu25d", "zip-code-carrier-locality-oct2025")


def load(*paths: Path) -> list[str]:
    """The lines that load_cms prints."""
    out = io.StringIO()
    call_command("load_cms", *map(str, paths), "--accept-ama-license", stdout=out)
    return out.getvalue().splitlines()


def loaded() -> set[tuple[str, str, str, int]]:
    releases = Release.objects.ready()
    return {
        (source, name, str(day), rows)
        for source, name, day, rows in releases.values_list("source", "name", "effective_from", "row_count")
    }


def test_the_published_archives_become_releases_with_their_days_and_rows(cms_files: Path) -> None:
    said = load(*(cms_files / f"{archive}.zip" for archive in ARCHIVES))
    assert loaded() == {
        ("pprrvu", "RVU24A", "2024-01-01", 18_499),
        ("gpci", "RVU24A", "2024-01-01", 109),
        ("anesthesia", "RVU24A", "2024-01-01", 109),
        ("opps_cap", "RVU24A", "2024-01-01", 17_710),
        ("pprrvu", "RVU24AR", "2024-03-09", 18_499),
        ("gpci", "RVU24AR", "2024-03-09", 109),
        ("anesthesia", "RVU24AR", "2024-03-09", 109),
        ("opps_cap", "RVU24AR", "2024-03-09", 17_710),
        ("pprrvu", "RVU25D", "2025-10-01", 19_090),
        ("gpci", "RVU25D", "2025-10-01", 109),
        ("localities", "RVU25D", "2025-10-01", 109),
        ("anesthesia", "RVU25D", "2025-10-01", 109),
        ("opps_cap", "RVU25D", "2025-10-01", 16_100),
        ("zip_locality", "ZIP5 2025 Q4", "2025-10-01", 42_956),
        ("pprrvu", "RVU26C", "2026-07-01", 19_356),
        ("gpci", "RVU26C", "2026-07-01", 109),
    }
    sentences = [line.partition(": ")[2] for line in said if "(PPRRVU" in line and line.startswith("loaded")]
    assert sentences == [
        "18,499 rows; totals equal their parts; one conversion factor, 32.7442; 8,142 codes with status A, R or T.",
        "18,499 rows; totals equal their parts; one conversion factor, 33.2875; 8,142 codes with status A, R or T; "
        "no relative value changed since RVU24A; conversion factor 33.2875 instead of 32.7442.",
        "19,090 rows; totals equal their parts; one conversion factor, 32.3465; 8,186 codes with status A, R or T; "
        "660 codes added, 132 codes dropped, 8 components added, 56 statuses changed, 5 global days changed, "
        "60 work RVUs changed, 8,190 office practice expense RVUs changed, "
        "8,091 facility practice expense RVUs changed, 5,921 malpractice RVUs changed since RVU24AR; "
        "conversion factor 32.3465 instead of 33.2875.",
        "19,356 rows; totals equal their parts; one conversion factor, 33.4009; 8,593 codes with status A, R or T; "
        "454 codes added, 210 codes dropped, 4 components added, 334 statuses changed, 284 global days changed, "
        "7,477 work RVUs changed, 9,094 office practice expense RVUs changed, "
        "9,140 facility practice expense RVUs changed, 6,307 malpractice RVUs changed since RVU25D; "
        "conversion factor 33.4009 instead of 32.3465.",
    ]
    assert "42,956 rows; 109 localities; 580 ZIP codes span localities." in " ".join(said)


def test_march_8_and_march_9_of_2024_have_different_factors(cms_files: Path) -> None:
    load(cms_files / "rvu24ar.zip", cms_files / "rvu24a.zip")
    releases = [Release.objects.all().in_force(Source.PPRRVU, date(2024, 3, day)) for day in (8, 9)]
    assert [str(release and release.conversion_factor) for release in releases] == ["32.7442", "33.2875"]


def test_the_reference_files_fit_into_their_tables(cms_files: Path) -> None:
    load(cms_files / "reference")
    assert loaded() >= {
        ("anesthesia_base", "Anesthesia base units 2022-01", "2022-01-01", 276),
        ("rbcs", "RBCS 2024-01", "2024-01-01", 15_522),
        ("hcpcs", "HCPCS 2025-10", "2025-10-01", 8_463),
        ("gpci", "GPCI 2026", "2026-01-01", 109),
        ("clfs", "Lab fee schedule 2026-01", "2026-01-01", 2_162),
    }


def test_the_diagnoses_of_april_2026_fit_into_their_table(cms_files: Path) -> None:
    said = load(cms_files / "icd10")
    assert loaded() == {("icd10", "ICD-10-CM 2026-04", "2026-04-01", 98_262)}
    assert "98,262 rows; 74,795 billable; 3,032 with Excludes1 notes." in " ".join(said)


DRUG_LIMITS = (
    ("2024 Q1", "2024-01-01", 821),
    ("2024 Q2", "2024-04-01", 819),
    ("2024 Q3", "2024-07-01", 846),
    ("2024 Q4", "2024-10-01", 864),
    ("2025 Q1", "2025-01-01", 877),
    ("2025 Q2", "2025-04-01", 942),
    ("2025 Q3", "2025-07-01", 970),
    ("2025 Q4", "2025-10-01", 1_012),
    ("2026 Q1", "2026-01-01", 876),
)


def test_the_fees_of_equipment_of_january_2025_fit_into_their_tables(cms_files: Path) -> None:
    load(cms_files / "dmepos")
    assert loaded() == {
        ("dmepos", "DMEPOS 2025-01", "2025-01-01", 3_487),
        ("pen", "PEN 2025-01", "2025-01-01", 50),
        ("dmepos_rural", "DMEPOS rural ZIP codes 2025-01", "2025-01-01", 15_913),
    }


def test_a_whole_folder_of_files_of_many_kinds_loads_what_is_read(cms_files: Path) -> None:
    said = load(
        cms_files / "clfs", cms_files / "asp", cms_files / "damaged" / "PPRRVU2025_Jul_bare_CR.csv.gz"
    )
    assert loaded() == {
        ("clfs", "Lab fee schedule 2025-01", "2025-01-01", 2_087),
        ("pprrvu", "RVU25C", "2025-07-01", 19_029),
        ("asp_ndc", "NDC 2025 Q4", "2025-10-01", 8_245),
        ("asp_noc", "NOC 2025 Q4", "2025-10-01", 1),
        *(("asp", f"ASP {quarter}", day, rows) for quarter, day, rows in DRUG_LIMITS),
    }
    why = "has no heading, and other rows than 2025Q4_asp_pricing.csv, CMS's own file of the quarter"
    assert f"skipped 2025Q4_ASP_Pricing.csv: {why}" in said
    assert "skipped CLFS 2025 Q1V1.csv: twin of CLFS 2025 Q1V1.xlsx" in said


def test_a_full_file_loaded_without_the_licence_holds_no_description_of_the_ama_or_the_ada(
    cms_files: Path,
) -> None:
    call_command("load_cms", str(cms_files / "rvu25d.zip"), stdout=io.StringIO())
    described = FeeScheduleRow.objects.exclude(description="").values_list("code", flat=True)
    assert described.count() > 2_000
    assert {code[0] for code in described} <= set("ABCEFGHIJKLMNOPQRSTUV")
    assert {code for code in described if not code[1:].isdigit()} == set()
