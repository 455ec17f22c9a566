"""The answer of the denial advisor for programs. Every key is written here; dates are ISO, what is not known null."""

from codes.denials.advice import Advice
from codes.denials.deadlines import Deadline
from codes.denials.denial import Denial
from codes.denials.grounds import Ground
from codes.denials.letters import letter
from codes.denials.reasons import Entry, reasons
from codes.exports.serializers import NOTICE, Json


def serialize_denial(
    denial: Denial, advice: Advice, remarks: list[Entry], unknown: list[str], grounds: tuple[Ground, ...]
) -> Json:
    """The denial as it was read, and the one step after it."""
    entry = reasons().get(denial.reason)
    return {
        "reason": denial.reason,
        "reason_words": entry.meaning if entry else None,
        "group": denial.group or None,
        "remarks": [{"remark": each.number, "words": each.meaning} for each in remarks],
        "unknown_remarks": unknown,
        "code": denial.code or None,
        "other_code": denial.other_code or None,
        "modifiers": sorted(denial.modifiers),
        "units": denial.units,
        "payer": denial.payer.value,
        "place_of_service": denial.place_of_service or None,
        "date_of_service": denial.date_of_service.isoformat() if denial.date_of_service else None,
        "remittance_date": denial.notice.isoformat() if denial.notice else None,
        **serialize_advice(denial, advice),
        "rules": [{"words": each.words, "citation": each.citation} for each in grounds],
        "notice": NOTICE,
    }


def serialize_advice(denial: Denial, advice: Advice) -> Json:
    """The step, why, with which evidence, until when, and the letter where the step is a letter."""
    return {
        "route": advice.route.value,
        "step": advice.step.title,
        "how": advice.step.words,
        "why": advice.why,
        "unless": advice.unless or None,
        "evidence": list(advice.evidence),
        "sources": advice.sources or None,
        "last_day": _last_day(advice.deadline),
        "warning": advice.warning or None,
        "uncertain": advice.uncertain or None,
        "letter": letter(denial, advice) or None,
    }


def _last_day(deadline: Deadline | None) -> Json | None:
    if deadline is None:
        return None
    return {
        "date": deadline.last_day.isoformat(),
        "counted": deadline.counted,
        "citation": deadline.citation,
    }
