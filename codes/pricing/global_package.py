"""Shares of the global surgical package (54, 55, 56) and returns to the operating room (78).

Claims Processing Manual, ch. 12, §40.2 and §40.4. The shares are CMS's own, by code: preoperative,
intraoperative (with the care in the hospital) and postoperative.
"""

from decimal import Decimal

from codes.pricing.arithmetic import figure, money, times
from codes.pricing.rounding import ZERO_DOLLARS, to_cents
from codes.pricing.types import Refusal
from codes.pricing.working import Working

CITATION = "Claims Processing Manual, ch. 12"
RULE = "global_package"
_DAYS = {"010": 10, "090": 90}


def refuse_preoperative_only(working: Working) -> Refusal | None:
    """Medicare counts the care before surgery into modifier 54 and in practice does not pay 56."""
    if "56" not in working.modifiers:
        return None
    working.lower_confidence("Low", "modifier 56 is left to the MAC")
    text = (
        "Care before surgery is paid within the surgery (54); Medicare in practice does not pay modifier 56."
    )
    return Refusal(
        "global_package", text, f"{CITATION}, §40.2", medicare_pays=ZERO_DOLLARS, liability="provider"
    )


def apply_global_package(working: Working) -> None:
    """S4: one of 54, 55 and 78."""
    if "54" in working.modifiers:
        _surgical_care(working)
    elif "55" in working.modifiers:
        _care_afterwards(working)
    elif "78" in working.modifiers:
        _return_to_operating_room(working)


def _surgical_care(working: Working) -> None:
    row = working.row
    share = row.preoperative_share + row.intraoperative_share
    result = to_cents(working.amount * share)
    sums = f"({figure(row.preoperative_share, 2)} + {figure(row.intraoperative_share, 2)})"
    formula = f"{money(working.amount)} × {sums} = {money(result)}"
    working.step(RULE, "Surgery without the care afterwards (54)", CITATION, "§40.4", formula, result)
    working.lower_confidence("Day", "the global package is divided (54)")
    working.amount = result
    working.scaled_by = share


def _care_afterwards(working: Working) -> None:
    """The postoperative share, for the part of the global period in which this physician gave the care."""
    share, package_days = working.row.postoperative_share, _DAYS[working.row.global_days]
    days = working.line.care_days
    working.scaled_by = share
    if days is None:
        result = to_cents(working.amount * share)
        formula = times(working.amount, share, result)
        working.lower_confidence("Low", "the days of care (55) are not given; the whole share is assumed")
    else:
        days = min(days, package_days)
        working.scaled_by *= Decimal(days) / package_days
        result = to_cents(working.amount * share * days / package_days)
        formula = f"{money(working.amount)} × {figure(share, 2)} × {days} ÷ {package_days} = {money(result)}"
        working.lower_confidence("Day", "the global package is divided (55)")
    working.step(RULE, "Care after surgery (55)", CITATION, "§40.4", formula, result)
    working.amount = result


def _return_to_operating_room(working: Working) -> None:
    row = working.row
    if row.global_days in _DAYS and row.intraoperative_share > 0:
        result = to_cents(working.amount * row.intraoperative_share)
        formula = times(working.amount, row.intraoperative_share, result)
        title = "Return to the operating room (78): the intraoperative share"
        working.step(RULE, title, CITATION, "§40.4", formula, result)
        working.lower_confidence("Day", "return to the operating room (78)")
        working.amount = result
        return
    working.step(RULE, "Return to the operating room (78): nothing is taken off", CITATION, "§40.4")
    if row.global_days == "000":
        working.lower_confidence("Day", "return to the operating room (78)")
    else:
        working.note(f"Modifier 78 does not fit global days {row.global_days}: nothing is taken off.")
        working.lower_confidence("Low", f"modifier 78 on a code with global days {row.global_days}")


def is_unranked_return(working: Working) -> bool:
    """Lines with 78 take no part in the multiple-procedure ranking (ch. 12, §40.4)."""
    return "78" in working.modifiers


def refuse_care_days(days: int | None) -> Refusal | None:
    if days is not None and days < 0:
        return Refusal("care_days", "Days of care cannot be negative.", CITATION)
    return None
