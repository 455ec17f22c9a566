"""The costliest edits that can't be bypassed, among the codes that are billed most."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from codes.formatting import dollars
from codes.models import PtpEdit, Release
from codes.ncci.words import counted
from codes.queries.ncci_tables import ptp_release
from contributions.toolkit.age import warning
from contributions.toolkit.parts import Bar, Cell, Chart, ColumnKind, Medium, Section, Table, TableColumn
from contributions.toolkit.toolkit_data import ToolkitData

TITLE = "The costliest edits that can't be bypassed"
SHEET = "Edits"
DENIED_SHOWN = 36
BARS = 12
PARTNERS_SHOWN = 6
LEAD = (
    "When both codes of a pair are billed for one patient on one date by one practitioner, the first is paid and the "
    "second is denied, reason 236 or 97. With indicator 0 no modifier bypasses the edit, 59 and the X modifiers "
    "included, and the patient may not be billed.",
    "The dollars are what Medicare allows for one unit of the denied code, outside a facility where it is priced "
    "there, national and before any reduction: what is lost when a claim counts on both.",
)
SHORT = (
    TableColumn("Denied", 10, ColumnKind.CODE),
    TableColumn("What it is", 38),
    TableColumn("At stake", 11, ColumnKind.MONEY),
    TableColumn("When billed with", 54),
    TableColumn("Edits", 8, ColumnKind.NUMBER),
)
LONG = (
    TableColumn("Paid", 8, ColumnKind.CODE),
    TableColumn("What it is", 48),
    TableColumn("Denied", 10, ColumnKind.CODE),
    TableColumn("What it is", 48),
    TableColumn("At stake", 12, ColumnKind.MONEY),
    TableColumn("In force from", 13, ColumnKind.DAY),
    TableColumn("CMS's rationale", 48),
)


class Denied(NamedTuple):
    """A denied code, the dollars at stake (None where Medicare has no price for it), and its edits."""

    code: str
    at_stake: Decimal | None
    edits: Sequence[PtpEdit]


def section(data: ToolkitData) -> Section:
    """A chart and a short table for the page, every pair for the workbook."""
    release = ptp_release(data.calendar, "practitioner", data.at)
    if release is None:
        return Section(
            TITLE, SHEET, (*LEAD, "No file of bundling edits is loaded, so nothing was looked up.")
        )
    every = _denied(data, release)
    denied = [item for item in every if item.at_stake is not None]
    if not denied:
        return Section(TITLE, SHEET, (*LEAD, "No such edit has a price among the codes that are loaded."))
    source = f"NCCI edits for practitioners {release.name}" + (
        f", CMS {data.release.name}" if data.release else ""
    )
    tables = (
        Table("By the code that is denied", SHORT, _short(data, denied), source, Medium.PDF),
        Table("Every pair, dollars first", LONG, _long(data, every), source, Medium.WORKBOOK),
    )
    said = (
        *LEAD,
        *filter(None, [warning(release, data.at)]),
        _sentence(data, release, denied, len(every) - len(denied)),
    )
    return Section(TITLE, SHEET, said, tables, (_chart(denied),))


def active(data: ToolkitData) -> Q:
    """Edits in force on the day; a first day that is missing is a placeholder of old copies."""
    begun = Q(effective__isnull=True) | Q(effective__lte=data.at)
    return begun & (Q(deletion__isnull=True) | Q(deletion__gte=data.at))


def _between(data: ToolkitData, release: Release) -> QuerySet[PtpEdit]:
    """The edits in force between codes that are billed often."""
    names = list(data.names)
    return PtpEdit.objects.filter(active(data), release=release, column_one__in=names, column_two__in=names)


def _denied(data: ToolkitData, release: Release) -> list[Denied]:
    """The denied codes, costliest first and those without a price last."""
    edits = _between(data, release).filter(indicator="0").select_related("rationale")
    by_code: dict[str, list[PtpEdit]] = defaultdict(list)
    for edit in edits.order_by("column_one"):
        by_code[edit.column_two].append(edit)
    every = [Denied(code, data.amount(code), found) for code, found in by_code.items()]
    return sorted(every, key=lambda item: (item.at_stake is None, -(item.at_stake or 0), item.code))


def _sentence(data: ToolkitData, release: Release, denied: Sequence[Denied], unpriced: int) -> str:
    found = _between(data, release).order_by().values_list("indicator").annotate(edits=Count("pk"))
    counts: dict[str, int] = dict(found)
    return (
        f"Between codes that are billed often, {counted(counts.get('0', 0), 'edit')} in force can't be bypassed and "
        f"{counts.get('1', 0):,} can. The table names the costliest "
        f"{min(len(denied), DENIED_SHOWN)} of {len(denied)} denied codes that have a price. The workbook lists every "
        f"pair{_without_a_price(unpriced)}."
    )


def _without_a_price(codes: int) -> str:
    """ ", those of 12 denied codes without a price last"; nothing where all have one."""
    return f", those of {counted(codes, 'denied code')} without a price last" if codes else ""


def _short(data: ToolkitData, denied: Sequence[Denied]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (item.code, data.names[item.code], item.at_stake, _partners(item), len(item.edits))
        for item in denied[:DENIED_SHOWN]
    )


def _partners(item: Denied) -> str:
    codes = [edit.column_one for edit in item.edits]
    more = f" and {len(codes) - PARTNERS_SHOWN} more" if len(codes) > PARTNERS_SHOWN else ""
    return " ".join(codes[:PARTNERS_SHOWN]) + more


def _long(data: ToolkitData, denied: Sequence[Denied]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            edit.column_one,
            data.names[edit.column_one],
            item.code,
            data.names[item.code],
            item.at_stake,
            edit.effective,
            edit.rationale.text,
        )
        for item in denied
        for edit in item.edits
    )


def _chart(denied: Sequence[Denied]) -> Chart:
    amounts = ((item.code, item.at_stake or Decimal(0)) for item in denied[:BARS])
    bars = tuple(Bar(code, amount, dollars(amount)) for code, amount in amounts)
    return Chart("What is lost with the denied code, in dollars", bars)
