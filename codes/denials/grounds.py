"""What a code's own rules say of a reason for denial: its edits, its unit limits, its global period, its indicators."""

from datetime import date
from typing import NamedTuple

from codes import ncci
from codes.knowledge import indicators
from codes.queries import bundling, ncci_tables, releases
from codes.queries.code import CodeRecord

BUNDLED = frozenset({"97", "231", "236", "234"})
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
NEVER_ALONE = frozenset(
    "BTP"
)  # statuses of codes that are part of another service, always or on the same day


class Ground(NamedTuple):
    """A sentence about the code with its source; `part` is the heading of the code page under which it is shown."""

    words: str
    citation: str
    part: str


def grounds_of(found: CodeRecord, reason: str, at: date) -> tuple[Ground, ...]:
    """What to look at for this reason, most telling first; empty where no rule of the code speaks to it."""
    grounds: list[Ground] = []
    if reason in BUNDLED:
        grounds += _edits(found, at)
    if reason in GLOBAL:
        grounds += _global_period(found)
    if reason in COUNTED:
        grounds += _units(found, at)
    if reason in DEPENDENT:
        grounds += _add_on(found, at)
    if reason not in BUNDLED or (found.main_row and found.main_row.status in NEVER_ALONE):
        grounds += _indicators(found, FIELDS.get(reason, ()))
    return tuple(grounds)


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
    counts = bundling.counts(release, bundling.Wanted(code=found.code, at=at))
    words = (
        f"{found.code} stands in {counts['0']:,} edits that no modifier passes and in {counts['1']:,} that a modifier "
        "may pass where the services were distinct and the record shows it. Only the column 2 code of a pair is denied."
    )
    return [Ground(words, source, "ncci")]


def _global_period(found: CodeRecord) -> list[Ground]:
    row = found.main_row
    days = {"000": "that day", "010": "10 days after it", "090": "the day before it and 90 days after it"}
    if row is not None and row.global_days in days:
        words = (
            f"{found.code} has a global period of its own, {days[row.global_days]}: related visits within it are part "
            "of its payment. It may also have fallen into the period of an earlier procedure."
        )
    else:
        words = f"{found.code} has no global period, but may have fallen into that of an earlier procedure."
    return [Ground(words, "Claims Processing Manual, ch. 12, §40.1", "indicators")]


def _units(found: CodeRecord, at: date) -> list[Ground]:
    table = ncci_tables.unit_limits(releases.calendar(), [found.code], at)
    if table is None:
        return []
    limit = table.limits.get(found.code)
    words = ncci.explain_absence(found.code, table, at) if limit is None else ncci.explain_limit(limit)
    return [Ground(words, f"CMS MUE table {table.provenance.release}", "unit-limits")]


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
        f"{found.code} is an add-on code: it is paid only beside one of its primary codes, on the same day by the same "
        "practitioner."
    )
    return [Ground(words, "NCCI add-on code edits", "unit-limits")]
