"""Codes that the relative value file leaves out: who sets the price of the like of them, or why there is none.

HCPCS Level II is filed by its first letter, CPT by its last: CMS, HCPCS coding procedures; Claims Processing Manual.
"""

import re
from typing import NamedTuple


class Unlisted(NamedTuple):
    """Who pays what such a code stands for, in a sentence, by which rule; `payer` is "" where nobody pays."""

    words: str
    payer: str
    citation: str


_DRUG = Unlisted(
    "Part B drugs are paid at their ASP limit; without one the MAC prices the drug from its invoice or list price.",
    "ASP drug payment limits, or your MAC",
    "Claims Processing Manual, ch. 17, §20.1.3",
)
_EQUIPMENT = Unlisted(
    "Equipment, prosthetics, orthotics and supplies are priced by the DMEPOS fee schedule, or by the DME MAC. "
    "Suppliers bill them.",
    "DMEPOS fee schedule, or the DME MAC",
    "Claims Processing Manual, ch. 20, §20",
)
_FAMILIES = (
    (
        r"A0",
        "Ambulance services are priced by the ambulance fee schedule.",
        "Ambulance fee schedule",
        "ch. 15, §20",
    ),
    (
        r"A2|Q4",
        "Skin substitutes are paid with the procedure, or priced by the MAC.",
        "Your MAC",
        "ch. 17, §20.1.3",
    ),
    (
        r"A9[57]",
        "Radiopharmaceuticals and contrast are priced by the MAC; hospitals by OPPS.",
        "Your MAC",
        "ch. 13, §60",
    ),
    (
        r"B",
        "Parenteral and enteral nutrition is priced by the PEN fee schedule; suppliers bill the DME MAC.",
        "PEN fee schedule",
        "ch. 20, §30.7",
    ),
    (
        r"C",
        "C codes are for outpatient hospitals and surgery centers: they are paid by OPPS or the ASC list, or packaged.",
        "OPPS, or the ASC payment system",
        "ch. 4, §10; ch. 14, §10",
    ),
    (
        r"D",
        "Medicare doesn't cover dental services, except those that are part of a covered procedure.",
        "",
        "Social Security Act §1862(a)(12)",
    ),
    (
        r"[HT]\d",
        "Medicare doesn't accept H and T codes: state Medicaid agencies use them.",
        "Medicaid",
        "HCPCS Level II coding procedures",
    ),
    (
        r"S",
        "Medicare doesn't accept S codes: private payers use them.",
        "Private payers",
        "HCPCS Level II coding procedures",
    ),
    (
        r"M|[0-9]{4}F",
        "Codes of measures only report; no payment is attached.",
        "",
        "42 CFR 414.1325",
    ),
    (
        r"P9",
        "Blood products are priced by OPPS for hospitals, else by the MAC.",
        "OPPS, or your MAC",
        "ch. 4, §231",
    ),
    (
        r"[GRU]",
        "CMS's own codes that the file leaves out are for laboratories, hospitals, measures or models, or have ended.",
        "Another Medicare payment system, if any",
        "42 CFR 414.40",
    ),
    (
        r"V",
        "Glasses, lenses and hearing services are priced by the DMEPOS fee schedule, or not covered.",
        "DMEPOS fee schedule, if covered",
        "ch. 20, §10.1",
    ),
    (
        r"[0-9]{4}[MU]",
        "Laboratory tests are priced by the laboratory fee schedule; the MAC prices a test that it doesn't list yet.",
        "Clinical laboratory fee schedule, or your MAC",
        "ch. 16, §20",
    ),
    (
        r"[0-9]{4}[0-9T]",
        "A CPT code that the file leaves out is not valid for Medicare on that day: it has ended, or has not begun.",
        "",
        "42 CFR 414.40",
    ),
)


def unlisted(code: str) -> Unlisted:
    """Who prices a code that the relative value file leaves out, or why nobody does.

    >>> unlisted("L0150").payer, unlisted("C1726").payer, unlisted("61490").payer
    ('DMEPOS fee schedule, or the DME MAC', 'OPPS, or the ASC payment system', '')
    """
    for pattern, words, payer, citation in _FAMILIES:
        if re.match(pattern, code):
            manual = citation if not citation.startswith("ch.") else f"Claims Processing Manual, {citation}"
            return Unlisted(words, payer, manual)
    return _DRUG if code[0] in "JQ" else _EQUIPMENT
