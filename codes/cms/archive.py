"""The files inside what CMS publishes: a zip (zips inside it too), a folder, or a single file.

A single file that somebody keeps packed with gzip (`PPRRVU2025_Jul.csv.gz`) is read as what is inside.

Nothing is unpacked to disk by the names in a zip. A member opens as often as asked, reads as a stream, and
reports a damaged archive as `ArchiveError`, with the path and what to do.
"""

import contextlib
import gzip
import hashlib
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from codes.cms.web_page import FIRST_BYTES, web_page

MOST_BYTES = 2 * 1024**3
DEEPEST_NESTING = 3
_IN_MEMORY = 32 * 1024**2
_CHUNK = 1024**2
_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)


class ArchiveError(Exception):
    """A path cannot be read: it is missing, damaged, too large, or not what its name says."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


@dataclass(frozen=True, slots=True)
class Member:
    """One file, alone or in a zip.

    `archive` is the stem of the zip (`rvu24ar`), or the chain of stems for zips in zips
    (`pfrev26a/PFREV26A_nonQP`), or the name of the folder that holds a loose file. `size` counts
    unpacked bytes.
    """

    name: str
    archive: str
    size: int
    path: Path
    entries: tuple[str, ...] = ()

    def open(self) -> BinaryIO:
        """A stream of the bytes from the beginning; close it after use. Raises ArchiveError."""
        return cast(BinaryIO, io.BufferedReader(_Stream(self.path, self.entries), _CHUNK))

    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()


def open_members(path: Path) -> Iterator[Member]:
    """Every file under a path, in order of name. Dotfiles and what macOS adds to zips are left out."""
    if path.is_dir():
        with _explained(path):
            children = sorted(path.iterdir())
        for child in children:
            if not child.name.startswith("."):
                yield from open_members(child)
    elif path.suffix.lower() == ".zip":
        yield from _zip_members(path, (), path.stem, _Allowance(path, MOST_BYTES))
    elif _is_gzip(path):
        yield Member(path.stem, path.resolve().parent.name, _unpacked_size(path), path)
    else:
        with _explained(path):
            yield Member(path.name, path.resolve().parent.name, path.stat().st_size, path)


@dataclass(slots=True)
class _Allowance:
    """How much may still be unpacked from one zip, whatever stands inside it."""

    path: Path
    left: int

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            most = f"{MOST_BYTES // 1024**3} GiB"
            why = f"unpacks to more than {most}: unpack it by hand and load what you need"
            raise ArchiveError(self.path, why)


def _is_gzip(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _unpacked_size(path: Path) -> int:
    allowance = _Allowance(path, MOST_BYTES)
    with _explained(path), gzip.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            allowance.take(len(chunk))
    return MOST_BYTES - allowance.left


def _zip_members(path: Path, entries: tuple[str, ...], chain: str, allowance: _Allowance) -> Iterator[Member]:
    if len(entries) >= DEEPEST_NESTING:
        raise ArchiveError(path, f"holds zips nested more than {DEEPEST_NESTING} deep: unpack it by hand")
    with _explained(path), contextlib.ExitStack() as stack:
        listed = _open_zip(path, entries, stack).infolist()
    for entry in sorted(listed, key=lambda each: each.filename):
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if entry.is_dir() or name.name.startswith(".") or "__MACOSX" in name.parts:
            continue
        allowance.take(entry.file_size)
        inside = (*entries, entry.filename)
        if name.suffix.lower() == ".zip":
            yield from _zip_members(path, inside, f"{chain}/{name.stem}", allowance)
        else:
            yield Member(name.name, chain, entry.file_size, path, inside)


def _open_zip(path: Path, entries: tuple[str, ...], stack: contextlib.ExitStack) -> zipfile.ZipFile:
    """The innermost zip of a chain; inner ones are spooled, since a zip is read from its end."""
    archive = stack.enter_context(zipfile.ZipFile(path))
    for entry in entries:
        spool = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
        with archive.open(entry) as packed:
            shutil.copyfileobj(packed, spool, _CHUNK)
        archive = stack.enter_context(zipfile.ZipFile(cast(IO[bytes], spool)))
    return archive


class _Stream(io.RawIOBase):
    """The bytes of one file, with whatever goes wrong explained."""

    def __init__(self, path: Path, entries: tuple[str, ...]) -> None:
        self._path = path
        self._stack = contextlib.ExitStack()
        with _explained(path):
            self._source = self._enter(entries)

    def _enter(self, entries: tuple[str, ...]) -> IO[bytes]:
        if not entries:
            source: IO[bytes] = self._stack.enter_context(self._path.open("rb"))
            if _is_gzip(self._path):
                source = self._stack.enter_context(cast(IO[bytes], gzip.GzipFile(fileobj=source)))
            return source
        archive = _open_zip(self._path, entries[:-1], self._stack)
        return self._stack.enter_context(archive.open(entries[-1]))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        with _explained(self._path):
            chunk = self._source.read(len(view))
        view[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._stack.close()
        super().close()


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise ArchiveError(path, "does not exist: check the path") from None
    except PermissionError:
        raise ArchiveError(path, "may not be read: check its permissions") from None
    except _DAMAGED as error:
        raise ArchiveError(path, _why_damaged(path, error)) from None
    except NotImplementedError as error:
        raise ArchiveError(path, f"is packed in an unknown way ({error}): unpack it by hand") from None
    except RuntimeError as error:
        raise ArchiveError(path, f"cannot be unpacked ({error}): unpack it by hand") from None
    except OSError as error:
        raise ArchiveError(path, f"cannot be read ({error.strerror or error})") from None


def _why_damaged(path: Path, error: Exception) -> str:
    with contextlib.suppress(OSError), path.open("rb") as stream:
        if words := web_page(stream.read(FIRST_BYTES)):
            return f"is {words}"
    return f"is damaged or was cut short ({error or type(error).__name__}): fetch it again from CMS"
