"""The keys and types of the JSON of a claim: its lines, its diagnoses, its totals."""

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
