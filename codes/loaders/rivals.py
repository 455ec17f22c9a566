"""Two files for one source and day: which of them is loaded, or that neither is."""

import re
from datetime import date
from typing import Any

from codes.cms.layout import LayoutError
from codes.loaders.candidate import COMPANIONS, Candidate, Plan
from codes.loaders.errors import LoadRefused
from codes.loaders.rows import Options
from codes.models.release import Source

LARGEST_COMPARED = 16 * 1024**2
# What CMS calls its own files, where copies of them without that name are about.
OWN_NAMES = {Source.ASC: r"asc-approved-hcpcs-codes?|508[-_ ]version"}


def refuse_rivals(made: Plan) -> None:
    """Two different files for one source and day, given at once, are a mistake that only a person can mend: both are
    put aside. Relative values and their companions are refused with all that was given, because they price together.

    Copies with the same rows are no rivals: the first of them is loaded. Nor is a copy beside CMS's own file, which has
    the heading that the copy lost, or the name that CMS gives it."""
    seen: dict[tuple[Source, date], Candidate] = {}
    for candidate in sorted(made.candidates, key=_is_copy):
        first = seen.setdefault((candidate.source, candidate.effective_from), candidate)
        if first is candidate:
            continue
        made.candidates.remove(candidate)
        if first.digest() == candidate.digest():
            continue
        if not _is_sound(candidate, made):
            continue
        if not _is_sound(first, made):
            made.candidates = [candidate if each is first else each for each in made.candidates]
            seen[candidate.source, candidate.effective_from] = candidate
            continue
        if why := _why_needless(candidate, first):
            made.skipped += [(member.name, why) for member in candidate.members]
            continue
        words = _rivalry(first, candidate)
        if candidate.source in (Source.PPRRVU, Source.PPRRVU_QPP, *COMPANIONS):
            raise LoadRefused(words)
        made.refused.append(words)
        made.candidates = [each for each in made.candidates if each is not first]


def _is_sound(candidate: Candidate, made: Plan) -> bool:
    """Whether a rival can be read to its end; what is wrong with it goes among the refused."""
    try:
        _rows(candidate)
    except LayoutError as refusal:
        made.refused.append(str(refusal))
        return False
    return True


def _is_copy(candidate: Candidate) -> bool:
    """Whether a file has lost its heading, or the name that CMS gives such files."""
    own = OWN_NAMES.get(candidate.source, "")
    names = f"{candidate.member.archive} {candidate.member.name}"
    return candidate.by_name or not re.search(own, names, re.IGNORECASE)


def _why_needless(candidate: Candidate, first: Candidate) -> str:
    """Why the file before it stands for a file of the same source and day; "" where nothing tells which holds."""
    if _rows(first) == _rows(candidate):
        return f"holds the same rows as {_called(first, candidate)}"
    if not _is_copy(candidate) or _is_copy(first):
        return ""
    what = "has no heading, and other rows than" if candidate.by_name else "has other rows than"
    return f"{what} {first.member.name}, CMS's own file of the quarter"


def _rows(candidate: Candidate) -> list[tuple[Any, ...]]:
    """The rows of small files, to be compared; of files that are too large to hold their digest."""
    size = sum(member.size for member in candidate.members)
    if candidate.loader.queries_while_reading or size > LARGEST_COMPARED:
        return [(candidate.digest(),)]
    return sorted(candidate.rows(Options()), key=repr)


def _called(first: Candidate, other: Candidate) -> str:
    """A file by its name, with its archive where both have the same."""
    same = first.member.name == other.member.name
    return f"{first.member.name} ({first.member.archive})" if same else first.member.name


def _rivalry(first: Candidate, second: Candidate) -> str:
    return (
        f"{first.member.name} ({first.member.archive}) and {second.member.name} ({second.member.archive}) both claim "
        f"to be in force ({second.source.label}) from {second.effective_from}. Load the one that holds, or load them "
        "one at a time with --effective-from."
    )
