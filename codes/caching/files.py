"""The page cache in files, which all processes of a machine share where no Redis is named, and which outlives them.

A value lies in a file as it would in Redis, signed, and the file's time is when it expires. It is written beside its
place and moved there whole, so that a process that is killed leaves no half of it. The files lie in folders by the
digest of their key; who has written a sixteenth of what one may hold takes out of it what is oldest, if it is full. A
page under one key never changes, so that a process remembers the last ones in memory too. On a disk that is full or
gone pages are made anew.
"""

import errno
import hashlib
import logging
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT

from codes.caching.backends import ProcessCache, SignedSerializer

logger = logging.getLogger(__name__)
T = TypeVar("T")

NEVER_CHANGES = "page:"  # the beginning of the keys under which there is one value and no other
FOLDERS = 256
PARTS_BETWEEN_LOOKS = 16  # of what a folder may hold: to look at all its files takes longer than to write one
SECONDS_BETWEEN_WARNINGS = 60
SECONDS_OF_A_WRITE = 60  # a file that has not its time yet is left alone so long
TEN_YEARS = 10 * 365 * 86_400


class FileCache(ProcessCache):
    """MAX_FILE_BYTES of files in a folder, and MAX_BYTES of the last pages in memory. A failure is a miss, and is
    logged once a minute."""

    _warn_after = 0.0

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        super().__init__(folder, params)
        self._folder = Path(folder)
        self._most_in_a_folder: int = params["OPTIONS"]["MAX_FILE_BYTES"] // FOLDERS
        self._written: Counter[Path] = Counter()
        self._serializer = SignedSerializer()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        if (remembered := super().get(key)) is not None:
            return remembered
        found = self._or_default(None, lambda: self._read(self._path(key)))
        if found is None:
            return default
        if key.startswith(NEVER_CHANGES):
            super().set(key, found)
        return found

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value for all processes."""
        if key.startswith(NEVER_CHANGES):
            super().set(key, value, timeout)
        self._or_default(None, lambda: self._write(self._path(key), value, timeout, os.replace))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none, and say whether there was none. Of several that find an expired one, more
        than one may be told so; and so may everybody where no file can be written."""
        path = self._path(key)
        if _is_there(path):
            return False
        return self._or_default(True, lambda: self._write(path, value, timeout, _put_where_none_is))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; False where there was none."""
        path, was_remembered = self._path(key), super().delete(key)
        was_there = _is_there(path)
        self._or_default(None, lambda: path.unlink(missing_ok=True))
        return was_there or was_remembered

    def clear(self) -> None:
        """Forget everything, in all processes but for what they remember."""
        super().clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def drop_written_before(self, moment: float) -> None:
        """Remove what was written before that time (seconds since 1970): pages of former data."""
        for path in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_ctime < moment:
                    path.unlink()

    def _path(self, key: str) -> Path:
        digest = hashlib.sha256(key.encode()).hexdigest()[:40]
        return self._folder / digest[:2] / digest[2:]

    def _read(self, path: Path) -> Any:
        return self._serializer.loads(path.read_bytes()) if _is_there(path) else None

    def _write(self, path: Path, value: Any, timeout: Any, put: Callable[[str, Path], object]) -> bool:
        """Put a file in its place, and True; False where `put` finds one there."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        expires = self.get_backend_timeout(timeout) or time.time() + TEN_YEARS
        packed = self._serializer.dumps(value)
        packed = packed if isinstance(packed, bytes) else str(packed).encode()
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as beside:
            try:
                beside.write(packed)
                beside.flush()
                os.utime(beside.name, (expires, expires))
                put(beside.name, path)
            except FileExistsError:
                return False
            finally:
                Path(beside.name).unlink(missing_ok=True)
        self._make_room_if_due(path.parent, len(packed))
        return True

    def _make_room_if_due(self, folder: Path, written: int) -> None:
        """Make room after the first file that this process writes into a folder, and then after so many bytes."""
        is_first = folder not in self._written
        self._written[folder] += written
        if is_first or self._written[folder] * PARTS_BETWEEN_LOOKS > self._most_in_a_folder:
            self._written[folder] = 0
            self._make_room(folder)

    def _make_room(self, folder: Path) -> None:
        """Remove what has expired, and what was written first until the rest fit. What is being written stays."""
        files = [(entry.path, entry.stat()) for entry in os.scandir(folder)]
        free, over = self._most_in_a_folder, time.time() - SECONDS_OF_A_WRITE
        for path, at in sorted(files, key=lambda each: each[1].st_ctime, reverse=True):
            free -= at.st_size
            if free < 0 or at.st_mtime < over:
                Path(path).unlink(missing_ok=True)

    def _or_default(self, instead: T, do: Callable[[], T]) -> T:
        try:
            return do()
        except FileNotFoundError:  # another process has just removed it
            return instead
        except OSError as error:
            if time.monotonic() > FileCache._warn_after:
                FileCache._warn_after = time.monotonic() + SECONDS_BETWEEN_WARNINGS
                word = errno.errorcode.get(error.errno or 0, "")
                logger.warning("The files of the page cache fail (%s); pages are made anew.", word)
            return instead


def _is_there(path: Path) -> bool:
    """Whether there is a file that has not expired."""
    try:
        return path.stat().st_mtime > time.time()
    except OSError:
        return False


def _put_where_none_is(beside: str, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        if _is_there(path):
            raise
        path.unlink(missing_ok=True)  # expired; only then, or what another has just put there would go
        os.link(beside, path)
