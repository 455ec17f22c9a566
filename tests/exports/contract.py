"""The keys and types of each other JSON that programs rely on, written out once (`tests.exports.test_contract`)."""

from tests.exports.claim_contract import DIAGNOSES
from tests.exports.shapes import amount, day, optional, text

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
