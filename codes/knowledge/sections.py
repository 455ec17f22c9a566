"""The parts that CPT and HCPCS Level II codes fall into, by their ranges: facts of numbering, named in our words.

CPT codes of five digits (category I) are numbered by section and, within surgery, by body system. Codes that end
in a letter are kinds of their own: measures (F), emerging services (T), single laboratories' tests (U),
multianalyte algorithms (M), the first COVID-19 vaccine administrations (A). HCPCS Level II goes by its letter.
"""

from typing import NamedTuple


class Part(NamedTuple):
    """A range of codes, both ends in it. Both ends have the same last letter, or none."""

    slug: str
    title: str
    first: str
    last: str


class Section(NamedTuple):
    """A section with its parts, in the order of their numbers."""

    slug: str
    title: str
    parts: tuple[Part, ...]


def order(code: str) -> tuple[bool, str, str]:
    """Where a code stands: CPT by category and number, then HCPCS Level II by letter.

    >>> sorted(["J1100", "0042T", "99213", "10004"], key=order)
    ['10004', '99213', '0042T', 'J1100']
    """
    return (not code[0].isdigit(), code[4] if code[0].isdigit() and not code[4].isdigit() else "", code)


def _section(slug: str, title: str, *parts: tuple[str, str, str, str]) -> Section:
    return Section(slug, title, tuple(Part(*part) for part in parts))


_SECTIONS = (
    _section(
        "evaluation-and-management",
        "Evaluation and management",
        ("telemedicine-visits", "Telemedicine visits", "98000", "98016"),
        ("office-visits", "Office and other outpatient visits", "99202", "99215"),
        ("hospital-care", "Hospital inpatient and observation care", "99217", "99239"),
        ("consultations", "Consultations", "99241", "99255"),
        ("emergency-department", "Emergency department visits", "99281", "99288"),
        ("critical-care", "Critical care", "99291", "99292"),
        ("nursing-facility", "Nursing facility care", "99304", "99318"),
        ("home-visits", "Home or residence visits", "99324", "99350"),
        ("prolonged-and-conferences", "Prolonged time, conferences, oversight of care", "99354", "99380"),
        ("preventive-visits", "Preventive visits and counseling", "99381", "99412"),
        ("online-and-remote", "Online, telephone and remote monitoring services", "99415", "99459"),
        ("newborn-and-child", "Newborn care, intensive care of children", "99460", "99482"),
        ("care-management", "Care management, transitions, advance care planning", "99483", "99499"),
    ),
    _section(
        "anesthesia",
        "Anesthesia",
        ("anesthesia-head-and-neck", "Head and neck", "00100", "00352"),
        ("anesthesia-chest", "Chest wall, shoulder girdle and inside the chest", "00400", "00580"),
        ("anesthesia-spine", "Spine", "00600", "00670"),
        ("anesthesia-abdomen", "Abdomen", "00700", "00882"),
        ("anesthesia-perineum-and-pelvis", "Perineum and pelvis", "00902", "01173"),
        ("anesthesia-leg", "Upper leg, knee, lower leg and foot", "01200", "01522"),
        ("anesthesia-arm", "Shoulder, arm and hand", "01610", "01860"),
        ("anesthesia-radiology", "Radiological procedures", "01916", "01942"),
        ("anesthesia-burns-and-obstetrics", "Burns, obstetrics and other", "01951", "01999"),
    ),
    _section(
        "surgery",
        "Surgery",
        ("aspiration", "Aspiration with a fine needle", "10004", "10021"),
        ("skin-and-breast", "Skin, nails and breast", "10030", "19499"),
        ("bones-and-joints", "Bones, joints and muscles", "20100", "29999"),
        ("airways-and-lungs", "Nose, airways and lungs", "30000", "32999"),
        ("heart-and-vessels", "Heart and blood vessels", "33016", "37799"),
        ("blood-and-lymph", "Spleen, marrow and lymph nodes", "38100", "38999"),
        ("mediastinum-and-diaphragm", "Mediastinum and diaphragm", "39000", "39599"),
        ("digestive-system", "Digestive system", "40490", "49999"),
        ("kidney-and-bladder", "Kidney, ureter, bladder and urethra", "50010", "53899"),
        ("male-genital-system", "Male genital and reproductive organs", "54000", "55980"),
        ("female-genital-system", "Female genital organs", "56405", "58999"),
        ("maternity", "Maternity care and delivery", "59000", "59899"),
        ("endocrine-glands", "Thyroid and other endocrine glands", "60000", "60699"),
        ("nervous-system", "Brain, spine and nerves", "61000", "64999"),
        ("eye-surgery", "Eye", "65091", "68899"),
        ("ear-surgery", "Ear", "69000", "69979"),
        ("operating-microscope", "Use of the operating microscope", "69990", "69990"),
    ),
    _section(
        "radiology",
        "Radiology",
        ("diagnostic-imaging", "X-ray, CT, MRI and other diagnostic imaging", "70010", "76499"),
        ("ultrasound", "Ultrasound", "76506", "76999"),
        ("guidance", "Imaging guidance", "77001", "77022"),
        ("mammography-and-bone", "Breast imaging, bone and joint studies", "77046", "77092"),
        ("radiation-treatment", "Radiation treatment", "77261", "77799"),
        ("nuclear-medicine", "Nuclear medicine", "78012", "79999"),
    ),
    _section(
        "pathology-and-laboratory",
        "Pathology and laboratory",
        ("panels", "Panels of tests", "80047", "80081"),
        ("drug-levels", "Drug tests and drug levels", "80143", "80377"),
        ("stimulation-tests", "Stimulation and suppression tests", "80400", "80439"),
        ("clinical-consultations", "Consultations on laboratory findings", "80500", "80506"),
        ("urine", "Urine tests", "81000", "81099"),
        ("molecular", "Molecular and genetic tests", "81105", "81599"),
        ("chemistry", "Chemistry", "82009", "84999"),
        ("blood-counts-and-clotting", "Blood counts and clotting", "85002", "85999"),
        ("immunology", "Immunology", "86000", "86804"),
        ("transplant-and-transfusion", "Tissue typing and transfusion", "86805", "86999"),
        ("microbiology", "Microbiology", "87003", "87999"),
        ("autopsy", "Autopsy", "88000", "88099"),
        ("cells-and-chromosomes", "Cytology and chromosome studies", "88104", "88299"),
        ("surgical-pathology", "Surgical pathology", "88300", "88399"),
        ("other-laboratory", "Other laboratory procedures", "88720", "89240"),
        ("fertility-laboratory", "Fertility laboratory", "89250", "89398"),
    ),
    _section(
        "medicine",
        "Medicine",
        ("vaccines", "Immune globulins, vaccines and giving them", "90281", "90759"),
        ("psychiatry", "Psychiatry and biofeedback", "90785", "90913"),
        ("dialysis", "Dialysis", "90935", "90999"),
        ("gut-function", "Tests of the digestive tract", "91010", "91299"),
        ("covid-vaccines", "COVID-19 vaccines", "91300", "91323"),
        ("eye-medicine", "Eye examinations and tests", "92002", "92499"),
        ("ear-nose-and-throat", "Ear, nose, throat, hearing and speech", "92502", "92700"),
        ("heart-medicine", "Heart: catheters, stents, ECG and echo", "92920", "93799"),
        ("vascular-studies", "Vascular studies", "93880", "93998"),
        ("lung-medicine", "Lung function and ventilation", "94002", "94799"),
        ("allergy", "Allergy tests and treatment", "95004", "95199"),
        ("glucose-monitoring", "Glucose monitoring", "95249", "95251"),
        ("neurology", "Sleep, nerve, muscle and brain tests", "95700", "96020"),
        ("genetic-counseling", "Genetic counseling", "96040", "96041"),
        ("psychological-tests", "Psychological tests, health behavior", "96105", "96203"),
        ("infusions", "Infusions, injections and chemotherapy", "96360", "96549"),
        ("skin-medicine", "Light treatment and skin services", "96567", "96999"),
        ("therapy", "Physical and occupational therapy, nutrition", "97001", "97804"),
        ("acupuncture", "Acupuncture", "97810", "97814"),
        ("manipulation", "Osteopathic and chiropractic treatment", "98925", "98943"),
        (
            "training-and-remote-therapy",
            "Training of patients, remote therapeutic monitoring",
            "98960",
            "98986",
        ),
        ("special-services", "Special services, sedation and other", "99000", "99199"),
        ("home-procedures", "Procedures at home, medication management", "99500", "99607"),
    ),
    _section(
        "vaccine-administration",
        "First COVID-19 vaccine administrations",
        ("vaccine-administration-codes", "Codes ending in A", "0001A", "9999A"),
    ),
    _section(
        "performance-measures",
        "Category II: performance measures",
        ("performance-measure-codes", "Codes ending in F", "0001F", "9999F"),
    ),
    _section(
        "algorithms",
        "Multianalyte algorithms",
        ("algorithm-codes", "Codes ending in M", "0001M", "9999M"),
    ),
    _section(
        "emerging-services",
        "Category III: emerging services",
        ("emerging-service-codes", "Codes ending in T", "0001T", "9999T"),
    ),
    _section(
        "proprietary-laboratory",
        "Tests of single laboratories",
        ("proprietary-laboratory-codes", "Codes ending in U", "0001U", "9999U"),
    ),
)
SECTIONS = {section.slug: section for section in _SECTIONS}
_ENDS = [
    (order(part.first), order(part.last), (section, part)) for section in _SECTIONS for part in section.parts
]

LETTERS = {
    "A": "Ambulance, medical supplies, radiopharmaceuticals",
    "B": "Feeding by tube or vein",
    "C": "Outpatient hospital items and services",
    "D": "Dental procedures",
    "E": "Durable medical equipment",
    "G": "Medicare's own codes for procedures and professional services",
    "H": "Behavioral health and substance use treatment",
    "J": "Drugs given other than by mouth, chemotherapy",
    "K": "Equipment codes of the DME contractors",
    "L": "Orthotics and prosthetics",
    "M": "Measures and other medical services",
    "P": "Pathology and laboratory",
    "Q": "Temporary codes: drugs, supplies, casts, skin substitutes",
    "R": "Transport of portable X-ray equipment",
    "S": "Private payers' codes, which Medicare does not take",
    "T": "State Medicaid agencies' codes",
    "U": "Coronavirus laboratory tests",
    "V": "Vision, hearing and speech",
}


def place_of(code: str) -> tuple[Section, Part] | None:
    """The section and part of a CPT code; None for HCPCS Level II and for a number between the ranges.

    >>> [named.title for named in place_of("45378")]
    ['Surgery', 'Digestive system']
    """
    wanted = order(code)
    return next((found for first, last, found in _ENDS if first <= wanted <= last), None)
