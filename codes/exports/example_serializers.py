"""The worked examples for programs: as JSON with all their figures, and as a table with a row an amount."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from codes.exports.serializers import NOTICE, Json
from codes.pricing.worked import WorkedExample

HEADINGS = ("example", "basis", "given", "amount", "expected", "found", "within", "agrees", "source")


def serialize_examples(examples: Iterable[WorkedExample]) -> Json:
    """Every example: its figures as the engine gets them, and by name the amounts expected and found, in dollars."""
    each = [_example(example) for example in examples]
    return {
        "examples": each,
        "total": len(each),
        "agree": sum(example["agrees"] for example in each),
        "notice": NOTICE,
    }


def _example(example: WorkedExample) -> Json:
    return {
        "title": example.title,
        "basis": example.basis,
        "given": example.figures_in_words,
        "figures": example.figures,
        "expected": example.expected,
        "found": example.found,
        "within": str(example.within),
        "agrees": example.agrees,
        "source": example.source,
    }


def example_rows(examples: Iterable[WorkedExample]) -> Iterator[tuple[Any, ...]]:
    """One row for each amount that is expected, under HEADINGS; `found` is empty where there is no such amount."""
    for example in examples:
        for name, amount in example.expected.items():
            found = example.found.get(name)
            agrees = found is not None and abs(Decimal(found) - Decimal(amount)) <= example.within
            yield (
                *(example.title, example.basis, example.figures_in_words, name, amount, found),
                *(example.within, "yes" if agrees else "no", example.source),
            )
