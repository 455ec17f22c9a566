"""The denial reports of a code for programs: JSON, and the rows of the CSV. Every key and column is written here."""

from collections.abc import Iterator
from typing import Any

from contributions.reports.anonymity import DENIAL_MINIMUM
from contributions.reports.queries import Patterns, ShownAnswer

COLUMNS = ("code", "as_of", "reporters_at_least", "table", "answer", "label", "how_many", "percent")


def serialize_report(code: str, found: Patterns | None) -> dict[str, Any]:
    """What is shown of a code; `patterns` is null where fewer than `minimum` have reported."""
    return {
        "code": code,
        "minimum": DENIAL_MINIMUM,
        "patterns": serialize_patterns(found) if found else None,
    }


def serialize_patterns(found: Patterns) -> dict[str, Any]:
    """A snapshot: its tables by name, each with its answers, the commonest first."""
    return {
        "as_of": found.as_of.isoformat(),
        "reporters_at_least": found.at_least,
        "kind": found.kind,
        "tables": {table.name: [serialize_row(row) for row in table.rows] for table in found.tables},
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
