"""Who sets the price of what the physician fee schedule leaves to others, or why nobody does, by the look of the code.

HCPCS Level II is filed by its first letter, CPT by its last: CMS, HCPCS coding procedures; Claims Processing Manual.
The first family that fits holds.
"""

import re
from typing import NamedTuple

VACCINES = r"90(?:4[789]|[56]\d|7[0-5])\d|913[0-2]\d"  # the last are those against COVID-19
_BY_LETTER = "HCPCS Level II coding procedures"


class Payer(NamedTuple):
    """Who pays what a code stands for, in a sentence, by which rule; `name` is "" where Medicare has no price."""

    words: str
    name: str
    citation: str


_DRUG = Payer(
    "Part B drugs are paid at their ASP limit; without one the MAC prices the drug from its invoice or list price.",
    "ASP drug payment limits, or your MAC",
    "ch. 17, §20.1.3",
)
_EQUIPMENT = Payer(
    "Equipment, prosthetics, orthotics and supplies are priced by the DMEPOS fee schedule, or by the DME MAC. "
    "Suppliers bill them.",
    "DMEPOS fee schedule, or the DME MAC",
    "ch. 20, §§20 and 30",
)
_DIALYSIS = Payer(
    "Dialysis and its supplies are in the bundled payment to the dialysis facility.",
    "ESRD prospective payment system",
    "ch. 8, §10",
)
_HOME_HEALTH = Payer(
    "The payment to the home health agency or hospice includes this.",
    "Home health or hospice payment system",
    "ch. 10, §10; ch. 11, §30",
)
_HOSPITAL = Payer(
    "A hospital bills this service: it is paid by OPPS, or packaged.",
    "OPPS",
    "ch. 4, §10",
)
_LABORATORY = Payer(
    "Laboratory tests are priced by the laboratory fee schedule; the MAC prices a test that it doesn't list.",
    "Clinical laboratory fee schedule, or your MAC",
    "ch. 16, §20",
)
_VACCINE = Payer(
    "CMS prices the vaccines that Part B covers: flu and COVID-19 on its Vaccine Pricing page, the others on the ASP "
    "list, and the MAC what neither lists. Part D covers most other vaccines for adults.",
    "CMS's Vaccine Pricing page or your MAC; else Part D",
    "ch. 18, §10; Social Security Act §1861(s)(10)",
)
_FACILITY = Payer(
    "A facility or supplier furnishes this, and Medicare pays for it within their own payment, if at all.",
    "The facility's or supplier's payment",
    "Social Security Act §1848(j)(3)",
)
_FAMILIES: tuple[tuple[str, Payer], ...] = (
    (
        r"A0",
        Payer(
            "Ambulance services are priced by the ambulance fee schedule.",
            "Ambulance fee schedule",
            "ch. 15, §20",
        ),
    ),
    (
        r"A2|Q4[1-4]",
        Payer(
            "Through 2025 skin substitutes were paid like drugs: at an ASP limit, or as the MAC priced them. Since 2026"
            " most have one rate per sq cm on the physician fee schedule.",
            "ASP drug payment limits, or your MAC",
            "ch. 17, §20.1.3; 90 FR 49266",
        ),
    ),
    (r"A465[1-9]|A46[6-9]|A4[7-9]|909[489]|G049[12]", _DIALYSIS),
    (
        r"A9[567]|Q99[56]",
        Payer(
            "The MAC prices radiopharmaceuticals, and contrast that the ASP list doesn't have. Hospitals are paid by "
            "OPPS.",
            "Your MAC",
            "ch. 17, §20.1.3; ch. 13, §50.1",
        ),
    ),
    (
        r"B",
        Payer(
            "Parenteral and enteral nutrition is priced by the PEN fee schedule, or by the DME MAC. Suppliers bill it.",
            "PEN fee schedule, or the DME MAC",
            "ch. 20, §30.7",
        ),
    ),
    (
        r"C",
        Payer(
            "C codes are for outpatient hospitals and surgery centers: they are paid by OPPS or the ASC list, or "
            "packaged.",
            "OPPS, or the ASC payment system",
            "ch. 4, §10; ch. 14, §10",
        ),
    ),
    (
        r"D",
        Payer(
            "Medicare doesn't cover dental services, except those that are part of a covered procedure.",
            "",
            "Social Security Act §1862(a)(12)",
        ),
    ),
    (
        r"[HT]\d",
        Payer(
            "Medicare doesn't accept H and T codes: state Medicaid agencies use them.", "Medicaid", _BY_LETTER
        ),
    ),
    (
        r"S",
        Payer("Medicare doesn't accept S codes: private payers use them.", "Private payers", _BY_LETTER),
    ),
    (
        r"M02[0-4]|Q02[2-4]",
        Payer(
            "CMS sets the rates of COVID-19 antibodies and of giving them, on its page of COVID-19 products.",
            "CMS's rates for COVID-19 antibodies",
            "Social Security Act §1861(s)(10)(A)",
        ),
    ),
    (
        r"M(?!00)|[0-9]{4}F|G89",
        Payer("The code only reports a measure; no payment is attached.", "", "42 CFR 414.1325"),
    ),
    (
        r"P960",
        Payer("The MAC sets the travel allowance of a specimen collector.", "Your MAC", "ch. 16, §60.2"),
    ),
    (
        r"P9[01]",
        Payer(
            "Blood products are priced by OPPS for hospitals, else by the MAC.",
            "OPPS, or your MAC",
            "ch. 4, §231",
        ),
    ),
    (r"P", _LABORATORY),
    (r"G01[5-6]|G0299|G0300|G032[0-2]|G0337|G049[3-6]|G216[89]|G947|Q50[01]", _HOME_HEALTH),
    (
        r"G046[6-9]|G0470|G0490|G2025",
        Payer(
            "Rural health clinics and FQHCs bill this visit, and are paid their own rate for it.",
            "RHC or FQHC payment system",
            "ch. 9, §§20 and 30",
        ),
    ),
    (
        r"G0(?:129|137|17[567]|257|259|260|29[34]|30[2-5]|330|37[89]|38[0-4]|390|41[01]|448|458|463)|Q008[1-5]"
        r"|7742[45]|96376",
        _HOSPITAL,
    ),
    (
        r"G20[678]|G221[56]|G1028|G053[2-6]",
        Payer(
            "CMS sets the rates of opioid treatment programs each year, by the week of treatment.",
            "CMS's rates of opioid treatment programs",
            "42 CFR 410.67",
        ),
    ),
    (
        r"G00(?:6[89]|70|8[89]|90)",
        Payer(
            "CMS sets the rates of home infusion suppliers each year.",
            "CMS's home infusion rates",
            "42 CFR 414.1550",
        ),
    ),
    (
        r"G98[78]|G989[01]",
        Payer(
            "CMS sets the rates of the Medicare Diabetes Prevention Program each year.",
            "CMS's rates of the program",
            "42 CFR 414.84",
        ),
    ),
    (
        r"G0333|Q051[0-46-9]|Q052",
        Payer(
            "A pharmacy bills this fee to the DME MAC, at the amount that CMS sets.",
            "The DME MAC",
            "ch. 17, §80",
        ),
    ),
    (
        r"G0(?:103|123|14[3-578]|30[67]|32[78]|43[235]|47[1256]|48[0-3]|499|567|659)|G9143",
        _LABORATORY,
    ),
    (
        r"G|M00",
        Payer(
            "The code is for a CMS model or demonstration, whose own terms set the payment.",
            "The model that it belongs to",
            "Social Security Act §1115A",
        ),
    ),
    (
        r"R",
        Payer("The MAC prices the trip of portable X-ray or ECG equipment.", "Your MAC", "ch. 13, §90.3"),
    ),
    (r"U", _LABORATORY),
    (
        r"V",
        Payer(
            "Glasses, lenses and hearing services are priced by the DMEPOS fee schedule or the MAC, or not covered.",
            "DMEPOS fee schedule, if covered",
            "ch. 20, §10.1.2",
        ),
    ),
    (r"[0-9]{4}[MU]|8[0-9]{4}|36415|7826[78]", _LABORATORY),
    (rf"{VACCINES}|Q203", _VACCINE),
    (
        r"32850|339[34]0|44132|47133|48550|50300",
        Payer(
            "Donor organs are paid to the transplant hospital at cost.",
            "The transplant hospital's cost report",
            "ch. 3, §90",
        ),
    ),
    (
        r"J76|J7799",
        Payer(
            "Drugs for nebulizers and pumps are billed to the DME MAC: it pays their ASP limit, or sets a price.",
            "ASP drug payment limits, or the DME MAC",
            "ch. 17, §20.1.3",
        ),
    ),
    (
        r"J8|Q01[5-8]",
        Payer(
            "Oral cancer and antiemetic drugs are billed to the DME MAC: it pays their ASP limit, or sets a price.",
            "ASP drug payment limits, or the DME MAC",
            "ch. 17, §80",
        ),
    ),
    (
        r"Q2052",
        Payer(
            "CMS sets a rate for giving immune globulin at home; the DME MAC pays it.",
            "CMS's rate, paid by the DME MAC",
            "Social Security Act §1842(o)(8)",
        ),
    ),
    (
        r"Q3014",
        Payer(
            "CMS sets the telehealth originating site fee each January.",
            "CMS's originating site fee",
            "Social Security Act §1834(m)(2)(B)",
        ),
    ),
    (
        r"Q40[0-5]",
        Payer(
            "CMS has a separate list for cast and splint supplies; the MAC prices the rest.",
            "Your MAC",
            "ch. 20, §170",
        ),
    ),
    (r"A9150", Payer("Medicare doesn't pay for over-the-counter drugs.", "", "42 CFR 410.29")),
    (r"Q04|Q050", _EQUIPMENT),
    (
        r"Q10",
        Payer(
            "A surgery center is paid more for a cataract operation with such a lens while its class is in force.",
            "The surgery center's payment",
            "42 CFR 416.200",
        ),
    ),
    (r"[JQ]|90[23]", _DRUG),
    (r"[0-9]{4}[0-9T]", _FACILITY),
)


def payer_of(code: str) -> Payer:
    """Who prices a code that has no amount on the physician fee schedule, or why nobody does.

    >>> payer_of("L0150").name, payer_of("C1726").name, payer_of("D0120").name
    ('DMEPOS fee schedule, or the DME MAC', 'OPPS, or the ASC payment system', '')
    """
    found = next((payer for pattern, payer in _FAMILIES if re.match(pattern, code)), _EQUIPMENT)
    chapter = found.citation.startswith("ch.")
    return found._replace(citation=f"Claims Processing Manual, {found.citation}") if chapter else found
