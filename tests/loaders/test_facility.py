"""Addenda of surgery centers and outpatient hospitals become releases: dated, whole, compared."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.loaders.errors import LoadRefused, Undated
from codes.loaders.plan import plan
from codes.models import ApcRate, AscRate, OppsRate, Release, ReleaseChange
from codes.models.release import Source
from tests import builders, facility_files

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)


def load(*paths: Path) -> str:
    out = io.StringIO()
    call_command("load_cms", *map(str, paths), stdout=out)
    return out.getvalue()


def test_three_addenda_are_one_release_of_the_quarter_in_their_titles(tmp_path: Path) -> None:
    (candidate,) = plan([facility_files.addenda(tmp_path / "download.zip")]).candidates
    assert (candidate.name, candidate.source, candidate.effective_from) == (
        "ASC addenda 2026-07",
        "asc",
        JULY,
    )
    assert [member.name for member in candidate.members] == ["AA.csv", "BB.csv", "EE.csv"]


@pytest.mark.parametrize("name", ["508-Version-Jul-2026-ASC-EE.csv", "July_2026_EE.csv", "ee-20260701.csv"])
def test_addendum_ee_alone_is_dated_by_its_name_and_still_lacks_the_others(tmp_path: Path, name: str) -> None:
    path = builders.written(tmp_path / name, facility_files.asc("EE", facility_files.EE))
    with pytest.raises(LoadRefused, match=r"it has three files.*lacks Addendum AA and Addendum BB"):
        plan([path])


def test_addendum_ee_that_says_no_quarter_waits_for_the_operator(tmp_path: Path) -> None:
    path = builders.written(tmp_path / "ee.csv", facility_files.asc("EE", facility_files.EE))
    with pytest.raises(Undated, match=r"ee\.csv: neither its heading nor its name says"):
        plan([path])


@pytest.mark.parametrize(
    ("archive", "member", "day"),
    [
        ("2025-nfrm-opps-addenda", "2025 NFRM Addendum B.11122024.txt", date(2025, 1, 1)),
        ("july-2025-opps-addendum-b", "Addendum B.txt", date(2025, 7, 1)),
        ("download", "2025 April Web Addendum B.txt", date(2025, 4, 1)),
    ],
)
def test_the_outpatient_list_is_of_the_quarter_in_its_names(
    tmp_path: Path, archive: str, member: str, day: date
) -> None:
    made = plan([builders.zipped(tmp_path / f"{archive}.zip", {member: facility_files.opps()})])
    assert [(each.source, each.effective_from) for each in made.candidates] == [(Source.OPPS, day)]


def test_the_groups_of_hospitals_are_a_list_of_their_own(tmp_path: Path) -> None:
    files = {
        "2025 NFRM Addendum A.11122024.txt": facility_files.opps_groups(),
        "B.txt": facility_files.opps(),
    }
    path = builders.zipped(tmp_path / "2025-nfrm-opps-addenda.zip", files)
    dated = {(each.source, each.effective_from) for each in plan([path]).candidates}
    assert dated == {(Source.OPPS, date(2025, 1, 1)), (Source.OPPS_APC, date(2025, 1, 1))}
    assert "loaded OPPS Addendum A 2025-01" in (said := load(path))
    assert "4 rows; 3 groups with a rate." in said
    assert ApcRate.objects.get(apc="5311").title == "Lower bowel 1"


def test_an_outpatient_list_without_a_quarter_waits_for_the_operator(tmp_path: Path) -> None:
    with pytest.raises(Undated):
        plan([builders.written(tmp_path / "Addendum B.txt", facility_files.opps())])


def test_two_zips_of_one_quarter_are_put_aside_and_the_rest_is_planned(tmp_path: Path) -> None:
    first = facility_files.addenda(tmp_path / "first.zip")
    second = facility_files.addenda(tmp_path / "second.zip", aa=facility_files.AA[:2])
    made = plan([first, second, facility_files.outpatient(tmp_path / "2025-nfrm.zip")])
    assert [each.source for each in made.candidates] == [Source.OPPS]
    assert "AA.csv (first) and AA.csv (second) both claim to be in force" in made.refused[0]


def test_cms_own_zip_goes_before_a_copy_of_the_quarter_with_other_rows(tmp_path: Path) -> None:
    own = facility_files.addenda(tmp_path / "july-2026-asc-approved-hcpcs-code-and-payment-rates.zip")
    copy = facility_files.addenda(tmp_path / "asc-addenda-20260701.zip", aa=facility_files.AA[:2])
    made = plan([copy, own])
    assert [(each.member.path, each.source) for each in made.candidates] == [(own, Source.ASC)]
    why = "has other rows than AA.csv, CMS's own file of the quarter"
    assert made.skipped == [(name, why) for name in ("AA.csv", "BB.csv", "EE.csv")]
    assert not made.refused


def test_the_same_zip_twice_is_one_release(tmp_path: Path) -> None:
    paths = [facility_files.addenda(tmp_path / name) for name in ("first.zip", "second.zip")]
    made = plan(paths)
    assert (len(made.candidates), made.refused) == (1, [])


def test_what_is_not_read_of_the_outpatient_rule_is_named(tmp_path: Path) -> None:
    def table(title: str) -> bytes:
        return f"{title} for CY 2026\r\nHCPCS Code,Short Descriptor\r\n".encode()

    files = {f"{name}.csv": table(f"Addendum {name} -- ASC Something") for name in ("DD1", "FF")}
    files |= {"E.txt": table("Addendum E.-- HCPCS Codes"), "D1.txt": table("Addendum D1.- Indicators")}
    made = plan([builders.zipped(tmp_path / "rule.zip", files)])
    assert sorted(name for name, _ in made.skipped) == ["D1.txt", "DD1.csv", "E.txt", "FF.csv"]
    assert dict(made.skipped)["FF.csv"].endswith("its OPPS rates are not what anybody is paid")


def test_the_rows_and_their_counts_are_stored(tmp_path: Path) -> None:
    said = load(
        facility_files.addenda(tmp_path / "asc.zip"), facility_files.outpatient(tmp_path / "2025-nfrm.zip")
    )
    assert "8 rows; 4 surgical, 3 ancillary and 1 excluded codes." in said
    assert "8 rows; 5 codes with a rate." in said
    assert AscRate.objects.get(code="27447").rate == Decimal("9393.16")
    assert AscRate.objects.get(code="22558").addendum == "EE"
    assert OppsRate.objects.get(code="27447").adjusted_copayment == Decimal("1632.00")


def test_a_quarter_is_compared_with_the_one_before(tmp_path: Path) -> None:
    load(facility_files.addenda(tmp_path / "april.zip", "April 2026"))
    changed = (
        *facility_files.AA[:1],
        ("27447", "", "", "Y", "G2", "1", "9400.00"),
        ("29881", "", "", "Y", "A2", "1", "9"),
    )
    load(facility_files.addenda(tmp_path / "july.zip", aa=changed))
    found = ReleaseChange.objects.order_by("code", "kind").values_list("kind", "code", "before", "after")
    assert list(found) == [
        ("facility_gone", "0095T", "N1", ""),
        ("facility_indicator", "27447", "J8", "G2"),
        ("facility_rate", "27447", "9393.160", "9400.000"),
        ("facility_new", "29881", "", "A2"),
        ("facility_gone", "G0105", "A2", ""),
    ]


def test_a_code_in_two_addenda_loads_nothing(tmp_path: Path) -> None:
    path = facility_files.addenda(
        tmp_path / "asc.zip", aa=[*facility_files.AA, ("22558", "", "", "N", "N1", "", "")]
    )
    with pytest.raises(CommandError):
        load(path)
    assert not Release.objects.ready().exists()


@pytest.mark.full_size
def test_every_addendum_of_surgery_centers_and_hospitals_loads_in_one_call(cms_files: Path) -> None:
    said = load(cms_files / "asc", cms_files / "opps")
    why = "has other rows than 508-Version-Jan-2025-ASC-AA.csv, CMS's own file of the quarter"
    assert [f"skipped {name}.csv: {why}" in said for name in ("AA", "BB", "EE")] == [True] * 3
    quarters = Release.objects.ready().filter(source=Source.ASC).order_by("effective_from")
    assert [f"{each.effective_from:%Y-%m}" for each in quarters] == [
        *("2024-01", "2024-04", "2024-07", "2024-10", "2025-01", "2025-04", "2025-07", "2025-10"),
        *("2026-01", "2026-04", "2026-07"),
    ]
    assert list(quarters.values_list("row_count", flat=True)) == [
        *(8_537, 8_567, 8_629, 8_652, 8_745, 8_772, 8_813, 8_844),
        *(8_882, 8_917, 8_939),
    ]
