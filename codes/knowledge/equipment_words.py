"""How Medicare pays each kind of equipment, and who takes the claim, in our words.

Claims Processing Manual, ch. 20, §30; 42 CFR 414, subparts C and D.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Category(NamedTuple):
    """A payment category of the DMEPOS fee schedule: its name, how it is paid, and where that is laid down."""

    name: str
    words: str
    citation: str


CATEGORIES: Mapping[str, Category] = {
    "CR": Category(
        "Capped rental",
        "Rented by the month (RR) for up to 13 months; then the patient owns it. KH is month 1, KI months 2 and 3, "
        "KJ months 4 to 13: from month 4 on Medicare allows 75%.",
        "42 CFR 414.229",
    ),
    "FS": Category(
        "Frequently serviced",
        "Rented by the month (RR) as long as it is needed.",
        "42 CFR 414.222",
    ),
    "IN": Category(
        "Inexpensive or routinely purchased",
        "Bought new (NU), bought used (UE) or rented (RR). All rentals together don't exceed the price of a new one.",
        "42 CFR 414.220",
    ),
    "OX": Category(
        "Oxygen",
        "Rented by the month for up to 36 months; the supplier keeps furnishing it until month 60. QE, QF, QG and QB "
        "adjust the amount for the flow rate.",
        "42 CFR 414.226",
    ),
    "OS": Category("Ostomy, tracheostomy and urological supplies", "Bought, by the unit.", "42 CFR 414.228"),
    "PO": Category("Prosthetics and orthotics", "Bought, once; the fee includes fitting.", "42 CFR 414.228"),
    "SD": Category(
        "Surgical dressings", "Bought, by the unit. A1 to A9 say for how many wounds.", "42 CFR 414.220(g)"
    ),
    "SU": Category("Supplies", "Bought, by the unit.", "Claims Processing Manual, ch. 20, §20"),
    "TE": Category("TENS units", "Bought after a trial rental of up to two months.", "42 CFR 414.232"),
    "TS": Category("Therapeutic shoes", "Bought: within each calendar year's limits.", "42 CFR 414.228(c)"),
    "SC": Category("Splints and casts", "Paid in addition to the fracture care.", "42 CFR 414.106"),
    "IL": Category("Intraocular lenses", "Implanted in an office.", "42 CFR 414.108"),
    "LC": Category("Lymphedema compression", "Bought: within the limits of the benefit.", "42 CFR 414.1650"),
    "PEN": Category(
        "Parenteral and enteral nutrition",
        "Nutrients and supplies by the unit or day; pumps bought (NU, UE) or rented (RR) for up to 15 months.",
        "42 CFR 414.104",
    ),
}
JURISDICTIONS: Mapping[str, str] = {
    "D": "Bill the DME MAC",
    "L": "Bill the local MAC (Part B)",
    "J": "Bill the DME MAC or the local MAC, by who furnishes it",
}
