"""Two pages to hang up, in type that can be read from two meters: modifiers; places of service and last days."""

from collections.abc import Iterable

from codes.knowledge.modifier_texts import modifier_texts
from codes.pricing.setting import PLACES
from contributions.toolkit.parts import ColumnKind, Section, Table, TableColumn

MODIFIERS = ("25", "57", "24", "58", "78", "79", "59", "50", "26", "TC", "76", "77", "GA", "GZ", "KX")
SHOWN_PLACES = ("11", "12", "10", "32", "02", "21", "22", "23", "24", "31")
PAIR = (TableColumn("", 12, ColumnKind.CODE), TableColumn("", 80))
TIME = (TableColumn("", 20, ColumnKind.CODE), TableColumn("", 80))
LAST_DAYS = (
    ("1 year", "to file, from the date of service"),
    ("120 days", "to ask for a redetermination"),
    ("180 days", "then for a reconsideration"),
)


def sections() -> tuple[Section, ...]:
    """The two pages. The names are those of the site's pages; the last days are the cheat sheet's."""
    texts = modifier_texts()
    named = tuple((modifier, texts[modifier].name) for modifier in MODIFIERS)
    return (
        _page("modifiers", "Wall, modifiers", Table("Two characters that decide", PAIR, named)),
        _page(
            "places and last days",
            "Wall, places",
            Table("Paid at the office amount", PAIR, _places("nonfacility")),
            Table("Paid at the facility amount", PAIR, _places("facility")),
            Table("Original Medicare's last days", TIME, LAST_DAYS),
        ),
    )


def _page(of: str, sheet: str, *tables: Table) -> Section:
    return Section(f"Wall sheet: {of}", sheet, (), tables, is_for_the_wall=True)


def _places(setting: str) -> tuple[tuple[str, str], ...]:
    shown: Iterable[str] = (code for code in SHOWN_PLACES if PLACES[code].setting == setting)
    return tuple((code, PLACES[code].name.partition(" (")[0]) for code in shown)
