"""What a code's own rules say of a reason for denial: its edits, its unit limits, its global period, its indicators."""

from datetime import date
from typing import NamedTuple

from codes import ncci
from codes.denials.denial import CodeFacts, Denial
from codes.formatting import day
from codes.knowledge import indicators
from codes.queries import bundling, ncci_tables, releases
from codes.queries.code import CodeRecord
from codes.rules import Rule, rules_of

BUNDLED = frozenset({"97", "231", "236", "234", "B15"})
GLOBAL = frozenset({"97"})
FIELDS = {  # the indicators that a reason turns on
    "4": ("pctc",),
    "5": ("na", "pctc"),
    "54": ("assistant_surgery", "co_surgeons", "team_surgery"),
    "58": ("na",),
    "59": ("multiple_procedure",),
    "96": ("status",),
    "97": ("status",),
    "234": ("status",),
    "246": ("status",),
    "B10": ("pctc",),
    "B20": ("pctc", "global_days"),
}
COUNTED = frozenset({"151", "18", "273", "222"})
DEPENDENT = frozenset({"107", "B15"})
MOST_RULES = 4
NEVER_ALONE = frozenset(
    "BTP"
)  # statuses of codes that are part of another service, always or on the same day


class Ground(NamedTuple):
    """A sentence about the code with its source; `part` is the heading of the code page under which it is shown, ''
    where it is shown nowhere else."""

    words: str
    citation: str
    part: str


def grounds_of(denial: Denial, facts: CodeFacts, found: CodeRecord, at: date) -> tuple[Ground, ...]:
    """What to look at for this reason, most telling first; empty where no rule of the code speaks to it."""
    reason = denial.reason
    grounds = [*_pair(denial, facts)]
    if reason in BUNDLED and not grounds:
        grounds += _edits(found, at)
    if reason in GLOBAL:
        grounds += _global_period(found)
    if reason in COUNTED:
        grounds += _units(found, at)
    if reason in DEPENDENT:
        grounds += _add_on(found, at)
    if reason not in BUNDLED or (found.main_row and found.main_row.status in NEVER_ALONE):
        grounds += _indicators(found, FIELDS.get(reason, ()))
    return (*grounds, *_claim_rules(denial, facts, at))


def rules_foretelling(reason: str, code: str, at: date) -> list[Rule]:
    """The claim rules in force that name the code and foretell this reason, in the order of the book."""
    return [rule for rule in rules_of(code) if rule.holds_on(at) and f"CARC {reason}" in rule.reasons]


def _claim_rules(denial: Denial, facts: CodeFacts, at: date) -> list[Ground]:
    """The claim rules that name the code and foretell this reason, those that foretell its remark too first; none whose
    modifier the line has, and beside another code none that doesn't hold between the two."""
    foretelling = rules_foretelling(denial.reason, denial.code, at)
    if denial.other_code:
        between = {found.rule for found in facts.rules}
        foretelling = [rule for rule in foretelling if not rule.looks_at_other_lines or rule in between]
    named = [rule for rule in foretelling if not rule.modifiers & denial.modifiers]
    first = [rule for rule in named if _remarks_of(rule) & denial.remarks]
    return [
        Ground(f"{rule.sentence} {rule.fix}", rule.citation, "") for rule in (first or named)[:MOST_RULES]
    ]


def _remarks_of(rule: Rule) -> set[str]:
    return {each.removeprefix("RARC ") for each in rule.reasons if each.startswith("RARC ")}


def _pair(denial: Denial, facts: CodeFacts) -> list[Ground]:
    """The edit with the other code of the day, or that there is none."""
    if not facts.is_pair_checked:
        return []
    source = "NCCI procedure-to-procedure edits"
    if facts.edit is None:
        words = f"No NCCI edit in force pairs {denial.code} with {denial.other_code} on that date."
        return [Ground(words, source, "ncci")]
    one, two = facts.edit.column_one, facts.edit.column_two
    if facts.edit.indicator == "0":
        how = "No modifier bypasses it (indicator 0)."
    else:
        how = "A modifier bypasses it if the record shows separate services (indicator 1)."
    since = f" In force from {day(facts.edit.effective)}." if facts.edit.effective else ""
    return [Ground(f"NCCI pays {one}, not {two}, on the same day. {how}{since}", source, "ncci")]


def _indicators(found: CodeRecord, fields: tuple[str, ...]) -> list[Ground]:
    row = found.main_row
    if row is None:
        return []
    said = (meaning for meaning in indicators.of_row(row) if meaning.field in fields)
    return [Ground(f"{each.words}. {each.for_a_claim}", each.citation, "indicators") for each in said]


def _edits(found: CodeRecord, at: date) -> list[Ground]:
    release = ncci_tables.ptp_release(releases.calendar(), "practitioner", at)
    if release is None:
        return []
    source = f"NCCI practitioner edits {release.name}"
    if too_old := ncci_tables.edits_too_old(releases.calendar(), found.code, release, "practitioner"):
        return [Ground(f"The edits of {found.code} were not checked: {too_old}.", source, "ncci")]
    counts = bundling.counts(release, bundling.EditFilter(code=found.code, at=at))
    words = (
        f"{found.code} is in {counts['0']:,} edits that can't be bypassed and {counts['1']:,} that can, when "
        "documented. Only the column 2 code of a pair is denied."
    )
    return [Ground(words, source, "ncci")]


def _global_period(found: CodeRecord) -> list[Ground]:
    row = found.main_row
    days = {"000": "that day", "010": "10 days after it", "090": "the day before it and 90 days after it"}
    if row is not None and row.global_days in days:
        words = (
            f"{found.code} has a global period, {days[row.global_days]}: related visits within it are part "
            "of its payment. It may also have fallen into the period of an earlier procedure."
        )
    elif row is not None and row.global_days in ("MMM", "YYY", "ZZZ"):
        said = indicators.meaning("global_days", row.global_days).for_a_claim
        words = f"{said} It may also have fallen into the period of an earlier procedure."
    else:
        words = f"{found.code} has no global period, but may have fallen into that of an earlier procedure."
    return [Ground(words, "Claims Processing Manual, ch. 12, §40.1", "indicators")]


def _units(found: CodeRecord, at: date) -> list[Ground]:
    table = ncci_tables.unit_limits(releases.calendar(), [found.code], at)
    if table is None:
        return []
    limit = table.limit_of(found.code)
    words = ncci.explain_absence(found.code, table, at) if limit is None else ncci.explain_limit(limit)
    release = (table.of(found.code) or table).provenance.release
    return [Ground(words, f"CMS MUE table {release}", "unit-limits")]


def _add_on(found: CodeRecord, at: date) -> list[Ground]:
    table = ncci_tables.add_on_table(releases.calendar(), [found.code], at)
    if table is None:
        return []
    if too_old := table.provenance.too_old("add-on edits", table.younger, [found.code]):
        words = f"Whether {found.code} is an add-on code was not checked: {too_old}."
        return [Ground(words, "NCCI add-on code edits", "unit-limits")]
    if found.code not in table.primaries:
        return []
    words = (
        f"{found.code} is an add-on code: it is paid only with one of its primary codes, the same day and by the same "
        "practitioner."
    )
    return [Ground(words, "NCCI add-on code edits", "unit-limits")]
