"""One PDF and one workbook for the data as they are, kept in TOOLKIT_DIR.

The name of a file holds the release and a key of all that it was made from, so that a change of data or tips asks for
a new file. A file is written under a temporary name and then renamed: whoever reads or builds at the same time sees
a whole file or none.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import Q

from codes.models import Version
from codes.queries.releases import calendar
from contributions.toolkit.edition import edition, releases_used, toolkit_on, warnings
from contributions.toolkit.parts import Toolkit
from contributions.toolkit.workbook import write_workbook

LAYOUT = "5"  # counts up when the files are drawn differently
PREFIX = "medpayiq-toolkit-"
PARTIAL = ".partial-"
GONE = float("inf")
ABANDONED = 3600  # seconds after which a temporary file has lost its builder


def write_pdf(toolkit: Toolkit, path: Path) -> None:
    """Write the PDF. Its library, with fonts and pictures, is read by whoever builds one and not by the server."""
    from contributions.toolkit import pdf

    pdf.write_pdf(toolkit, path)


KINDS: Mapping[str, Callable[[Toolkit, Path], None]] = {"pdf": write_pdf, "xlsx": write_workbook}


def names(at: date) -> dict[str, str]:
    """The file name of each kind for the data of now, as they stand on a day: two queries."""
    known = calendar()
    stem = f"{PREFIX}{_slug(edition(known, at))}-{_key(at)}"
    return {kind: f"{stem}.{kind}" for kind in KINDS}


def build(at: date) -> list[Path]:
    """The files for the data of now, made where they are missing; files of other data are removed."""
    began = time.time()
    room = Path(settings.TOOLKIT_DIR)
    room.mkdir(parents=True, exist_ok=True)
    wanted = {kind: room / name for kind, name in names(at).items()}
    missing = {kind: path for kind, path in wanted.items() if not path.exists()}
    if missing:
        toolkit = toolkit_on(at)
        for kind, path in missing.items():
            _write(KINDS[kind], toolkit, path)
    _sweep(room, set(wanted.values()), began)
    return list(wanted.values())


def ready(kind: str, at: date) -> Path | None:
    """The file of a kind that a visitor gets: that of the data of now, else the former one, until the new one is made;
    None where none was made yet."""
    path = Path(settings.TOOLKIT_DIR) / names(at)[kind]
    return path if path.exists() else _former(path)


def is_being_made(at: date) -> bool:
    """Whether the files of the data of now are not there yet. On one's own machine they are made when asked for."""
    room = Path(settings.TOOLKIT_DIR)
    return not settings.BUILD_DOWNLOADS_ON_REQUEST and not all(
        (room / name).exists() for name in names(at).values()
    )


def opened(kind: str, at: date) -> tuple[str, BinaryIO] | None:
    """The file of a kind that a visitor gets, open for reading even if another build replaces it meanwhile, with the
    name under which it is saved: "MedPayIQ-toolkit-RVU26C.pdf"; None where none was made yet."""
    if settings.BUILD_DOWNLOADS_ON_REQUEST:
        build(at)
    for _ in range(2):
        path = ready(kind, at)
        if path is None:
            return None
        with suppress(FileNotFoundError):
            return _public_name(path), path.open("rb")
    return None


def _former(path: Path) -> Path | None:
    """The newest file of this kind that is there; None where there is none, or it has just been removed."""
    there = [each for each in path.parent.glob(f"{PREFIX}*{path.suffix}") if _age_mark(each) != GONE]
    return max(there, key=_age_mark, default=None)


def _public_name(path: Path) -> str:
    """The name of a file without the key of its data."""
    stem, _, _ = path.stem.removeprefix(PREFIX).rpartition("-")
    return f"MedPayIQ-toolkit-{stem}{path.suffix}"


def _key(at: date) -> str:
    versions = Version.objects.filter(
        Q(name__in=("data", "tips")) | Q(name__startswith=Version.OF_CODE)
    ).order_by("name")
    parts = [LAYOUT]
    parts += [f"{version.name} {version.number} {version.changed_at.isoformat()}" for version in versions]
    parts += [f"{release.source} {release.sha256}" for release in releases_used(calendar(), at)]
    parts += warnings(calendar(), at)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "none"


def _write(write: Callable[[Toolkit, Path], None], toolkit: Toolkit, path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=PARTIAL, suffix=path.suffix, dir=path.parent)
    os.close(handle)
    partial = Path(name)
    try:
        write(toolkit, partial)
        partial.chmod(0o644)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _sweep(room: Path, wanted: set[Path], began: float) -> None:
    """Remove files of other data that were there when this build began, and what killed builders left behind."""
    for path in [*room.glob(f"{PREFIX}*"), *room.glob(f"{PARTIAL}*")]:
        limit = began - ABANDONED if path.name.startswith(PARTIAL) else began
        if path not in wanted and _age_mark(path) < limit:
            path.unlink(missing_ok=True)


def _age_mark(path: Path) -> float:
    """When a file was last written; never, for one that somebody else has just removed."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return GONE
