"""Rows of real codes as CMS printed them in the July 2026 release (RVU26C), for the tests of this folder.

Only figures and indicators; amounts are national, at 33.4009 dollars per RVU.
"""

from decimal import Decimal

from codes.knowledge.fact import Amounts, total_rvu
from codes.pricing.rounding import to_cents
from codes.pricing.types import CodeRows, FeeScheduleRow

CONVERSION_FACTOR = Decimal("33.4009")

# code-modifier, status, work, PE and NA outside a facility, PE and NA in one, malpractice, PC/TC, global,
# pre, intra, post, multiple, bilateral, assistant, co-surgeons, team, endoscopic base, supervision, family
_PRINTED = """
00811    J 0.00  0.00 -   0.00 -  0.00 9 XXX 0.00 0.00 0.00 9 9 9 9 9 -     09 99
27447    A 19.11 11.58 NA 11.58 - 4.02 0 090 0.10 0.69 0.21 2 1 2 1 0 -     09 99
36415    X 0.00  0.00 -   0.00 -  0.00 9 XXX 0.00 0.00 0.00 9 9 9 9 9 -     09 99
45378    A 3.18  7.73 -   1.34 -  0.41 0 000 0.00 0.00 0.00 2 0 1 0 0 -     09 99
45378-53 A 1.59  3.87 -   0.67 -  0.21 0 000 0.00 0.00 0.00 2 0 1 0 0 -     09 99
45385    A 4.46 10.00 -   1.72 -  0.51 0 000 0.00 0.00 0.00 3 0 1 0 0 45378 09 99
64721    A 4.85  8.61 -   6.83 -  0.99 0 090 0.11 0.76 0.13 2 1 1 0 0 -     09 99
66984    A 7.17  6.14 NA  6.14 -  0.54 0 090 0.10 0.70 0.20 2 1 1 0 0 -     09 99
71260    A 1.13  3.77 -   3.77 NA 0.09 1 XXX 0.00 0.00 0.00 4 0 0 0 0 -     09 88
71260-26 A 1.13  0.41 -   0.41 -  0.07 1 XXX 0.00 0.00 0.00 4 0 0 0 0 -     09 88
71260-TC A 0.00  3.36 -   3.36 NA 0.02 1 XXX 0.00 0.00 0.00 4 0 0 0 0 -     02 88
76376    A 0.20  0.54 -   0.54 NA 0.02 1 XXX 0.00 0.00 0.00 0 0 0 0 0 -     09 99
76376-26 A 0.20  0.07 -   0.07 -  0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 -     09 99
76376-TC A 0.00  0.47 -   0.47 NA 0.01 1 XXX 0.00 0.00 0.00 0 0 0 0 0 -     01 99
93000    A 0.17  0.27 -   0.27 NA 0.02 4 XXX 0.00 0.00 0.00 6 0 0 0 0 -     01 99
97110    A 0.45  0.41 -   0.41 NA 0.01 7 XXX 0.00 0.00 0.00 5 0 0 0 0 -     09 99
99213    A 1.30  1.46 -   0.33 -  0.09 0 XXX 0.00 0.00 0.00 0 0 0 0 0 -     09 99
99292    A 2.25  1.53 -   0.52 -  0.23 0 ZZZ 0.00 0.00 0.00 0 0 0 0 0 -     09 99
J1100    E 0.00  0.00 -   0.00 -  0.00 9 XXX 0.00 0.00 0.00 9 9 9 9 9 -     09 99
"""


def row(code: str, modifier: str = "", **changed: object) -> FeeScheduleRow:
    """One printed row, with `changed` fields where a test needs a value that no code here has."""
    printed = next(
        line.split() for line in _PRINTED.splitlines() if line.split()[:1] == [key(code, modifier)]
    )
    work, office, office_na, facility, facility_na, malpractice = printed[2:8]
    pctc, global_days, before, during, after, *rest = printed[8:]
    multiple, bilateral, assistant, co_surgeons, team, base, supervision, family = rest
    fields: dict[str, object] = {
        "code": code,
        "modifier": modifier,
        "status": printed[1],
        "work_rvu": Decimal(work),
        "nonfacility_pe_rvu": Decimal(office),
        "nonfacility_na": office_na == "NA",
        "facility_pe_rvu": Decimal(facility),
        "facility_na": facility_na == "NA",
        "malpractice_rvu": Decimal(malpractice),
        "pctc": pctc,
        "global_days": global_days,
        "preoperative_share": Decimal(before),
        "intraoperative_share": Decimal(during),
        "postoperative_share": Decimal(after),
        "multiple_procedure": multiple,
        "bilateral_surgery": bilateral,
        "assistant_surgery": assistant,
        "co_surgeons": co_surgeons,
        "team_surgery": team,
        "endoscopic_base": base.strip("-"),
        "physician_supervision": supervision,
        "imaging_family": family,
    }
    return FeeScheduleRow(**(fields | changed))  # type: ignore[arg-type]


def rows(code: str, **changed: object) -> CodeRows:
    """All printed rows of a code, in CMS's order; `changed` fields are changed in each of them."""
    printed = [line.split()[0] for line in _PRINTED.splitlines() if line]
    modifiers = [modifier for modifier in ("", "26", "TC", "53") if key(code, modifier) in printed]
    return CodeRows(code, {modifier: row(code, modifier, **changed) for modifier in modifiers})


def key(code: str, modifier: str) -> str:
    return f"{code}-{modifier}" if modifier else code


def amounts(code: str) -> Amounts:
    """The national amounts of a code in July 2026, in dollars."""
    printed = rows(code).rows

    def amount(modifier: str, setting: str) -> Decimal | None:
        if modifier not in printed:
            return None
        return to_cents(total_rvu(printed[modifier], setting) * CONVERSION_FACTOR)

    return Amounts(
        nonfacility=amount("", "nonfacility"),
        facility=amount("", "facility"),
        professional=amount("26", "facility"),
        technical=amount("TC", "nonfacility"),
    )
