"""Modifiers for programs: one with all that turns on it, and the list as JSON and as a table."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from codes.exports.serializers import Json, as_text
from codes.knowledge.modifier_texts import ModifierText
from codes.links import absolute
from codes.queries.modifiers import Example, Takers
from codes.queries.price_result import PriceResult
from codes.rules import Rule

HEADINGS = (
    *("modifier", "name", "kind", "asserts", "when_right", "effect", "misuse", "codes"),
    *("since", "until", "source"),
)


def as_row(text: ModifierText) -> tuple[str | date | None, ...]:
    """A modifier as a row of the table, under HEADINGS."""
    return tuple(getattr(text, name) for name in HEADINGS)


def serialize_modifiers(texts: Iterable[ModifierText]) -> Json:
    """The list, each in our words."""
    return {"modifiers": [serialize_text(text) for text in texts]}


def serialize_text(text: ModifierText) -> Json:
    """A modifier in our words, with the address of its page."""
    return {
        "modifier": text.modifier,
        "name": text.name,
        "kind": text.kind,
        "asserts": text.asserts,
        "when_right": text.when_right,
        "effect": text.effect,
        "misuse": text.misuse,
        "codes": text.codes,
        "since": text.since.isoformat() if text.since else None,
        "until": text.until.isoformat() if text.until else None,
        "source": text.source,
        "page": absolute(reverse("codes:modifier", args=[text.modifier])),
    }


def serialize_modifier(
    text: ModifierText,
    *,
    bypasses_edits: bool,
    takers: Takers | None,
    example: Example | None,
    rules: Iterable[Rule],
    reasons: list[str],
    remarks: list[str],
) -> Json:
    """One modifier with the codes that take it, an example, the claim rules and the denials that turn on it."""
    return {
        **serialize_text(text),
        "bypasses_ncci_edits": bypasses_edits,
        "codes_that_take_it": takers.count if takers else None,
        "example": serialize_example(example) if example else None,
        "rules": [
            {"rule": rule.name, "sentence": rule.sentence, "fix": rule.fix, "citation": rule.citation}
            for rule in rules
        ],
        "adjustment_reasons": reasons,
        "remarks": remarks,
    }


def serialize_example(example: Example) -> Json:
    """A line with and without the modifier, in national amounts."""
    return {
        "code": example.code,
        "modifiers": list(example.billed),
        "place_of_service": example.place_of_service,
        "allowed_without": _allowed(example.without),
        "allowed": _allowed(example.carrying),
        "not_priced": example.carrying.refusal.text if example.carrying.refusal else None,
    }


def _allowed(found: PriceResult) -> str | None:
    return as_text(found.price.allowed) if found.price else None
