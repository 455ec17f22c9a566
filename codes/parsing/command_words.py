"""Words of a command that stand for a place of service, a state, or nothing at all."""

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

# States and territories with a Medicare locality, by the abbreviation of the Postal Service.
STATES = {
    "AK": "ALASKA", "AL": "ALABAMA", "AR": "ARKANSAS", "AZ": "ARIZONA", "CA": "CALIFORNIA", "CO": "COLORADO",
    "CT": "CONNECTICUT", "DC": "DISTRICT OF COLUMBIA", "DE": "DELAWARE", "FL": "FLORIDA", "GA": "GEORGIA",
    "GU": "GUAM", "HI": "HAWAII", "IA": "IOWA", "ID": "IDAHO", "IL": "ILLINOIS", "IN": "INDIANA", "KS": "KANSAS",
    "KY": "KENTUCKY", "LA": "LOUISIANA", "MA": "MASSACHUSETTS", "MD": "MARYLAND", "ME": "MAINE",
    "MI": "MICHIGAN", "MN": "MINNESOTA", "MO": "MISSOURI", "MS": "MISSISSIPPI", "MT": "MONTANA",
    "NC": "NORTH CAROLINA", "ND": "NORTH DAKOTA", "NE": "NEBRASKA", "NH": "NEW HAMPSHIRE", "NJ": "NEW JERSEY",
    "NM": "NEW MEXICO", "NV": "NEVADA", "NY": "NEW YORK", "OH": "OHIO", "OK": "OKLAHOMA", "OR": "OREGON",
    "PA": "PENNSYLVANIA", "PR": "PUERTO RICO", "RI": "RHODE ISLAND", "SC": "SOUTH CAROLINA",
    "SD": "SOUTH DAKOTA", "TN": "TENNESSEE", "TX": "TEXAS", "UT": "UTAH", "VA": "VIRGINIA",
    "VI": "VIRGIN ISLANDS", "VT": "VERMONT", "WA": "WASHINGTON", "WI": "WISCONSIN", "WV": "WEST VIRGINIA",
    "WY": "WYOMING",
}  # fmt: skip
STATE_NAMES = {name: state for state, name in STATES.items()}

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

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
