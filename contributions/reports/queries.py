"""What the public may read about reports. It comes from snapshots, and from nothing else."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from codes.denials import reasons
from codes.queries.prepared import Query, prepared
from contributions import options
from contributions.models import Snapshot
from contributions.reports.anonymity import FEWEST_FOR_SHARES, OTHERS
from contributions.reports.choices import Action, Payer, ReportOutcome, WhatWorked
from contributions.reports.snapshots import NO_MODIFIER


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer of a table: its value, our words for it, and how common it is.

    That is a word ("most", "several", "some") below twenty reporters, and a share in percent from there on (0: under 5
    percent). `entry` is the reason's own entry, where the table is of reasons.
    """

    answer: str
    label: str
    word: str
    percent: int | None
    entry: reasons.Entry | None = None

    @property
    def is_others(self) -> bool:
        """Whether the row stands for the answers that are not shown by themselves."""
        return self.answer == OTHERS

    @property
    def how_many(self) -> str:
        """ "most", "15 %" or "under 5 %"; "" for the others below twenty reporters."""
        if self.percent is None:
            return self.word
        return f"{self.percent} %" if self.percent else "under 5 %"


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One question of a snapshot with its rows, the commonest first; no rows where no answer can be shown."""

    name: str
    title: str
    heading: str
    rows: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """A snapshot in words. `snapshot` is its number, which no page shows: its tables never change."""

    snapshot: int
    code: str
    at_least: int
    as_of: date
    kind: str
    tables: tuple[ShownTable, ...]

    @property
    def lists(self) -> tuple[ShownTable, ...]:
        """The tables that have something to show."""
        return tuple(table for table in self.tables if table.rows)

    @property
    def has_shares(self) -> bool:
        """Whether there are enough reporters for shares in percent."""
        return self.at_least >= FEWEST_FOR_SHARES


def patterns(code: str) -> Patterns | None:
    """What is shown of `code`, or None: one query, the same for no report and for four."""
    snapshot = next(iter(_shown([code], tuple(options.kinds()))), None)
    if snapshot is None or not snapshot["tables"]:  # without tables: it waits for the night's update
        return None
    return Patterns(
        snapshot=snapshot["pk"],
        code=code,
        at_least=snapshot["floor"],
        as_of=snapshot["taken_on"],
        kind=snapshot["kind"],
        tables=tuple(_table(name, snapshot["tables"][name]) for name in TITLES),
    )


def state() -> str:
    """Another word whenever a snapshot of any code is taken, taken again or hidden: their number never falls, and while
    it stays a snapshot can only be hidden. It tells of no code, and of no report before the night's update."""
    last = Snapshot.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{last}:{Snapshot.objects.shown().count()}:{options.kinds()}"


@prepared
def _shown(codes: Collection[str], kinds: tuple[str, ...]) -> Query:
    shown = Snapshot.objects.shown().filter(code__in=codes, kind__in=kinds)
    return shown.values("pk", "floor", "taken_on", "kind", "tables")


TITLES: Mapping[str, tuple[str, str]] = {
    "reason": ("Why it was denied", "Reason"),
    "payer": ("Who denied it", "Payer"),
    "modifiers": ("With which modifiers it was billed", "Modifiers"),
    "action": ("What was done about it", "Done"),
    "outcome": ("How it ended", "Outcome"),
    "what_worked": ("What worked", "What helped"),
}


def _table(name: str, stored: list[list[Any]]) -> ShownTable:
    title, heading = TITLES[name]
    return ShownTable(name, title, heading, tuple(_row(name, *row) for row in stored))


def _row(name: str, answer: str, word: str, percent: int | None) -> ShownAnswer:
    if answer == OTHERS:
        return ShownAnswer(answer, "and other answers", word, percent)
    entry = reasons.reasons().get(answer) if name == "reason" else None
    return ShownAnswer(answer, _LABELS[name](answer), word, percent, entry)


def _reason(answer: str) -> str:
    entry = reasons.reasons().get(answer)
    return entry.meaning if entry else "another reason"


def _modifiers(answer: str) -> str:
    return "no modifier" if answer == NO_MODIFIER else " with ".join(answer.split())


_LABELS: Mapping[str, Callable[[str], str]] = {
    "reason": _reason,
    "payer": lambda answer: Payer(answer).label,
    "modifiers": _modifiers,
    "action": lambda answer: Action(answer).label,
    "outcome": lambda answer: ReportOutcome(answer).label,
    "what_worked": lambda answer: WhatWorked(answer).label,
}
