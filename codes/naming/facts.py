"""The facts that CMS clips into its descriptions, each with the words by which a name of ours states it.

Each row: what to look for in CMS's text, what the name must match then, and how to say what is missing. The first row
of a fact that is found in the description counts.
"""

import re

_OPEN = "open|repair|fixation|replacement|arthroplasty|amputation|disarticulation|endarterectomy|excision|otomy|cutdown"
_THROUGH_SKIN = (
    "percutaneous|needle|prick|catheter|balloon|endovascular|stent|PCI|TAVR|kyphoplasty|implant|injection"
)
_FACTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "contrast": (
        (
            r"w/o ?& ?w/ ?(dye|contr)",
            "without and with|with or without|before and after|angiogra",
            "without and with contrast",
        ),
        (r"w/o (dye|contr)", "without contrast|noncontrast", "without contrast"),
        (r"w/ ?(dye|contrast)", "contrast|angiogra|arthrogra", "with contrast"),
    ),
    "without": (
        (
            r"\bw/o (?!img|imag|dye|contr)|\bwithout\b|(?<!/)\bwo\b",
            r"without|\bnot?\b|non|alone|only|other than|un",
            "without",
        ),
    ),
    "approach": (
        (r"\b(perq|percut|prq)\b", _THROUGH_SKIN, "percutaneous"),
        (r"\blaps?\b|laparo", "lap|LAVH", "laparoscopic"),
        (r"\bopen\b", _OPEN, "open"),
    ),
    "sides": (
        (r"\buni/bi\b", "one or both|1 or 2|unilateral or bilateral|each", "one or both sides"),
        (r"\b(bilat|bilateral|bi)\b", "bilateral|both|two sides|binocular", "bilateral"),
        (r"\b(unilat|unilateral|uni)\b", "unilateral|one |single|each", "unilateral"),
    ),
    "views": ((r"\d ?vws?\b|\bviews?\b", r"view", "the number of views"),),
    "age": (
        (
            r"\d ?(yrs?|mos?|months|years?)\b|\byrs?\b",
            r"\d|year|month|annual|infant|child|adult",
            "the age or the time",
        ),
    ),
    "patient": (
        (r"\bnew\b(?=.*\b(pt|pat|patient)\b)|\b(pt|pat) new", "new", "new patient"),
        (r"\best\b(?=.*\b(pt|pat|patient)\b)|\best (pt|pat)", "established|follow", "established patient"),
    ),
    "component": (
        (r"\b(rev ?& ?interp|r&i|i&r only|interp only)\b", "interpret|report|review|read", "the professional part"),
        (r"\btracing\b|\btech only\b", "trac|technical|record|hookup", "the technical part"),
    ),
    "imaging": (
        (r"w/o (img|imag)", "without|no imaging", "without imaging"),
        (
            r"w/ ?(img|imag|us\b|ct\b|mr\b|fluor)",
            "imag|guid|ultraso|fluoro|graphy|(?-i:CT|MR|EUS|EBUS)",
            "with imaging",
        ),
    ),
}  # fmt: skip
_UNIT = r"(sq ?cm|cm|mm|mins?|minutes|mg|mcg|ml|hrs?|cc|vws?|views?)\b"
_MEASURE = re.compile(rf"(?<![\w.])(\d+(?:\.\d+)?)(?=(-\d+(\.\d+)?)?\+? ?{_UNIT})", re.IGNORECASE)
_ONE = re.compile(r"\b(one|single|first|initial|hour)\b", re.IGNORECASE)


def missing(fact: str, description: str, name: str) -> str:
    """What `description` says of a fact and `name` does not, in words; empty where the name says it too.

    >>> missing("contrast", "Ct thing w/o dye", "CT of something, with contrast")
    'without contrast'
    >>> missing("measures", "Fix thing 2.6-5.0 cm", "Repair of something, 2.6-7.5 cm")
    'the figure 5.0'
    >>> missing("measures", "Fix thing 2.6-5.0 cm", "Repair of something, 2.6-5 cm")
    ''
    """
    if fact == "measures":
        return _measures(description, name)
    for clipped, needed, words in _FACTS[fact]:
        if re.search(clipped, description, re.IGNORECASE):
            return "" if re.search(needed, name, re.IGNORECASE) else words
    return ""


def _measures(description: str, name: str) -> str:
    """The figures before a unit that the name lacks; one may be said in a word."""
    held = {float(figure) for figure in re.findall(r"\d+(?:\.\d+)?", name.replace(",", ""))}
    if _ONE.search(name):
        held.add(1)
    figures = [found[1] for found in _MEASURE.finditer(description) if float(found[1]) not in held]
    return f"the figure {', '.join(figures)}" if figures else ""
