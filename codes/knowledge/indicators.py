"""Every indicator of the physician fee schedule in our own words, and what each says about one row.

The values are those of CMS's record layout (Claims Processing Manual, ch. 23, Addendum) and of the
documentation of the relative value file. Values that CMS has retired are kept, because old releases can be
loaded.
"""

from collections.abc import Mapping

from codes.knowledge.meaning import LAYOUT, Field, Meaning
from codes.knowledge.payment_fields import NA, NOT_USED, STATUS
from codes.knowledge.service_fields import GLOBAL_DAYS, IMAGING_FAMILY, PCTC, SUPERVISION
from codes.knowledge.surgery_fields import ASSISTANT_SURGERY, BILATERAL, CO_SURGEONS, MULTIPLE_PROCEDURE, TEAM
from codes.pricing.formula import PRICED_STATUSES, has_values
from codes.pricing.types import FeeScheduleRow

__all__ = ["FIELDS", "Field", "Meaning", "meaning", "of_row"]

FIELDS: Mapping[str, Field] = {
    field.key: field
    for field in (
        STATUS,
        NOT_USED,
        NA,
        PCTC,
        GLOBAL_DAYS,
        MULTIPLE_PROCEDURE,
        BILATERAL,
        ASSISTANT_SURGERY,
        CO_SURGEONS,
        TEAM,
        SUPERVISION,
        IMAGING_FAMILY,
    )
}


PAID = PRICED_STATUSES | {"C"}


def meaning(field: str, value: str) -> Meaning:
    """What `value` says. A value that CMS has not defined gets a meaning that says so; an unknown field is a
    KeyError."""
    known = FIELDS[field].values.get(value)
    if known is not None:
        return known
    return Meaning(
        field,
        value,
        "Value unknown to us",
        f"CMS printed “{value}” here, a value that its record layout did not define when this page was "
        "written. Ask the MAC what it means before relying on it.",
        LAYOUT,
    )


def of_row(row: FeeScheduleRow) -> tuple[Meaning, ...]:
    """What each indicator says about a row, in the order of the page."""
    return tuple(meaning(field, value_of(row, field)) for field in FIELDS)


def value_of(row: FeeScheduleRow, field: str) -> str:
    """The value of an indicator as FIELDS spells it: '+' for unused values; for NA the setting, 'both', or
    'unvalued' where the row has no relative values at all."""
    if field == "not_used_for_medicare":
        return "+" if row.not_used_for_medicare else ""
    if field == "na":
        return _na_value(row)
    return str(getattr(row, field))


def _na_value(row: FeeScheduleRow) -> str:
    flagged = [name for name in ("nonfacility", "facility") if getattr(row, f"{name}_na")]
    if len(flagged) == 2:
        return "both"
    if flagged:
        return flagged[0]
    return "" if has_values(row) else "unvalued"
