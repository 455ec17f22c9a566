"""The keys and types of each JSON that programs rely on, written out once (`tests.exports.test_contract`)."""

from typing import Any

from tests.exports.shapes import amount, day, optional, text

DIAGNOSES = {
    "codes": [{"code": text, "name": optional(text)}],
    "findings": [
        {
            "kind": text,
            "codes": [text],
            "words": text,
            "fix": optional(text),
            "source": text,
            "reasons": [text],
            "returned": bool,
        }
    ],
    "returned": bool,
    "release": optional(text),
    "not_checked": optional(text),
}
DENIAL = {
    "reason": text,
    "reason_words": optional(text),
    "group": optional(text),
    "remarks": [{"remark": text, "words": text}],
    "unknown_remarks": [text],
    "code": optional(text),
    "other_code": optional(text),
    "modifiers": [text],
    "units": optional(int),
    "payer": text,
    "place_of_service": optional(text),
    "date_of_service": optional(day),
    "remittance_date": optional(day),
    "route": text,
    "step": text,
    "how": text,
    "why": text,
    "unless": optional(text),
    "evidence": [text],
    "sources": optional(text),
    "last_day": optional({"date": day, "counted": text, "citation": text}),
    "warning": optional(text),
    "uncertain": optional(text),
    "letter": optional(text),
    "rules": [{"words": text, "citation": text}],
    "diagnoses": optional(DIAGNOSES),
    "notice": text,
}
REFUSAL = {
    "kind": text,
    "text": text,
    "citation": text,
    "pays_elsewhere": str,
    "medicare_pays": optional(amount),
    "liability": str,
}
CONFIDENCE = {"level": text, "reasons": [text]}
STEP = {
    "rule": text,
    "title": text,
    "formula": str,
    "result": optional(amount),
    "citation": text,
    "section": str,
}
SHARES = {
    "medicare": amount,
    "patient": amount,
    "deductible": amount,
    "coinsurance": amount,
    "coinsurance_rate": amount,
    "sequestration": amount,
    "medicare_after_sequestration": amount,
    "assistant_reduction": amount,
    "limiting_charge": optional(amount),
    "above_allowed": amount,
    "provider_collects": amount,
    "nonparticipating": bool,
    "medicare_pays_patient": bool,
    "hpsa_bonus": amount,
    "mips_amount": amount,
}
PRICE = {
    "setting": text,
    "allowed": amount,
    "steps": [STEP],
    "notes": [text],
    "confidence": CONFIDENCE,
    "fee_confidence": CONFIDENCE,
    "shares": SHARES,
    "fee": amount,
    "adjusted": amount,
    "ceiling": optional(amount),
    "paid_with": optional(int),
    "source": text,
    "conversion_factor": amount,
    "listed": None.__eq__,
}
LISTED = {
    "kind": text,
    "list": text,
    "amount": optional(amount),
    "unit": text,
    "coinsurance": amount,
    "deductible": bool,
    "is_former": bool,
}
NO_AMOUNT = {
    "allowed": None.__eq__,
    "shares": None.__eq__,
    "fee": optional(amount),
    "adjusted": optional(amount),
}
REFUSED_PRICE = PRICE | NO_AMOUNT | {"source": str, "conversion_factor": optional(amount)}
ANESTHESIA_PRICE = PRICE | {"fee": optional(amount)}
LISTED_PRICE = PRICE | {"conversion_factor": None.__eq__, "listed": LISTED}
RELATIVE_VALUES = {
    "code": text,
    "modifier": str,
    "status": text,
    "work_rvu": amount,
    "nonfacility_pe_rvu": amount,
    "nonfacility_na": bool,
    "facility_pe_rvu": amount,
    "facility_na": bool,
    "malpractice_rvu": amount,
    "pctc": str,
    "global_days": str,
    "preoperative_share": amount,
    "intraoperative_share": amount,
    "postoperative_share": amount,
    "multiple_procedure": str,
    "bilateral_surgery": str,
    "assistant_surgery": str,
    "co_surgeons": str,
    "team_surgery": str,
    "endoscopic_base": str,
    "physician_supervision": str,
    "imaging_family": str,
    "opps_nonfacility_pe": amount,
    "opps_facility_pe": amount,
    "opps_malpractice": amount,
    "not_used_for_medicare": bool,
}
COMPONENT = {
    "modifier": str,
    "relative_values": RELATIVE_VALUES,
    "nonfacility": optional(amount),
    "facility": optional(amount),
}
OUTLOOK = {
    "status": text,
    "reason": optional(text),
    "fix": optional(text),
    "lines": [{"tag": text, "sentence": text, "link": optional(text)}],
}
EQUIPMENT = {
    "release": text,
    "in_force_from": day,
    "prices_the_day": bool,
    "state": optional(text),
    "rural": optional(bool),
    "fees": [
        {
            "modifiers": [text],
            "category": text,
            "category_name": text,
            "jurisdiction": text,
            "unit": text,
            "not_rural": optional(amount),
            "rural": optional(amount),
            "lowest": optional(amount),
            "highest": optional(amount),
            "ceiling": optional(amount),
            "floor": optional(amount),
        }
    ],
}
CODE = {
    "code": text,
    "name": str,
    "page": text,
    "date_of_service": day,
    "release": text,
    "life": {
        "deleted": bool,
        "new_in": optional(text),
        "last_day": optional(day),
        "successors": [text],
        "note": str,
    },
    "conversion_factor": optional(amount),
    "locality": {"key": str, "name": text, "state": str},
    "place_of_service": text,
    "modifiers": [text],
    "units": int,
    "not_priced": None.__eq__,
    "price": PRICE,
    "will_it_be_paid": optional(OUTLOOK),
    "components": [COMPONENT],
    "equipment": optional(EQUIPMENT),
    "notice": text,
}
REFUSED = CODE | {"not_priced": REFUSAL, "price": REFUSED_PRICE}
NO_RELEASE = CODE | {"not_priced": REFUSAL, "price": None.__eq__, "release": None.__eq__}
CODE_ANSWERS = {
    "/cpt/99213.json": CODE,
    "/cpt/99213.json?zip=90037&units=2&charge=500.00&par=no": CODE,
    "/cpt/71046.json?mod=26&pos=22": CODE,
    "/cpt/00811.json?mod=AA&minutes=30": CODE | {"price": ANESTHESIA_PRICE},
    "/cpt/00811.json?mod=AA": REFUSED,
    "/cpt/80048.json": CODE | {"price": LISTED_PRICE, "conversion_factor": None.__eq__},
    "/hcpcs/J0897.json?dos=2026-02-16&units=60": CODE
    | {"price": LISTED_PRICE, "conversion_factor": None.__eq__},
    "/hcpcs/J0897.json": REFUSED
    | {"price": REFUSED_PRICE | {"listed": LISTED, "conversion_factor": None.__eq__}, "release": text},
    "/cpt/99213.json?mod=TC": REFUSED,
    "/cpt/99213.json?dos=2023-05-01": NO_RELEASE,
}
FINDING = {
    "outcome": text,
    "words": text,
    "source": optional(text),
    "citation": str,
    "rule": optional(text),
}
FIX = {"sentence": text, "lines": optional(text)}


def three_texts(value: Any) -> bool:
    """A step of the working in a claim."""
    return isinstance(value, list) and len(value) == 3 and all(isinstance(each, str) for each in value)


SUPPORT = {
    "code": text,
    "support": text,
    "words": text,
    "articles": [
        {
            "number": text,
            "title": text,
            "address": text,
            "support": text,
            "words": text,
            "diagnoses": [text],
        }
    ],
    "release": text,
}
LINE = {
    "line": int,
    "code": text,
    "modifiers": [text],
    "units": int,
    "status": text,
    "verdict": text,
    "denied": bool,
    "reason": optional(text),
    "fix": optional(FIX),
    "rules": [text],
    "also_consider": [{"sentence": text, "worth": optional(amount), "fix": optional(FIX), "rule": text}],
    "coverage": optional(SUPPORT),
    "findings": [FINDING],
    "allowed": optional(amount),
    "steps": [three_texts],
    "not_priced": optional(text),
    "medicare": optional(amount),
    "medicare_before_sequestration": optional(amount),
    "sequestration": optional(amount),
    "medicare_paid": optional(amount),
    "patient": optional(amount),
    "source": optional(str),
    "notes": [text],
    "confidence": optional(text),
    "reasons": [text],
}
CENTER = {
    "lines": [
        {
            "line": int,
            "code": text,
            "rate": optional(amount),
            "percent": int,
            "allowed": optional(amount),
            "meaning": text,
        }
    ],
    "total": optional(amount),
    "list": text,
    "list_in_force_from": day,
}
CLAIM = {
    "lines": [LINE],
    "surgery_center": optional(CENTER),
    "diagnoses": optional(DIAGNOSES),
    "contract": optional(
        {"words": text, "amounts": [optional(amount)], "total": amount, "not_priced": optional(text)}
    ),
    "total_allowed": amount,
    "total_medicare": amount,
    "total_patient": amount,
    "medicare_before_sequestration": amount,
    "sequestration": amount,
    "medicare_paid": amount,
    "suggested_order": [int],
    "confidence": text,
    "releases": text,
    "notice": text,
}
CLAIM_NOT_PRICED = {
    "lines": [LINE],
    "surgery_center": optional(CENTER),
    "diagnoses": optional(DIAGNOSES),
    "not_priced": text,
}
STATUSES = {
    "45385,45380": ["paid", "denied"],
    "45385,45380-59": ["paid", "conditional"],
    "64721-80": ["denied"],
    "00811-AA": ["returned"],
    "E0601": ["not_checked"],
}
ROW = {"answer": str, "label": text, "how_many": str, "percent": optional(int)}
PATTERNS = {
    "as_of": day,
    "reporters_at_least": int,
    "kind": text,
    "tables": {
        "payer": [ROW],
        "reason": [ROW],
    },
}
MODIFIER = {
    **dict.fromkeys(("modifier", "name", "kind", "asserts", "effect", "source", "page"), text),
    **dict.fromkeys(("when_right", "misuse", "codes"), str),
    "since": optional(day),
    "until": optional(day),
}
MODIFIER_PAGE = MODIFIER | {
    "bypasses_ncci_edits": bool,
    "codes_that_take_it": optional(int),
    "example": optional(
        {
            "code": text,
            "modifiers": [text],
            "place_of_service": text,
            "allowed_without": optional(amount),
            "allowed": optional(amount),
            "not_priced": optional(text),
        }
    ),
    "rules": [{"rule": text, "sentence": text, "fix": text, "citation": text}],
    "adjustment_reasons": [text],
    "remarks": [text],
}

LIST = {
    "date_of_service": day,
    "locality": {"key": str, "name": text, "state": str},
    "compared_with": optional(text),
    "compared_on": optional(day),
    "not_priced": optional(text),
    "codes": [
        {
            "code": text,
            "name": optional(text),
            "place_of_service": optional(text),
            "allowed": optional(amount),
            "allowed_before": optional(amount),
            "change": optional(amount),
            "contract": optional(amount),
            "work_rvu": optional(amount),
            "most_units": optional(int),
            "units_checked": bool,
            "new": bool,
            "deleted": bool,
            "why_not_priced": optional(text),
            "source": optional(text),
        }
    ],
    "unknown": [text],
    "contract": optional(text),
    "contract_not_priced": optional(text),
    "totals": {
        "priced": int,
        "allowed": amount,
        "change": optional(amount),
        "work_rvu": amount,
        "contract": optional(amount),
        "contract_less_allowed": optional(amount),
    },
    "edits": optional(
        [
            {
                "pays": text,
                "denied": text,
                "indicator": text,
                "at_stake": optional(amount),
                "effective": optional(day),
                "deletion": optional(day),
            }
        ]
    ),
    "edits_release": optional(text),
    "edits_too_old_for": [text],
    "limits_release": optional(text),
    "changes": [
        {
            "release": text,
            "source": text,
            "in_force_from": day,
            "compared_with": text,
            "changes": [{"code": text, "other": optional(text), "in_words": text}],
            "more": bool,
        }
    ],
    "sources": [text],
    "notice": text,
}
EXAMPLES = {
    "examples": [
        {
            "title": text,
            "basis": text,
            "given": text,
            "figures": dict,
            "expected": dict,
            "found": dict,
            "within": amount,
            "agrees": bool,
            "source": text,
        }
    ],
    "total": int,
    "agree": int,
    "notice": text,
}
