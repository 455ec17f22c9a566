"""What a release changed against the one before it, as recorded at loading."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes.loaders.load_release import load
from codes.loaders.plan import plan
from codes.loaders.retire import retire
from codes.loaders.rows import Options
from codes.models import Release, ReleaseChange
from tests import builders
from tests.builders import rvu
from tests.loaders.ncci_files import add_ons, edit, mue_table, ptp_set

pytestmark = pytest.mark.django_db

# July's last days before October begin with 2024-09-30.
ENDED = "20240930"


def load_all(*paths: Path, sample: bool = False) -> list[str]:
    """The last sentence of each load."""
    found = plan(paths).candidates
    return [load(candidate, Options(), sample=sample).messages[-1] for candidate in found]


def edits(folder: Path, version: str, *lines: str, sample: bool = False) -> str:
    """Load a set of edits and give the sentence about its changes."""
    (messages,) = load_all(*ptp_set(folder / version, version, *lines), sample=sample)
    return messages


def changes(name: str = "") -> list[tuple[str, ...]]:
    """(kind, code, other, before, after) of one release by its name, or of all."""
    rows = ReleaseChange.objects.filter(release__name=name) if name else ReleaseChange.objects.all()
    return sorted(rows.values_list("kind", "code", "other", "before", "after"))


def after_october(tmp_path: Path, july: list[str], october: list[str]) -> list[tuple[str, ...]]:
    """The changes of October 2024 against July."""
    always = edit("45385/45380")
    edits(tmp_path, "302", always, *july)
    edits(tmp_path, "303", always, *october)
    return changes()


def test_the_first_release_of_a_source_changes_nothing(tmp_path: Path) -> None:
    assert edits(tmp_path, "302", edit("45385/45380")) == "4 rows"
    assert changes() == []


def test_the_same_edits_a_quarter_later_changed_nothing(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"))
    assert edits(tmp_path, "303", edit("45385/45380")) == "nothing changed since 2024 Q3"


def test_an_edit_that_was_not_there_is_new(tmp_path: Path) -> None:
    new = edit("93000/93005", "0", first="20241001")
    assert after_october(tmp_path, [], [new]) == [("edit_new", "93000", "93005", "", "0")]


def test_an_edit_with_a_last_day_in_the_quarter_before_ended(tmp_path: Path) -> None:
    found = after_october(tmp_path, [edit("93000/93005")], [edit("93000/93005", last=ENDED)])
    assert found == [("edit_ended", "93000", "93005", "1", "2024-09-30")]


def test_an_edit_without_a_line_any_more_ended_on_a_day_not_told(tmp_path: Path) -> None:
    assert after_october(tmp_path, [edit("93000/93005")], []) == [("edit_ended", "93000", "93005", "1", "")]


def test_an_edit_that_ends_within_its_quarter_has_ended_in_the_next_one(tmp_path: Path) -> None:
    line = edit("93000/93005", last="20240815")
    assert after_october(tmp_path, [line], [line]) == [("edit_ended", "93000", "93005", "1", "2024-08-15")]


@pytest.mark.parametrize(
    "line",
    [edit("93000/93005", "9", "20200101", "20200101"), edit("93000/93005", last="20240630")],
    ids=["indicator 9", "a last day before July"],
)
def test_an_edit_that_is_now_said_never_to_have_stood_was_deleted_retroactively(
    tmp_path: Path, line: str
) -> None:
    ((kind, *_),) = after_october(tmp_path, [edit("93000/93005")], [line])
    assert kind == "edit_withdrawn"


def test_an_old_deletion_of_a_pair_does_not_make_a_new_one_retroactive(tmp_path: Path) -> None:
    """29881/29877 has an active record beside one of indicator 9 that was deleted in 2002."""
    old = edit("29881/29877", "9", "20020101", "20020101")
    found = after_october(
        tmp_path, [old, edit("29881/29877", "0")], [old, edit("29881/29877", "0", last=ENDED)]
    )
    assert found == [("edit_ended", "29881", "29877", "0", "2024-09-30")]


def test_an_ended_edit_that_applies_again_is_revived(tmp_path: Path) -> None:
    ended = edit("97140/97530", last="20191231")
    again = edit("97140/97530", "0", first="20241001")
    found = after_october(tmp_path, [ended], [ended, again])
    assert found == [("edit_revived", "97140", "97530", "2019-12-31", "0")]


def test_an_edit_that_only_never_applied_is_new_and_not_revived(tmp_path: Path) -> None:
    never = edit("97140/97530", "9", "20200101", "20200101")
    ((kind, *_),) = after_october(tmp_path, [never], [never, edit("97140/97530")])
    assert kind == "edit_new"


def test_another_indicator_is_one_change(tmp_path: Path) -> None:
    ended = edit("20610/76942", "1", last=ENDED)
    found = after_october(
        tmp_path, [edit("20610/76942", "1")], [ended, edit("20610/76942", "0", first="20241001")]
    )
    assert found == [("edit_indicator", "20610", "76942", "1", "0")]


def test_swapped_columns_are_one_change(tmp_path: Path) -> None:
    ended, swapped = edit("80048/80053", "0", last=ENDED), edit("80053/80048", "0", first="20241001")
    found = after_october(tmp_path, [edit("80048/80053", "0")], [ended, swapped])
    assert found == [("edit_swapped", "80053", "80048", "0", "0")]


def test_the_report_of_the_load_counts_the_changes(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"), edit("93000/93005"))
    messages = edits(tmp_path, "303", edit("45385/45380", "0"), edit("80053/80048"), edit("80053/80047"))
    expected = "2 edits added, 1 edit ended, 1 edit with another modifier indicator since 2024 Q3"
    assert messages == expected
    assert Release.objects.get(name="2024 Q4").checks[-1] == expected


def test_hospital_and_practitioner_edits_are_not_compared(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"))
    load_all(*ptp_set(tmp_path / "h", "303", edit("93000/93005"), setting="ccioph"))
    assert changes() == []


def test_the_sample_and_full_files_are_not_compared(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"), sample=True)
    assert edits(tmp_path, "303", edit("93000/93005")) == "4 rows"


def test_an_older_release_loaded_later_sets_right_the_changes_of_the_next(tmp_path: Path) -> None:
    july, october, january = (edit("45385/45380"), edit("93000/93005"), edit("80053/80048"))
    edits(tmp_path, "302", july)
    edits(tmp_path, "310", july, october, january)
    assert len(changes("2025 Q1")) == 2
    edits(tmp_path, "303", july, october)
    assert changes("2024 Q4") == [("edit_new", "93000", "93005", "", "1")]
    assert changes("2025 Q1") == [("edit_new", "80053", "80048", "", "1")]


def test_a_release_before_the_first_gives_that_one_its_changes(tmp_path: Path) -> None:
    edits(tmp_path, "303", edit("45385/45380"), edit("93000/93005"))
    assert edits(tmp_path, "302", edit("45385/45380")) == "4 rows"
    assert changes("2024 Q4") == [("edit_new", "93000", "93005", "", "1")]


def test_a_correction_is_compared_with_the_quarter_before_and_not_with_what_it_corrects(
    tmp_path: Path,
) -> None:
    edits(tmp_path, "302", edit("45385/45380"))
    edits(tmp_path, "303", edit("45385/45380"), edit("93000/93005"))
    load_all(*ptp_set(tmp_path / "again", "303", edit("45385/45380"), edit("80053/80048")))
    assert changes() == [("edit_new", "80053", "80048", "", "1")]


def test_a_corrected_quarter_gives_the_next_one_other_changes(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"))
    edits(tmp_path, "303", edit("45385/45380"), edit("93000/93005"))
    load_all(*ptp_set(tmp_path / "again", "302", edit("93000/93005")))
    assert changes("2024 Q4") == [("edit_new", "45385", "45380", "", "1")]


def test_when_a_release_is_retired_its_neighbours_are_compared(tmp_path: Path) -> None:
    july, october, january = (edit("45385/45380"), edit("93000/93005"), edit("80053/80048"))
    edits(tmp_path, "302", july)
    edits(tmp_path, "303", july, october)
    edits(tmp_path, "310", july, october, january)
    retire(Release.objects.get(name="2024 Q4"))
    assert changes() == [("edit_new", "80053", "80048", "", "1"), ("edit_new", "93000", "93005", "", "1")]


def test_when_a_full_release_replaces_the_samples_the_samples_neighbours_are_compared(tmp_path: Path) -> None:
    july, october, january = (edit("45385/45380"), edit("93000/93005"), edit("80053/80048"))
    edits(tmp_path, "302", july, sample=True)
    edits(tmp_path, "303", july, october, sample=True)
    edits(tmp_path, "310", july, october, january, sample=True)
    load_all(*ptp_set(tmp_path / "full", "303", july, january))
    assert changes() == [("edit_new", "80053", "80048", "", "1"), ("edit_new", "93000", "93005", "", "1")]


def test_retiring_waits_for_a_load_before_it_looks_at_anything(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"))
    release = Release.objects.get()
    with CaptureQueriesContext(connection) as asked:
        retire(release)
    tables = [query["sql"] for query in asked if '"codes_' in query["sql"]]
    assert '"codes_version"' in tables[0]


def test_a_dry_run_tells_the_changes_and_records_none(tmp_path: Path) -> None:
    edits(tmp_path, "302", edit("45385/45380"))
    (candidate,) = plan(ptp_set(tmp_path / "303", "303", edit("93000/93005"))).candidates
    assert load(candidate, Options(), dry_run=True).messages[-1].startswith("1 edit added, 1 edit ended")
    assert changes() == []


def test_unit_limits_go_up_and_down_come_and_go(tmp_path: Path) -> None:
    same = ("99213", 1, "2")
    load_all(mue_table(tmp_path, "01-01-2026", same, ("A1000", 5, "3"), ("B1000", 0, "2"), ("C1000", 1, "2")))
    (messages,) = load_all(
        mue_table(tmp_path, "04-01-2026", same, ("A1000", 4, "3"), ("B1000", 2, "2"), ("E1000", 0, "1"))
    )
    assert changes() == [
        ("limit_gone", "C1000", "", "1", ""),
        ("limit_lowered", "A1000", "", "5", "4"),
        ("limit_new", "E1000", "", "", "0"),
        ("limit_raised", "B1000", "", "0", "2"),
    ]
    assert messages == (
        "1 unit limit added, 1 unit limit dropped, 1 unit limit raised, 1 unit limit lowered since 2026 Q1"
    )


def test_another_adjudication_indicator_is_a_change_of_its_own(tmp_path: Path) -> None:
    load_all(mue_table(tmp_path, "01-01-2026", ("76376", 2, "3")))
    load_all(mue_table(tmp_path, "04-01-2026", ("76376", 3, "2")))
    assert changes() == [("limit_mai", "76376", "", "3", "2"), ("limit_raised", "76376", "", "2", "3")]


def test_relative_values_tell_status_work_and_global_days(tmp_path: Path) -> None:
    many = builders.many_rvus(20)
    before = [rvu("20610", hundredths=79, days="000"), rvu("76376", "26", hundredths=20), rvu("G2211")]
    after = [rvu("20610", hundredths=77, days="010"), rvu("76376", "26", hundredths=19)]
    load_all(builders.rvu_zip(tmp_path, [*many, *before], 2025, "D"))
    load_all(builders.rvu_zip(tmp_path, [*many, *after, rvu("G2211", status="B"), rvu("G2212")]))
    assert changes("RVU26C") == [
        ("code_new", "G2212", "", "", "A"),
        ("global_days", "20610", "", "000", "010"),
        ("status", "G2211", "", "A", "B"),
        ("work_rvu", "20610", "", "0.79", "0.77"),
        ("work_rvu", "76376", "26", "0.20", "0.19"),
    ]


def test_a_component_of_a_new_code_is_not_told_beside_the_code(tmp_path: Path) -> None:
    many = builders.many_rvus(20)
    load_all(builders.rvu_zip(tmp_path, [*many, rvu("93000")], 2025, "D"))
    new = [rvu("93000"), rvu("93000", "TC"), rvu("70450"), rvu("70450", "26")]
    load_all(builders.rvu_zip(tmp_path, [*many, *new]))
    assert changes("RVU26C") == [("code_new", "70450", "", "", "A"), ("component_new", "93000", "TC", "", "")]


def test_add_on_records_come_go_and_change_their_type(tmp_path: Path) -> None:
    load_all(
        add_ons(tmp_path, "2025Q4", ("99292", "99291", "1"), ("22614", "22600", "1"), ("0054T", "CCCCC", "2"))
    )
    load_all(
        add_ons(tmp_path, "2026Q1", ("22614", "22600", "3"), ("22614", "22610", "3"), ("0054T", "CCCCC", "2"))
    )
    assert changes() == [
        ("add_on_gone", "99292", "99291", "1", ""),
        ("add_on_new", "22614", "22610", "", "3"),
        ("add_on_type", "22614", "22600", "1", "3"),
    ]


def diagnoses(path: Path, *codes: str) -> Path:
    """A tabular list of categories, each with the codes under it: "M17 M17.0 M17.1"."""
    lists = [each.split() for each in codes]
    diags = "".join(
        f"<diag><name>{first}</name><desc>Text</desc>"
        + "".join(f"<diag><name>{code}</name><desc>Text</desc></diag>" for code in under)
        + "</diag>"
        for first, *under in lists
    )
    path.write_text(
        f"<ICD10CM.tabular><version>2026</version><chapter><section>{diags}</section></chapter></ICD10CM.tabular>"
    )
    return path


def test_diagnoses_come_go_and_are_divided(tmp_path: Path) -> None:
    load_all(diagnoses(tmp_path / "icd10c-tabular-October-1-2025.xml", "M17 M17.0", "I10", "R05 R05.1"))
    (words,) = load_all(
        diagnoses(tmp_path / "icd10c-tabular-April-1-2026.xml", "M17 M17.0 M17.1", "I10 I10.1", "R05")
    )
    assert changes() == [
        ("diagnosis_billable", "R05", "", "", ""),
        ("diagnosis_divided", "I10", "", "", ""),
        ("diagnosis_gone", "R05.1", "", "", ""),
        ("diagnosis_new", "I10.1", "", "", ""),
        ("diagnosis_new", "M17.1", "", "", ""),
    ]
    assert words == (
        "2 diagnoses added, 1 diagnosis deleted, 1 diagnosis billable now, 1 diagnosis divided into longer codes "
        "since ICD-10-CM 2025-10"
    )
