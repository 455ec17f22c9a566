"""The explanations of a payment for programs: JSON, and the rows of the CSV. Every key and column is written here."""

from collections.abc import Iterator, Mapping
from typing import Any

from codes.explain import Explanation, Explanations
from codes.exports.serializers import NOTICE, Json, as_text
from codes.links import absolute, explained_address
from codes.queries.geography import key_of

COLUMNS = (
    *("rank", "explains", "amount", "amount_is", "assumed", "working", "code", "modifiers", "units"),
    *("place_of_service", "practitioner", "participation", "qualifying_apm", "release", "locality", "page"),
)


def serialize_explanations(typed: Mapping[str, Any], found: Explanations) -> Json:
    """The explanations, the likeliest first; without any the nearest amounts, which explain nothing."""
    contract = typed["contract"]
    return {
        "code": typed["code"],
        "amount": as_text(typed["amount"]),
        "amount_is": typed["kind"] or None,
        "contract": contract.words if contract else None,
        "explanations": [serialize_explanation(each) for each in found.found],
        "nearest": [serialize_explanation(each) for each in found.nearest],
        "combinations_tried": found.tried,
        "not_priced": found.refusal or None,
        "contract_not_priced": found.contract_refusal or None,
        "notice": NOTICE,
    }


def serialize_explanation(each: Explanation) -> Json:
    """One combination, with what it assumes and its working."""
    return {
        "amount": as_text(each.amount),
        "amount_is": each.kind.key,
        "assumed": each.words,
        "weak": each.is_weak,
        "steps": [
            {"title": step.title, "formula": step.formula or None, "citation": step.citation}
            for step in each.steps
        ],
        "modifiers": list(each.line.modifiers),
        "units": each.line.units,
        "place_of_service": each.line.place_of_service,
        "practitioner": each.practitioner,
        "participation": each.participation,
        "qualifying_apm": each.qualifying_apm,
        "release": each.release,
        "locality": key_of(each.locality) or None,
        "page": absolute(explained_address(each)),
    }


def explanation_rows(found: Explanations) -> Iterator[tuple[Any, ...]]:
    """The rows of COLUMNS; where nothing explains the amount, those of the nearest amounts."""
    explains = "yes" if found.found else "no"
    for rank, each in enumerate(found.found or found.nearest, 1):
        yield (
            *(
                rank,
                explains,
                each.amount,
                each.kind.title,
                "; ".join(each.words),
                "; ".join(each.arithmetic[1:]),
            ),
            *(each.line.code, " ".join(each.line.modifiers), each.line.units, each.line.place_of_service),
            *(each.practitioner, each.participation, "yes" if each.qualifying_apm else "no"),
            *(each.release, key_of(each.locality), absolute(explained_address(each))),
        )
