"""Which file becomes which release, in force from when."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codes.loaders.candidate import Plan
from codes.loaders.errors import LoadRefused, Undated
from codes.loaders.plan import plan
from codes.models.release import Source
from tests import builders
from tests.builders import rvu
from tests.cms.workbooks import workbook
from tests.loaders.ncci_files import edit, ptp_set

ROWS = [rvu("99213"), rvu("99214")]
BEFORE_MARCH_9 = "32.7442"
FROM_MARCH_9 = "33.2875"


def january_2024(path: Path, factor: str) -> Path:
    """rvu24a.zip or rvu24ar.zip: the same names inside, the same title, another conversion factor."""
    return builders.zipped(
        path,
        {
            "PPRRVU24_JAN.csv": builders.pprrvu_csv(ROWS, 2024, "A", factor),
            "GPCI2024.csv": builders.gpci_csv(year=2024),
        },
    )


def dated(made: Plan) -> list[tuple[str, Source, date]]:
    return [(found.name, found.source, found.effective_from) for found in made.candidates]


def of_relative_values(made: Plan) -> list[tuple[str, date]]:
    return [(name, day) for name, source, day in dated(made) if source == Source.PPRRVU]


def test_the_file_itself_says_its_name_and_day(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "renamed.csv", builders.pprrvu_csv(ROWS, 2025, "D"))
    (candidate,) = plan([path]).candidates
    assert (candidate.name, candidate.effective_from) == ("RVU25D", date(2025, 10, 1))
    assert candidate.conversion_factor == Decimal("32.3465")


def test_a_factor_of_march_9_makes_the_revised_release_of_january(tmp_path: Path) -> None:
    path = january_2024(tmp_path / "rvu24ar.zip", FROM_MARCH_9)
    assert dated(plan([path])) == [
        ("RVU24AR", Source.GPCI, date(2024, 3, 9)),
        ("RVU24AR", Source.PPRRVU, date(2024, 3, 9)),
    ]


def test_the_same_factor_in_july_revises_nothing(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "a.csv", builders.pprrvu_csv(ROWS, 2024, "C", FROM_MARCH_9))
    assert dated(plan([path])) == [("RVU24C", Source.PPRRVU, date(2024, 7, 1))]


def test_the_order_of_zips_does_not_matter(tmp_path: Path) -> None:
    first = january_2024(tmp_path / "rvu24a.zip", BEFORE_MARCH_9)
    revised = january_2024(tmp_path / "rvu24ar.zip", FROM_MARCH_9)
    expected = [("RVU24A", date(2024, 1, 1)), ("RVU24AR", date(2024, 3, 9))]
    assert of_relative_values(plan([first, revised])) == expected
    assert of_relative_values(plan([revised, first])) == expected


def test_two_zips_of_one_name_are_two_archives(tmp_path: Path) -> None:
    paths = [
        january_2024(tmp_path / "old" / "rvu.zip", BEFORE_MARCH_9),
        january_2024(tmp_path / "new" / "rvu.zip", FROM_MARCH_9),
    ]
    assert [(name, source) for name, source, _ in dated(plan(paths))] == [
        ("RVU24A", Source.GPCI),
        ("RVU24A", Source.PPRRVU),
        ("RVU24AR", Source.GPCI),
        ("RVU24AR", Source.PPRRVU),
    ]


def test_files_of_one_name_in_two_folders_of_a_zip_are_two_files(tmp_path: Path) -> None:
    path = builders.zipped(
        tmp_path / "rvu24.zip",
        {
            "A/PPRRVU24_JAN.csv": builders.pprrvu_csv(ROWS, 2024, "A", BEFORE_MARCH_9),
            "AR/PPRRVU24_JAN.csv": builders.pprrvu_csv(ROWS, 2024, "A", FROM_MARCH_9),
        },
    )
    assert of_relative_values(plan([path])) == [("RVU24A", date(2024, 1, 1)), ("RVU24AR", date(2024, 3, 9))]


def test_a_zip_in_a_zip_is_found(tmp_path: Path) -> None:
    inner = builders.packed({"PPRRVU2025_Oct.csv": builders.pprrvu_csv(ROWS, 2025, "D")})
    assert dated(plan([builders.zipped(tmp_path / "all.zip", {"rvu25d.zip": inner})])) == [
        ("RVU25D", Source.PPRRVU, date(2025, 10, 1))
    ]


def test_a_folder_is_as_good_as_its_zip(tmp_path: Path) -> None:
    zipped = builders.rvu_zip(tmp_path, ROWS)
    folder = tmp_path / "rvu26c"
    shutil.unpack_archive(zipped, folder)
    assert dated(plan([folder])) == dated(plan([zipped]))


def test_companions_share_the_name_and_day_of_the_relative_values(tmp_path: Path) -> None:
    assert dated(plan([builders.rvu_zip(tmp_path, ROWS)])) == [
        ("RVU26C", Source.GPCI, date(2026, 7, 1)),
        ("RVU26C", Source.PPRRVU, date(2026, 7, 1)),
    ]


def test_an_index_file_alone_holds_from_january(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "GPCI2026.csv", builders.gpci_csv())
    assert dated(plan([path])) == [("GPCI 2026", Source.GPCI, date(2026, 1, 1))]


def test_the_zip_file_says_its_quarter_on_every_line(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "ZIP5.txt", builders.zip5(["35004"], quarter="20254"))
    assert dated(plan([path])) == [("ZIP5 2025 Q4", Source.ZIP_LOCALITY, date(2025, 10, 1))]


def test_both_tracks_of_2026_are_two_sources(tmp_path: Path) -> None:
    path = builders.zipped(
        tmp_path / "rvu26c.zip",
        {
            builders.pprrvu_name(track="nonQPP"): builders.pprrvu_csv(ROWS),
            builders.pprrvu_name(track="QPP"): builders.pprrvu_csv(ROWS, factor="33.5675"),
        },
    )
    assert [
        (source, factor.conversion_factor) for factor in plan([path]).candidates for source in [factor.source]
    ] == [
        (Source.PPRRVU, Decimal("33.4009")),
        (Source.PPRRVU_QPP, Decimal("33.5675")),
    ]


def test_a_renamed_file_of_the_qualifying_track_is_known_by_its_factor(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "download.csv", builders.pprrvu_csv(ROWS, factor="33.5675"))
    assert dated(plan([path])) == [("RVU26C", Source.PPRRVU_QPP, date(2026, 7, 1))]


def test_two_files_for_one_day_in_one_call_are_refused_by_both_names(tmp_path: Path) -> None:
    first = builders.written(tmp_path / "a" / "first.csv", builders.pprrvu_csv(ROWS))
    second = builders.written(tmp_path / "b" / "second.csv", builders.pprrvu_csv(ROWS[:1]))
    with pytest.raises(LoadRefused) as refusal:
        plan([first, second])
    assert "first.csv (a) and second.csv (b)" in str(refusal.value)
    assert "2026-07-01" in str(refusal.value)


def test_the_same_bytes_given_twice_in_one_call_are_one(tmp_path: Path) -> None:
    first = builders.written(tmp_path / "a" / "first.csv", builders.pprrvu_csv(ROWS))
    second = builders.written(tmp_path / "b" / "second.csv", builders.pprrvu_csv(ROWS))
    assert len(plan([first, second]).candidates) == 1


def test_a_txt_is_passed_over_for_its_csv(tmp_path: Path) -> None:
    txt = b"10112            AL      00"
    path = builders.zipped(tmp_path / "a.zip", {"GPCI2026.csv": builders.gpci_csv(), "GPCI2026.txt": txt})
    made = plan([path])
    assert [candidate.member.name for candidate in made.candidates] == ["GPCI2026.csv"]
    assert made.skipped == [("GPCI2026.txt", "twin of GPCI2026.csv")]


def test_what_is_not_recognised_is_listed_with_the_reason(tmp_path: Path) -> None:
    path = builders.zipped(
        tmp_path / "rvu26c.zip",
        {"RVU26C.pdf": b"%PDF", "notes.txt": b"hello\r\n", "GPCI2026.csv": builders.gpci_csv()},
    )
    assert sorted(plan([path]).skipped) == [
        ("RVU26C.pdf", "a document for people to read"),
        ("notes.txt", "not a file that we know"),
    ]


def test_the_operator_may_say_the_day(tmp_path: Path) -> None:
    made = plan([builders.rvu_zip(tmp_path, ROWS)], date(2026, 7, 15))
    assert {candidate.effective_from for candidate in made.candidates} == {date(2026, 7, 15)}


def test_a_file_that_does_not_say_its_day_asks_for_it(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "factors.csv", builders.anesthesia_csv())
    with pytest.raises(LoadRefused, match=r"factors\.csv: neither .* Give --effective-from YYYY-MM-DD"):
        plan([path])
    assert dated(plan([path], date(2026, 1, 1))) == [("factors", Source.ANESTHESIA, date(2026, 1, 1))]


def test_a_month_that_begins_no_quarter_is_not_taken_for_january(tmp_path: Path) -> None:
    path = builders.written(
        tmp_path / "HCPC2026_JUN_ANWEB.txt", builders.hcpcs_anweb({"A0428": "Ambulance"}, {})
    )
    with pytest.raises(LoadRefused, match=r"Give --effective-from"):
        plan([path])


def test_a_long_file_name_makes_a_name_that_fits(tmp_path: Path) -> None:
    path = builders.written(tmp_path / f"{'f' * 100}.csv", builders.anesthesia_csv())
    assert len(plan([path], date(2026, 1, 1)).candidates[0].name) == 60


def test_an_index_file_of_another_year_beside_relative_values_is_refused(tmp_path: Path) -> None:
    """Indices of 2025 under relative values of 2026 would make every amount wrong, and nothing would show it."""
    builders.written(tmp_path / builders.pprrvu_name(), builders.pprrvu_csv(ROWS))
    builders.written(tmp_path / "GPCI2026.csv", builders.gpci_csv(year=2025))
    with pytest.raises(LoadRefused, match=r"GPCI2026\.csv is of 2025, .* with it are RVU26C of 2026"):
        plan([tmp_path])


def test_half_a_set_of_bundling_edits_names_what_is_missing(tmp_path: Path) -> None:
    first, _, third, _ = sorted(ptp_set(tmp_path, "302", edit("45385/45380")))
    with pytest.raises(LoadRefused, match=r"has four files\. With .*f1.* the set lacks f2 and f4"):
        plan([first, third])


COUNTIES = [
    ["COUNTIES INCLUDED IN 2026 LOCALITIES", "", "", "", ""],
    ["Medicare Adminstrative Contractor", "Locality Number", "State ", "Fee Schedule Area ", "Counties"],
    ["10112", "00", "ALABAMA", "STATEWIDE", "ALL COUNTIES"],
]


def test_a_workbook_beside_its_csv_is_its_twin(tmp_path: Path) -> None:
    files = {"GPCI2026.csv": builders.gpci_csv(), "GPCI2026.xlsx": b"PK", "ANES2026.xlsx": b"PK"}
    made = plan([builders.zipped(tmp_path / "rvu26c.zip", files)])
    assert sorted(made.skipped) == [
        ("ANES2026.xlsx", "an Excel workbook; CMS publishes the same as csv: load that"),
        ("GPCI2026.xlsx", "twin of GPCI2026.csv"),
    ]


def test_the_counties_are_read_from_the_workbook_where_it_is_the_only_form(tmp_path: Path) -> None:
    table = workbook([[*row] for row in COUNTIES])
    made = plan([builders.zipped(tmp_path / "rvu26c.zip", {"26LOCCO.xlsx": table})])
    assert dated(made) == [("LOCCO 2026", Source.LOCALITIES, date(2026, 1, 1))]
    text = "".join(f"{','.join(row)}\r\n" for row in COUNTIES).encode()
    made = plan([builders.zipped(tmp_path / "rvu26d.zip", {"26LOCCO.xlsx": table, "26LOCCO.csv": text})])
    assert ([c.member.name for c in made.candidates], made.skipped) == (
        ["26LOCCO.csv"],
        [("26LOCCO.xlsx", "twin of 26LOCCO.csv")],
    )


@pytest.mark.parametrize(
    ("archive", "name", "effective", "day"),
    [
        ("25CLABQ1", "CLFS 2025 Q1V1.csv", "20250101", date(2025, 1, 1)),
        ("download", "PUF_CLFS_CY2025_Q3V1.csv", "20250101", date(2025, 7, 1)),
        ("25clabq4", "download.csv", "20250101", date(2025, 10, 1)),
        ("download", "download.csv", "20250402", date(2025, 4, 1)),
        ("26clabq1", "CLFS_2026_Q1V1.csv", "20250701", date(2025, 7, 1)),
    ],
)
def test_the_laboratory_schedule_is_of_the_quarter_that_its_name_or_its_latest_rate_says(
    tmp_path: Path, archive: str, name: str, effective: str, day: date
) -> None:
    content = f"YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC\r\n2025,80048,,{effective},N,8.46,\r\n"
    made = plan([builders.zipped(tmp_path / f"{archive}.zip", {name: content.encode()})])
    assert dated(made) == [(f"Lab fee schedule {day:%Y-%m}", Source.CLFS, day)]


@pytest.mark.parametrize(
    ("archive", "name", "day"),
    [
        ("add-code-edits-medicare-effective-06012026", "AOC_V2026Q2-F-MCR.txt", date(2026, 6, 1)),
        ("add-code-edits-medicare-effective-04012026-0", "AOC_V2026Q2-MCR.txt", date(2026, 4, 1)),
        ("add-code-edits-medicare-effective-13992026", "AOC_V2026Q2-MCR.txt", date(2026, 4, 1)),
        ("download", "AOC_V2026Q2-MCR.txt", date(2026, 4, 1)),
    ],
)
def test_the_add_on_codes_are_of_the_day_in_the_name_of_their_zip(
    tmp_path: Path, archive: str, name: str, day: date
) -> None:
    line = f"101953{' ' * 7}01952{' ' * 7}2013091{' ' * 7}".ljust(60)
    made = plan([builders.zipped(tmp_path / f"{archive}.zip", {name: f"{line}\r\n".encode()})])
    assert dated(made) == [(f"Add-on codes {day:%Y-%m}", Source.ADD_ON, day)]


TABULAR = """<ICD10CM.tabular><version>2026</version><chapter><section>
<diag><name>I10</name><desc>Pressure</desc></diag>
</section></chapter></ICD10CM.tabular>"""


@pytest.mark.parametrize(
    ("archive", "name", "day"),
    [
        ("icd10cm-tabular-april-1-2026", "icd10c-tabular-April-1-2026.xml", date(2026, 4, 1)),
        ("april-1-2026-code-tables-tabular-and-index", "icd10cm-tabular-2026.xml", date(2026, 4, 1)),
        ("2026-code-tables-tabular-and-index", "icd10cm-tabular-2026.xml", date(2025, 10, 1)),
    ],
)
def test_diagnoses_are_of_the_day_in_a_name_or_of_the_first_day_of_their_fiscal_year(
    tmp_path: Path, archive: str, name: str, day: date
) -> None:
    made = plan([builders.zipped(tmp_path / f"{archive}.zip", {name: TABULAR.encode()})])
    assert dated(made) == [(f"ICD-10-CM {day:%Y-%m}", Source.ICD10, day)]


def test_diagnoses_that_were_updated_within_their_year_need_a_day(tmp_path: Path) -> None:
    archive = "2026-code-tables-tabular-and-index-updated-02-01-2026.zip"
    path = builders.zipped(tmp_path / archive, {"icd10cm-tabular-2026.xml": TABULAR.encode()})
    with pytest.raises(Undated, match="--effective-from 2026-04-01"):
        plan([path])


def test_diagnoses_of_another_year_than_their_name_says_are_refused(tmp_path: Path) -> None:
    path = builders.zipped(tmp_path / "x.zip", {"icd10c-tabular-April-1-2027.xml": TABULAR.encode()})
    with pytest.raises(LoadRefused, match="its version is 2026, the fiscal year from 2025-10-01"):
        plan([path])
