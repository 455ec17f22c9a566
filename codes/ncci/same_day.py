"""What the other lines of the same day, and the place, do to a line: duplicates, global packages, services
that are paid only alone, and technical services for hospital patients.

Claims Processing Manual, ch. 1, §120 (duplicates); ch. 12, §40.1 (global packages), §20.3 (bundled services);
ch. 13, §20.2 and ch. 23, Addendum (PC/TC indicator).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from codes.ncci.families import is_laboratory, is_visit
from codes.ncci.ptp import DISTINCT_SERVICE
from codes.ncci.sites import SITES
from codes.ncci.types import Finding, MueTable, NumberedLine, Outcome, PassingModifiers, Reference
from codes.ncci.validity import denial, remark
from codes.ncci.way_through import TIMED_THERAPY
from codes.ncci.words import each, listed
from codes.pricing.components import PAID_TO_THE_HOSPITAL
from codes.pricing.setting import HOSPITAL, PLACES
from codes.rules.types import Change, ChangeKind, Fix

DUPLICATE_CITATION = "Claims Processing Manual, ch. 1, §120"
GLOBAL_CITATION = "Claims Processing Manual, ch. 12, §40.1 and §40.2"
ALONE_CITATION = "Claims Processing Manual, ch. 12, §20.3; ch. 23, Addendum (MPFSDB), status T"
HOSPITAL_CITATION = "Claims Processing Manual, ch. 23, Addendum (MPFSDB), PC/TC; ch. 13, §20.2"

# Modifiers that say: not the same service again.
REPEATED = frozenset({"76", "77", "91", "50", *DISTINCT_SERVICE})
# Modifiers that make two lines of one code two services: site, component, role, discipline, drug waste.
TELLING_APART = frozenset(SITES) | frozenset(
    each("26 TC 53 54 55 56 58 78 79 62 66 80 81 82 AS GP GO GN CQ CO JW JZ AA QK QX QY QZ AD")
)
MINOR = frozenset({"000", "010"})
MAJOR = "090"
PAYABLE_STATUSES = frozenset("ARCJ")


def check_duplicates(lines: Sequence[NumberedLine], units: MueTable | None) -> list[Finding]:
    """All but one of lines that nothing tells apart. A repeat that is marked as one is none, whichever of the two
    lines carries the mark. The one that stays has the most units and the highest charge, not the first place. `units`
    are the limits of a day, above which no mark helps."""
    first: dict[tuple[str, frozenset[str]], NumberedLine] = {}
    findings = []
    for line in sorted(lines, key=NumberedLine.order):
        if line.modifiers & REPEATED:
            continue
        key = (line.code, line.modifiers & TELLING_APART)
        if key in first:
            words = f"{line.title} repeats {first[key]}: nothing on it says that the service was given again."
            finding = denial("duplicate", line, words, DUPLICATE_CITATION, ("CARC 18",))
            findings.append(replace(finding, fix=_fix_duplicate(line, first[key], units)))
        first.setdefault(key, line)
    return findings


def _fix_duplicate(line: NumberedLine, stays: NumberedLine, units: MueTable | None) -> Fix:
    """What to do about a line that repeats another: one line where units are counted, else the mark of a repeat, and
    nothing but to drop it where the limit of the day leaves no room."""
    drop = Change(ChangeKind.DROP_LINE, line.number)
    together = line.line.units + stays.line.units
    limit = units.limit_of(line.code) if units else None
    if limit and limit.mai != "1" and together > limit.value:
        appeal = "; if both were needed, appeal with the record" if limit.mai == "3" else ""
        return Fix(f"Drop the line: the unit limit is {limit.value} a day{appeal}.", (drop,))
    if is_visit(line.code):
        return Fix("Drop the line: bill one visit at the level of both together.", (drop,))
    if line.code[0] == "J" or line.code in TIMED_THERAPY:
        changes = (Change(ChangeKind.SET_UNITS, stays.number, str(together)), drop)
        return Fix("Drop the line, or bill all units on one line if both were given.", changes)
    mark = "91" if is_laboratory(line.code) else "76"
    words = f"Drop the line, or add {mark} if you repeated the {'test' if mark == '91' else 'service'}."
    return Fix(words, (Change(ChangeKind.ADD_MODIFIER, line.number, mark),))


def check_global_packages(
    lines: Sequence[NumberedLine], standing: Sequence[NumberedLine], reference: Reference
) -> list[Finding]:
    """Visits on the day of a procedure whose package includes them, judged by the lines that stand."""
    return [
        finding
        for visit in lines
        if is_visit(visit.code)
        for finding in _check_visit(visit, *_procedures(visit, standing, reference))
    ]


def is_packaged(line: NumberedLine, standing: Sequence[NumberedLine], reference: Reference) -> bool:
    """Whether the package of a line that stands includes this one."""
    found = check_global_packages([line], standing, reference)
    return any(finding.denies for finding in found)


def may_be_packaged(line: NumberedLine, undecided: Sequence[NumberedLine], reference: Reference) -> bool:
    """Whether the package of one of these lines could include this one."""
    return is_visit(line.code) and any(_procedures(line, undecided, reference))


def _procedures(
    visit: NumberedLine, lines: Sequence[NumberedLine], reference: Reference
) -> tuple[list[NumberedLine], list[NumberedLine]]:
    """The other lines with a minor and with a major package."""
    others = [(line, _global_days(line, reference)) for line in lines if line.number != visit.number]
    return [line for line, days in others if days in MINOR], [line for line, days in others if days == MAJOR]


def payable(lines: Sequence[NumberedLine], reference: Reference) -> list[NumberedLine]:
    """The lines that the physician fee schedule pays, status T apart."""
    return [
        line
        for line in lines
        if _status(line, reference) in PAYABLE_STATUSES and is_paid_here(line, reference)
    ]


def is_paid_alone(line: NumberedLine, reference: Reference) -> bool:
    """Whether the line has status T."""
    return _status(line, reference) == "T"


def is_paid_here(line: NumberedLine, reference: Reference) -> bool:
    """Whether a line can be paid on this claim at all. Of what is no physician service (status X) only laboratory
    tests and what the laboratory schedule prices are, ambulances and equipment are not; and in a facility nothing is
    that CMS does not value there (NA indicator)."""
    row = reference.row(line)
    if row is None:
        return True
    if row.status == "X":
        return line.code in reference.other_codes or is_laboratory(line.code)
    return not (row.facility_na and _setting(line) == "facility")


def _setting(line: NumberedLine) -> str:
    pos = PLACES.get(line.line.place_of_service)
    return pos.setting if pos else ""


def _status(line: NumberedLine, reference: Reference) -> str:
    row = reference.row(line)
    return row.status if row else ""


def check_services_paid_alone(
    lines: Sequence[NumberedLine], standing: Sequence[NumberedLine], reference: Reference
) -> list[Finding]:
    """Status T: paid only where nothing else of the day is payable on the physician fee schedule."""
    paid = payable(standing, reference)
    if not paid:
        return []
    words = "status T is payable only where nothing else of the day is; here it is part of"
    return [
        denial(
            "bundled",
            line,
            f"{line.title}: {words} {listed(paid, 'and')}.",
            ALONE_CITATION,
            ("CARC 97",),
        )
        for line in lines
        if is_paid_alone(line, reference)
    ]


def check_hospital_services(lines: Sequence[NumberedLine], reference: Reference) -> list[Finding]:
    """Technical and incident-to services of a hospital's patient: the hospital is paid, not the physician."""
    return [
        replace(
            denial("place", line, words, HOSPITAL_CITATION, ("CARC 5", "RARC M97")),
            fix=_fix_place(line, reference),
        )
        for line in lines
        if line.line.place_of_service in HOSPITAL and (words := _paid_to_the_hospital(line, reference))
    ]


def _fix_place(line: NumberedLine, reference: Reference) -> Fix:
    """26 on a test with components; anything else of the hospital's is its own to bill."""
    row = reference.row(line)
    if row is not None and row.pctc == "1" and row.modifier != "TC":
        return Fix("Add 26 for the reading.", (Change(ChangeKind.ADD_MODIFIER, line.number, "26"),))
    drop = (Change(ChangeKind.DROP_LINE, line.number),)
    return Fix("Drop the line: the hospital bills it.", drop)


def _paid_to_the_hospital(line: NumberedLine, reference: Reference) -> str:
    row = reference.row(line)
    where = f"in place of service {line.line.place_of_service}"
    if row is None or row.modifier == "26":
        return ""
    if row.modifier == "TC" or row.pctc in PAID_TO_THE_HOSPITAL:
        return (
            f"{line.title} is a technical or incident-to service: {where} Medicare pays the hospital for it."
        )
    if row.pctc in ("1", "4") and row.facility_na:
        return (
            f"{line.title} includes the technical side, for which Medicare pays the hospital {where}; "
            "the physician bills the professional component only."
        )
    return ""


def _global_days(line: NumberedLine, reference: Reference) -> str:
    rows = reference.rows.get(line.code)
    row = rows.rows.get("") if rows else None
    return row.global_days if row else ""


def _check_visit(
    visit: NumberedLine, minor: Sequence[NumberedLine], major: Sequence[NumberedLine]
) -> Iterable[Finding]:
    if major and "57" not in visit.modifiers:
        if "25" in visit.modifiers:
            words = (
                f"{visit.title} carries 25, which speaks of minor procedures. With {listed(major, 'and')} "
                "(global days 090) the visit at which the operation was decided is the one marked 57."
            )
            yield remark("global package", Outcome.WARNING, visit, words, GLOBAL_CITATION)
        else:
            yield _included(visit, major, "90", "57", "the visit at which the operation was decided")
    elif minor and "25" not in visit.modifiers:
        if major:
            words = (
                f"{visit.title} carries 57, which speaks of {listed(major, 'and')}. For {listed(minor, 'and')} "
                "(global days 000 or 010) a significant, separately identifiable visit is the one marked 25."
            )
            yield remark("global package", Outcome.WARNING, visit, words, GLOBAL_CITATION)
            return
        yield _included(visit, minor, "0 or 10", "25", "a significant, separately identifiable visit")


def _included(
    visit: NumberedLine, procedures: Sequence[NumberedLine], days: str, modifier: str, meaning: str
) -> Finding:
    return Finding(
        kind="global package",
        outcome=Outcome.MAY_PASS,
        words=(
            f"{visit.title} is part of the global package ({days} days) of {listed(procedures, 'and')} "
            f"and is denied as billed. Modifier {modifier} on a visit means: {meaning}, "
            "and the record must show it."
        ),
        lines=(visit.number, *(procedure.number for procedure in procedures)),
        citation=GLOBAL_CITATION,
        denies=(visit.number,),
        reasons=("CARC 97", "RARC N525"),
        liability="provider",
        modifiers_that_may_pass=(PassingModifiers(visit.number, visit.code, (modifier,)),),
        fix=Fix(
            f"Add {modifier} to line {visit.number} ({visit.code}) if it was {meaning}; otherwise drop it.",
            (Change(ChangeKind.ADD_MODIFIER, visit.number, modifier),),
        ),
    )
