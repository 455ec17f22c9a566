"""Tables of a whole schedule, made once for what they show and kept on disk for whoever asks next.

The file's name is a digest of all that decides its bytes, so that a file is never wrong, only old: the oldest go where
there is no more room. One is made at a time, by whichever process: a second one would take a process away from the
pages. A table can be made beforehand by calling `file_of`.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from codes.caching.validators import CACHE_CONTROL
from codes.models.release import Source
from codes.queries import releases
from codes.queries.releases import Calendar

RETRY_AFTER_SECONDS = 15


class Busy(Exception):
    """Another table is being made, or there is no room for this one."""


class Export(NamedTuple):
    """A table: the name it is saved under, its type, all that decides what is in it, and what writes it."""

    name: str
    content_type: str
    decided_by: tuple[Any, ...]
    write: Callable[[IO[bytes]], None]
    is_attachment: bool = True

    @property
    def digest(self) -> str:
        """The table's name on disk, and its ETag."""
        version = releases.data_version()
        decided = f"{self.content_type} {self.decided_by!r} {version} {settings.BUILD_ID}"
        return hashlib.sha256(decided.encode()).hexdigest()[:32]


def in_force_at(calendar: Calendar, at: date) -> tuple[int, ...]:
    """What decides a fee schedule of a day: the releases in force then. Two days of one quarter have one table."""
    found = (calendar.in_force(source, at) for source in Source)
    return (at.year, *(release.pk if release else 0 for release in found))


def exported(request: HttpRequest, export: Export) -> HttpResponseBase:
    """The table: 304 for who has it, 503 with Retry-After while another is made. HEAD makes nothing."""
    digest = export.digest
    etag = f'"{digest}"'
    try:
        response = get_conditional_response(request, etag=etag) or _answer(request, export)
    except Busy:
        return _busy()
    response["ETag"] = etag
    response["Last-Modified"] = _modified()
    response["Cache-Control"] = CACHE_CONTROL
    return response


def file_of(export: Export) -> Path:
    """The table's file, made where it is not there. Raises Busy."""
    path = _path(export)
    if not path.exists():
        with _alone(path.parent):
            _make(export, path)
    with suppress(OSError):
        os.utime(path)  # the least recently asked for go first
    return path


def _path(export: Export) -> Path:
    return Path(settings.EXPORTS_DIR) / export.digest


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The right to make a table, for one process at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except OSError as error:  # held by another process; or no room, or no right to write there
        raise Busy from error


def _make(export: Export, path: Path) -> None:
    """Write the table beside its place, and put it there whole."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="part-", delete=False) as part:
        try:
            export.write(part)
            part.flush()
            os.replace(part.name, path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    _make_room(path.parent)


def _make_room(folder: Path) -> None:
    """Remove the files that nobody asked for the longest, until the rest fit, and what a killed process left."""
    files = sorted((each for each in folder.iterdir() if each.name != "lock"), key=_age, reverse=True)
    total = 0
    for file in files:
        total += file.stat().st_size
        if total > settings.EXPORTS_MEGABYTES * 1_000_000 or file.name.startswith("part-"):
            file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    return file.stat().st_mtime


def _answer(request: HttpRequest, export: Export) -> HttpResponseBase:
    return _head(export) if request.method == "HEAD" else _whole(export)


def _whole(export: Export) -> HttpResponseBase:
    path, kind = file_of(export), export.content_type
    if not export.is_attachment:
        return HttpResponse(path.read_bytes(), content_type=kind)
    return FileResponse(path.open("rb"), as_attachment=True, filename=export.name, content_type=kind)


def _head(export: Export) -> HttpResponseBase:
    """What GET would say, as far as it is known without making the table."""
    response = StreamingHttpResponse([], content_type=export.content_type)
    if export.is_attachment:
        response["Content-Disposition"] = f'attachment; filename="{export.name}"'
    with suppress(OSError):
        response["Content-Length"] = str(_path(export).stat().st_size)
    return response


def _busy() -> HttpResponse:
    text = f"Another table is being made. Try again in {RETRY_AFTER_SECONDS} seconds.\n"
    response = HttpResponse(text, "text/plain; charset=utf-8", 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _modified() -> str:
    version = releases.data_version()
    return http_date(version[1].timestamp() if version else 0)
