"""The adjustment reasons and remarks that a modifier answers: those whose next step names it."""

from codes.denials.reasons import Entry, reasons, remarks
from codes.knowledge.modifier_words import modifiers_named

ANY_MODIFIER = "4"  # the procedure code and the modifier do not go together, or a modifier is missing


def reasons_naming(modifier: str) -> list[Entry]:
    """The reasons whose words name a modifier, after the one that stands for all of them."""
    named = [entry for entry in reasons().values() if modifier in _named(entry)]
    general = reasons().get(ANY_MODIFIER)
    return [*([general] if general and general not in named else []), *named]


def remarks_naming(modifier: str) -> list[Entry]:
    """The remarks whose words name a modifier."""
    return [entry for entry in remarks().values() if modifier in _named(entry)]


def _named(entry: Entry) -> frozenset[str]:
    return modifiers_named(f"{entry.meaning}. {entry.what_to_do}")
