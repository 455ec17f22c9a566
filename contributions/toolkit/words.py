"""Words that the PDF, the workbook and the pages share."""

from datetime import date

from codes.formatting import long_day

__all__ = ["CAVEAT", "SAMPLE", "SUBTITLE", "TITLE", "ama_notice", "made_on"]

TITLE = "The biller's toolkit"
SUBTITLE = "Denials, modifiers, edits and unit limits of the codes that are billed most, from CMS's own files"
SAMPLE = "Made from the sample that comes with the project: true figures, but not every code and edit."
CAVEAT = (
    "Amounts are estimates of what Medicare allows, not a guarantee of coverage or payment, and no legal or billing "
    "advice. Not affiliated with CMS, the AMA or the ADA."
)


def ama_notice(year: int) -> str:
    """The notice of the American Medical Association that goes with codes."""
    return (
        f"CPT © {year} American Medical Association. All rights reserved. CPT is a registered trademark of the "
        "American Medical Association. Applicable FARS/DFARS restrictions apply to government use. Fee schedules, "
        "relative value units, conversion factors and related components are not assigned by the AMA, are not part of "
        "CPT, and the AMA is not recommending their use. Dental (D) codes © American Dental Association. The names "
        "of codes are our own words."
    )


def made_on(date_made: date) -> str:
    """When a toolkit was made: "Made on July 15, 2026"."""
    return f"Made on {long_day(date_made)}"
