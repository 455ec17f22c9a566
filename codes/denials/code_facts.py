"""What CMS's files say of the code of a denial and of the other code of its day."""

from datetime import date

from django.utils import timezone

from codes.denials.code_rules import known_code
from codes.denials.companions import rules_between
from codes.denials.denial import NO_FACTS, CodeFacts, Denial
from codes.ncci.in_force import active_edit
from codes.ncci.ptp import modifiers_for
from codes.ncci.types import Mue, PtpEdit, PtpTable
from codes.queries import ncci_tables, releases
from codes.queries.code import CodeRecord
from codes.queries.manual import references_to_pair


def facts_of(denial: Denial, record: CodeRecord | None, at: date) -> CodeFacts:
    """The facts on this date of service: at most sixteen queries; none without a code."""
    if record is None:
        return NO_FACTS
    calendar = releases.calendar()
    add_ons = ncci_tables.add_on_table(calendar, [record.code], at)
    other = known_code(denial.other_code, at)
    row = record.main_row
    is_zzz = row is not None and row.global_days == "ZZZ"
    edits = _edits(denial, at)
    edit = _edit(denial, edits, at)
    return CodeFacts(
        row=row,
        other_row=other.main_row if other else None,
        limit=_limit(record.code, at),
        is_add_on=bool(add_ons and record.code in add_ons.primaries) or is_zzz,
        edit=edit,
        is_pair_checked=edits is not None and not {denial.code, denial.other_code} & set(edits.younger),
        passing=modifiers_for(edit, denial.code, at, "practitioner") if edit else (),
        manual=_manual(denial, at) if edit else "",
        rules=rules_between(denial, row, other.main_row if other else None, at),
    )


def _manual(denial: Denial, at: date) -> str:
    """Where the NCCI Policy Manual speaks of the two codes first, "" where it does not."""
    found = references_to_pair(releases.calendar(), denial.code, denial.other_code, at)
    return str(found[0]) if found else ""


def _limit(code: str, at: date) -> Mue | None:
    """The unit limit on that date; today's where no table that is loaded covers the date."""
    calendar = releases.calendar()
    days = (at, timezone.localdate())
    table = next((each for day in days if (each := ncci_tables.unit_limits(calendar, [code], day))), None)
    return table.limit_of(code) if table else None


def _edits(denial: Denial, at: date) -> PtpTable | None:
    if not denial.other_code or denial.other_code == denial.code:
        return None
    return ncci_tables.edits_among(releases.calendar(), {denial.code, denial.other_code}, at)


def _edit(denial: Denial, table: PtpTable | None, at: date) -> PtpEdit | None:
    """The edit in force between the two codes, in either order."""
    if table is None:
        return None
    pair = (denial.code, denial.other_code)
    found = (active_edit(table.edits.get(each, ()), at) for each in (pair, pair[::-1]))
    return next((edit for edit in found if edit), None)
