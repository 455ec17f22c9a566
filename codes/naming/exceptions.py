"""Findings that a person has looked at and explained: `name_exceptions.csv`, with the columns code, check, why."""

import csv
from pathlib import Path


def read_exceptions(path: Path) -> dict[tuple[str, str], str]:
    """Why a finding stands, by code and check; empty where there is no such file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {(row["code"], row["check"]): row["why"] for row in csv.DictReader(stream)}
