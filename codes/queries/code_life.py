"""Since when a code is valid and until when: by the fee schedules loaded, and the table of deleted codes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from codes.formatting import day
from codes.knowledge.code_life import CodeEnd, code_ends, end_in_file
from codes.models import Release
from codes.models.release import Source
from codes.queries.code import CodeRecord
from codes.queries.releases import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLife:
    """The life of a code as it stands on a day.

    `first` is the fee schedule that lists the code first and `lacking` the one before, where that is loaded and
    lacks the code; `last` the latest that lists it. `end` is its row in the table of deleted codes, or the end
    that CMS's HCPCS file names, or None. `added` is the day on which, by that file, the code was added.
    """

    first: Release | None
    lacking: Release | None
    last: Release | None
    end: CodeEnd | None
    is_deleted: bool
    added: date | None = None

    @property
    def ends(self) -> bool:
        """Whether the code is still valid, and its last day is known."""
        return not self.is_deleted and self.end is not None and self.end.last_day is not None

    @property
    def sentence(self) -> str:
        """ "Deleted. Last valid Dec 31, 2025.", "Valid until Dec 31, 2026." or ''."""
        if self.is_deleted:
            listed = f"Last listed in {self.last.name}." if self.last else ""
            return f"Deleted. {(self.end and self.end.sentence) or listed}".strip()
        return self.end.sentence.replace("Last valid", "Valid until") if self.end and self.ends else ""

    @property
    def beginning(self) -> str:
        """ "New in 2026: first listed in RVU26C, not in RVU25D.", "Valid since Jan 1, 1987."; '' where the files do not
        tell."""
        if self.first is None or self.lacking is None:
            return f"Valid since {day(self.added)}." if self.added else ""
        year = self.first.effective_from.year
        return f"New in {year}: first listed in {self.first.name}, not in {self.lacking.name}."

    @property
    def note(self) -> str:
        """What changed, in our words."""
        return self.end.note if self.end else ""

    @property
    def successors(self) -> tuple[str, ...]:
        """The codes that are reported instead."""
        return self.end.successors if self.end else ()

    @property
    def last_day(self) -> date | None:
        """The last day on which the code was valid, or failing that the last of the year of its last release."""
        if self.end and self.end.last_day:
            return self.end.last_day
        return date(self.last.effective_from.year, 12, 31) if self.last and self.is_deleted else None


def life_of(calendar: Calendar, record: CodeRecord, at: date) -> CodeLife:
    """The life of a code as it stands on `at`; no query."""
    schedules = calendar.of(Source.PPRRVU)[::-1]
    listing = [release for release in schedules if release.pk in record.listed_in]
    first, last = (listing[0], listing[-1]) if listing else (None, None)
    end = _end_of(record)
    return CodeLife(
        first=first,
        lacking=_before(schedules, first) if first else None,
        last=last,
        end=end,
        added=record.hcpcs.added if record.hcpcs else None,
        is_deleted=_is_deleted(end, last, record.release, at),
    )


def _end_of(record: CodeRecord) -> CodeEnd | None:
    """The end of a code by our table, or else by CMS's HCPCS file; a last day that our table lacks comes from there."""
    end, text = code_ends().get(record.code), record.hcpcs
    if text is None or text.terminated is None or (end and end.last_day):
        return end
    return (
        replace(end, last_day=text.terminated)
        if end
        else end_in_file(record.code, text.terminated, text.release.name)
    )


def deleted_codes(codes: Iterable[str], listed: Collection[str], at: date) -> Mapping[str, CodeEnd]:
    """Those of these codes that were deleted before `at`. One whose last day is unknown counts where the fee schedule
    of the day does not list it."""
    ends = {code: code_ends()[code] for code in codes if code in code_ends()}
    return {
        code: end
        for code, end in ends.items()
        if end.is_before(at) or (end.last_day is None and code not in listed)
    }


def _before(schedules: list[Release], first: Release) -> Release | None:
    """The release before the first that lists a code. A sample and a whole file cannot be compared."""
    index = schedules.index(first)
    former = schedules[index - 1] if index else None
    return former if former and former.is_sample == first.is_sample else None


def _is_deleted(end: CodeEnd | None, last: Release | None, in_force: Release | None, at: date) -> bool:
    if end and end.last_day:
        return end.is_before(at)
    if last is None or in_force is None or (in_force.is_sample and end is None):
        return False
    return last.effective_from < in_force.effective_from
