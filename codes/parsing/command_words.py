"""Words of a command that stand for a place of service, a state, a practitioner, or nothing at all."""

from codes.knowledge import states
from codes.knowledge.states import NAMES

# What billers call a place, and its two-digit code. "fac" is the on-campus outpatient hospital, as on a code page.
PLACE_WORDS = {
    "NON-FACILITY": "11", "NONFACILITY": "11", "NON FACILITY": "11", "NON-FAC": "11", "NONFAC": "11",
    "NON FAC": "11", "OFFICE": "11", "OFC": "11", "CLINIC": "11",
    "FACILITY": "22", "FAC": "22", "HOSPITAL": "22", "HOSP": "22", "HOPD": "22", "OUTPATIENT": "22", "OUTPT": "22",
    "OP": "22", "INPATIENT": "21", "INPT": "21", "IP": "21", "EMERGENCY ROOM": "23", "ER": "23", "ED": "23",
    "AMBULATORY SURGERY CENTER": "24", "SURGERY CENTER": "24", "ASC": "24", "URGENT CARE": "20", "HOME": "12",
    "SNF": "31", "SKILLED NURSING": "31", "NURSING FACILITY": "32", "NURSING HOME": "32", "TELEHEALTH": "10",
    "TELEMEDICINE": "10",
}  # fmt: skip

# States and territories with a Medicare locality by name; Guam's is that of Hawaii.
STATES = {state: NAMES[state].upper() for state in (*states.STATES, "GU")}
STATE_NAMES = {name: state for state, name in STATES.items()}

# What billers call a practitioner whose kind changes the amount. PA is a state first.
PRACTITIONER_WORDS = {
    "NP": "np", "NURSE PRACTITIONER": "np", "PHYSICIAN ASSISTANT": "pa", "CNS": "cns", "CNM": "cnm", "CRNA": "crna",
    "CSW": "csw", "LCSW": "csw", "MFT": "mft", "LMFT": "mft", "MHC": "mhc", "LMHC": "mhc", "RDN": "rd",
    "DIETITIAN": "rd", "PSYCHOLOGIST": "psychologist", "AUDIOLOGIST": "audiologist", "PHYSICIAN": "physician",
}  # fmt: skip

# Words that join or announce codes, dates and places, or ask what the page says anyway.
_CONNECTORS = (
    "AND WITH PLUS VS VERSUS ON FOR AT DOS DATE OF SERVICE CPT HCPCS CODE CODES CHECK PAIR MODIFIER "
    "MODIFIERS MOD MODS MEDICARE TO THE W PROC PROCEDURE ALLOWED ALLOWABLE AMOUNT FEE FEES SCHEDULE RATE RATES "
    "PRICE COST REIMBURSEMENT PAYMENT PAY PAYS RVU RVUS WRVU GLOBAL PERIOD HOW MUCH WHAT IS DOES CAN I WE BILL "
    "BILLED BUNDLED TOGETHER SAME DAY"
)
CONNECTORS = frozenset(_CONNECTORS.split())

# Two-letter words that are never meant as a modifier when they stand alone.
_NOT_MODIFIERS = "AN AT BE BY DO GO HE IF IN IS IT ME MY NO OF ON OR SO TO UP US VS WE"
NOT_MODIFIERS = frozenset(_NOT_MODIFIERS.split())
