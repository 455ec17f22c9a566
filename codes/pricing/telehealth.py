"""Telehealth: the place of service decides the setting, modifiers do not change the amount.

From 2024, place 02 (not at home) has the facility amount and place 10 (at home) the non-facility amount;
from 2020 to 2023 claims carried the place of an in-person visit with modifier 95. Claims Processing
Manual, ch. 12, §190; the waivers run to 2027-12-31 (Consolidated Appropriations Act, 2026).
"""

from datetime import date

from codes.pricing.working import Working

CITATION = "Claims Processing Manual, ch. 12, §190"
WAIVERS_END = date(2027, 12, 31)
PLACES_DECIDE_FROM = date(2024, 1, 1)
_PLACES = frozenset({"02", "10"})


def note_telehealth(working: Working) -> None:
    """Says what the date means for a telehealth place of service, and lowers the confidence where it is
    open.
    """
    if working.line.place_of_service not in _PLACES:
        return
    at = working.circumstances.date_of_service
    if at > WAIVERS_END:
        working.note(
            f"The telehealth waivers end with {WAIVERS_END.year}: after that few places of the patient qualify."
        )
        working.lower_confidence("Low", "date of service after the telehealth waivers")
    elif at < PLACES_DECIDE_FROM:
        working.note("Before 2024 telehealth was paid by the place of an in-person visit, with modifier 95.")
        working.lower_confidence("Low", "telehealth before 2024 was paid by the place of an in-person visit")
