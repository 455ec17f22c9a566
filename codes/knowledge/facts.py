"""What CMS's own fields say about a code, in plain sentences, with their dollars.

Each sentence is one function that takes the subject and returns a fact, or None where there is nothing to
say. `SENTENCES` holds them in the order of the page.
"""

from codes.knowledge import payment_facts, service_facts, surgery_facts
from codes.knowledge.fact import Amounts, Fact, Sentence, subject_of
from codes.pricing.types import CodeRows

__all__ = ["SENTENCES", "Amounts", "Fact", "facts"]

SENTENCES: tuple[Sentence, ...] = (
    payment_facts.status,
    payment_facts.unused_values,
    payment_facts.components,
    payment_facts.setting,
    service_facts.global_period,
    service_facts.package_shares,
    surgery_facts.multiple_procedures,
    surgery_facts.endoscopic_base,
    service_facts.imaging_family,
    payment_facts.imaging_cap,
    surgery_facts.bilateral,
    surgery_facts.assistant,
    surgery_facts.co_surgeons,
    surgery_facts.team,
    payment_facts.discontinued,
    service_facts.supervision,
)


def facts(rows: CodeRows, amounts: Amounts) -> tuple[Fact, ...]:
    """The facts of a code, in the order of the page.

    `amounts` are those of the locality and day that the page shows; without them the sentences stand with an
    empty impact. A code without rows has no facts.
    """
    subject = subject_of(rows, amounts)
    if subject is None:
        return ()
    return tuple(fact for sentence in SENTENCES if (fact := sentence(subject)) is not None)
