"""All claim rules as a Markdown table: `python -m codes.rules.document > docs/rules.md`."""

import sys
from collections.abc import Iterator
from datetime import date

from codes.rules.book import RULES
from codes.rules.types import Rule

HEAD = """# Claim rules

What Medicare does with a line besides pricing it, as `codes/rules` has it. Made by `python -m codes.rules.document`;
a test holds it to the code. Each rule has a claim that it catches, the nearest that it must not catch, and the day
before it began in `fixtures/rules/cases.csv`, under its name.

| rule | codes | in force | effect | what it says | what to do | source |
|---|---|---|---|---|---|---|
"""


def as_markdown() -> str:
    """The whole document."""
    return HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    for rule in RULES:
        cells = (
            f"`{rule.name}`",
            _codes(rule),
            _in_force(rule),
            rule.effect,
            rule.sentence,
            rule.fix,
            rule.citation,
        )
        yield f"| {' | '.join(cells)} |\n"


def _codes(rule: Rule) -> str:
    if rule.codes is not None:
        return str(rule.codes)
    return f"with {', '.join(sorted(rule.modifiers))}" if rule.modifiers else "by indicator"


def _in_force(rule: Rule) -> str:
    since = "always" if rule.since == date.min else f"from {rule.since}"
    return since if rule.until == date.max else f"{since} to {rule.until}"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
