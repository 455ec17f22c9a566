"""One published tip for each of the codes that are billed most."""

from codes.knowledge.fact import Amounts
from codes.models import Tip, TipState
from codes.queries.ncci_tables import unit_limits
from codes.tips.placeholders import Values, fill, values
from contributions.toolkit.parts import Cell, ColumnKind, Section, Table, TableColumn
from contributions.toolkit.toolkit_data import ToolkitData

TITLE = "A tip for each code that is billed most"
SHEET = "Tips"
LEAD = (
    "Written by our staff, each with its source. Amounts are national. The code's page holds more tips, and works "
    "them out for any place and day."
)
NONE = "No tip is published for any of these codes yet."
COLUMNS = (
    TableColumn("Code", 11, ColumnKind.CODE),
    TableColumn("What it is", 30),
    TableColumn("Tip", 70),
    TableColumn("Source", 34),
)


def section(data: ToolkitData) -> Section:
    """The foremost tip of each code whose figures are all known."""
    rows = _rows(data)
    if not rows:
        return Section(TITLE, SHEET, (NONE,))
    return Section(TITLE, SHEET, (LEAD,), (Table("Tips", COLUMNS, tuple(rows)),))


def _rows(data: ToolkitData) -> list[tuple[Cell, ...]]:
    limits = unit_limits(data.calendar, sorted(data.foremost), data.at)
    published = Tip.objects.filter(state=TipState.PUBLISHED, code__in=data.foremost)
    rows: dict[str, tuple[Cell, ...]] = {}
    for tip in published.order_by("code", "order", "pk"):
        limit = limits.limits.get(tip.code) if limits else None
        text = fill(tip.text, _known(data, tip.code, limit.value if limit else None))
        if text is not None and tip.code not in rows:
            rows[tip.code] = (tip.code, data.names[tip.code], text, tip.source_title)
    return list(rows.values())


def _known(data: ToolkitData, code: str, units: int | None) -> Values:
    row = data.rows.get((code, ""))
    return values(data.amounts.get(code, Amounts()), units, row.global_days if row else "")
