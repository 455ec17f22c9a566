"""A dose as it stands in a chart ("60 mg", "0.5ml"), a billing unit as CMS writes it ("15 MG"), and an NDC."""

import re
from decimal import Decimal

from codes.parsing.plain import plain
from codes.pricing.schedules.drug_units import MEASURES, Dose

_DOSE = re.compile(r"(\d{1,9}(?:,\d{3})*(?:\.\d{1,6})?|\.\d{1,6})\s*([A-Z ]{1,8})", re.ASCII)
_PARTS = re.compile(r"(\d{4,5})-(\d{3,4})-(\d{1,2})")


def read_dose(text: str) -> Dose:
    """A number and its measure; ValueError says what is expected.

    >>> read_dose(" 60mg ")
    Dose(amount=Decimal('60'), measure='MG')
    """
    found = _DOSE.fullmatch(plain(text).upper().strip())
    measure = " ".join(found[2].split()) if found else ""
    if found is None or measure not in MEASURES:
        raise ValueError("A dose is a number with its measure, like 60 mg, 0.5 ml or 150 units.")
    amount = Decimal(found[1].replace(",", ""))
    if not amount:
        raise ValueError("A dose is more than 0.")
    return Dose(amount, measure)


def read_ndc(text: str) -> str:
    """An NDC as CMS's crosswalk has it, 5-4-2 with hyphens; ValueError says what is expected.

    >>> read_ndc("55513-710-1"), read_ndc("N455513071001")
    ('55513-0710-01', '55513-0710-01')
    """
    typed = plain(text).upper().strip().removeprefix("N4").strip()
    if parts := _PARTS.fullmatch(typed):
        return f"{parts[1]:>05}-{parts[2]:>04}-{parts[3]:>02}"
    if re.fullmatch(r"\d{11}", typed, re.ASCII):
        return f"{typed[:5]}-{typed[5:9]}-{typed[9:]}"
    raise ValueError("An NDC has 11 digits, like 55513-0710-01; with 10 digits keep its hyphens.")
