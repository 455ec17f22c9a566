"""Large tables to take along: built when a release is loaded, kept compressed, and only sent when somebody asks.

They lie in the storage `downloads` of the settings, a folder or an object store, under a folder whose name is a digest
of all that decides them: a file is never wrong, and what its releases do not read changes nothing. A request
builds none, except on a machine of one's own, where nobody waits for another.
"""

import gzip
import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from codes.caching.encoding import takes_gzip
from codes.caching.validators import CACHE_CONTROL
from codes.queries import releases

FORMAT = 1  # counts up when the files are written otherwise, so that all are built anew
RETRY_AFTER_SECONDS = 300
COMPRESSED = ".gzip"  # not .gz, which an object store would take for an encoding to undo
LEVEL = 6


class Download(NamedTuple):
    """A file of the store: its folder and name there, the name it is saved under, and what makes its bytes. `is_old`
    says that it is not among those that are built each time."""

    folder: str
    name: str
    saved_as: str
    content_type: str
    build: Callable[[], bytes]
    is_old: bool = False

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}"

    @property
    def is_compressed(self) -> bool:
        """Whether it is stored compressed: a workbook is compressed by itself."""
        return self.name.endswith(COMPRESSED)


def store() -> Storage:
    return storages["downloads"]


def folder_of(kind: str, decided_by: tuple[Any, ...]) -> str:
    """The folder of the files that these things decide: "fees/3f2a..."."""
    return f"{kind}/{hashlib.sha256(repr((FORMAT, decided_by)).encode()).hexdigest()[:24]}"


def save(download: Download) -> int:
    """Build a file and put it into the store; its size there in bytes."""
    content = download.build()
    if download.is_compressed:
        content = gzip.compress(content, LEVEL, mtime=0)
    store().save(download.path, ContentFile(content))
    return len(content)


def answer(request: HttpRequest, download: Download) -> HttpResponseBase:
    """The file as it is stored; 304 for who has it. Where it is not built yet 503 with Retry-After, and 404 for one of
    days long past."""
    encoded = download.is_compressed and takes_gzip(request.headers.get("Accept-Encoding", ""))
    etag = f'"{hashlib.sha256(download.path.encode()).hexdigest()[:24]}{"-gzip" if encoded else ""}"'
    response = get_conditional_response(request, etag=etag) or _file(download, encoded)
    if response is None:
        return _missing(download)
    patch_vary_headers(response, ["Accept-Encoding"])
    response["ETag"], response["Last-Modified"] = etag, _modified()
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _file(download: Download, encoded: bool) -> HttpResponseBase | None:
    try:
        file: Any = store().open(download.path)
    except FileNotFoundError:
        if not settings.BUILD_DOWNLOADS_ON_REQUEST:
            return None
        save(download)
        file = store().open(download.path)
    if download.is_compressed and not encoded:
        file = BytesIO(gzip.decompress(file.read()))
    response = FileResponse(
        file, as_attachment=True, filename=download.saved_as, content_type=download.content_type
    )
    if encoded:
        response["Content-Encoding"] = "gzip"
    return response


def _missing(download: Download) -> HttpResponse:
    minutes = RETRY_AFTER_SECONDS // 60
    text, status = (
        ("No file is kept of days that long past. The page of a code still prices them.", 404)
        if download.is_old
        else (f"This file is being built from newly loaded data. Try again in {minutes} minutes.", 503)
    )
    response = HttpResponse(f"{text}\n", "text/plain; charset=utf-8", status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _modified() -> str:
    version = releases.data_version()
    return http_date(version[1].timestamp() if version else 0)
