"""What the reference knows of a code, for the form and its questions."""

from datetime import date

from codes import pricing
from codes.denials.plausibility import Rules
from codes.parsing.code_shapes import is_code
from codes.queries import bundling, known_codes, ncci_tables, releases
from codes.queries.code import CodeRecord, load_code
from codes.rules.offered import modifiers_offered


def known_code(code: str, at: date) -> CodeRecord | None:
    """The code as the reference has it; None where no loaded file holds it."""
    if not is_code(code):
        return None
    calendar = releases.calendar()
    found = load_code(calendar, code, at)
    return found if found.is_listed or known_codes.is_known(calendar, code) else None


def rules_of(found: CodeRecord, at: date) -> Rules:
    """The rules that a denial may speak of: at most nine queries. None where the files loaded cannot know the code."""
    calendar = releases.calendar()
    edits = ncci_tables.ptp_release(calendar, "practitioner", at)
    active = bundling.counts(edits, bundling.EditFilter(code=found.code, at=at)) if edits else {}
    limits = ncci_tables.unit_limits(calendar, [found.code], at)
    add_ons = ncci_tables.add_on_table(calendar, [found.code], at)
    row = found.main_row
    knows = edits is not None and not known_codes.younger(calendar, [found.code], edits)
    return Rules(
        has_edits=bool(active["0"] + active["1"]) if knows else None,
        has_unit_limit=found.code in limits.limits if limits and found.code not in limits.younger else None,
        is_add_on=found.code in add_ons.primaries if add_ons and found.code not in add_ons.younger else None,
        multiple_procedure=row.multiple_procedure if row else None,
    )


def modifiers_of(found: CodeRecord) -> tuple[list[str], list[str]]:
    """All modifiers in two lists: those that are billed with this code, as its page offers them, and the others."""
    first = list(modifiers_offered(found.code, found.main_row, None))
    return first, [modifier for modifier in pricing.MODIFIERS if modifier not in first]
