"""Adjustment reasons and remarks by number, in our own words (X12's are not ours to print).

`fixtures/texts/reasons.csv` and `remarks.csv`: number, common (1 for those seen most on professional claims),
meaning, what_to_do, see (the sections of the code page that know the rule: ncci, unit-limits, indicators, or none).
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings

from codes.denials.group_codes import GroupCode

OTHER = "other"
FEWEST_LETTERS = 4
_TYPED_REASON = re.compile(
    rf"(?:({'|'.join(GroupCode.values)}|CR)[\s-]*)?0*([AB]?\d{{1,3}})(?![\w.])", re.IGNORECASE
)
_TYPED_REMARK = re.compile(r"(?<!\w)((?:MA|M|N)\s?-?\d{1,4})(?![\w.])", re.IGNORECASE)


class Entry(NamedTuple):
    """One reason or remark: its number, whether it is common, our words, what a biller does, and where to look."""

    number: str
    common: bool
    meaning: str
    what_to_do: str
    see: str

    @property
    def words(self) -> str:
        """As the pickers list it: "97 · already included in the payment for another service"."""
        return f"{self.number} · {self.meaning}"


@cache
def reasons() -> Mapping[str, Entry]:
    """All reasons by number, in the order of the file."""
    return _read("reasons.csv")


@cache
def remarks() -> Mapping[str, Entry]:
    """All remarks by number, in the order of the file."""
    return _read("remarks.csv")


def read_reason(typed: str) -> tuple[str, str] | None:
    """(group, number) from what was typed or picked: "CO-97", "co 97", "097", "97 · already included ...".

    A number that we do not know is OTHER; the group is "" where none was typed; None where there is no number.
    Group CR, which X12 retired, counts as none.
    """
    if typed.strip().lower() == OTHER:
        return "", OTHER
    found = read_numbered_reason(typed)
    return found and (found[0], found[1] if found[1] in reasons() else OTHER)


def read_numbered_reason(typed: str) -> tuple[str, str] | None:
    """The same, with its number also where we do not know the reason.

    >>> read_numbered_reason("CO-999")
    ('CO', '999')
    """
    found = _TYPED_REASON.match(typed.strip())
    if not found:
        number = _by_words(typed, reasons())
        return ("", number) if number else None
    group = (found[1] or "").upper()
    return (group if group in GroupCode.values else ""), found[2].upper()


def read_remark(typed: str) -> str | None:
    """ "N362" from "n362", "N 362", "N362 · units above ..." or "acceptable maximum"; None where we do not know it."""
    found = _TYPED_REMARK.match(typed.strip())
    if not found:
        return _by_words(typed, remarks()) or None
    number = _remark_number(found[1])
    return number if number in remarks() else None


def read_remarks(typed: str) -> tuple[str, ...]:
    """All remark codes of a text in their order, known or not: "M76, MA130", "ma130 m76", "N362 · units above ...".

    >>> read_remarks("ma130 / M76")
    ('MA130', 'M76')
    """
    found = [_remark_number(each) for each in _TYPED_REMARK.findall(typed)]
    return tuple(dict.fromkeys(found or filter(None, [_by_words(typed, remarks())])))


def _remark_number(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed).upper()


def near(typed: str, entries: Mapping[str, Entry]) -> list[Entry]:
    """The entries that speak of what was typed, in their meaning or in what to do; none for fewer than four letters.

    >>> [entry.number for entry in near("bundl", reasons())]
    ['97', '231', '234']
    """
    wanted = typed.strip().lower()
    if len(wanted) < FEWEST_LETTERS:
        return []
    return [entry for entry in entries.values() if wanted in f"{entry.meaning} {entry.what_to_do}".lower()]


def _by_words(typed: str, entries: Mapping[str, Entry]) -> str:
    """The only entry whose meaning holds what was typed, or ""."""
    wanted = typed.strip().lower()
    found = [entry.number for entry in near(typed, entries) if wanted in entry.meaning.lower()]
    return found[0] if len(found) == 1 else ""


def _read(name: str) -> Mapping[str, Entry]:
    path = settings.BASE_DIR / "fixtures" / "texts" / name
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    entries = (Entry(number, common == "1", *words) for number, common, *words in rows)
    return MappingProxyType({entry.number: entry for entry in entries})
