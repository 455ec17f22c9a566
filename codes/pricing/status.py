"""The status indicator of the fee schedule, in words: Claims Processing Manual, ch. 23, Addendum (MPFSDB).

Only A, R and T lead to an amount. For all others the page says why there is none and where to look.
"""

import re
from typing import NamedTuple

from codes.pricing.formula import PRICED_STATUSES, has_values
from codes.pricing.payers import VACCINES, payer_of
from codes.pricing.preventive import VACCINE_ADMINISTRATION
from codes.pricing.rounding import ZERO_DOLLARS
from codes.pricing.types import CodeRows, FeeScheduleRow, Refusal

CITATION = "Claims Processing Manual, ch. 23, Addendum (MPFSDB), status code"


VACCINE_CITATION = "42 CFR 410.152(h); Claims Processing Manual, ch. 18, §10"
VACCINE_RATES = "CMS's vaccine administration rates"
VACCINES_GIVEN = (
    "CMS sets what Medicare pays for giving this vaccine each year, by locality, on its Vaccine Pricing page; that "
    "list isn't loaded. The patient owes nothing: no deductible, no coinsurance."
)
# Statuses that leave the price to others, whom the code tells; and codes in place of which Medicare has no other.
LEFT_TO_OTHERS = frozenset("XE")
_NOT_MEDICARES = re.compile(r"[DHST]\d{4}|\d{4}F")


PART_D = "Part B doesn't cover this vaccine; Part D pays for the vaccines that are recommended for adults."
PART_D_CITATION = "Social Security Act §1860D-2(b)(8)"


class Status(NamedTuple):
    """What a status means, in words. `kind` names the refusal; '' for the statuses that have an amount."""

    code: str
    meaning: str
    kind: str = ""
    pays_elsewhere: str = ""
    medicare_pays_nothing: bool = False
    liability: str = ""


_STATUSES = (
    Status("A", "Active: paid on the physician fee schedule if covered. A price is not a coverage decision."),
    Status("R", "Restricted: special coverage rules apply, and the MAC decides whether it pays."),
    Status("T", "Paid only if nothing else on the physician fee schedule is payable the same day."),
    Status(
        "C",
        "Priced by the MAC: there is no national amount, usually the MAC decides by report.",
        "mac_priced",
        "Your MAC",
    ),
    Status(
        "B",
        "Always bundled: paid within other services, never separately, and the patient may not be billed.",
        "bundled",
        medicare_pays_nothing=True,
        liability="provider",
    ),
    Status(
        "P",
        "Bundled when incident to a service of the day; otherwise on another schedule, if at all.",
        "bundled_or_excluded",
        "Another Medicare payment system, or bundled",
    ),
    Status(
        "E",
        "Excluded from the physician fee schedule by regulation; mostly drugs and supplies.",
        "excluded",
        "Average sales price (drugs) or another fee schedule",
    ),
    Status(
        "X",
        "Not a physician service in the law's sense: laboratory tests, ambulance, equipment and the like.",
        "not_physician_service",
        "Clinical laboratory, ambulance or DMEPOS fee schedule",
    ),
    Status(
        "I",
        "Not valid for Medicare: bill the code that Medicare uses for this, if it has one.",
        "invalid_for_medicare",
    ),
    Status(
        "N",
        "Not covered by Medicare's statute; the patient may have to pay.",
        "not_covered",
        medicare_pays_nothing=True,
        liability="patient",
    ),
    Status("M", "For reporting of measures only; no payment is attached.", "reporting_only", "", True),
    Status(
        "J",
        "Anesthesia: paid by base and time units, not by relative values.",
        "anesthesia",
        "The anesthesia formula",
    ),
    Status(
        "Q",
        "Functional reporting of therapy (2013 to 2019); no payment is attached.",
        "reporting_only",
        "",
        True,
    ),
    Status("D", "Deleted code.", "deleted"),
    Status("F", "Deleted code, without a grace period.", "deleted"),
    Status(
        "G", "Not valid for Medicare: Medicare used another code for this service.", "invalid_for_medicare"
    ),
    Status("H", "Deleted modifier.", "deleted"),
    Status("L", "Local code.", "local"),
    Status("S", "A local or obsolete status that Medicare does not pay.", "local"),
)
STATUSES = {status.code: status for status in _STATUSES}


def refuse_status(row: FeeScheduleRow, rows: CodeRows) -> Refusal | None:
    """A refusal where the status has no fee-schedule amount, None for A, R and T with relative values."""
    if row.status in PRICED_STATUSES:
        return None if has_values(row) else _without_values(row)
    status = STATUSES.get(row.status)
    if status is None:
        return Refusal("unknown_status", f"CMS lists this code with status {row.status!r}.", CITATION)
    if row.code in VACCINE_ADMINISTRATION:
        return Refusal(status.kind, VACCINES_GIVEN, VACCINE_CITATION, VACCINE_RATES)
    meaning, elsewhere, citation = _meaning(row, status)
    text = f"Not priced on the physician fee schedule: status {status.code}. {meaning}{_hint(row, rows)}"
    pays = ZERO_DOLLARS if status.medicare_pays_nothing else None
    return Refusal(status.kind, text, citation, elsewhere, pays, status.liability)


def _meaning(row: FeeScheduleRow, status: Status) -> tuple[str, str, str]:
    """What the status means for this code, who pays for it elsewhere, and by which rule."""
    if status.code == "N" and re.match(VACCINES, row.code):
        return PART_D, "Part D", PART_D_CITATION
    not_medicares = status.code == "I" and _NOT_MEDICARES.match(row.code)
    if not (not_medicares or status.code in LEFT_TO_OTHERS):
        return status.meaning, status.pays_elsewhere, CITATION
    payer = payer_of(row.code)
    return payer.words, payer.name, f"{CITATION}; {payer.citation}"


def _without_values(row: FeeScheduleRow) -> Refusal:
    text = f"Status {row.status} without relative values: no national amount. The MAC decides on coverage and price."
    return Refusal("mac_priced", text, CITATION, "Your MAC")


def _hint(row: FeeScheduleRow, rows: CodeRows) -> str:
    """Points to a component of the same code that does have an amount."""
    others = [
        other.modifier
        for other in rows.rows.values()
        if other.modifier not in ("", row.modifier) and other.status in PRICED_STATUSES and has_values(other)
    ]
    return f" With modifier {' or '.join(sorted(others))} the code has an amount." if others else ""
