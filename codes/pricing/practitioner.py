"""Who furnished the service: shares of the fee schedule by kind of practitioner.

Social Security Act §1833(a)(1); Claims Processing Manual, ch. 12, §110 to §170; for nutrition 42 CFR 414.64. Those
who must take assignment are paid as participating and have no limiting charge.
"""

from decimal import Decimal
from typing import NamedTuple

from codes.pricing.surgeons import scale_parts
from codes.pricing.types import ONE, Refusal
from codes.pricing.working import Working

CITATION = "Claims Processing Manual, ch. 12"


class Practitioner(NamedTuple):
    """A kind of practitioner, the fraction of the fee that Medicare pays, and whether assignment is
    mandatory.
    """

    kind: str
    name: str
    share: Decimal
    mandatory_assignment: bool
    section: str
    citation: str = CITATION


_85 = Decimal("0.85")
_75 = Decimal("0.75")
_KINDS = (
    Practitioner("physician", "Physician", ONE, False, "§20"),
    Practitioner("pa", "Physician assistant", _85, True, "§110"),
    Practitioner("np", "Nurse practitioner", _85, True, "§120"),
    Practitioner("cns", "Clinical nurse specialist", _85, True, "§120"),
    Practitioner("cnm", "Certified nurse-midwife", ONE, True, "§130"),
    Practitioner("crna", "Certified registered nurse anesthetist", ONE, True, "§140"),
    Practitioner("aa", "Anesthesiologist assistant", ONE, True, "§140"),
    Practitioner("csw", "Clinical social worker", _75, True, "§150"),
    Practitioner("mft", "Marriage and family therapist", _75, True, "§150"),
    Practitioner("mhc", "Mental health counselor", _75, True, "§150"),
    Practitioner("psychologist", "Clinical psychologist", ONE, True, "§170"),
    Practitioner("rd", "Registered dietitian or nutrition professional", _85, True, "", "42 CFR 414.64"),
    Practitioner("therapist", "Physical, occupational or speech therapist", ONE, False, "§20"),
    Practitioner("audiologist", "Audiologist", ONE, False, "§30.3"),
)
PRACTITIONERS = {practitioner.kind: practitioner for practitioner in _KINDS}


def refuse_practitioner(kind: str) -> Refusal | None:
    if kind in PRACTITIONERS:
        return None
    known = ", ".join(PRACTITIONERS)
    return Refusal(
        "practitioner", f"{kind!r} is not a kind of practitioner that is known here: {known}.", CITATION
    )


def must_take_assignment(kind: str) -> bool:
    """True for practitioners whom the law binds to assignment."""
    return PRACTITIONERS[kind].mandatory_assignment


def is_nonparticipating(working: Working) -> bool:
    """True if the 95 percent of nonparticipation applies: it never does to those bound to assignment."""
    circumstances = working.circumstances
    return not circumstances.participating and not must_take_assignment(circumstances.practitioner)


def apply_practitioner(working: Working) -> None:
    """S11: the practitioner's share. AS already holds the 85 percent, and anesthesia has its own
    modifiers.
    """
    practitioner = PRACTITIONERS[working.circumstances.practitioner]
    if practitioner.share == ONE or "AS" in working.modifiers or working.row.status == "J":
        return
    title = f"{practitioner.name}: {practitioner.share:.0%} of the fee schedule"
    scale_parts(
        working, practitioner.share, "practitioner", title, practitioner.citation, practitioner.section
    )
    working.lower_confidence("Day", f"{practitioner.name.lower()}: a share of the fee schedule")
