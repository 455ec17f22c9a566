"""One value of one indicator, in words; and one indicator with all its values."""

from collections.abc import Mapping
from dataclasses import dataclass

from codes.pricing.indicator_words import LabeledIndicator

LAYOUT = "Claims Processing Manual, ch. 23, Addendum (MPFSDB record layout)"

PRINTED: Mapping[str, str] = {
    "nonfacility": "NA, non-facility",
    "facility": "NA, facility",
    "both": "NA, both columns",
    "unvalued": "no values",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value of an indicator says.

    `words` is a chip of two to eight words, `for_a_claim` one or two sentences about what follows for a
    claim, `citation` the place where CMS says it.
    """

    field: str
    value: str
    words: str
    for_a_claim: str
    citation: str

    @property
    def printed(self) -> str:
        """The value as CMS's file shows it; the two columns of the NA indicator are shown by their names."""
        return PRINTED.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Field:
    """An indicator: its name on the page, what it is about, and every value that CMS has defined."""

    key: str
    title: str
    explains: str
    values: Mapping[str, Meaning]


def define(
    key: str,
    title: str,
    explains: str,
    citation: str,
    values: Mapping[str, tuple[str, str]],
    other_citations: Mapping[str, str] | None = None,
) -> Field:
    """A field from value -> (words, for_a_claim). `other_citations` names the values with a source of their
    own."""
    cited = other_citations or {}
    meanings = {
        value: Meaning(key, value, words, for_a_claim, cited.get(value, citation))
        for value, (words, for_a_claim) in values.items()
    }
    return Field(key, title, explains, meanings)


def with_labels(indicator: LabeledIndicator, for_a_claim: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Value -> (words, for_a_claim) for `define`, of an indicator whose words the price reads too."""
    return {value: (indicator.labels[value], sentences) for value, sentences in for_a_claim.items()}
