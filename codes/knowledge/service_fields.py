"""What kind of service a code is: its components, its global period, its supervision, its imaging family."""

from codes.knowledge.meaning import LAYOUT, define, with_labels
from codes.pricing import indicator_words as short

_SUPERVISION = f"42 CFR 410.32(b)(3); {LAYOUT}, physician supervision of diagnostic procedures"

PCTC = define(
    "pctc",
    "Professional and technical component",
    "Whether the code is one whole, or splits into the physician's part and the part of equipment and staff.",
    f"{LAYOUT}, PC/TC indicator",
    with_labels(
        short.PCTC,
        {
            "0": (
                "The payment is for the whole service. Modifiers 26 and TC do not apply, and a claim with "
                "either is denied."
            ),
            "1": (
                "The code alone is the whole test; modifier 26 is the physician's part and modifier TC the "
                "part of equipment and staff. Each is priced on its own row."
            ),
            "2": (
                "The code is already the physician's part; other codes are the technical part and the "
                "whole test. Modifiers 26 and TC do not apply."
            ),
            "3": (
                "The code pays for equipment and staff and holds no physician work. Modifiers 26 and TC do not "
                "apply, and for hospital patients Medicare pays the hospital."
            ),
            "4": (
                "The code is interpretation and technical part together; each part has a separate code. "
                "Modifiers 26 and TC do not apply."
            ),
            "5": (
                "The service is the work of the practice's own staff under the physician's supervision. For "
                "inpatients and outpatients of a hospital, Medicare does not pay the physician for it."
            ),
            "6": (
                "The interpretation is priced here with modifier 26; the test itself is paid on the clinical "
                "laboratory fee schedule. Modifier TC does not apply."
            ),
            "7": (
                "Medicare does not pay a therapist in independent practice for it when the patient is an "
                "inpatient or outpatient of a hospital."
            ),
            "8": (
                "The physician is paid only for interpreting an abnormal smear of a hospital inpatient. For "
                "all other patients the laboratory payment includes it."
            ),
            "9": "The idea of a professional and a technical component does not apply.",
        },
    ),
)

GLOBAL_DAYS = define(
    "global_days",
    "Global period",
    "How many days of related care before and after the procedure its payment includes.",
    "Claims Processing Manual, ch. 12, §40.1",
    with_labels(
        short.GLOBAL_DAYS,
        {
            "000": (
                "The payment includes related care on the day of the procedure. A visit that day is paid only "
                "if it is significant and separate from the procedure."
            ),
            "010": (
                "The payment includes related care on the day of the procedure and for the 10 days after it. "
                "Related visits in that time are not paid separately."
            ),
            "090": (
                "The payment includes related care from the day before surgery through the 90 days after it. "
                "Related visits in that time are not paid separately."
            ),
            "MMM": (
                "The usual global periods do not apply. The code itself says which part of prenatal, delivery "
                "and postpartum care it pays for."
            ),
            "XXX": (
                "No global period applies: the payment includes no care before or after. Bundling edits and "
                "other rules still apply."
            ),
            "YYY": (
                "The Medicare administrative contractor (MAC) decides whether a global period applies and how "
                "long it is."
            ),
            "ZZZ": (
                "The code is always an add-on to another service and takes that service's global period. "
                "Medicare pays it only together with a payable primary service."
            ),
        },
    ),
    dict.fromkeys(("MMM", "XXX", "YYY", "ZZZ"), f"{LAYOUT}, global surgery"),
)

SUPERVISION = define(
    "physician_supervision",
    "Physician supervision",
    "How closely a physician must watch over the technical part of a diagnostic test.",
    _SUPERVISION,
    {
        "01": (
            "General supervision",
            "The physician directs the test and answers for it but need not be present while it is done.",
        ),
        "02": (
            "Direct supervision",
            "The physician must be in the office suite and able to help at once, or be present by live "
            "video where Medicare allows that. Being in the room is not required.",
        ),
        "03": (
            "Personal supervision",
            "The physician must be in the room while the test is done. A registered radiologist assistant "
            "may do imaging under direct supervision where state law permits.",
        ),
        "04": (
            "General supervision, unless by a psychologist",
            "A qualified psychologist may furnish it without supervision. Anybody else needs a physician's "
            "general supervision.",
        ),
        "05": (
            "General supervision, unless by an audiologist",
            "A qualified audiologist may furnish it without supervision. Anybody else needs a physician's "
            "general supervision.",
        ),
        "06": (
            "By a physician or certified therapist",
            "A physician must do it, or a physical therapist who is board-certified in clinical "
            "electrophysiology where state law permits.",
        ),
        "09": (
            "No supervision rule",
            "The supervision rules for diagnostic tests do not apply to this line.",
        ),
        "21": (
            "General supervision with certified technician",
            "A certified technician may do it under general supervision. Anybody else needs direct "
            "supervision.",
        ),
        "22": (
            "Technician in live contact with physician",
            "A technician may do it while in live online contact with a physician.",
        ),
        "66": (
            "By a physician or specially certified therapist",
            "A physician must do it, or a physical therapist who is board-certified and also certified in "
            "this very procedure.",
        ),
        "6A": (
            "By a physician or specially certified therapist",
            "A physician must do it, or a physical therapist who is board-certified and certified in this "
            "procedure. That therapist may supervise another one, but only the certified therapist may "
            "bill.",
        ),
        "77": (
            "Certified therapist, or others supervised",
            "A board-certified physical therapist may do it alone, another one under direct supervision, "
            "and a certified technician under general supervision.",
        ),
        "7A": (
            "Certified therapist, or others supervised",
            "A board-certified physical therapist may do it alone or supervise another one, but only the "
            "certified therapist may bill. Otherwise a therapist needs direct and a certified technician "
            "general supervision.",
        ),
    },
)

# CMS kept eleven families by body region until the end of 2010; since 2011 there is one.
_REGIONS = {
    "01": "ultrasound of the chest, abdomen and pelvis",
    "02": "CT of the chest, abdomen and pelvis",
    "03": "CT of the head and neck",
    "04": "MRI of the chest, abdomen and pelvis",
    "05": "MRI of the head and neck",
    "06": "MRI of the spine",
    "07": "CT of the spine",
    "08": "MRI of the legs",
    "09": "CT of the legs",
    "10": "MRI of the arms and joints",
    "11": "CT of the arms",
}
IMAGING_FAMILY = define(
    "imaging_family",
    "Imaging family",
    "Whether the code is ranked against other imaging of the same session.",
    f"{LAYOUT}, diagnostic imaging family indicator",
    {
        **{
            family: (
                f"Imaging family {family}, until 2010",
                f"Until the end of 2010 it was ranked only against other {region}. CMS no longer uses this "
                "family.",
            )
            for family, region in _REGIONS.items()
        },
        "88": (
            "Ranked with other imaging",
            "CMS puts the code in its one diagnostic imaging family: a CT, an MRI and an ultrasound of one "
            "session are ranked together, whatever the body part.",
        ),
        "99": (
            "In no imaging family",
            "Other imaging of the same session does not reduce this code.",
        ),
    },
)
