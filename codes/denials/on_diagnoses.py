"""Denials that turn on the diagnoses of the claim: the advisor asks for them."""

from codes.denials.denial import Denial

# For the patient's age or sex, for the procedure, for medical necessity, on that date, not covered.
REASONS = frozenset({"9", "10", "11", "50", "146", "167"})
# Other diagnosis, diagnosis, not specific enough, principal diagnosis.
REMARKS = frozenset({"M64", "M76", "M81", "MA63"})


def turns_on_diagnoses(denial: Denial) -> bool:
    """Whether the reason or a remark speaks of a diagnosis."""
    return denial.reason in REASONS or bool(denial.remarks & REMARKS)
