"""What a code is worth in parts by CMS's own fields: a sentence each, with its dollars.

Each sentence is one function that takes the subject and returns a fact, or None where there is nothing to say.
`SENTENCES` holds them in the order of the page. What an indicator means without dollars is said by the indicators.
"""

from codes.knowledge import payment_facts, surgery_facts
from codes.knowledge.fact import Amounts, Fact, Sentence, subject_of
from codes.pricing.types import CodeRows

__all__ = ["SENTENCES", "Amounts", "Fact", "facts"]

SENTENCES: tuple[Sentence, ...] = (
    payment_facts.components,
    payment_facts.setting,
    surgery_facts.package_shares,
    surgery_facts.multiple_procedures,
    surgery_facts.bilateral,
    surgery_facts.assistant,
    surgery_facts.co_surgeons,
)


def facts(rows: CodeRows, amounts: Amounts) -> tuple[Fact, ...]:
    """The facts of a code that are worth dollars, in the order of the page.

    `amounts` are those of the locality and day that the page shows; without them, and without rows, a code has none.
    """
    subject = subject_of(rows, amounts)
    if subject is None:
        return ()
    said = (sentence(subject) for sentence in SENTENCES)
    return tuple(fact for fact in said if fact is not None and fact.impact)
