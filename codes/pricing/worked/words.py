"""The figures that an example stands on, in words."""

from collections.abc import Iterator
from typing import Any

LABELS = {
    "w": "work RVU",
    "pe": "practice expense RVU",
    "mp": "malpractice RVU",
    "gpci": "indices",
    "cf": "conversion factor",
    "mod": "modifier",
    "pfs": "fee",
    "opps": "hospital's amount",
    "tc": "technical component",
    "cap": "cap",
    "ind": "indicator",
    "bilat": "bilateral indicator",
    "pre": "before",
    "intra": "surgery",
    "post": "afterwards",
    "glob": "global",
    "co": "co-surgeon indicator",
    "asst": "assistant indicator",
    "nat": "national factor",
}


def in_words(figures: dict[str, Any]) -> str:
    """The figures of an example, one figure after the other; an indicator in the words of CMS's file.

    >>> in_words({"fee": "423.19", "ind": "1"}), in_words({"lines": {"92083": ["63.80", "37.41"]}})
    ('fee 423.19; indicator 1', '92083 63.80, 37.41')
    """
    return "; ".join(_each(figures))


def _each(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        label = LABELS.get(name, name.replace("_", " "))
        if isinstance(value, dict):
            inner = in_words(value)
            yield inner if name in ("lines", "rows", "surgeries", "fees") else f"{label}: {inner}"
        elif isinstance(value, list):
            yield f"{label} {', '.join(filter(None, value))}"
        elif value:
            yield f"{label} {value}"
