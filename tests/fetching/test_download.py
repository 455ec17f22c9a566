"""Downloads that break off, lie, or never come."""

import hashlib
import os
from pathlib import Path

import pytest

from codes.fetching.download import Fetcher, FetchRefused
from tests.builders import packed
from tests.fetching.cms_site import Site

PATH = "/files/zip/rvu26d.zip"
LICENCE = b"<!DOCTYPE html><title>AMA</title>"


@pytest.fixture
def content() -> bytes:
    """A zip of about 700 kB."""
    return packed({"PPRRVU.txt": os.urandom(700_000)})


def fetched(fetcher: Fetcher, site: Site, folder: Path) -> bytes:
    return fetcher.file(site.base + PATH, folder / "rvu26d.zip").path.read_bytes()


def test_a_file_comes_with_its_size_and_digest(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.file(PATH, content)
    got = fetcher.file(site.base + PATH, tmp_path / "new" / "rvu26d.zip")
    assert (got.size, got.sha256, got.fresh) == (len(content), hashlib.sha256(content).hexdigest(), True)
    assert [path.name for path in got.path.parent.iterdir()] == ["rvu26d.zip"]


def test_a_file_that_is_here_is_not_asked_for(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "rvu26d.zip").write_bytes(content)
    assert fetcher.file(site.base + PATH, tmp_path / "rvu26d.zip").fresh is False
    assert site.asked == []


def test_a_file_that_is_here_but_damaged_is_got_again(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.file(PATH, content)
    (tmp_path / "rvu26d.zip").write_bytes(content[:-500])
    assert fetched(fetcher, site, tmp_path) == content


def test_a_broken_download_goes_on_where_it_stopped(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.breaking_off(PATH, content, after=300_000, times=2)
    assert fetched(fetcher, site, tmp_path) == content
    assert [span for _, span in site.asked] == ["", "bytes=300000-", "bytes=600000-"]


def test_the_next_run_goes_on_where_the_last_gave_up(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.breaking_off(PATH, content, after=100_000, times=5)
    with pytest.raises(
        FetchRefused, match=r"bytes came; asked 5 times\. What came is kept for the next run\."
    ):
        fetched(fetcher, site, tmp_path)
    assert fetched(fetcher, site, tmp_path) == content
    assert site.asked[-1] == (PATH, "bytes=500000-")


def test_a_file_that_changed_meanwhile_is_taken_from_its_beginning(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.breaking_off(PATH, packed({"old": os.urandom(700_000)}), after=300_000, times=5, etag='"old"')
    with pytest.raises(FetchRefused):
        Fetcher(timeout=1, attempts=1, pause=0).file(site.base + PATH, tmp_path / "rvu26d.zip")
    site.file(PATH, content, etag='"new"')
    assert fetched(fetcher, site, tmp_path) == content


def test_a_part_that_is_too_long_is_dropped(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.file(PATH, content)
    (tmp_path / "rvu26d.zip.part").write_bytes(b"x" * (len(content) + 7))
    (tmp_path / "rvu26d.zip.part.etag").write_text('"one"')
    assert fetched(fetcher, site, tmp_path) == content


def test_a_part_that_was_whole_already_is_not_asked_for_again(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "rvu26d.zip.part").write_bytes(content)
    assert fetched(fetcher, site, tmp_path) == content
    assert site.asked == []


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_fault_that_may_pass_is_waited_for(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path, waits: list[float], status: int
) -> None:
    site.file(PATH, content)
    site.failing(PATH, status, times=3)
    assert fetched(fetcher, site, tmp_path) == content
    assert waits == [1, 2, 4]


def test_a_site_that_stays_broken_is_told(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.file(PATH, content)
    site.failing(PATH, 500, times=99)
    with pytest.raises(FetchRefused, match=r"it answered 500 Internal Server Error; asked 5 times"):
        fetched(fetcher, site, tmp_path)


def test_a_file_that_is_gone_is_asked_for_once(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    with pytest.raises(FetchRefused, match=r"it answered 404 Not Found\.$"):
        fetched(fetcher, site, tmp_path)
    assert site.count(PATH) == 1


def test_a_silent_site_is_asked_again(fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path) -> None:
    site.file(PATH, content)
    site.slow(PATH, seconds=1, times=1)
    assert fetched(fetcher, site, tmp_path) == content
    assert site.count(PATH) == 2


def test_a_web_page_in_place_of_the_zip_is_refused_and_not_kept(
    fetcher: Fetcher, site: Site, tmp_path: Path
) -> None:
    site.answers[PATH] = lambda asked: asked.send(200, LICENCE)
    with pytest.raises(FetchRefused, match="what came is a web page, not a file"):
        fetched(fetcher, site, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_zip_whose_bytes_were_changed_is_refused_and_not_kept(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.file(PATH, content[:1000] + bytes([content[1000] ^ 1]) + content[1001:])
    with pytest.raises(FetchRefused, match=r"(PPRRVU\.txt is damaged|not a whole zip)"):
        fetched(fetcher, site, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_on_the_same_site_is_followed(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path
) -> None:
    site.redirect(PATH, "/files/zip/rvu26d-0.zip")
    site.file("/files/zip/rvu26d-0.zip", content)
    assert fetched(fetcher, site, tmp_path) == content


def test_a_redirect_to_the_licence_is_refused(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    site.redirect(PATH, f"/license/ama?file={PATH}")
    site.page("/license/ama", "accept")
    with pytest.raises(
        FetchRefused,
        match="what came is a web page, not a file: the file may have moved, or CMS asks you to accept a license",
    ):
        fetched(fetcher, site, tmp_path)


def test_a_redirect_to_another_site_is_not_followed(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    site.redirect(PATH, "http://localhost:9/rvu26d.zip")
    with pytest.raises(FetchRefused, match=r"leads away to http://localhost:9/rvu26d\.zip"):
        fetched(fetcher, site, tmp_path)


def test_a_circle_of_redirects_ends(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    site.redirect(PATH, PATH)
    with pytest.raises(FetchRefused, match="it answered 302"):
        fetched(fetcher, site, tmp_path)


def test_a_file_larger_than_any_of_cms_is_refused(
    fetcher: Fetcher, site: Site, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codes.fetching.download.LARGEST_FILE", 100_000)
    site.file(PATH, content)
    with pytest.raises(FetchRefused, match="more than any file that CMS publishes"):
        fetched(fetcher, site, tmp_path)


def test_a_page_is_asked_for_once(fetcher: Fetcher, site: Site) -> None:
    site.page("/list", "/a")
    assert fetcher.page(site.base + "/list") == fetcher.page(site.base + "/list")
    assert site.count("/list") == 1


def test_there_is_a_pause_before_each_request(site: Site) -> None:
    waits: list[float] = []
    site.page("/list", "/a")
    Fetcher(sleep=waits.append).page(site.base + "/list")
    assert waits == [1]
