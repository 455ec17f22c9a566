"""What CMS's relative value files say of CPT codes, read for a check and not kept."""

import re
from collections.abc import Iterable
from pathlib import Path

from codes.cms import pprrvu
from codes.cms.archive import open_members
from codes.cms.detect import Format, detect
from codes.naming import Described

_CPT = re.compile(r"\d{4}[0-9A-Z]")
_FILES = (Format.PPRRVU_CSV, Format.PPRRVU_TXT)


def described(paths: Iterable[Path]) -> dict[str, Described]:
    """The description and global days of each CPT code, by the last of the files that holds it."""
    found: dict[str, Described] = {}
    for path in paths:
        for member in open_members(path):
            if detect(member) in _FILES:
                with member.open() as stream:
                    for row in pprrvu.parse(stream, member.name):
                        if not row.modifier and _CPT.fullmatch(row.code):
                            found[row.code] = Described(row.description, row.global_days)
    return found
