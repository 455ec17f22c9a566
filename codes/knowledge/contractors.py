"""The Medicare administrative contractors for Part B, by the number that CMS's files give.

A number's first two digits name the jurisdiction, the others the state within it. Contracts are let anew every few
years and the numbers stay: this table is that of 2024 to 2026 (CMS, "Who are the MACs").
"""

from typing import NamedTuple


class Contractor(NamedTuple):
    """A contractor, the jurisdiction that it serves, "E" or "15", and what billers call it for short."""

    name: str
    jurisdiction: str
    short: str

    def __str__(self) -> str:
        return f"{self.name}, jurisdiction {self.jurisdiction}"


_BY_PREFIX = {
    "01": Contractor("Noridian Healthcare Solutions", "E", "Noridian"),
    "02": Contractor("Noridian Healthcare Solutions", "F", "Noridian"),
    "03": Contractor("Noridian Healthcare Solutions", "F", "Noridian"),
    "04": Contractor("Novitas Solutions", "H", "Novitas"),
    "05": Contractor("WPS Government Health Administrators", "5", "WPS"),
    "06": Contractor("National Government Services", "6", "NGS"),
    "07": Contractor("Novitas Solutions", "H", "Novitas"),
    "08": Contractor("WPS Government Health Administrators", "8", "WPS"),
    "09": Contractor("First Coast Service Options", "N", "First Coast (FCSO)"),
    "10": Contractor("Palmetto GBA", "J", "Palmetto"),
    "11": Contractor("Palmetto GBA", "M", "Palmetto"),
    "12": Contractor("Novitas Solutions", "L", "Novitas"),
    "13": Contractor("National Government Services", "K", "NGS"),
    "14": Contractor("National Government Services", "K", "NGS"),
    "15": Contractor("CGS Administrators", "15", "CGS"),
}


def contractor_of(mac: str) -> Contractor | None:
    """Who decides claims under a contractor's number; None for a number that is not of this table.

    >>> str(contractor_of("01182"))
    'Noridian Healthcare Solutions, jurisdiction E'
    >>> contractor_of("99999") is None
    True
    """
    return _BY_PREFIX.get(mac[:2])
