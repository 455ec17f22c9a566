"""What the newest releases changed: the change records of the loader, and the dollars that moved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet

from codes.formatting import day, dollars
from codes.models import Release, ReleaseChange
from codes.models.change import ReleaseChangeKind
from codes.models.release import Source
from codes.ncci.words import sentence
from contributions.toolkit.parts import Bar, Cell, Chart, ColumnKind, Medium, Section, Table, TableColumn
from contributions.toolkit.toolkit_data import ToolkitData, amounts_of, rows_of

TITLE = "What changed"
SHEET = "Changes"
SOURCES = (
    Source.PPRRVU,
    Source.PTP_PRACTITIONER,
    Source.PTP_HOSPITAL,
    Source.MUE_PRACTITIONER,
    Source.ADD_ON,
)
NAMED = 40  # in the PDF
MOST_LISTED = 5000  # in the workbook
ONLY_DOLLARS = (
    *(ReleaseChangeKind.WORK_RVU, ReleaseChangeKind.NONFACILITY_PE_RVU, ReleaseChangeKind.FACILITY_PE_RVU),
    ReleaseChangeKind.MALPRACTICE_RVU,
)
MOVES_SHOWN = 8
BARS_EACH_WAY = 6
COUNTS = (
    TableColumn("Release", 22),
    TableColumn("Against", 22),
    TableColumn("Change", 48),
    TableColumn("How many", 14, ColumnKind.NUMBER),
)
CHANGES = (
    TableColumn("Code", 10, ColumnKind.CODE),
    TableColumn("With", 9, ColumnKind.CODE),
    TableColumn("What it is", 44),
    TableColumn("Change", 36),
    TableColumn("Before", 16),
    TableColumn("After", 16),
    TableColumn("Release", 13),
)
MOVES = (
    TableColumn("Code", 8, ColumnKind.CODE),
    TableColumn("What it is", 48),
    TableColumn("Before", 12, ColumnKind.MONEY),
    TableColumn("Now", 12, ColumnKind.MONEY),
    TableColumn("Change", 12, ColumnKind.MONEY),
)


class Move(NamedTuple):
    """What is allowed for a code by the release before and by the one in force, in dollars."""

    code: str
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        return self.now - self.before


def section(data: ToolkitData) -> Section:
    """Change records first, then the greatest moves of the allowed amount."""
    recorded = _recorded(data)
    former = _former(data)
    moves = _moves(data, former) if former else []
    paragraphs = (_of_records(recorded), _of_moves(data, former, moves))
    charts = (_chart(moves),) if moves else ()
    return Section(TITLE, SHEET, paragraphs, (*recorded, *_move_tables(data, former, moves)), charts)


def _recorded(data: ToolkitData) -> list[Table]:
    """How often each kind of change is recorded for the releases in force, and those of codes billed often."""
    now = [release for source in SOURCES if (release := data.calendar.in_force(source, data.at))]
    changes = ReleaseChange.objects.filter(release__in=now)
    counted = changes.order_by("release__source", "kind").values_list("release__name", "former__name", "kind")
    counts = tuple(
        (name, former, words(kind), count)
        for name, former, kind, count in counted.annotate(count=Count("pk"))
    )
    if not counts:
        return []
    rows = tuple(_change(data, change) for change in _named(data, changes))
    tables = [Table("How much changed", COUNTS, counts)]
    if rows:
        tables += [
            Table("Changes of codes that are billed often", CHANGES, rows[:NAMED], medium=Medium.PDF),
            Table("Changes of codes that are billed often", CHANGES, rows, medium=Medium.WORKBOOK),
        ]
    return tables


def _named(data: ToolkitData, changes: QuerySet[ReleaseChange]) -> QuerySet[ReleaseChange]:
    """Changes of codes that are billed often; what only moves the amount stands among the dollars."""
    named = changes.filter(code__in=data.names).exclude(kind__in=ONLY_DOLLARS)
    return named.select_related("release").order_by("release__source", "code", "other", "kind")[:MOST_LISTED]


def words(kind: str) -> str:
    """A kind of change in words.

    >>> words("edit_ended")
    'Edits ended'
    """
    return sentence(ReleaseChangeKind(kind).label) if kind in ReleaseChangeKind.values else kind


def _change(data: ToolkitData, change: ReleaseChange) -> tuple[Cell, ...]:
    return (
        change.code,
        change.other,
        data.names[change.code],
        words(change.kind),
        change.before,
        change.after,
        change.release.name,
    )


def _former(data: ToolkitData) -> Release | None:
    """The relative value file before the one in force, if it is loaded."""
    if data.release is None:
        return None
    earlier = [
        release
        for release in data.calendar.of(Source.PPRRVU)
        if release.effective_from < data.release.effective_from
    ]
    return earlier[0] if earlier else None


def _moves(data: ToolkitData, former: Release) -> list[Move]:
    """Codes whose amount changed, the greatest change first."""
    before = amounts_of(former, rows_of(former, data.names))
    found = []
    for code, amounts in before.items():
        was = amounts.facility if amounts.nonfacility is None else amounts.nonfacility
        now = data.amount(code)
        if was is not None and now is not None and was != now:
            found.append(Move(code, was, now))
    return sorted(found, key=lambda move: (-abs(move.change), move.code))


def _of_records(recorded: Sequence[Table]) -> str:
    if recorded:
        return "The loader compares each release with the one before it. This is what it found."
    return (
        "No change records are kept for the releases in force: each is the first of its kind that was loaded, or "
        "nothing differs. Load a later release and build the toolkit again."
    )


def _of_moves(data: ToolkitData, former: Release | None, moves: Sequence[Move]) -> str:
    if data.release is None or former is None:
        return "Only one relative value file is loaded, or none, so allowed amounts cannot be compared."
    up = sum(move.change > 0 for move in moves)
    return (
        f"From {former.name} (in force from {day(former.effective_from)}) to {data.release.name} (from "
        f"{day(data.release.effective_from)}) the national amount rose for {up} and fell for "
        f"{len(moves) - up} of the codes that are billed often. Conversion factors: "
        f"${former.conversion_factor} then, ${data.release.conversion_factor} now."
    )


def _move_tables(data: ToolkitData, former: Release | None, moves: Sequence[Move]) -> tuple[Table, ...]:
    if data.release is None or former is None or not moves:
        return ()
    rows = tuple((move.code, data.names[move.code], move.before, move.now, move.change) for move in moves)
    source = f"CMS {former.name} and {data.release.name}, national, one unit, outside a facility where priced"
    return (
        Table("The greatest changes", MOVES, rows[:MOVES_SHOWN], source, Medium.PDF),
        Table("All changes of allowed amounts", MOVES, rows, source, Medium.WORKBOOK),
    )


def _chart(moves: Sequence[Move]) -> Chart:
    up = [move for move in moves if move.change > 0][:BARS_EACH_WAY]
    down = [move for move in moves if move.change < 0][:BARS_EACH_WAY]
    bars = tuple(Bar(move.code, move.change, _signed(move.change)) for move in (*up, *reversed(down)))
    return Chart("What rose and what fell most, in dollars", bars)


def _signed(change: Decimal) -> str:
    return ("+" if change > 0 else "-") + dollars(abs(change))
