"""The JSON answer of a code page: the same amounts and steps as the page shows.

Every key is written out here, so that no renamed field of the engine changes what programs read. Money, RVUs and
rates are text as printed ("104.89"), dates ISO, what is not known null.
"""

from decimal import Decimal
from typing import Any

from codes import pricing
from codes.code_request import CodeRequest
from codes.exports.drug_serializers import serialize_listed
from codes.queries.code_life import CodeLife, life_of
from codes.queries.equipment_fees import Amounts, Fee, equipment_fees
from codes.queries.geography import key_of
from codes.queries.price_result import Component, PriceResult
from codes.shown_outlook import ShownOutlook, outlook_of

NOTICE = (
    "An estimate of the Medicare allowed amount, not a guarantee of coverage or payment. CPT codes are copyright "
    "of the American Medical Association; fee schedules, relative value units and conversion factors are not "
    "assigned by the AMA."
)
Json = dict[str, Any]


def serialize_code(found: CodeRequest, page: str) -> Json:
    """The whole answer. `page` is the absolute address of the page that shows the same."""
    result, record = found.result, found.record
    assert result is not None, "only a valid question has an answer"
    return {
        "code": record.code,
        "name": record.name,
        "page": page,
        "date_of_service": found.at.isoformat(),
        "release": _release(found),
        "life": serialize_life(life_of(found.calendar, record, found.at)),
        "conversion_factor": as_text(_conversion_factor(result)),
        "locality": serialize_locality(found.locality),
        "place_of_service": result.query.place_of_service,
        "modifiers": list(result.query.modifiers),
        "units": result.query.units,
        "not_priced": serialize_refusal(result.refusal) if result.refusal else None,
        "price": serialize_price(result.price) if result.price else None,
        "will_it_be_paid": serialize_outlook(outlook) if (outlook := outlook_of(found)) else None,
        "components": [serialize_component(each) for each in _components(result)],
        "equipment": serialize_equipment(found),
        "notice": NOTICE,
    }


def serialize_equipment(found: CodeRequest) -> Json | None:
    """What the DMEPOS fee schedule says of the code; null where it is on none."""
    listed = equipment_fees(found.calendar, found.record.code, found.at, found.locality)
    if listed is None:
        return None
    return {
        "release": listed.release.name,
        "in_force_from": listed.release.effective_from.isoformat(),
        "prices_the_day": not listed.is_former,
        "state": listed.home.state or None,
        "rural": listed.home.is_rural,
        "fees": [_equipment_fee(fee, here) for fee, here in listed.rows],
    }


def _equipment_fee(fee: Fee, here: Amounts) -> Json:
    lowest, highest = fee.range or (None, None)
    return {
        "modifiers": list(fee.modifiers),
        "category": fee.category,
        "category_name": fee.category_words.name,
        "jurisdiction": fee.jurisdiction,
        "unit": fee.unit,
        "not_rural": as_text(here[0]),
        "rural": as_text(here[1]),
        "lowest": as_text(lowest),
        "highest": as_text(highest),
        "ceiling": as_text(fee.ceiling),
        "floor": as_text(fee.floor),
    }


def serialize_life(life: CodeLife) -> Json:
    """Since when the code is listed, as far as the files tell, until when it is valid, and what is billed instead."""
    return {
        "deleted": life.is_deleted,
        "new_in": life.first.name if life.first and life.lacking else None,
        "last_day": life.end.last_day.isoformat() if life.end and life.end.last_day else None,
        "successors": list(life.successors),
        "note": life.note,
    }


def serialize_outlook(outlook: ShownOutlook) -> Json:
    """What becomes of the line as typed, and in at most six lines what it needs; `status` as in the Claim Desk's."""
    return {
        "status": outlook.status.value,
        "reason": outlook.reason or None,
        "fix": outlook.fix or None,
        "lines": [
            {"tag": tag, "sentence": sentence, "link": link or None} for tag, sentence, link in outlook.lines
        ],
    }


def serialize_locality(locality: pricing.Locality) -> Json:
    """Key "01182-18" with name and state; the key is empty for the national amounts."""
    return {"key": key_of(locality), "name": locality.name, "state": locality.state}


def serialize_refusal(refusal: pricing.Refusal) -> Json:
    """Why there is no amount."""
    return {
        "kind": refusal.kind,
        "text": refusal.text,
        "citation": refusal.citation,
        "pays_elsewhere": refusal.pays_elsewhere,
        "medicare_pays": as_text(refusal.medicare_pays),
        "liability": refusal.liability,
    }


def serialize_price(price: pricing.LinePrice) -> Json:
    """What Medicare allows for a line and who pays it, with the working."""
    return {
        "setting": price.setting,
        "allowed": as_text(price.allowed),
        "steps": [serialize_step(step) for step in price.steps],
        "notes": list(price.notes),
        "confidence": serialize_confidence(price.confidence),
        "fee_confidence": serialize_confidence(price.confidence),
        "shares": serialize_shares(price.shares) if price.shares else None,
        "fee": as_text(price.fee),
        "adjusted": as_text(price.adjusted),
        "ceiling": as_text(price.ceiling),
        "paid_with": price.paid_with,
        "source": price.source,
        "conversion_factor": as_text(price.conversion_factor),
        "listed": serialize_listed(price.listed) if price.listed else None,
    }


def serialize_step(step: pricing.Step) -> Json:
    """One step of the working."""
    return {
        "rule": step.rule,
        "title": step.title,
        "formula": step.formula,
        "result": as_text(step.result),
        "citation": step.citation,
        "section": step.section,
    }


def serialize_confidence(confidence: pricing.Confidence) -> Json:
    """How far an amount can be trusted, and why no further."""
    return {"level": confidence.level, "reasons": list(confidence.reasons)}


def serialize_shares(shares: pricing.Shares) -> Json:
    """Who pays the allowed amount."""
    return {
        "medicare": as_text(shares.medicare),
        "patient": as_text(shares.patient),
        "deductible": as_text(shares.deductible),
        "coinsurance": as_text(shares.coinsurance),
        "coinsurance_rate": as_text(shares.coinsurance_rate),
        "sequestration": as_text(shares.sequestration),
        "medicare_after_sequestration": as_text(shares.medicare_after_sequestration),
        "assistant_reduction": as_text(shares.assistant_reduction),
        "limiting_charge": as_text(shares.limiting_charge),
        "above_allowed": as_text(shares.above_allowed),
        "provider_collects": as_text(shares.provider_collects),
        "nonparticipating": shares.nonparticipating,
        "medicare_pays_patient": shares.medicare_pays_patient,
        "hpsa_bonus": as_text(shares.hpsa_bonus),
        "mips_amount": as_text(shares.mips_amount),
    }


def serialize_component(component: Component) -> Json:
    """A row of the code (whole, 26, TC, 53) with its allowed amount in both settings."""
    return {
        "modifier": component.modifier,
        "relative_values": serialize_relative_values(component.row),
        "nonfacility": as_text(component.office.allowed),
        "facility": as_text(component.facility.allowed),
    }


def serialize_relative_values(row: pricing.FeeScheduleRow) -> Json:
    """One row of CMS's relative value file."""
    return {
        "code": row.code,
        "modifier": row.modifier,
        "status": row.status,
        "work_rvu": as_text(row.work_rvu),
        "nonfacility_pe_rvu": as_text(row.nonfacility_pe_rvu),
        "nonfacility_na": row.nonfacility_na,
        "facility_pe_rvu": as_text(row.facility_pe_rvu),
        "facility_na": row.facility_na,
        "malpractice_rvu": as_text(row.malpractice_rvu),
        "pctc": row.pctc,
        "global_days": row.global_days,
        "preoperative_share": as_text(row.preoperative_share),
        "intraoperative_share": as_text(row.intraoperative_share),
        "postoperative_share": as_text(row.postoperative_share),
        "multiple_procedure": row.multiple_procedure,
        "bilateral_surgery": row.bilateral_surgery,
        "assistant_surgery": row.assistant_surgery,
        "co_surgeons": row.co_surgeons,
        "team_surgery": row.team_surgery,
        "endoscopic_base": row.endoscopic_base,
        "physician_supervision": row.physician_supervision,
        "imaging_family": row.imaging_family,
        "opps_nonfacility_pe": as_text(row.opps_nonfacility_pe),
        "opps_facility_pe": as_text(row.opps_facility_pe),
        "opps_malpractice": as_text(row.opps_malpractice),
        "not_used_for_medicare": row.not_used_for_medicare,
    }


def as_text(amount: Decimal | None) -> str | None:
    """A decimal number as it is printed; null stays null and is never 0."""
    return None if amount is None else str(amount)


def _components(result: PriceResult) -> tuple[Component, ...]:
    """None of a code that another list prices: no relative value does."""
    return () if result.listed else result.components


def _release(found: CodeRequest) -> str | None:
    """The list that the amount is from; without an amount the relative values in force, None where there are none."""
    result = found.result
    if result and result.price and result.price.source:
        return result.price.source
    return (result.circumstances.release or None) if result and result.circumstances else None


def _conversion_factor(result: PriceResult) -> Decimal | None:
    """The factor that the amount was worked out with; without an amount that of the relative values."""
    if result.price and result.price.source:
        return result.price.conversion_factor
    return result.circumstances.conversion_factor if result.circumstances else None
