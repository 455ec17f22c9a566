"""One file becomes one release, whole or not at all."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms.layout import LayoutError
from codes.loaders.errors import LoadRefused
from codes.loaders.load_release import LoadResult, load, load_together
from codes.loaders.plan import plan
from codes.loaders.rows import Options
from codes.models import FeeScheduleRow, Gpci, HcpcsText, Release, Version, ZipLocality
from codes.models.release import ReleaseState, Source
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db

TWO_CODES = [rvu("99213", hundredths=130), rvu("99214", hundredths=192)]


def load_all(*paths: Path, dry_run: bool = False, accept: bool = False) -> list[LoadResult]:
    options = Options(accept_ama_license=accept)
    return [load(candidate, options, dry_run=dry_run) for candidate in plan(paths).candidates]


def relative_values(folder: Path, rows: list[list[str]], factor: str = "") -> Path:
    return builders.written(folder / builders.pprrvu_name(), builders.pprrvu_csv(rows, factor=factor))


def codes_in_force(at: date = date(2026, 8, 1)) -> list[str]:
    release = Release.objects.all().in_force(Source.PPRRVU, at)
    return sorted(FeeScheduleRow.objects.filter(release=release).values_list("code", flat=True))


def test_a_file_becomes_a_ready_release_with_its_rows(tmp_path: Path) -> None:
    (outcome,) = load_all(relative_values(tmp_path, TWO_CODES))
    release = Release.objects.get()
    assert outcome.word == "loaded"
    assert (release.name, release.effective_from, release.state) == (
        "RVU26C",
        date(2026, 7, 1),
        ReleaseState.READY,
    )
    assert (release.row_count, release.conversion_factor) == (2, Decimal("33.4009"))
    assert FeeScheduleRow.objects.get(code="99214").work_rvu == Decimal("1.92")


def test_a_release_remembers_its_file_and_what_was_checked(tmp_path: Path) -> None:
    path = relative_values(tmp_path, TWO_CODES)
    load_all(path)
    release = Release.objects.get()
    assert release.file_name == "PPRRVU2026_Jul_nonQPP.csv"
    assert release.sha256 == plan([path]).candidates[0].member.sha256()
    assert release.checks == [
        "2 rows",
        "totals equal their parts",
        "one conversion factor, 33.4009",
        "2 codes with status A, R or T",
    ]


def test_the_next_release_tells_which_codes_are_gone_and_new(tmp_path: Path) -> None:
    many = builders.many_rvus(20)
    load_all(builders.rvu_zip(tmp_path, [*many, rvu("99213")], 2025, "D"))
    messages = load_all(builders.rvu_zip(tmp_path, [*many, rvu("99214"), rvu("99215")]))
    assert "2 codes added, 1 code dropped since RVU25D" in messages[1].messages


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = builders.rvu_zip(tmp_path, TWO_CODES)
    load_all(path)
    before = list(Release.objects.values()), Version.objects.get(name="data").number
    assert [outcome.word for outcome in load_all(path)] == ["unchanged", "unchanged"]
    assert (list(Release.objects.values()), Version.objects.get(name="data").number) == before


def test_each_load_moves_the_data_version(tmp_path: Path) -> None:
    load_all(relative_values(tmp_path, TWO_CODES))
    first = Version.objects.get(name="data").number
    load_all(relative_values(tmp_path, [*TWO_CODES, rvu("99215")]))
    assert Version.objects.get(name="data").number == first + 1


def test_another_file_for_the_same_day_is_a_correction(tmp_path: Path) -> None:
    load_all(relative_values(tmp_path, TWO_CODES))
    (outcome,) = load_all(relative_values(tmp_path, [*TWO_CODES, rvu("99215")]))
    assert outcome.replaced == "RVU26C"
    assert list(Release.objects.order_by("pk").values_list("state", flat=True)) == ["retired", "ready"]
    assert codes_in_force() == ["99213", "99214", "99215"]


def test_a_refused_correction_leaves_the_former_release_served(tmp_path: Path) -> None:
    load_all(relative_values(tmp_path, TWO_CODES))
    with pytest.raises(LayoutError):
        load_all(relative_values(tmp_path, [rvu("99213"), rvu("99214", days="ZZ9")]))
    assert (Release.objects.count(), FeeScheduleRow.objects.count()) == (1, 2)
    assert codes_in_force() == ["99213", "99214"]


def test_a_failing_check_leaves_nothing_of_the_new_release(tmp_path: Path) -> None:
    load_all(relative_values(tmp_path, builders.many_rvus(20)))
    with pytest.raises(LoadRefused):
        load_all(relative_values(tmp_path, builders.many_rvus(10)))
    assert (Release.objects.get().row_count, FeeScheduleRow.objects.count()) == (20, 20)


def test_a_dry_run_checks_everything_and_keeps_nothing(tmp_path: Path) -> None:
    (outcome,) = load_all(relative_values(tmp_path, TWO_CODES), dry_run=True)
    assert (outcome.word, outcome.messages[0]) == ("checked", "2 rows")
    assert not Release.objects.exists()
    assert not FeeScheduleRow.objects.exists()
    assert not Version.objects.exists()


def test_a_dry_run_refuses_what_a_load_refuses(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match="GLOB DAYS"):
        load_all(relative_values(tmp_path, [rvu("99213", days="ZZ9")]), dry_run=True)


DESCRIBED = [
    rvu(code, description=f"made up {code}") for code in ("99213", "0446T", "J1100", "D0120", "G0105")
]


def descriptions() -> dict[str, str]:
    release = Release.objects.ready().get()
    return dict(FeeScheduleRow.objects.filter(release=release).values_list("code", "description"))


def test_without_the_licence_only_hcpcs_descriptions_are_stored(tmp_path: Path) -> None:
    load_all(relative_values(tmp_path, DESCRIBED))
    kept = {code for code, text in descriptions().items() if text}
    assert kept == {"J1100", "G0105"}
    assert not Release.objects.get().ama_license_accepted


def test_with_the_licence_accepted_descriptions_are_stored_and_that_is_recorded(tmp_path: Path) -> None:
    load_all(relative_values(tmp_path, DESCRIBED), accept=True)
    assert descriptions()["99213"] == "made up 99213"
    assert Release.objects.get().ama_license_accepted


def test_accepting_the_licence_later_loads_the_same_file_again_with_descriptions(tmp_path: Path) -> None:
    path = relative_values(tmp_path, DESCRIBED)
    load_all(path)
    (outcome,) = load_all(path, accept=True)
    assert outcome.word == "loaded"
    assert descriptions()["99213"] == "made up 99213"


def test_loading_again_without_the_licence_keeps_the_descriptions(tmp_path: Path) -> None:
    path = relative_values(tmp_path, DESCRIBED)
    load_all(path, accept=True)
    assert [outcome.word for outcome in load_all(path)] == ["unchanged"]


def test_the_hcpcs_file_gives_its_codes_and_leaves_its_modifiers(tmp_path: Path) -> None:
    content = builders.hcpcs_anweb({"J1100": "made up text", "A0021": "another"}, {"AA": "a modifier"})
    load_all(builders.written(tmp_path / "HCPC2026_JUL_ANWEB_06172026.txt", content))
    assert sorted(HcpcsText.objects.values_list("code", flat=True)) == ["A0021", "J1100"]
    assert Release.objects.get().effective_from == date(2026, 7, 1)


def test_the_zip_file_tells_how_many_zips_span_localities(tmp_path: Path) -> None:
    content = builders.zip5(["35004", "35005", "35006"], spanning=["35005"])
    (outcome,) = load_all(builders.written(tmp_path / "ZIP5_OCT2025.txt", content))
    assert outcome.messages == ("3 rows", "1 localities", "1 ZIP codes span localities")
    assert list(ZipLocality.objects.filter(plus_four=True).values_list("zip_code", flat=True)) == ["35005"]


def test_an_older_release_may_be_loaded_after_a_newer_one(tmp_path: Path) -> None:
    load_all(builders.rvu_zip(tmp_path, TWO_CODES))
    load_all(builders.rvu_zip(tmp_path, [rvu("99213")], 2025, "D"))
    assert codes_in_force(date(2025, 11, 3)) == ["99213"]
    assert codes_in_force(date(2026, 8, 1)) == ["99213", "99214"]


def test_indices_keep_name_and_three_decimals(tmp_path: Path) -> None:
    load_all(builders.written(tmp_path / "GPCI2026.csv", builders.gpci_csv(work="1.017")))
    place = Gpci.objects.get(mac="10000", locality="07")
    assert (place.name, place.work_gpci, place.pe_gpci) == ("PLACE 7", Decimal("1.017"), Decimal("0.875"))


def test_files_of_one_archive_come_into_force_together_or_not_at_all(tmp_path: Path) -> None:
    """The index file is good and comes first; the relative values break off in their third line of data."""
    good, broken = builders.rvu_zip(tmp_path / "good", TWO_CODES), [*TWO_CODES, ["99215"]]
    (together,) = plan([builders.rvu_zip(tmp_path, broken)]).sets()
    assert [candidate.source for candidate in together] == [Source.GPCI, Source.PPRRVU]
    with pytest.raises(LayoutError):
        load_together(together, Options())
    assert not Release.objects.exists()
    assert not Gpci.objects.exists()
    (together,) = plan([good]).sets()
    assert [outcome.word for outcome in load_together(together, Options())] == ["loaded", "loaded"]
    assert Gpci.objects.count() == 109
