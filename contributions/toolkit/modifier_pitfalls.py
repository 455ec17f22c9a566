"""Modifier pitfalls: what each value of each indicator lets a modifier do, with codes that carry it."""

from collections import defaultdict
from collections.abc import Mapping

from codes.knowledge.indicators import FIELDS, PAID, value_of
from contributions.toolkit.parts import ColumnKind, Section, Table, TableColumn
from contributions.toolkit.toolkit_data import ToolkitData

# The modifiers that an indicator decides on.
FIELD_MODIFIERS: Mapping[str, str] = {
    "pctc": "26 and TC",
    "bilateral_surgery": "50, LT and RT",
    "global_days": "24, 25, 57, 58, 78 and 79",
    "multiple_procedure": "51 (not required by Medicare)",
    "assistant_surgery": "80, 81, 82 and AS",
    "co_surgeons": "62",
    "team_surgery": "66",
}
EXAMPLES = 4
COLUMNS = (
    TableColumn("Value", 9, ColumnKind.CODE),
    TableColumn("In words", 26),
    TableColumn("What it means for a claim", 62),
    TableColumn("Codes", 10, ColumnKind.NUMBER),
    TableColumn("For example", 29),
)


def section(data: ToolkitData) -> Section:
    """A table for each indicator that decides on modifiers."""
    if data.release is None:
        return Section(
            TITLE, SHEET, (*LEAD, "No relative value file in force is loaded, so no code is named here.")
        )
    return Section(TITLE, SHEET, LEAD, tuple(_table(data, field) for field in FIELD_MODIFIERS))


TITLE = "Modifier pitfalls, by indicator"
SHEET = "Modifiers"
LEAD = (
    "CMS decides by an indicator of each code what a modifier can do. A modifier that the indicator forbids brings "
    "a denial, most often with reason 4; one that is missing leaves money behind.",
    "The last columns say how many of the codes that are billed most, as far as Medicare pays them by the fee "
    "schedule, carry the value, and name some.",
)


def _table(data: ToolkitData, field: str) -> Table:
    carriers = _carriers(data, field)
    known = FIELDS[field]
    rows = tuple(
        (value, said.words, said.for_a_claim, len(codes), " ".join(codes[:EXAMPLES]))
        for value, said in known.values.items()
        if (codes := carriers.get(value, []))
    )
    name = data.release.name if data.release else ""
    return Table(f"{known.title}: modifiers {FIELD_MODIFIERS[field]}", COLUMNS, rows, f"CMS {name}")


def _carriers(data: ToolkitData, field: str) -> Mapping[str, list[str]]:
    """The codes with each value of an indicator, those billed most first."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in sorted(data.names, key=lambda code: (code not in data.foremost, code)):
        row = data.rows.get((code, ""))
        if row is not None and row.status in PAID:
            found[value_of(row, field)].append(code)
    return found
