"""Claims as one line of text, for cases that are read at a glance: "99214-25 20610-RT G2211"."""

from datetime import date
from decimal import Decimal

from codes.pricing.types import FeeScheduleRow, Line
from codes.rules import Claim, ClaimLine, StatedFacts

# Of the codes in the cases, as in RVU26C: status, global days, multiple-procedure, PC/TC and bilateral indicator, and
# the indicators for assistants, co-surgeons and teams.
INDICATORS = {
    "11042": "A 000 2 0 0 1 0 0",
    "11045": "A ZZZ 0 0 0 0 0 0",
    "15823": "A 090 2 0 1 1 0 0",
    "20610": "A 000 2 0 1 1 0 0",
    "27447": "A 090 2 0 1 2 1 0",
    "29881": "A 090 3 0 1 0 0 0",
    "33361": "A 000 2 0 0 0 2 1",
    "48554": "R 090 2 0 0 2 2 2",
    "69210": "A 000 0 0 2 1 0 0",
    "71046": "A XXX 0 1 0 0 0 0",
    "93005": "A XXX 6 3 0 0 0 0",
    "93797": "A 000 0 0 0 0 0 0",
    "96116": "A XXX 0 0 0 0 0 0",
    "97110": "A XXX 5 7 0 0 0 0",
    "99213": "A XXX 0 0 0 0 0 0",
    "99214": "A XXX 0 0 0 0 0 0",
    "99459": "A ZZZ 0 0 0 0 0 0",
}


def row(code: str) -> FeeScheduleRow | None:
    """The indicators that a case needs; None for a code that the fee schedule does not list."""
    if code not in INDICATORS:
        return None
    status, global_days, multiple, pctc, bilateral, assistant, co_surgeons, team = INDICATORS[code].split()
    zero = Decimal(0)
    return FeeScheduleRow(
        code=code,
        modifier="",
        status=status,
        work_rvu=zero,
        nonfacility_pe_rvu=zero,
        nonfacility_na=False,
        facility_pe_rvu=zero,
        facility_na=False,
        malpractice_rvu=zero,
        pctc=pctc,
        global_days=global_days,
        preoperative_share=zero,
        intraoperative_share=zero,
        postoperative_share=zero,
        multiple_procedure=multiple,
        bilateral_surgery=bilateral,
        assistant_surgery=assistant,
        co_surgeons=co_surgeons,
        team_surgery=team,
    )


def claim(
    text: str,
    at: date = date(2026, 8, 1),
    *,
    pos: str = "11",
    facts: StatedFacts | None = None,
    **circumstances: object,
) -> Claim:
    """The claim that a text spells: codes with modifiers behind a dash and units behind an x."""
    return Claim(
        lines=tuple(_line(number, word, pos) for number, word in enumerate(text.split(), 1)),
        date_of_service=at,
        facts=facts or StatedFacts(),
        **circumstances,  # type: ignore[arg-type]
    )


def _line(number: int, word: str, pos: str) -> ClaimLine:
    billed, _, units = word.partition("x")
    code, *modifiers = billed.split("-")
    line = Line(code, tuple(modifiers), units=int(units or 1), place_of_service=pos)
    return ClaimLine(number, line, row(code))
