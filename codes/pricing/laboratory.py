"""Laboratory tests (status X) at the rate of the Clinical Laboratory Fee Schedule, where that is loaded.

Medicare pays the lower of charge and rate, without deductible and coinsurance, and assignment is mandatory.
Claims Processing Manual, ch. 16, §20 and §30; Social Security Act §1833(h).
"""

from decimal import Decimal

from codes.pricing.types import ZERO, FeeScheduleRow, Refusal
from codes.pricing.working import UnitGroup, Working

CITATION = "Claims Processing Manual, ch. 16"


def laboratory_row(code: str) -> FeeScheduleRow:
    """The row of a test that the relative value file leaves out: that of the tests which it lists without values."""
    return FeeScheduleRow(
        code=code, modifier="", status="X", work_rvu=ZERO, nonfacility_pe_rvu=ZERO, nonfacility_na=False,
        facility_pe_rvu=ZERO, facility_na=False, malpractice_rvu=ZERO, pctc="9", global_days="XXX",
        preoperative_share=ZERO, intraoperative_share=ZERO, postoperative_share=ZERO, multiple_procedure="9",
        bilateral_surgery="9", assistant_surgery="9", co_surgeons="9", team_surgery="9",
    )  # fmt: skip


def laboratory_rate(working: Working) -> Decimal | None:
    """The rate in dollars of a test that the physician fee schedule does not price; None where none is
    held.
    """
    if working.row.status != "X" or working.row.modifier:
        return None
    return working.circumstances.lab_rates.get(working.code)


def price_laboratory(working: Working, rate: Decimal) -> None:
    """S3 for a laboratory test: the national rate, unit by unit."""
    working.laboratory = True
    working.fee = working.amount = rate
    working.parts = [UnitGroup(working.units, rate)]
    title = f"Clinical Laboratory Fee Schedule ({working.circumstances.lab_release or 'national rate'})"
    working.step("laboratory", title, CITATION, "§20", result=rate)
    working.note("Priced on the Clinical Laboratory Fee Schedule: no deductible, no coinsurance.")


def refuse_rate(rate: Decimal) -> Refusal | None:
    """A rate of nothing in the lab file means that the MAC prices the test."""
    if rate > 0:
        return None
    text = "The laboratory fee schedule lists this test without a national rate: the MAC sets one."
    return Refusal("mac_priced", text, f"{CITATION}, §20", "Your MAC")
