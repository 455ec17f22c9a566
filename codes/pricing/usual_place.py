"""Where a code is usually furnished: the place of service that a page shows until somebody chooses one.

Visits name their place in their own definition; a service without an office value (non-facility NA indicator) is done
in a facility; one without a facility value is not. It is where a page begins and never a rule of payment: whatever is
chosen stands above it.
"""

from codes.pricing.types import FeeScheduleRow

OFFICE, HOME, INPATIENT, OUTPATIENT, EMERGENCY = "11", "12", "21", "22", "23"
SKILLED_NURSING, NURSING = "31", "32"

_VISITS: tuple[tuple[str, str, str], ...] = (
    ("99221", "99239", INPATIENT),
    ("99281", "99288", EMERGENCY),
    ("99291", "99292", INPATIENT),
    ("99304", "99306", SKILLED_NURSING),
    ("99307", "99310", NURSING),
    ("99315", "99316", SKILLED_NURSING),
    ("99341", "99350", HOME),
    ("99460", "99460", INPATIENT),
    ("99461", "99461", HOME),
    ("99462", "99480", INPATIENT),
    ("00100", "01999", OUTPATIENT),
    ("G0316", "G0316", INPATIENT),
    ("G0317", "G0317", NURSING),
    ("G0318", "G0318", HOME),
)


def usual_place(code: str, row: FeeScheduleRow | None) -> str:
    """The two digits of the place where `code` is usually furnished; `row` is its global row, if it has one.

    >>> usual_place("99283", None), usual_place("99213", None)
    ('23', '11')
    """
    return usual_place_by(
        code, is_for_facilities=row is not None and row.nonfacility_na and not row.facility_na
    )


def usual_place_by(code: str, *, is_for_facilities: bool) -> str:
    """The same for a code of which only this is known: whether its global row is valued for facilities alone."""
    for first, last, pos in _VISITS:
        if first <= code <= last and len(code) == len(first) and code.isdigit() == first.isdigit():
            return pos
    if code[0] in "EK":  # durable medical equipment
        return HOME
    return OUTPATIENT if is_for_facilities else OFFICE
