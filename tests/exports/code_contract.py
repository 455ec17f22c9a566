"""The keys and types of the JSON of a code: what it pays, and why it pays nothing."""

from tests.exports.shapes import amount, day, optional, text

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
