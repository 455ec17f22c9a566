"""The page cache in files: shared by processes, bounded, whole after a kill; a miss where no file can be written."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from codes.caching.files import FOLDERS, FileCache
from codes.caching.page_cache import CachedResponse

PAGE = CachedResponse(200, [("ETag", '"a"')], b"a page")
WRITER = """
import django, sys
django.setup()
from codes.caching.files import FileCache
cache = FileCache(sys.argv[1], {"OPTIONS": {"MAX_FILE_BYTES": 256_000_000}})
print("ready", flush=True)
number = 0
while True:
    number += 1
    cache.set(f"page:{number % 50}", bytes([number % 250]) * 150_000)
"""


def cache_in(folder: Path, most: int = 256_000_000) -> FileCache:
    return FileCache(str(folder / "pages"), {"OPTIONS": {"MAX_FILE_BYTES": most}})


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "pages").rglob("*") if path.is_file()]


def test_what_one_process_keeps_another_has(tmp_path: Path) -> None:
    one, other = cache_in(tmp_path), cache_in(tmp_path)
    one.set("page:a", PAGE, 60)
    one.set("last:a", "etag", 60)
    assert (other.get("page:a"), other.get("last:a"), other.get("page:b", "none")) == (PAGE, "etag", "none")
    one.set("last:a", "another", 60)
    assert other.get("last:a") == "another"
    assert other.delete("last:a")
    assert (one.get("last:a"), one.delete("last:a")) == (None, False)


def test_a_page_is_read_from_its_file_once_a_process(tmp_path: Path) -> None:
    cache_in(tmp_path).set("page:a", PAGE, 60)
    other = cache_in(tmp_path)
    first = other.get("page:a")
    for path in files(tmp_path):
        path.unlink()
    assert other.get("page:a") is first


def test_one_of_two_gets_the_lock_until_it_is_given_up_or_its_time_is_over(tmp_path: Path) -> None:
    one, other = cache_in(tmp_path), cache_in(tmp_path)
    assert [one.add("making:a", 1, 60), other.add("making:a", 1, 60), other.get("making:a")] == [
        True,
        False,
        1,
    ]
    one.delete("making:a")
    assert other.add("making:a", 1, 0.05)
    time.sleep(0.06)
    assert (one.get("making:a"), one.add("making:a", 1, 60), other.add("making:a", 1, 60)) == (
        None,
        True,
        False,
    )


def test_of_many_processes_that_ask_at_once_one_gets_the_lock(tmp_path: Path) -> None:
    asking = """
import django, sys, time
django.setup()
from codes.caching.files import FileCache
cache = FileCache(sys.argv[1], {"OPTIONS": {"MAX_FILE_BYTES": 256_000_000}})
time.sleep(max(0, float(sys.argv[2]) - time.time()))
print(sum(cache.add(f"making:{number}", 1, 60) for number in range(100)))
"""
    at = str(time.time() + 4)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", asking, str(tmp_path / "pages"), at], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert sum(int(process.communicate(timeout=60)[0]) for process in started) == 100


def test_the_oldest_files_make_room(tmp_path: Path) -> None:
    cache = cache_in(tmp_path, most=FOLDERS * 5_000)
    for number in range(2_000):
        cache.set(f"page:{number}", b"x" * 1_000, 60)
    sizes = [path.stat().st_size for path in files(tmp_path)]
    assert FOLDERS * 2_000 < sum(sizes) <= FOLDERS * 5_000
    assert cache_in(tmp_path, most=1).get("page:1999") == b"x" * 1_000


def test_a_full_folder_is_not_looked_through_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, looks = cache_in(tmp_path, most=FOLDERS * 16_000), list[Path]()
    monkeypatch.setattr(cache, "_make_room", looks.append)
    for number in range(FOLDERS * 20):
        cache.set(f"page:{number}", b"x" * 100, 60)
    assert FOLDERS <= len(looks) < FOLDERS * 6


def test_a_former_release_s_pages_go_and_those_made_since_stay(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    cache.set("page:former", PAGE, 60)
    time.sleep(0.05)
    at = time.time()
    time.sleep(0.05)
    cache.set("page:now", PAGE, 60)
    cache.drop_written_before(at)
    assert [cache_in(tmp_path).get(key) for key in ("page:former", "page:now")] == [None, PAGE]


def test_a_process_that_is_killed_while_it_writes_leaves_whole_values_and_nothing_for_long(
    tmp_path: Path,
) -> None:
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "pages")], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.3)
        writer.kill()
        writer.wait()
    cache = cache_in(tmp_path)
    found = [value for number in range(50) if (value := cache.get(f"page:{number}"))]
    assert found
    assert all(len(set(value)) == 1 and len(value) == 150_000 for value in found)
    for path in files(tmp_path):
        if path.name.startswith("."):
            os.utime(path, (0, 0))
            cache._make_room(path.parent)
    assert not [path for path in files(tmp_path) if path.name.startswith(".")]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 100])
def test_a_damaged_file_is_no_page(tmp_path: Path, damage: bytes) -> None:
    cache_in(tmp_path).set("page:a", PAGE, 60)
    (path,) = files(tmp_path)
    stood_until = path.stat().st_mtime
    path.write_bytes(damage)
    os.utime(path, (stood_until, stood_until))
    assert cache_in(tmp_path).get("page:a") is None


@pytest.fixture
def no_folder(tmp_path: Path) -> FileCache:
    """A cache whose folder cannot be made: a file stands there, as root could write into anything else."""
    (tmp_path / "pages").write_text("")
    FileCache._warn_after = 0.0
    return cache_in(tmp_path)


def test_where_nothing_can_be_written_everybody_makes_the_page_and_it_is_told_once(
    no_folder: FileCache, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        no_folder.set(f"last:{number}", "etag", 60)
        no_folder.set("page:a", PAGE, 60)
        assert (no_folder.get(f"last:{number}"), no_folder.get("page:a")) == (None, PAGE)
        assert no_folder.add("making:a", 1, 60)
        no_folder.delete("making:a")
    assert [record.message for record in caplog.records] == [
        "The files of the page cache fail (ENOTDIR); pages are made anew."
    ]
    no_folder.clear()


def build_id(folder: Path, **more: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "medpayiq.settings",
    }
    command = [sys.executable, "-c", "from django.conf import settings; print(settings.BUILD_ID)"]
    return subprocess.run(command, env=environment | more, check=True, capture_output=True, text=True).stdout


def test_a_page_does_not_outlive_a_setting_that_it_was_made_with(tmp_path: Path) -> None:
    plain = build_id(tmp_path)
    assert build_id(tmp_path, LOG_LEVEL="ERROR") == plain
    settings = {"CPT_DESCRIPTIONS": "off", "SITE_URL": "https://another.example", "TIME_ZONE": "UTC"}
    assert plain not in {build_id(tmp_path, **{name: value}) for name, value in settings.items()}
