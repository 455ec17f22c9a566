"""Downloads that resume, and that end with a whole zip or with a reason.

A file is written as `NAME.part` beside a note of its ETag, and gets its name when every byte is there and every
entry of the zip has its checksum. After a fault, also in another run, the rest is asked for with Range and If-Range;
a server that cannot do that, or whose file has changed meanwhile, sends the whole and the old bytes are dropped.
"""

import hashlib
import http.client
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from codes.cms.web_page import FIRST_BYTES, web_page

ATTEMPTS = 5
TIMEOUT_SECONDS = 30
PAUSE_SECONDS = 1
LARGEST_FILE = 1024**3
LARGEST_PAGE = 8 * 1024**2
_CHUNK = 256 * 1024
T = TypeVar("T")


class FetchRefused(Exception):
    """Why something was not fetched, in a sentence for the operator."""


class _CutShort(Exception):
    """Fewer bytes came than were promised."""


_FAULTS = (URLError, TimeoutError, ConnectionError, http.client.HTTPException, _CutShort)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is here whole. `fresh` is False where it was here before."""

    path: Path
    size: int
    sha256: str
    fresh: bool = True


class _StayAtHome(HTTPRedirectHandler):
    """Follows redirects on the same site only, and never from https to http."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.hostname != old.hostname or (old.scheme, new.scheme) == ("https", "http"):
            raise FetchRefused(f"{req.full_url} leads away to {newurl}: get it by hand if that is right.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Fetcher:
    """Asks one site, one thing at a time, with a pause before each and with patience for its faults."""

    timeout: float = TIMEOUT_SECONDS
    attempts: int = ATTEMPTS
    pause: float = PAUSE_SECONDS
    sleep: Callable[[float], None] = time.sleep
    pages: dict[str, str] = field(default_factory=dict)

    def page(self, address: str) -> str:
        """The HTML of a page, asked for once. Raises FetchRefused."""
        if address not in self.pages:
            self.pages[address] = self._patiently(address, lambda: self._read_page(address))
        return self.pages[address]

    def file(self, address: str, path: Path) -> Downloaded:
        """The zip at `address` as `path`. What is here already and whole is kept. Raises FetchRefused."""
        if path.exists() and not _damage(path):
            return Downloaded(path, path.stat().st_size, sha256_of(path), fresh=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        if not part.exists() or _damage(part):
            self._patiently(address, lambda: self._read_file(address, part))
        if why := _damage(part):
            part.unlink()
            _note(part).unlink(missing_ok=True)
            raise FetchRefused(f"{address}: {why}")
        part.replace(path)
        _note(part).unlink(missing_ok=True)
        return Downloaded(path, path.stat().st_size, sha256_of(path))

    def _patiently(self, address: str, ask: Callable[[], T]) -> T:
        """Ask again after faults that may pass (no answer, cut short, 5xx, 429), after 1, 2, 4 ... seconds."""
        for attempt in range(self.attempts):
            if attempt:
                self.sleep(2 ** (attempt - 1))
            try:
                return ask()
            except HTTPError as error:
                error.close()
                fault = f"it answered {error.code} {error.reason}"
                if error.code < 500 and error.code != 429:
                    raise FetchRefused(f"{address}: {fault}.") from None
            except _FAULTS as error:
                fault = f"{getattr(error, 'reason', None) or error or type(error).__name__}"
        raise FetchRefused(
            f"{address}: {fault}; asked {self.attempts} times. What came is kept for the next run."
        )

    def _open(self, request: Request) -> Any:
        self.sleep(self.pause)
        opener: OpenerDirector = build_opener(_StayAtHome)
        opener.addheaders = [("User-Agent", "MedPayIQ fetch_cms"), ("Accept-Encoding", "identity")]
        return opener.open(request, timeout=self.timeout)

    def _read_page(self, address: str) -> str:
        with self._open(Request(address)) as answer:
            content: bytes = answer.read(LARGEST_PAGE + 1)
        if len(content) > LARGEST_PAGE:
            raise FetchRefused(f"{address}: more than {LARGEST_PAGE // 1024**2} MiB for a page.")
        return content.decode("utf-8", "replace")

    def _open_rest(self, address: str, part: Path, held: int) -> Any:
        """The answer to a request for what is behind `held` bytes; nothing is there behind a part that is too long."""
        try:
            return self._open(Request(address, headers=_ask_for_rest(part, held)))
        except HTTPError as error:
            if error.code != 416:
                raise
            error.close()
            part.unlink(missing_ok=True)
            raise _CutShort("what was held is not a part of the file") from None

    def _read_file(self, address: str, part: Path) -> None:
        """Append to `part` what is missing of it; raises _CutShort where still not all is there."""
        held = part.stat().st_size if part.exists() else 0
        with self._open_rest(address, part, held) as answer:
            resumed = answer.status == 206
            if resumed and not _starts_at(answer, held):
                part.unlink()
                raise _CutShort("the server sent another part than the one asked for")
            total = (held if resumed else 0) + int(answer.headers.get("Content-Length") or 0)
            if total > LARGEST_FILE:
                raise FetchRefused(f"{address}: {total:,} bytes, more than any file that CMS publishes.")
            _note(part).write_text(answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "")
            with part.open("ab" if resumed else "wb") as file:
                _copy(answer, file)
        if part.stat().st_size < total:
            raise _CutShort(f"{part.stat().st_size:,} of {total:,} bytes came")


def _ask_for_rest(part: Path, held: int) -> dict[str, str]:
    etag = _note(part).read_text() if _note(part).exists() else ""
    return {"Range": f"bytes={held}-", "If-Range": etag} if held and etag else {}


def _note(part: Path) -> Path:
    """Where the ETag of a part is kept."""
    return part.with_name(f"{part.name}.etag")


def _starts_at(answer: Any, held: int) -> bool:
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    return found is not None and int(found[1]) == held


def _copy(answer: Any, file: IO[bytes]) -> None:
    while chunk := answer.read(_CHUNK):
        file.write(chunk)
        if file.tell() > LARGEST_FILE:
            raise FetchRefused(
                f"More than {LARGEST_FILE:,} bytes came, more than any file that CMS publishes."
            )


def _damage(path: Path) -> str:
    """Why a file is not a whole zip; "" where it is one."""
    with path.open("rb") as file:
        if words := web_page(file.read(FIRST_BYTES)):
            return f"what came is {words}."
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        return f"what came is not a whole zip ({error})."
    return f"the zip's {damaged} is damaged." if damaged else ""


def sha256_of(path: Path) -> str:
    """The digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
