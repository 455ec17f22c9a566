"""Denials that can hardly be: a reason that speaks of a rule which this code does not have.

They are questioned, not refused ("Are you sure?"): that helps a biller who mistyped, and stops a script that did
not read. A rule whose file is not loaded is not known, and asks nothing.
"""

from dataclasses import dataclass

BUNDLING_REASONS = frozenset({"236"})
UNIT_REMARKS = frozenset({"N362"})
ADD_ON_REMARKS = frozenset({"N122"})
NO_REDUCTION = "0"


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of a code's rules; None where the file is not loaded."""

    has_edits: bool | None = None
    has_unit_limit: bool | None = None
    is_add_on: bool | None = None
    multiple_procedure: str | None = None


def doubts(code: str, reason: str, remarks: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Questions to ask about a report, as sentences; empty where nothing is odd.

    >>> doubts("99213", "236", (), Rules(has_edits=False))
    ('Reason 236 speaks of a bundling edit, and no active edit is known for 99213.',)
    >>> doubts("99213", "236", (), Rules())
    ()
    """
    checks = (
        (
            reason in BUNDLING_REASONS and rules.has_edits is False,
            f"Reason {reason} speaks of a bundling edit, and no active edit is known for {code}.",
        ),
        (
            bool(UNIT_REMARKS & set(remarks)) and rules.has_unit_limit is False,
            f"Remark N362 speaks of a unit limit, and none is published for {code}.",
        ),
        (
            bool(ADD_ON_REMARKS & set(remarks)) and rules.is_add_on is False,
            f"Remark N122 speaks of an add-on code, and {code} is none.",
        ),
        (
            reason == "59" and rules.multiple_procedure == NO_REDUCTION,
            f"Reason 59 speaks of a reduction, and Medicare reduces {code} under no such rule.",
        ),
    )
    return tuple(text for is_odd, text in checks if is_odd)
