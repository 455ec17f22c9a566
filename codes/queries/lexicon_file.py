"""The lexicon as a file among the downloads: built once by whoever loads, read in a quarter of a second.

It is a pickle, which may only be read from who may run code here. So it is signed with the site's secret key, and
nothing of it is looked at before the signature is right. Its name is a digest of what it was made of, the code
of the search and our tables among it: a former one is never taken for a new one.
"""

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from functools import cache
from hmac import HMAC
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.utils.crypto import constant_time_compare, salted_hmac

FOLDER = "search"
SIGNATURE_BYTES = 32
MADE_BY = ("codes/search/*.py", "codes/queries/lexicon*.py", "fixtures/texts/*.csv")


def folder_of(contents: tuple[Any, ...]) -> str:
    """Where the lexicon of these contents lies in the store."""
    return f"{FOLDER}/{hashlib.sha256(f'{_code()} {contents!r}'.encode()).hexdigest()[:24]}"


def is_stored(contents: tuple[Any, ...]) -> bool:
    """Whether the lexicon of these contents has been built."""
    return bool(storages["downloads"].exists(_path(contents)))


def save(contents: tuple[Any, ...], parts: Iterable[object]) -> None:
    """Put a lexicon into the store, part by part: of a part the pickler remembers each object until it is written.
    Raises OSError where there is no room."""
    with TemporaryFile() as file:
        file.write(bytes(SIGNATURE_BYTES))
        signing = _Signing(file)
        for part in parts:
            pickle.dump(part, signing, protocol=pickle.HIGHEST_PROTOCOL)
        file.seek(0)
        file.write(signing.hmac.digest())
        file.seek(0)
        storages["downloads"].save(_path(contents), File(file))


def load(contents: tuple[Any, ...]) -> list[Any]:
    """The parts of the lexicon of these contents; none where it is not there, or was not written by this site."""
    try:
        with storages["downloads"].open(_path(contents)) as file:
            signature, payload = file.read(SIGNATURE_BYTES), file.read()
    except OSError:
        return []
    return list(_parts(payload)) if constant_time_compare(signature, _hmac(payload).digest()) else []


def _parts(payload: bytes) -> Iterator[Any]:
    stream = BytesIO(payload)
    while stream.tell() < len(payload):
        yield pickle.load(stream)


class _Signing:
    """A file that signs what is written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hmac = _hmac(b"")

    def write(self, chunk: bytes) -> int:
        self.hmac.update(chunk)
        return self._file.write(chunk)


def _path(contents: tuple[Any, ...]) -> str:
    return f"{folder_of(contents)}/index"


def _hmac(payload: bytes) -> HMAC:
    return salted_hmac("codes.search", payload, algorithm="sha256")


@cache
def _code() -> str:
    """A digest of the code and the tables that a lexicon is made by."""
    files = (path for pattern in MADE_BY for path in sorted(Path(settings.BASE_DIR).glob(pattern)))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
