"""CMS's files, and files about CMS's rules, that MedPayIQ does not read: what each of them is, in words.

A file is known by its first lines or by its name. The sentences are for the operator, who wants to know why
a file of a folder was passed over, and what to load instead where there is something.
"""

import re

_NAMES = (
    (r"^(?!.*ncci.*policy.*manual.*pdf$).*\.(?:pdf|docx?|rtf)$", "a document for people to read"),
    (r"\.html?$", "a web page"),
    (r"lyout\.txt$|recordlayout\.txt$", "a description of another file's layout"),
    (r"^ZIP9.*\.(?:txt|xlsx)$", "ZIP codes of nine digits; the file of five digits is the one we read"),
    (r"\.(?:7z|gz|tar|tgz|rar)$", "packed in a way that CMS does not use: load CMS's own zip"),
)
_HEADERS = (
    (
        r"\Apos_code,",
        "places of service: which are facilities is part of the payment rules (Claims Processing Manual, ch. 26)",
    ),
    (
        r"Addendum (DD1|DD2) ?-",
        "ASC Addendum {}, what the indicators mean: the site says it in its own words",
    ),
    (r"Addendum FF ?-", "ASC Addendum FF, device offsets: its OPPS rates are not what anybody is paid"),
    (
        r"Addendum D(\d)\.? ?-",
        "OPPS Addendum D{}, what the indicators mean: the site says it in its own words",
    ),
    (r"Addendum E\.? ?-", "OPPS Addendum E, inpatient only: Addendum B marks the same codes with status C"),
    (r"Addendum ([A-Z]{1,2}\d?)\.? ?-", "Addendum {} of the outpatient rule: no page needs it"),
    (
        r"ASP NOC NDC - HCPCS Crosswalk",
        "NDCs of unclassified (NOC) drugs: no page needs them, since such a drug has no HCPCS units",
    ),
    (r"<ICD10CM\.index>", "the alphabetic index of ICD-10-CM; the tabular list is the one we read"),
    (
        r"Medicare Benefit Policy Manual",
        "the Medicare Benefit Policy Manual: claim rules of this site cite it, and nothing is read from it",
    ),
    (
        r"Medicare Administrative Contractor \(MAC\) jurisdictions",
        "the MACs and their states: this site knows them by the MAC numbers of the GPCI file",
    ),
    (r'"openapi": ?"', "the description of a programming interface"),
    (
        r"\A\xd0\xcf\x11\xe0",
        "an Excel workbook from before 2007 (.xls): load the csv or txt that CMS publishes with it",
    ),
)
_WORKBOOKS = (
    (r"^(?:PPRRVU|GPCI\d|ANES\d|OPPSCAP|MCR_MUE|DMEPOS_|DMEPEN_|DME Rural)", "csv"),
    (r"^(?:ZIP5|HCPC\d|cci(?:pra|oph))", "txt"),
)


def named(name: str) -> str:
    """What a file of this name is, where the name alone says that it is not read; else ""."""
    return next((words for pattern, words in _NAMES if re.search(pattern, name, re.IGNORECASE)), "")


def beginning_with(head: str) -> str:
    """What a file that begins so is, where it is one that is not read; else ""."""
    for pattern, words in _HEADERS:
        if found := re.search(pattern, head, re.MULTILINE | re.IGNORECASE):
            return words.format(*found.groups())
    return ""


def workbook(name: str) -> str:
    """What to load in place of a workbook of this name; "" where nothing is known of it."""
    kinds = (kind for pattern, kind in _WORKBOOKS if re.search(pattern, name, re.IGNORECASE))
    kind = next(kinds, "")
    return f"an Excel workbook; CMS publishes the same as {kind}: load that" if kind else ""
