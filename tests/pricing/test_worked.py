"""Known answers: figures from CMS's files, CMS's manuals and Medicare contractors' examples."""

from dataclasses import replace
from decimal import Decimal

import pytest

from codes.pricing.worked import BASES, WorkedExample
from codes.queries.worked_examples import worked_examples

EXAMPLES = worked_examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_engine_gives_the_known_answer(example: WorkedExample) -> None:
    assert example.agrees, (example.found, example.expected)
    assert example.source
    assert example.figures_in_words
    assert example.basis in BASES


def test_no_two_examples_have_one_title_and_each_expects_something() -> None:
    assert len({each.title for each in EXAMPLES}) == len(EXAMPLES) == 45
    assert all(each.expected for each in EXAMPLES)


def test_an_amount_that_differs_or_is_missing_does_not_agree() -> None:
    example = next(each for each in EXAMPLES if each.within)
    (name, amount), *_ = reversed(example.expected.items())
    for other, agrees in (("0.01", True), ("0.02", False), ("-0.02", False)):
        found = example.expected | {name: str(Decimal(amount) + Decimal(other))}
        assert replace(example, found=found).agrees is agrees
    assert not replace(example, found={}).agrees
