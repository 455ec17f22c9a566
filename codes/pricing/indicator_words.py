"""What each value of an indicator says in a few words: the chip on a page, and the reason in a refusal.

The indicators are those of CMS's record layout (Claims Processing Manual, ch. 23, Addendum). What follows for a
claim is in `codes.knowledge`.
"""

from collections.abc import Mapping
from typing import NamedTuple


class LabeledIndicator(NamedTuple):
    """An indicator as a sentence names it, and a label for each of its values."""

    name: str
    labels: Mapping[str, str]

    def reason(self, value: str) -> str:
        """The label of a value and where it comes from, to stand after a colon.

        >>> BILATERAL.reason("0")
        'no bilateral payment (bilateral indicator 0)'
        >>> BILATERAL.reason("5")
        'a value that CMS does not define (bilateral indicator 5)'
        """
        label = self.labels.get(value, "a value that CMS does not define")
        return f"{label[0].lower()}{label[1:]} ({self.name} {value or 'empty'})"


PCTC = LabeledIndicator(
    "PC/TC indicator",
    {
        "0": "Physician service, not split",
        "1": "Splits into 26 and TC",
        "2": "Professional component only",
        "3": "Technical component only",
        "4": "Whole test, with separate component codes",
        "5": "Incident to a physician's service",
        "6": "Physician interpretation of a lab test",
        "7": "Therapy service",
        "8": "Interpretation of an abnormal smear",
        "9": "No professional or technical split",
    },
)
GLOBAL_DAYS = LabeledIndicator(
    "global days",
    {
        "000": "Global period: same day",
        "010": "10-day global period",
        "090": "90-day global period",
        "MMM": "Maternity, its own global period",
        "XXX": "No global period",
        "YYY": "Global period set by the MAC",
        "ZZZ": "Add-on to another service",
    },
)
BILATERAL = LabeledIndicator(
    "bilateral indicator",
    {
        "0": "No bilateral payment",
        "1": "Paid at 150% for both sides",
        "2": "Amount already covers both sides",
        "3": "Each side paid in full",
        "9": "Bilateral rule does not apply",
    },
)
ASSISTANT_SURGERY = LabeledIndicator(
    "assistant indicator",
    {
        "0": "Assistant paid only with documentation",
        "1": "Assistant never paid, patient not billed",
        "2": "Assistant may be paid",
        "9": "No assistant for this service",
    },
)
CO_SURGEONS = LabeledIndicator(
    "co-surgeon indicator",
    {
        "0": "Co-surgeons not paid",
        "1": "Co-surgeons paid with documentation",
        "2": "Co-surgeons may be paid",
        "9": "No co-surgeons for this service",
    },
)
TEAM_SURGERY = LabeledIndicator(
    "team indicator",
    {
        "0": "Surgical team not paid",
        "1": "Team paid with documentation",
        "2": "Team paid by report",
        "9": "No surgical team for this service",
    },
)
