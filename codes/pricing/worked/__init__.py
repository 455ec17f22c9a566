"""Known answers: amounts that CMS prints or that follow from its rules by hand, and what this engine makes of them.

They stand in a table of their own (`fixtures/worked_examples.json`) with all figures that they need, so that they
depend on no release. `kind` names how an example is put to the engine.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from codes.pricing.worked.claims import CLAIMS
from codes.pricing.worked.lines import LINES
from codes.pricing.worked.words import in_words

KINDS = {**LINES, **CLAIMS}
# What the figures of an example are, those that others printed first.
BASES = (
    "printed by CMS or a contractor",
    "figures of CMS's files",
    "fees of CMS's files, worked out by the rule",
    "made-up figures, worked out by the rule",
)


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """`expected` are amounts in dollars by what they are, `source` is where they or their rule were published, `basis`
    what the figures are. `within` is what rounding may make of them."""

    title: str
    source: str
    basis: str
    figures: dict[str, Any]
    expected: dict[str, str]
    found: dict[str, str]
    within: Decimal

    @property
    def figures_in_words(self) -> str:
        """The figures, in words."""
        return in_words(self.figures)

    @property
    def agrees(self) -> bool:
        """Whether each amount that is expected was found."""
        return all(
            name in self.found and abs(Decimal(self.found[name]) - Decimal(amount)) <= self.within
            for name, amount in self.expected.items()
        )


def read_examples(path: Path) -> Iterator[WorkedExample]:
    """Every example of the table with the amounts that the engine gives now."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        found = KINDS[row["kind"]](row["figures"])
        yield WorkedExample(
            title=row["title"],
            source=row["source"],
            basis=row["basis"],
            figures=row["figures"],
            expected=row["expected"],
            found={name: found[name] for name in row["expected"] if name in found},
            within=Decimal(row.get("within", 0)),
        )
