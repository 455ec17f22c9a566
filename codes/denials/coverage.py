"""What the contractor's articles say of the diagnoses of a line that was denied for its diagnosis or its necessity."""

from collections.abc import Sequence
from datetime import date

from codes.denials.denial import Denial
from codes.denials.grounds import Ground
from codes.diagnoses.support import Support
from codes.pricing.types import Locality
from codes.queries.coverage import check_support
from codes.queries.releases import Calendar

# Medical necessity, diagnosis not covered, diagnosis and procedure.
REASONS = frozenset({"50", "167", "11"})
POINTED = "See which diagnosis the line points to, and whether the record shows it: then correct the claim or appeal."
MISSING = "Was a listed diagnosis that the record shows left off or mistyped?"
_NEXT = {
    Support.SUPPORTS: POINTED,
    Support.WITH_NOTE: POINTED,
    Support.NOT_LISTED: MISSING,
    Support.EXCLUDED: MISSING,
}


def coverage_grounds(
    calendar: Calendar, denial: Denial, diagnoses: Sequence[str], locality: Locality, at: date
) -> tuple[Ground, ...]:
    """A sentence for each article; none for another reason, without a code or diagnoses, or without a coverage
    download."""
    if denial.reason not in REASONS or not denial.code:
        return ()
    billed = denial.code, ""
    checked = check_support(calendar, [billed], diagnoses, locality, at).get(billed)
    if checked is None:
        return ()
    citation = f"{checked.release}, CMS's coverage database"
    if not checked.answers:
        return (Ground(checked.words, citation, "coverage"),)
    return tuple(
        Ground(f"{each.words} {_NEXT.get(each.support, '')}".strip(), citation, "coverage")
        for each in checked.answers
    )
