"""The codes that were deleted or will be, and what is reported in their place: `fixtures/texts/code_life.csv`.

The columns: code; name (ours, of codes that no other table of names holds); last_day, the last date of service, empty
where no file says it; successors, parted by semicolons; one_for_one, "yes" where the successor takes the code's place
on a claim line as it stands, with the same units; note, what changed; source.
"""

import csv
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from codes.formatting import day

# Of these letters CMS's fee schedule lists every valid Level II code, priced by it or not. C, E, K and L have other
# lists.
LISTED_LETTERS = frozenset("ADGHJMPQRSTV")
FILE = Path(__file__).parents[2] / "fixtures" / "texts" / "code_life.csv"


@dataclass(frozen=True, slots=True)
class CodeEnd:
    """The end of a code. `last_day` is None where it is only known which release no longer lists the code."""

    code: str
    name: str
    last_day: date | None
    successors: tuple[str, ...]
    is_one_for_one: bool
    note: str
    source: str

    def is_before(self, at: date) -> bool:
        """Whether the code's last day is known, and lies before `at`."""
        return self.last_day is not None and self.last_day < at

    @property
    def sentence(self) -> str:
        """When the code ends or ended, for the beginning of a sentence about it."""
        return f"Last valid {day(self.last_day)}." if self.last_day else ""


@lru_cache(maxsize=1)
def code_ends() -> Mapping[str, CodeEnd]:
    """Every code of the table, by code.

    >>> code_ends()["99201"].sentence, code_ends()["99201"].successors
    ('Last valid Dec 31, 2020.', ('99202',))
    """
    with FILE.open(encoding="utf-8", newline="") as stream:
        return MappingProxyType({row["code"]: _end(row) for row in csv.DictReader(stream)})


def is_off_every_schedule(code: str, listed: Container[str]) -> bool:
    """Whether the fee schedule lacks a Level II code though it lists those of its letter: CMS's text keeps codes that
    ended long ago.

    >>> is_off_every_schedule("J2505", {"J2506"}), is_off_every_schedule("E0601", {"J2506"})
    (True, False)
    """
    return code[0] in LISTED_LETTERS and code not in listed


def end_in_file(code: str, last_day: date, file: str) -> CodeEnd:
    """The end of a code that only CMS's HCPCS file names."""
    return CodeEnd(code, "", last_day, (), False, "", f"CMS {file}")


def ended_name(code: str) -> str:
    """Our name of a deleted code that no other table of names holds; '' for every other code."""
    end = code_ends().get(code)
    return end.name if end else ""


def _end(row: Mapping[str, str]) -> CodeEnd:
    return CodeEnd(
        code=row["code"],
        name=row["name"],
        last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        successors=tuple(filter(None, row["successors"].split(";"))),
        is_one_for_one=row["one_for_one"] == "yes",
        note=row["note"],
        source=row["source"],
    )
