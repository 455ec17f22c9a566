"""Unit limits (MUE) of the codes that are billed most."""

from codes.models.release import Source
from codes.queries.ncci_tables import unit_limits
from contributions.toolkit.age import warning
from contributions.toolkit.parts import Cell, ColumnKind, Medium, Section, Table, TableColumn
from contributions.toolkit.toolkit_data import ToolkitData

TITLE = "Unit limits of the codes that are billed most"
SHEET = "Unit limits"
LEAD = (
    "A medically unlikely edit (MUE) is the most units of a code that Medicare expects. One unit above it and all "
    "units are denied, reason 151 with remark N362, not only those above the limit.",
    "The adjudication indicator says what is added up. 1: each claim line by itself. 2: the whole date of service, "
    "absolute; no modifier and no appeal lifts it. 3: the whole date of service; an appeal with the record may be "
    "paid. Zero is a limit. A code without a published limit is not unlimited: some limits are confidential.",
)
COLUMNS = (
    TableColumn("Code", 8, ColumnKind.CODE),
    TableColumn("What it is", 45),
    TableColumn("Units", 9, ColumnKind.NUMBER),
    TableColumn("MAI", 7, ColumnKind.CODE),
    TableColumn("Added up over", 25),
    TableColumn("CMS's rationale", 40),
)
ADDED_UP = {"1": "the claim line", "2": "the day, absolute", "3": "the day, appealable"}


def section(data: ToolkitData) -> Section:
    """The foremost codes for the page, both bands for the workbook."""
    table = unit_limits(data.calendar, list(data.names), data.at)
    if table is None:
        return Section(TITLE, SHEET, (*LEAD, "No file of unit limits is loaded, so units were not checked."))
    limits = table.limits
    rows: list[tuple[Cell, ...]] = [
        (code, name, limits[code].value, limits[code].mai, ADDED_UP[limits[code].mai], limits[code].rationale)
        for code, name in data.names.items()
        if code in limits
    ]
    foremost = [row for row in rows if row[0] in data.foremost]
    source = f"NCCI unit limits for practitioners {table.provenance.release}"
    said = (
        f"{len(rows)} of the {len(data.names)} codes that are billed often have a published limit in "
        f"{table.provenance.release}. The workbook lists them all."
    )
    tables = (
        Table("Codes that are billed most", COLUMNS, tuple(foremost), source, Medium.PDF),
        Table("Codes that are billed often", COLUMNS, tuple(rows), source, Medium.WORKBOOK),
    )
    release = data.calendar.in_force(Source.MUE_PRACTITIONER, data.at)
    old = warning(release, data.at) if release else ""
    return Section(TITLE, SHEET, (*LEAD, *filter(None, [old]), said), tables)
