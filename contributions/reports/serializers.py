"""The denial reports of a code for programs: JSON, and the rows of the CSV. Every key and column is written here."""

from collections.abc import Iterator
from typing import Any

from contributions.reports.anonymity import DENIAL_MINIMUM
from contributions.reports.foretold import Foretold
from contributions.reports.queries import Patterns, ShownAnswer

COLUMNS = ("code", "as_of", "reporters_at_least", "table", "answer", "label", "how_many", "percent")


def serialize_report(code: str, found: Patterns | None, ruled: Foretold | None = None) -> dict[str, Any]:
    """What is shown of a code; `patterns` is null where fewer than `minimum` have reported."""
    return {
        "code": code,
        "minimum": DENIAL_MINIMUM,
        "patterns": serialize_patterns(found, ruled) if found else None,
    }


def serialize_patterns(found: Patterns, ruled: Foretold | None) -> dict[str, Any]:
    """A snapshot: its tables by name, each with its answers, the commonest first; and how many of its reasons the claim
    rules of the code foretell."""
    return {
        "as_of": found.as_of.isoformat(),
        "reporters_at_least": found.at_least,
        "kind": found.kind,
        "foretold_by_rules": serialize_foretold(ruled) if ruled else None,
        "tables": {table.name: [serialize_row(row) for row in table.rows] for table in found.tables},
    }


def serialize_foretold(ruled: Foretold) -> dict[str, Any]:
    """How many of the reasons shown a claim rule names, and which."""
    return {
        "reasons": ruled.reasons,
        "of": ruled.shown,
        "percent": ruled.percent,
        "rules": [
            {"reason": row.answer, "words": rule.sentence, "citation": rule.citation}
            for row, rule in ruled.rules
        ],
    }


def serialize_row(row: ShownAnswer) -> dict[str, Any]:
    """One answer and how common it is."""
    return {"answer": row.answer, "label": row.label, "how_many": row.how_many, "percent": row.percent}


def report_rows(found: Patterns | None) -> Iterator[tuple[Any, ...]]:
    """The same under `COLUMNS`; no row where nothing is shown."""
    if found is None:
        return
    head = (found.code, found.as_of.isoformat(), found.at_least)
    for table in found.tables:
        for row in table.rows:
            yield (*head, table.name, row.answer, row.label, row.how_many, row.percent)
