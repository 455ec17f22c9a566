import gzip
import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest

from codes.cms import archive
from codes.cms.archive import ArchiveError, open_members

CONTENT = bytes(random.Random(1).randbytes(200_000))


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_zip_gives_its_files_in_order_of_name(tmp_path: Path) -> None:
    path = written(tmp_path / "rvu24ar.zip", packed({"PPRRVU.csv": b"12345", "GPCI2024.csv": b"1"}))
    members = list(open_members(path))
    assert [(member.name, member.archive, member.size) for member in members] == [
        ("GPCI2024.csv", "rvu24ar", 1),
        ("PPRRVU.csv", "rvu24ar", 5),
    ]


def test_a_zip_in_a_zip_is_opened_and_named_in_a_chain(tmp_path: Path) -> None:
    inner = packed({"PFALL26AR.txt": CONTENT})
    path = written(tmp_path / "pfrev26a.zip", packed({"PFREV26A/PFREV26AR_nonQP.zip": inner}))
    (member,) = open_members(path)
    assert (member.name, member.archive) == ("PFALL26AR.txt", "pfrev26a/PFREV26AR_nonQP")
    with member.open() as stream:
        assert stream.read() == CONTENT


def test_members_open_after_the_listing_has_ended_and_more_than_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip", packed({"a.txt": b"one\ntwo\n", "b.txt": b"three\n"}))
    first, second = list(open_members(path))
    for _ in range(2):
        with first.open() as stream:
            assert list(stream) == [b"one\n", b"two\n"]
    with second.open() as stream:
        assert stream.read() == b"three\n"


def test_a_folder_is_searched_with_its_subfolders(tmp_path: Path) -> None:
    (tmp_path / "rvu24ar").mkdir()
    written(tmp_path / "rvu24ar" / "ANES2024.csv", b"a")
    written(tmp_path / "rvu25d.zip", packed({"GPCI2025.csv": b"b"}))
    assert [(member.name, member.archive) for member in open_members(tmp_path)] == [
        ("ANES2024.csv", "rvu24ar"),
        ("GPCI2025.csv", "rvu25d"),
    ]


def test_a_single_file_belongs_to_its_folder(tmp_path: Path) -> None:
    (member,) = open_members(written(tmp_path / "ANES2024.csv", b"abc"))
    assert (member.name, member.archive, member.size) == ("ANES2024.csv", tmp_path.name, 3)


def test_what_macos_adds_is_left_out(tmp_path: Path) -> None:
    files = {"__MACOSX/._a.csv": b"", ".DS_Store": b"", "a.csv": b"1"}
    path = written(tmp_path / "a.zip", packed(files))
    assert [member.name for member in open_members(path)] == ["a.csv"]


def test_the_digest_is_that_of_the_unpacked_bytes(tmp_path: Path) -> None:
    (member,) = open_members(written(tmp_path / "a.zip", packed({"a.csv": CONTENT})))
    assert member.sha256() == hashlib.sha256(CONTENT).hexdigest()


def test_a_truncated_zip_is_refused_with_its_path_and_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path / "rvu26c.zip", packed({"a.csv": CONTENT})[:-1000])
    with pytest.raises(ArchiveError) as refusal:
        list(open_members(path))
    assert str(refusal.value).startswith(f"{path}: is damaged or was cut short")
    assert str(refusal.value).endswith("fetch it again from CMS")


def test_a_zip_damaged_inside_is_refused_while_it_is_read(tmp_path: Path) -> None:
    content = bytearray(packed({"a.csv": CONTENT}))
    content[5_000:5_400] = bytes(400)
    (member,) = open_members(written(tmp_path / "rvu26c.zip", bytes(content)))
    with pytest.raises(ArchiveError, match="is damaged or was cut short"):
        member.sha256()


def test_a_licence_page_saved_as_a_zip_is_told_apart(tmp_path: Path) -> None:
    path = written(tmp_path / "ccipra.zip", b"<!DOCTYPE html><html><title>License for Use of CPT</title>")
    with pytest.raises(
        ArchiveError, match="is CMS's license page, not a file: accept the license on CMS's page"
    ):
        list(open_members(path))


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(packed({"a.csv": b"1"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (member,) = open_members(written(tmp_path / "a.zip", bytes(content)))
    with pytest.raises(ArchiveError, match="cannot be unpacked"):
        member.open()


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere.csv: does not exist: check the path"):
        list(open_members(tmp_path / "nowhere.csv"))


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    path = written(tmp_path / "bomb.zip", packed({"a.csv": bytes(600_000), "b.csv": bytes(600_000)}))
    with pytest.raises(ArchiveError, match=r"unpacks to more than .*: unpack it by hand"):
        list(open_members(path))


def test_zips_nested_too_deep_are_refused(tmp_path: Path) -> None:
    content = packed({"a.csv": b"1"})
    for level in range(3):
        content = packed({f"{level}.zip": content})
    with pytest.raises(ArchiveError, match="holds zips nested more than 3 deep"):
        list(open_members(written(tmp_path / "a.zip", content)))


def test_a_page_that_was_not_found_is_called_that_and_no_license_is_spoken_of(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html>" + b" " * 30_000 + b"<h1><label>Error: Page Not Found</label></h1>"
    with pytest.raises(ArchiveError, match="is CMS's page “Page Not Found”") as refusal:
        list(open_members(written(tmp_path / "zip9.zip", page)))
    assert "licen" not in str(refusal.value)


@pytest.mark.full_size
def test_cms_own_page_not_found_saved_as_a_zip_is_called_that(cms_files: Path, tmp_path: Path) -> None:
    page = gzip.decompress((cms_files / "pages" / "page-not-found.html.gz").read_bytes())
    with pytest.raises(ArchiveError, match="is CMS's page “Page Not Found”") as refusal:
        list(open_members(written(tmp_path / "zip9.zip", page)))
    assert "licen" not in str(refusal.value)


def test_a_file_packed_with_gzip_is_read_as_what_is_inside(tmp_path: Path) -> None:
    (member,) = open_members(written(tmp_path / "PPRRVU2025_Jul.csv.gz", gzip.compress(CONTENT)))
    with member.open() as stream:
        assert (member.name, member.size, stream.read()) == ("PPRRVU2025_Jul.csv", len(CONTENT), CONTENT)


def test_a_gzip_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "PPRRVU2025_Jul.csv.gz", gzip.compress(CONTENT)[:-20])
    with pytest.raises(ArchiveError, match="is damaged or was cut short"):
        list(open_members(path))


def test_a_gzip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    with pytest.raises(ArchiveError, match="unpacks to more than"):
        list(open_members(written(tmp_path / "bomb.csv.gz", gzip.compress(bytes(1_200_000)))))
