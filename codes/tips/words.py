"""A tip and what CMS's loaded files say about its codes, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from codes.ncci.types import AddOnTable, MueTable, PtpTable
from codes.pricing.types import CodeRows, FeeScheduleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TipWords:
    """The words of a tip and the codes that it is about."""

    codes: tuple[str, ...]
    text: str
    impact: str = ""
    source_title: str = ""
    source_section: str = ""

    @property
    def sentences(self) -> str:
        return f"{self.text} {self.impact}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CmsData:
    """What is loaded for one day. A table that is None is not loaded, and nothing is checked against it.

    `ptp_is_sample`: the edits are the sample's, which holds only those between codes of its fee schedule.
    """

    at: date
    release: str
    rows: Mapping[str, CodeRows]
    ptp: PtpTable | None = None
    ptp_is_sample: bool = False
    units: MueTable | None = None
    add_ons: AddOnTable | None = None

    def row(self, code: str) -> FeeScheduleRow | None:
        """The row of the whole code, or its first where CMS prints components only."""
        rows = self.rows.get(code)
        return next(iter(rows.rows.values()), None) if rows else None

    def may_lack(self, column_one: str, column_two: str) -> bool:
        """Whether CMS may have an edit between two codes that is not loaded."""
        return self.ptp_is_sample and not {column_one, column_two} <= self.rows.keys()

    def is_add_on(self, code: str) -> bool | None:
        """Whether CMS lists the code as an add-on or gives it global ZZZ; None where neither can be known."""
        row = self.row(code)
        if (self.add_ons and code in self.add_ons.primaries) or (row and row.global_days == "ZZZ"):
            return True
        return False if self.add_ons or row else None

    def has_add_ons(self, code: str) -> bool:
        """Whether CMS lists the code as a primary of any add-on."""
        records = self.add_ons.primaries.values() if self.add_ons else ()
        return any(each.primary == code for group in records for each in group)
