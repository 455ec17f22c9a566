"""Modifiers that a professional claim may carry: what each does to the payment, in our own words.

Kinds: `pricing` changes the amount, `anesthesia` does so for anesthesia, `global` decides whether a
service in a global period is paid, `distinct` says that two services were separate, `anatomic` names a
site, `telehealth`, `therapy`, `liability` (who pays if Medicare does not), `coverage` and `informational`
leave the amount alone.
"""

from collections.abc import Iterable
from typing import NamedTuple

from codes.pricing.modifier_list import is_listed
from codes.pricing.schedules.listed import ListedAmount
from codes.pricing.types import Refusal

MOST_MODIFIERS = 4  # that a claim line holds: CMS-1500, item 24D
CITATION = "Claims Processing Manual, ch. 12; ch. 23, Addendum (MPFSDB)"


class Modifier(NamedTuple):
    """A two-character modifier, its kind, and what it does in words."""

    code: str
    kind: str
    effect: str


def _kind(kind: str, effects: dict[str, str]) -> dict[str, Modifier]:
    return {code: Modifier(code, kind, effect) for code, effect in effects.items()}


_PRICING = _kind(
    "pricing",
    {
        "22": "More work than usual: no fixed increase, the MAC decides from the operative note.",
        "26": "The professional component only: its own row of the fee schedule.",
        "50": "Both sides: 100, 150 or 200 percent, as the bilateral indicator says.",
        "52": "Reduced service: no fixed percentage, the MAC decides.",
        "53": "Stopped before completion: four codes have a separate row, the MAC decides on others.",
        "54": "Surgery without the care afterwards: the preoperative and intraoperative shares.",
        "55": "Care after surgery only: the postoperative share, by days of care.",
        "56": "Care before surgery only: Medicare pays it within modifier 54.",
        "62": "Two surgeons: 62.5 percent each, where the co-surgeon indicator allows.",
        "66": "Surgical team: by report, where the team indicator allows.",
        "78": "Unplanned return to the operating room: the intraoperative share.",
        "80": "Assistant surgeon: 16 percent, where the assistant indicator allows.",
        "81": "Minimum assistant surgeon: 16 percent if the MAC recognizes it.",
        "82": "Assistant surgeon, no qualified resident available: 16 percent.",
        "AS": "Assistant at surgery who is a PA, NP or nurse specialist: 13.6 percent.",
        "TC": "The technical component only: its own row of the fee schedule.",
        "FX": "X-ray taken on film: 20 percent off the technical component.",
        "FY": "X-ray by computed radiography: 10 percent (7 before 2023) off the technical component.",
        "CT": "CT scanner below the standard: 15 percent off the technical component.",
        "CO": "Furnished by an occupational therapy assistant: 85 percent of Medicare's payment.",
        "CQ": "Furnished by a physical therapist assistant: 85 percent of Medicare's payment.",
        "PT": "Screening colonoscopy that became therapeutic: no deductible, lower coinsurance.",
        "PD": "Hospital-owned practice, patient admitted within three days: the facility amount, of a test only 26.",
        "AQ": "Physician in a health professional shortage area: a quarterly bonus of 10 percent.",
    },
)
_ANESTHESIA = _kind(
    "anesthesia",
    {
        "AA": "Anesthesiologist personally: the whole anesthesia amount.",
        "AD": "Physician supervises more than four procedures: three base units, no time.",
        "QK": "Physician directs two to four procedures: half.",
        "QX": "Nurse anesthetist or assistant directed by a physician: half.",
        "QY": "Physician directs one nurse anesthetist or assistant: half.",
        "QZ": "Nurse anesthetist without direction: the whole anesthesia amount.",
    },
)
_GLOBAL = _kind(
    "global",
    {
        "24": "Unrelated visit after surgery: payable within the global period.",
        "25": "Separate visit on the day of a minor procedure: payable.",
        "57": "Visit that led to the decision for major surgery: payable.",
        "58": "Planned or staged later procedure: the whole amount, and a new global period.",
        "79": "Unrelated procedure within a global period: the whole amount, and a new global period.",
    },
)
_DISTINCT = _kind(
    "distinct",
    {
        "59": "Distinct service: no change of the amount; can bypass a bundling edit.",
        "76": "Repeated by the same physician: no change of the amount.",
        "77": "Repeated by another physician: no change of the amount.",
        "91": "Laboratory test repeated for a later result: no change of the amount.",
        "XE": "Separate encounter: no change of the amount; can bypass a bundling edit.",
        "XP": "Separate practitioner: no change of the amount; can bypass a bundling edit.",
        "XS": "Separate structure: no change of the amount; can bypass a bundling edit.",
        "XU": "Unusual service without overlap: no change of the amount; can bypass a bundling edit.",
    },
)
_FINGERS = {f"F{n}": f"Hand, digit F{n}: names the finger." for n in "A123456789"}
_TOES = {f"T{n}": f"Foot, digit T{n}: names the toe." for n in "A123456789"}
_EYELIDS = {f"E{n}": f"Eyelid E{n}: names the lid." for n in "1234"}
_ARTERIES = {m: f"Coronary artery {m}: names the artery." for m in ("LC", "LD", "LM", "RC", "RI")}
_SIDES = {
    "LT": "Left side. Together with RT on the same code it means both sides.",
    "RT": "Right side. Together with LT on the same code it means both sides.",
}
_ANATOMIC = _kind("anatomic", _FINGERS | _TOES | _EYELIDS | _ARTERIES | _SIDES)
_TELEHEALTH = _kind(
    "telehealth",
    {
        "93": "By telephone or other audio only: no change of the amount.",
        "95": "Live telehealth: no change of the amount; place of service 02 or 10 decides the setting.",
        "FQ": "Audio only: no change of the amount.",
        "G0": "Telehealth for acute stroke: no change of the amount.",
        "GQ": "Stored and forwarded telehealth: no change of the amount.",
        "GT": "Telehealth billed by a critical access hospital: no change of the amount.",
    },
)
_THERAPY = _kind(
    "therapy",
    {
        "GN": "Speech-language pathology plan of care: required, no change of the amount.",
        "GO": "Occupational therapy plan of care: required, no change of the amount.",
        "GP": "Physical therapy plan of care: required, no change of the amount.",
        "KX": "Attests that therapy above the year's threshold is necessary, or that another rule is met.",
    },
)
_LIABILITY = _kind(
    "liability",
    {
        "GA": "A required notice (ABN) is on file: the patient pays if Medicare finds no necessity.",
        "GX": "A voluntary notice is on file: the patient pays for an excluded service.",
        "GY": "Excluded by statute: Medicare denies, the patient pays.",
        "GZ": "Denial expected and no notice: Medicare denies, the patient may not be billed.",
    },
)
_COVERAGE = _kind(
    "coverage",
    {
        "AT": "Active chiropractic treatment: covered; without it the adjustment is maintenance care.",
        "33": "Preventive service. Whether cost sharing is waived depends on the code, not on this modifier.",
        "JW": "Drug discarded from a single-dose vial.",
        "JZ": "No drug discarded from a single-dose vial.",
        "PN": "Off-campus hospital department, not excepted: this line is unchanged.",
        "PO": "Off-campus hospital department, excepted: this line is unchanged.",
        "Q0": "Investigational service in an approved study.",
        "Q1": "Routine service in an approved study.",
        "Q7": "Foot care: one class A finding.",
        "Q8": "Foot care: two class B findings.",
        "Q9": "Foot care: one class B and two class C findings.",
        "QT": "Recording on tape.",
        "QW": "Test waived under CLIA.",
    },
)
_INFORMATIONAL = _kind(
    "informational",
    {
        "23": "Unusual anesthesia: no change of the amount.",
        "27": "Several hospital visits in a day: for hospitals.",
        "32": "Service required by an authority: no change of the amount.",
        "47": "Anesthesia by the surgeon: Medicare pays nothing extra.",
        "51": "Several procedures: Medicare ranks them by itself; not needed.",
        "63": "Infant under 4 kg: no fixed increase with Medicare.",
        "90": "Outside laboratory: no change of the amount.",
        "92": "Alternative laboratory platform: no change of the amount.",
        "99": "More than one modifier: see the claim's remarks.",
        "AF": "Psychiatrist: no change of the amount.",
        "AG": "Primary physician: no change of the amount.",
        "AH": "Clinical psychologist: the whole amount.",
        "AI": "Principal physician of an admission: no change of the amount.",
        "AJ": "Clinical social worker: 75 percent, by the kind of practitioner.",
        "CC": "Procedure code changed by the MAC.",
        "CR": "Related to a catastrophe: no change of the amount.",
        "ET": "Emergency service: no change of the amount.",
        "FS": "Visit shared with an NP or PA: billed by whoever did the substantive part.",
        "FT": "Unrelated critical care in a global period: no change of the amount.",
        "G8": "Monitored anesthesia for a deep or marked procedure: no change of the amount.",
        "G9": "Monitored anesthesia with a heart or lung history: no change of the amount.",
        "GC": "Resident under a teaching physician: no change of the amount.",
        "GE": "Resident under the primary care exception: no change of the amount.",
        "GJ": "Emergency service by a physician who has opted out.",
        "GV": "Attending physician not employed by the hospice: no change of the amount.",
        "GW": "Unrelated to the terminal illness: no change of the amount.",
        "Q5": "Substitute physician under a reciprocal arrangement: no change of the amount.",
        "Q6": "Substitute physician paid by time: no change of the amount.",
        "QS": "Monitored anesthesia care: no change of the amount.",
        "SA": "Nurse practitioner with a physician: for other payers.",
    }
    | {f"P{n}": f"Physical status {n}: Medicare pays no units for it." for n in "123456"},
)
MODIFIERS: dict[str, Modifier] = (
    _PRICING | _ANESTHESIA | _GLOBAL | _DISTINCT | _ANATOMIC | _TELEHEALTH | _THERAPY | _LIABILITY
    | _COVERAGE | _INFORMATIONAL
)  # fmt: skip
ANESTHESIA = frozenset(_ANESTHESIA)
ASSISTANTS = frozenset({"80", "81", "82", "AS"})
FACILITY_ONLY = frozenset({"73", "74"})
# Kinds that decide whether a line is paid, and never how much.
LEAVES_AMOUNT = frozenset({"global", "distinct", "anatomic", "telehealth", "coverage", "informational"})
# Of those that change an amount, the ones for which no percentage is national.
LEFT_TO_MAC = {
    "22": "increased work (22) is decided by the MAC from the record",
    "52": "a reduced service (52) is decided by the MAC; no percentage is national",
}

_CONFLICTS = (
    ({"62"}, ASSISTANTS, "a surgeon of a pair does not assist in the same procedure"),
    ({"66"}, ASSISTANTS | {"62"}, "a team member is neither co-surgeon nor assistant"),
    ({"54"}, {"55"}, "surgery and the care afterwards go on two lines"),
    ({"78"}, {"54", "55", "56"}, "a return to the operating room has its own share of the package"),
    ({"58"}, {"78", "79"}, "a return is planned, for a complication, or for something else"),
    ({"78"}, {"79"}, "a return is for a complication of the operation or for something else"),
    ({"TC"}, ASSISTANTS | {"26"}, "the technical component is neither assisted at nor interpreted"),
    ({"FX"}, {"FY"}, "an image is on film or by computed radiography, not both"),
    ({"CO"}, {"CQ"}, "one assistant furnished the service"),
)


def normalised(modifiers: tuple[str, ...]) -> frozenset[str]:
    """Modifiers as a set: their order carries no meaning for the amount, nor do case and blanks."""
    return frozenset(modifier.strip().upper() for modifier in modifiers if modifier.strip())


def may_change(modifier: str, listed: Iterable[ListedAmount]) -> bool:
    """Whether one unit of a code may have another amount with this modifier than without any, or none. `listed` is what
    price lists say of the code, which may have a row for a modifier. What a MAC adds or takes off is not known.

    >>> may_change("TC", ()), may_change("59", ())
    (True, False)
    """
    known = MODIFIERS.get(modifier)
    leaves_amount = known is not None and (known.kind in LEAVES_AMOUNT or modifier in LEFT_TO_MAC)
    return not leaves_amount or any(modifier in row.modifiers for row in listed)


def refuse_modifiers(modifiers: frozenset[str], code: str) -> Refusal | None:
    """A refusal for what cannot stand on a professional line of a code: a malformed modifier, one for facilities only,
    or two that exclude each other."""
    for modifier in sorted(modifiers):
        if len(modifier) != 2 or not modifier.isalnum() or not modifier.isascii():
            return Refusal(
                "modifier", f"{modifier!r} is not a modifier: a modifier has two characters.", CITATION
            )
        if not is_listed(modifier, code):
            text = f"{modifier} is not a valid modifier: Medicare returns the line."
            return Refusal("unknown_modifier", text, CITATION)
        if modifier in FACILITY_ONLY:
            text = f"Modifier {modifier} is for hospitals and surgical centers; a physician reports 53."
            return Refusal("modifier", text, CITATION)
    return _refuse_conflict(modifiers)


def _refuse_conflict(modifiers: frozenset[str]) -> Refusal | None:
    if len(modifiers) < 2:
        return None
    for one, others, why in _CONFLICTS:
        found = sorted(modifiers & one) + sorted(modifiers & others)
        if modifiers & one and modifiers & others:
            return Refusal(
                "modifier", f"Modifiers {' and '.join(found)} exclude each other: {why}.", CITATION
            )
    who = sorted(modifiers & ANESTHESIA)
    if len(who) > 1:
        text = f"Modifiers {' and '.join(who)} exclude each other: one line names one provider."
        return Refusal("modifier", text, CITATION)
    return None
