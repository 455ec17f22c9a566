"""The commonest denial reasons, by what lies behind them, with what a biller does: our own words."""

from collections.abc import Mapping

from codes.denials import reasons
from contributions.toolkit.parts import ColumnKind, Section, Table, TableColumn

# Where a common reason is dealt with, by number. One that is missing here stands in the last table.
THEMES: Mapping[str, tuple[str, ...]] = {
    "Bundling, units and repeats": (
        *("97", "236", "234", "151", "18", "59", "107", "54", "B13", "B15", "B20"),
    ),
    "Codes, modifiers and diagnoses": (
        *("4", "5", "6", "8", "11", "16", "146", "167", "170", "181", "182", "B16"),
    ),
    "Medical need and coverage": ("50", "49", "55", "58", "96", "119", "150", "204", "272", "A1"),
    "Authorizations, records and time limits": ("15", "29", "39", "163", "197", "198", "226", "252"),
    "The right payer and the right person": (*("19", "22", "24", "26", "27", "31", "109", "140", "B9"),),
    "Enrollment of the provider": ("183", "184", "185", "242", "B7"),
    "Not a denial": ("1", "2", "3", "23", "45", "246", "253"),
}
REST = "Others"
WHERE = {
    "ncci": "Bundling edits",
    "unit-limits": "Units and add-ons",
    "indicators": "Indicators",
}
COLUMNS = (
    TableColumn("Reason", 11, ColumnKind.CODE),
    TableColumn("What it means", 36),
    TableColumn("What to do", 60),
    TableColumn("Code page section", 24),
)


def section() -> Section:
    """Every common reason, a table for each theme."""
    return Section(
        title="The commonest denial reasons, and what to do",
        sheet="Denial reasons",
        paragraphs=(
            "The number is the claim adjustment reason code of the remittance. The group before it says who bears "
            "the amount: CO the provider, PR the patient, OA neither, PI the payer's own decision.",
            "First find out which kind of problem it is. A corrected claim is quicker than an appeal wherever the "
            "claim itself was wrong; a claim that was unprocessable (MA130) cannot be appealed at all.",
        ),
        tables=tuple(_table(theme, numbers) for theme, numbers in by_theme().items() if numbers),
    )


def by_theme() -> dict[str, list[str]]:
    """The numbers of all common reasons by theme, each once."""
    common = [entry.number for entry in reasons.reasons().values() if entry.common]
    placed = {theme: [number for number in numbers if number in common] for theme, numbers in THEMES.items()}
    themed = {number for numbers in placed.values() for number in numbers}
    return {**placed, REST: [number for number in common if number not in themed]}


def _table(theme: str, numbers: list[str]) -> Table:
    entries = [reasons.reasons()[number] for number in numbers]
    rows = tuple((entry.number, entry.meaning, entry.what_to_do, _where(entry.see)) for entry in entries)
    return Table(theme, COLUMNS, rows)


def _where(see: str) -> str:
    return ", ".join(WHERE[part] for part in see.split())
