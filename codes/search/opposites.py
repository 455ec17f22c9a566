"""Words of which a code is one or the other: unilateral or bilateral, initial or subsequent."""

from collections.abc import Iterable

from codes.search.words import stem

# Of each set a code is one: who asks for one does not mean the others.
OPPOSITES = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "unilateral bilateral",
        "initial subsequent",
        "new established",
        "complete limited",
        "simple complex complicated compound",
        "open closed percutaneous laparoscopic",
        "total partial",
        "automated nonautomated",
        "qualitative quantitative",
        "inpatient outpatient",
        "superficial deep",
        "arterial venous",
        "cervical thoracic lumbar",
        "emergency nonemergency",
        "obstetric nonobstetric",
        "presumptive definitive",
        "single multiple",
        "low moderate high",
        "insertion removal",
        "office hospital home",
        "first additional",
        "upper lower",
        "interrogation programming",
        "intraarticular extraarticular",
        "monthly daily",
    )
)
ALL = frozenset().union(*OPPOSITES)
NONE = ("",) * len(OPPOSITES)  # one for all documents that have none


def opposites_in(stems: Iterable[str]) -> tuple[str, ...]:
    """For each set of opposites the only one that stands among the stems, '' where none or several do."""
    standing = ALL & set(stems)
    if not standing:
        return NONE
    found = (standing & opposites for opposites in OPPOSITES)
    return tuple(next(iter(those)) if len(those) == 1 else "" for those in found)
