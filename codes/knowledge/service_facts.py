"""Sentences about the global period, its shares, and the supervision of a test."""

from codes.formatting import dollars, percent
from codes.knowledge.fact import Fact, Subject, from_meaning, share_of, surgical_amount
from codes.knowledge.indicators import meaning
from codes.pricing.types import FeeScheduleRow

_INSIDE = {
    "010": (
        " Complications that need no return to the operating room are included. The period is 11 days in all."
    ),
    "090": (
        " Complications that need no return to the operating room are included. The period is 92 days in all."
    ),
}


def global_period(subject: Subject) -> Fact | None:
    """How long the global period is and what is inside."""
    if not subject.may_be_paid:
        return None
    said = subject.says("global_days")
    text = f"{said.for_a_claim}{_INSIDE.get(said.value, '')}"
    return Fact("global_period", text, "", said.citation)


def package_shares(subject: Subject) -> Fact | None:
    """How much of the amount belongs to the time before, during and after the operation."""
    row = subject.row
    shares = (row.preoperative_share, row.intraoperative_share, row.postoperative_share)
    if not subject.may_be_paid or not any(shares):
        return None
    before, during, after = (percent(share) for share in shares)
    text = (
        f"Of the amount, {before} is for care before the operation, {during} for the operation and care in "
        f"the hospital, and {after} for care after discharge. These shares divide the payment when one "
        "physician operates and another takes over the care."
    )
    return Fact(
        "package_shares", text, _shares_impact(subject), "Claims Processing Manual, ch. 12, §40.2 and §40.4"
    )


def _shares_impact(subject: Subject) -> str:
    found = surgical_amount(subject.amounts)
    if found is None:
        return ""
    amount, where = found
    row = subject.row
    before, during, after = (
        dollars(share_of(amount, share))
        for share in (row.preoperative_share, row.intraoperative_share, row.postoperative_share)
    )
    return f"{before} before, {during} for the operation, {after} after, of {dollars(amount)} {where}."


def supervision(subject: Subject) -> Fact | None:
    """How closely a physician must watch, from the row that says so: the technical one, else the whole."""
    supervised = _supervised_row(subject)
    if supervised is None:
        return None
    said = meaning("physician_supervision", supervised.physician_supervision)
    lead = "Supervision of the technical part" if subject.row.pctc == "1" else "Supervision"
    chip = said.words[0].lower() + said.words[1:]
    text = f"{lead}: {chip}. {said.for_a_claim} CMS uses this in reviews after payment."
    return Fact("supervision", text, "", said.citation)


def _supervised_row(subject: Subject) -> FeeScheduleRow | None:
    candidates = (subject.rows.rows.get("TC"), subject.row)
    return next(
        (
            row
            for row in candidates
            if row and row.physician_supervision not in ("", "09") and subject.may_be_paid
        ),
        None,
    )


def imaging_family(subject: Subject) -> Fact | None:
    """Which other imaging the code is ranked with."""
    if not subject.may_be_paid or subject.row.imaging_family == "99":
        return None
    return from_meaning("imaging_family", subject.says("imaging_family"))
