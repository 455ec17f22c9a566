"""From landing pages to the newest links."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest

from codes.fetching.links import FileLink, Look, NothingFound, addresses, look, newest
from codes.fetching.targets import BY_NAME, TARGETS, Target

BASE = "https://www.cms.gov"
NOVEMBER = date(2026, 11, 23)


def from_pages(name: str, pages: dict[str, list[str]], today: date = NOVEMBER) -> list[FileLink]:
    """The newest links of a file, where CMS has these pages with these links and no others."""

    return looked_at(name, pages, today).links


def looked_at(name: str, pages: dict[str, list[str]], today: date = NOVEMBER) -> Look:
    """The same with what is said of the pages."""

    def read(address: str) -> str:
        return "".join(f"<a href='{link}'>x</a>" for link in pages[address.removeprefix(BASE)])

    return look(BY_NAME[name], BASE, read, today)


def names(links: list[FileLink]) -> list[str]:
    return [link.file_name for link in links]


def landing(name: str) -> str:
    return BY_NAME[name].page


RVU = landing("rvu")


def rvu_pages(*files: str) -> dict[str, list[str]]:
    return {
        RVU: [f"{RVU}/rvu26c", f"{RVU}/rvu26d", "/somewhere/else"],
        f"{RVU}/rvu26c": [],
        f"{RVU}/rvu26d": [*files],
    }


def test_the_page_of_the_newest_quarter_is_followed() -> None:
    links = from_pages("rvu", rvu_pages("/files/zip/rvu26d-updated-08-26-2026.zip"))
    assert [(link.address, link.period) for link in links] == [
        (f"{BASE}/files/zip/rvu26d-updated-08-26-2026.zip", "2026 Q4")
    ]


def test_of_two_revisions_of_a_quarter_the_later_day_counts() -> None:
    files = [
        "/files/zip/rvu26d-updated-09-30-2026.zip",
        "/files/zip/rvu26d.zip",
        "/files/zip/rvu26d-updated-08-26-2026.zip",
    ]
    assert names(from_pages("rvu", rvu_pages(*files))) == ["rvu26d-updated-09-30-2026.zip"]


def test_an_address_with_slashes_becomes_a_name_without() -> None:
    pages = {RVU: [f"{RVU}/rvu25d"], f"{RVU}/rvu25d": ["/files/zip/rvu25d-updated-09/11/2025.zip"]}
    assert names(from_pages("rvu", pages)) == ["rvu25d-updated-09-11-2025.zip"]


def test_the_current_and_the_coming_quarter_are_wanted() -> None:
    pages = {
        RVU: [f"{RVU}/rvu26c", f"{RVU}/rvu26d", f"{RVU}/rvu27a"],
        f"{RVU}/rvu26c": ["/files/zip/rvu26c-updated-06-30-2026.zip"],
        f"{RVU}/rvu26d": ["/files/zip/rvu26d-updated-08-26-2026.zip"],
        f"{RVU}/rvu27a": ["/files/zip/rvu27a-updated-11-20-2026.zip"],
    }
    assert [link.period for link in from_pages("rvu", pages)] == ["2026 Q4", "2027 Q1"]


def test_only_the_three_newest_pages_are_read() -> None:
    pages: dict[str, list[str]] = {
        RVU: [f"{RVU}/rvu{year}{letter}" for year in range(10, 27) for letter in "abcd"]
    }
    for letter in "bcd":
        pages[f"{RVU}/rvu26{letter}"] = [f"/files/zip/rvu26{letter}.zip"]
    assert names(from_pages("rvu", pages)) == ["rvu26d.zip"]


def ptp(quarter: str, version: str, part: int, gate: bool = True) -> str:
    file = f"/files/zip/medicare-ncci-{quarter}-practitioner-ptp-edits-ccipra-{version}-f{part}.zip"
    return f"/license/ama?file={file}" if gate else file


def test_the_four_files_behind_the_licence_are_found_and_marked() -> None:
    pages = {landing("ptp-practitioner"): [ptp("2026-q4", "v323r0", part) for part in (1, 2, 3, 4)]}
    links = from_pages("ptp-practitioner", pages)
    assert [link.file_name[-6:] for link in links] == ["f1.zip", "f2.zip", "f3.zip", "f4.zip"]
    assert all(link.gated and link.address.startswith(f"{BASE}/files/zip/") for link in links)


@pytest.mark.parametrize("spelling", ["2026q4", "2026-q4"])
def test_both_spellings_of_a_quarter_are_known(spelling: str) -> None:
    assert from_pages("ptp-practitioner", {landing("ptp-practitioner"): [ptp(spelling, "v323r0", 1)]})[
        0
    ].quarter == (
        2026,
        4,
    )


def test_a_revision_of_the_edits_replaces_the_first_version() -> None:
    pages = {landing("ptp-practitioner"): [ptp("2026q4", version, 1) for version in ("v323r1", "v323r0")]}
    assert names(from_pages("ptp-practitioner", pages)) == [
        "medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r1-f1.zip"
    ]


def test_the_file_of_changes_is_not_taken_for_the_edits() -> None:
    changes = "/files/zip/medicare-ncci-2026q4-practitioner-quarterly-additions-deletions-revisions-ptp.zip"
    with pytest.raises(NothingFound, match="has CMS changed the page"):
        from_pages("ptp-practitioner", {landing("ptp-practitioner"): [changes]})


FOUND = {
    "rvu": ("/files/zip/rvu26b-updated-05-01-2026.zip", (2026, 2)),
    "ptp-practitioner": (
        "/files/zip/medicare-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f1.zip",
        (2025, 4),
    ),
    "ptp-hospital": ("/files/zip/medicare-ncci-2025q4-hospital-ptp-edits-ccioph-v313r0-f4.zip", (2025, 4)),
    "mue": (
        "/files/zip/medicare-ncci-2026-q2-facility-outpatient-hospital-services-mue-table.zip",
        (2026, 2),
    ),
    "add-on": ("/files/zip/add-code-edits-medicare-effective-06012026.zip", (2026, 2)),
    "zip": ("/files/zip/zip-code-carrier-locality-file-revised-08/14/2025.zip", (2025, 3)),
    "hcpcs": ("/files/zip/october-2026-alpha-numeric-hcpcs-file.zip", (2026, 4)),
    "asp": ("/files/zip/october-2025-asp-pricing-file.zip", (2025, 4)),
    "ndc": ("/files/zip/october-2025-asp-ndc-hcpcs-crosswalk.zip", (2025, 4)),
    "dmepos": ("/files/zip/dme26-c.zip", (2026, 3)),
    "icd10": ("/files/zip/2026-code-tables-tabular-and-index.zip", (2025, 4)),
    "clfs": ("/files/zip/26clabq3.zip", (2026, 3)),
    "asc": ("/files/zip/july-2026-asc-approved-hcpcs-code-and-payment-rates.zip", (2026, 3)),
    "opps": ("/files/zip/april-2024-addendum-b.zip", (2024, 2)),
    "payments": ("/files/zip/pfrev26c-posted-06-30-2026.zip", (2026, 3)),
}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: str(target.name))
def test_each_kind_of_file_is_known_by_an_address_that_cms_has_used(target: object) -> None:
    address, quarter = FOUND[target.name]  # type: ignore[attr-defined]
    (link,) = from_pages(target.name, {landing(target.name): [address]})  # type: ignore[attr-defined]
    assert (link.quarter, re.sub(r"[\w.-]", "", link.file_name)) == (quarter, "")


AGAIN = ["-0", "_1", "-posted-01-05-2027", "-updated-1", "-updated-12/28/2026", "-revised-2"]


@pytest.mark.parametrize("tail", AGAIN)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: str(target.name))
def test_a_file_that_was_uploaded_again_is_known_whatever_is_added_to_its_name(
    target: Target, tail: str
) -> None:
    address, quarter = FOUND[target.name]
    (link,) = from_pages(target.name, {landing(target.name): [address.replace(".zip", f"{tail}.zip")]})
    assert link.quarter == quarter


@pytest.mark.parametrize(
    "target", [each for each in TARGETS if each.follow], ids=lambda target: str(target.name)
)
@pytest.mark.parametrize("tail", ["", "-0", "-12", "_1", "/"])
def test_a_page_that_was_made_again_is_followed(target: Target, tail: str) -> None:
    address, quarter = FOUND[target.name]
    name = re.sub(r"(?<!april)-.*|\.zip", "", address.rpartition("/")[2])
    page = f"{landing(target.name)}/{name}{tail}"
    (link,) = from_pages(target.name, {landing(target.name): [page], page: [address]})
    assert link.quarter == quarter


def test_an_upload_made_again_takes_the_place_of_the_first() -> None:
    files = ["/files/zip/rvu26d.zip", "/files/zip/rvu26d-0.zip"]
    assert names(from_pages("rvu", rvu_pages(*files))) == ["rvu26d-0.zip"]
    again = ptp("2026q4", "v323r0", 1).replace("-f1.zip", "-f1-0.zip")
    pages = {landing("ptp-practitioner"): [ptp("2026q4", "v323r0", part) for part in (1, 2)] + [again]}
    assert [name[-8:] for name in names(from_pages("ptp-practitioner", pages))] == ["f1-0.zip", "0-f2.zip"]


def test_the_kinds_of_unit_limits_stay_three_files() -> None:
    kinds = ("practitioner-services", "facility-outpatient-hospital-services", "dme-supplier-services")
    files = [
        f"/files/zip/medicare-ncci-2026-q4-{kind}-mue-table{tail}.zip"
        for kind in kinds
        for tail in ("", "-0")
    ]
    assert [name[-6:] for name in names(from_pages("mue", {landing("mue"): files}))] == ["-0.zip"] * 3


def test_a_newer_quarter_under_a_name_that_is_not_known_is_told() -> None:
    pages = rvu_pages("/files/zip/rvu26d.zip")
    pages[RVU].append(f"{RVU}/final-rvu27a-files")
    assert looked_at("rvu", pages).problems[-1] == (
        f"{BASE}{RVU}/final-rvu27a-files is linked and is newer than what was found: look at it, and get the file "
        "by hand."
    )


def test_a_page_without_its_file_is_told_with_its_address() -> None:
    pages = {
        RVU: [f"{RVU}/rvu26d", f"{RVU}/rvu27a"],
        f"{RVU}/rvu26d": ["/files/zip/rvu26d.zip"],
        f"{RVU}/rvu27a": ["/files/zip/2027-values.zip"],
    }
    seen = looked_at("rvu", pages, date(2027, 1, 10))
    assert names(seen.links) == ["rvu26d.zip"]
    assert seen.problems == [
        f"{BASE}{RVU}/rvu27a has no link that looks like rvu: look at it, and get the file by hand."
    ]
    assert seen.due == "2027 Q1 is due, and CMS's page does not link it yet."


def test_quarters_that_are_due_are_told() -> None:
    pages = {landing("ptp-practitioner"): [ptp("2026q3", "v322r0", part) for part in (1, 2, 3, 4)]}
    seen = looked_at("ptp-practitioner", pages, date(2027, 1, 2))
    assert seen.due == "2026 Q4 and 2027 Q1 are due, and CMS's page does not link them yet."


def test_the_zip_file_is_published_in_the_quarter_before_its_own() -> None:
    pages = {landing("zip"): ["/files/zip/zip-code-carrier-locality-file-revised-08/14/2026.zip"]}
    assert looked_at("zip", pages).due == ""
    assert looked_at("zip", pages, date(2027, 1, 2)).due.startswith("2027 Q1 is due")


@pytest.fixture
def cms_pages(cms_files: Path) -> dict[str, str]:
    """CMS's own pages of September 2025, with a landing page that links their own addresses."""
    pages = {}
    for letter in "abcd":
        html = gzip.decompress((cms_files / "pages" / f"rvu25{letter}.html.gz").read_bytes()).decode()
        found = re.search(r'<link rel="canonical" href="([^"]+)"', html)
        assert found
        pages[found[1]] = html
    pages[f"{BASE}{RVU}"] = "".join(f"<a href='{address}'>x</a>" for address in pages)
    return pages


@pytest.mark.full_size
def test_on_cms_own_pages_the_fourth_quarter_of_2025_is_found(cms_pages: dict[str, str]) -> None:
    seen = look(BY_NAME["rvu"], BASE, cms_pages.__getitem__, date(2025, 9, 30))
    assert [(link.period, link.file_name) for link in seen.links] == [
        ("2025 Q3", "rvu25c-updated-06-05-2025.zip"),
        ("2025 Q4", "rvu25d-updated-09-11-2025.zip"),
    ]
    assert (seen.problems, seen.due) == ([], "")


@pytest.mark.parametrize(
    ("name", "link", "period"),
    [
        ("asp", "january-2025-asp-pricing-file-12_19_24-final-file.zip", "2025 Q1"),
        ("asp", "october-2025-asp-pricing-final-file.zip", "2025 Q4"),
        ("asp", "january-2026-medicare-part-b-payment-limit-files.zip", "2026 Q1"),
        ("asp", "october-2026-medicare-part-b-payment-limit-files-09-28-2026-final-file.zip", "2026 Q4"),
        ("ndc", "october-2025-asp-ndc-hcpcs-crosswalk-final-file.zip", "2025 Q4"),
    ],
)
def test_drug_files_are_found_under_each_name_that_cms_gives_them(name: str, link: str, period: str) -> None:
    other = "/files/zip/october-2025-asp-noc-pricing-file.zip"
    links = from_pages(name, {landing(name): [f"/files/zip/{link}", other]})
    assert [(each.file_name, each.period) for each in links] == [(link, period)]


@pytest.mark.full_size
def test_cms_own_links_to_the_bundling_edits_are_found_behind_the_licence(cms_files: Path) -> None:
    html = (cms_files / "pages" / "ptp-links-excerpt.html").read_text()
    links = newest(BY_NAME["ptp-practitioner"], BASE, lambda _: html, date(2026, 8, 25))
    assert [(link.period, link.gated) for link in links] == [("2026 Q3", True)] * 4


def test_a_name_cannot_leave_its_folder() -> None:
    pages = {landing("clfs"): ["/files/zip/..%2f..%2f26clabq3.zip"]}
    assert "/" not in names(from_pages("clfs", pages))[0]
    assert not names(from_pages("clfs", pages))[0].startswith(".")


def test_links_are_made_whole_and_each_is_told_once() -> None:
    html = (
        '<a href="/x">1</a><a href=" /x ">2</a><a name="no">3</a><A HREF="y?a=1&amp;b=2">4</A><a href>5</a>'
    )
    assert addresses("https://cms.example/page", html) == [
        "https://cms.example/x",
        "https://cms.example/y?a=1&b=2",
    ]
