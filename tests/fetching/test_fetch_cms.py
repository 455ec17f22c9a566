"""The command, from CMS's landing pages to rows in the database."""

import io
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from codes.fetching.download import Fetcher
from codes.fetching.targets import BY_NAME, TARGETS
from codes.models import FeeScheduleRow, Release
from codes.models.release import Source
from tests import builders
from tests.builders import rvu
from tests.fetching.cms_site import Site

pytestmark = pytest.mark.django_db
RVU = BY_NAME["rvu"].page
ZIP = "/files/zip/rvu26d-updated-08-26-2026.zip"
PTP = BY_NAME["ptp-practitioner"].page
PART = "/files/zip/medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f{}.zip"


@pytest.fixture
def cms(site: Site) -> Site:
    """The relative values of the fourth quarter, and bundling edits behind the licence."""
    site.page(RVU, f"{RVU}/rvu26d")
    site.page(f"{RVU}/rvu26d", ZIP)
    content = builders.pprrvu_csv([rvu("99213")], 2026, "D")
    site.file(ZIP, builders.packed({builders.pprrvu_name(2026, "D"): content}))
    site.page(PTP, *(f"/license/ama?file={PART.format(part)}" for part in (1, 2, 3, 4)))
    for part in (1, 2, 3, 4):
        site.file(PART.format(part), builders.packed({"ccipra.txt": b"edits"}))
    return site


def said(site: Site, folder: Path, *arguments: str) -> str:
    out = io.StringIO()
    hasty = Fetcher(timeout=1, attempts=1, pause=0)
    with (
        mock.patch("codes.management.commands.fetch_cms.Fetcher", return_value=hasty),
        mock.patch("django.utils.timezone.localdate", return_value=date(2026, 11, 23)),
    ):
        try:
            call_command("fetch_cms", *arguments, "--base", site.base, "--into", str(folder), stdout=out)
        except CommandError as error:
            out.write(f"failed: {error}\n")
    return out.getvalue()


def test_nothing_is_downloaded_without_being_told_to(cms: Site, tmp_path: Path) -> None:
    told = said(cms, tmp_path, "rvu")
    assert f"  2026 Q4  {cms.base}{ZIP}\n" in told
    assert cms.count(ZIP) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_download_tells_its_digest_and_loads_nothing(cms: Site, tmp_path: Path) -> None:
    told = said(cms, tmp_path, "rvu", "--download")
    assert "  got rvu26d-updated-08-26-2026.zip: " in told
    assert "sha256 " in told
    assert (tmp_path / "rvu26d-updated-08-26-2026.zip").exists()
    assert not Release.objects.exists()


def test_what_is_here_is_shown_and_not_got_again(cms: Site, tmp_path: Path) -> None:
    said(cms, tmp_path, "rvu", "--download")
    told = said(cms, tmp_path, "rvu", "--download")
    assert ", here already" in told
    assert "  had rvu26d" in told
    assert cms.count(ZIP) == 1


def test_a_load_ends_with_a_release(cms: Site, tmp_path: Path) -> None:
    assert "loaded RVU26D" in said(cms, tmp_path, "rvu", "--load")
    release = Release.objects.all().in_force(Source.PPRRVU, date(2026, 10, 1))
    assert release is not None
    assert (release.name, release.ama_license_accepted) == ("RVU26D", False)


def test_files_behind_the_licence_are_shown_and_not_got(cms: Site, tmp_path: Path) -> None:
    told = said(cms, tmp_path, "ptp-practitioner", "--download")
    assert told.count(", behind CMS's license page") == 4
    assert "say --agree-to-cms-license" in told
    assert told.endswith("failed: 1 of 1 kinds of file have a problem; see above.\n")
    assert cms.count(PART.format(1)) == 0


@pytest.mark.parametrize("flag", ["--agree-to-cms-license", "--agree-to-cms-licence"])
def test_who_agrees_to_the_licence_gets_the_files(cms: Site, tmp_path: Path, flag: str) -> None:
    told = said(cms, tmp_path, "ptp-practitioner", "--download", flag)
    assert told.count("  got medicare-ncci-2026q4") == 4
    assert [path for path, _ in cms.asked if "zip" in path and "agree=yes" in path] == [
        f"{PART.format(part)}?agree=yes" for part in (1, 2, 3, 4)
    ]


def test_a_set_with_a_file_missing_is_told(cms: Site, tmp_path: Path) -> None:
    cms.page(PTP, *(f"/license/ama?file={PART.format(part)}" for part in (1, 2, 4)))
    assert "  2026 Q4: 3 of 4 files are linked." in said(cms, tmp_path, "ptp-practitioner")


def test_one_kind_that_fails_does_not_hold_up_the_others(cms: Site, tmp_path: Path) -> None:
    cms.page(PTP, "/nothing")
    told = said(cms, tmp_path, "ptp-practitioner", "rvu", "--download")
    assert "ptp-practitioner: " in told
    assert "has CMS changed the page?" in told
    assert "  got rvu26d" in told
    assert "failed: 1 of 2 kinds of file have a problem" in told


def test_a_refused_file_keeps_nothing_and_is_told(cms: Site, tmp_path: Path) -> None:
    damaged = builders.pprrvu_csv([rvu("99213", days="ZZ9")], 2026, "D")
    cms.file(ZIP, builders.packed({builders.pprrvu_name(2026, "D"): damaged}))
    told = said(cms, tmp_path, "rvu", "--load")
    assert '"ZZ9"' in told
    assert "Nothing of this file, or of what came with it for the same day, was kept." in told
    assert not Release.objects.exists()


def test_an_unknown_name_is_refused(cms: Site, tmp_path: Path) -> None:
    assert "failed: No such file: rvus. There are rvu, ptp-practitioner" in said(cms, tmp_path, "rvus")


def test_every_kind_is_looked_at_when_none_is_named(cms: Site, tmp_path: Path) -> None:
    told = said(cms, tmp_path)
    assert f"failed: {len(TARGETS) - 2} of {len(TARGETS)} kinds of file have a problem" in told


def test_a_folder_that_cannot_be_written_is_told_for_each_kind(cms: Site, tmp_path: Path) -> None:
    taken = builders.written(tmp_path / "taken", b"a file")
    told = said(cms, taken / "cms", "rvu", "--download")
    assert "Not a directory" in told
    assert "failed: 1 of 1 kinds of file have a problem" in told


def test_a_licence_with_the_ama_does_not_agree_to_that_of_cms(cms: Site, tmp_path: Path) -> None:
    told = said(cms, tmp_path, "ptp-practitioner", "--download", "--accept-ama-license")
    assert "say --agree-to-cms-license" in told
    assert cms.count(PART.format(1)) == 0


def test_who_agrees_to_the_licence_of_cms_loads_without_one_of_the_ama(cms: Site, tmp_path: Path) -> None:
    """The lab schedule is behind the license page; its short descriptions of CPT codes are the AMA's."""
    page, file = BY_NAME["clfs"].page, "/files/zip/26clabq4.zip"
    cms.page(page, f"/license/ama?file={file}")
    rates = b"YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC\r\n2026,80048,,20260101,N,8.46,Text\r\n"
    cms.file(file, builders.packed({"PUF_CLFS_CY2026_Q4V1.csv": rates}))
    assert "loaded Lab fee schedule 2026-10" in said(
        cms, tmp_path, "clfs", "--load", "--agree-to-cms-license"
    )
    assert not Release.objects.get().ama_license_accepted


@pytest.mark.parametrize(("flags", "text"), [([], ""), (["--accept-ama-license"], "Office visit")])
def test_descriptions_are_stored_only_with_a_licence_of_the_ama(
    cms: Site, tmp_path: Path, flags: list[str], text: str
) -> None:
    content = builders.pprrvu_csv([rvu("99213", description="Office visit")], 2026, "D")
    cms.file(ZIP, builders.packed({builders.pprrvu_name(2026, "D"): content}))
    said(cms, tmp_path, "rvu", "--load", "--agree-to-cms-license", *flags)
    assert FeeScheduleRow.objects.get().description == text


def test_a_page_without_its_file_is_told_with_its_address_and_the_rest_is_shown(
    cms: Site, tmp_path: Path
) -> None:
    cms.page(RVU, f"{RVU}/rvu26d", f"{RVU}/rvu27a-0")
    cms.page(f"{RVU}/rvu27a-0", "/files/zip/relative-values-2027.zip")
    told = said(cms, tmp_path, "rvu")
    assert f"  {cms.base}{RVU}/rvu27a-0 has no link that looks like rvu: look at it" in told
    assert "  2026 Q4  " in told
    assert "failed: 1 of 1 kinds of file have a problem" in told


def test_quarters_that_are_due_are_told_and_are_no_fault(cms: Site, tmp_path: Path) -> None:
    cms.page(RVU, f"{RVU}/rvu26b")
    cms.page(f"{RVU}/rvu26b", "/files/zip/rvu26b.zip")
    told = said(cms, tmp_path, "rvu")
    assert "  2026 Q3 and 2026 Q4 are due, and CMS's page does not link them yet.\n" in told
    assert "failed" not in told
