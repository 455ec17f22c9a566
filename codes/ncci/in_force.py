"""Which record of an edit stands on a day: from its effective date to its deletion date, both included.

Claims Processing Manual, ch. 23, §20.9. Indicator 9 is an edit that was deleted as if it had never been.
"""

from collections.abc import Iterable
from datetime import date

from codes.ncci.types import PtpEdit


def is_active(edit: PtpEdit, at: date) -> bool:
    """True where the edit applies on a date of service. The deletion date is the last day in force."""
    begun = edit.effective is None or edit.effective <= at
    ended = edit.deletion is not None and edit.deletion < at
    return edit.indicator != "9" and begun and not ended


def active_edit(edits: Iterable[PtpEdit], at: date) -> PtpEdit | None:
    """The record in force, None where there is none. Where a source without dates leaves two open, the one
    that ends first is the one that stood then."""
    return min((edit for edit in edits if is_active(edit, at)), key=_last_day, default=None)


def _last_day(edit: PtpEdit) -> date:
    return edit.deletion or date.max
