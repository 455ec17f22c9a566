"""The rule of five: what may be told about reports, and when. Plain Python over plain values.

Three promises. A snapshot of a code's reports is taken only from five *reporters* or more, and no two snapshots
of a code differ by fewer than five people. No cell of a snapshot holds fewer than five reporters, and none can be
worked out from the others, because small cells are folded together. A snapshot carries no exact figure: totals are
floors, shares are rounded to 5 percent.

A reporter is counted once, however many reports are sent; three of them enter the shares at most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

DENIAL_MINIMUM = 5
REPORTS_A_REPORTER = 3
SHARE_STEP = 5  # percent
LAST_STEP_OF_FIVE = 50

WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Counted:
    """One accepted report as it is counted: whose it is, and its one answer a question. No answer is no entry.

    Modifiers count as billed, as one answer ("25 59"): had each a row of its own, who lacks one could be told.
    """

    reporter: int
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """One row of a table: an answer (or WITHHELD, the folded ones together) and its share.

    `percent` is a multiple of 5, rounded half-up; 0 means "under 5 percent", never nobody.
    """

    answer: str
    percent: int


def steps() -> Iterator[int]:
    """The numbers of reporters at which a snapshot may be taken: 5, 10, ... 50, and then each tenth more.

    >>> from itertools import islice
    >>> list(islice(steps(), 13))
    [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 61, 68]
    """
    step = DENIAL_MINIMUM
    while True:
        yield step
        step = step + DENIAL_MINIMUM if step < LAST_STEP_OF_FIVE else -(-step * 11 // 10)


def floor_of(reporters: int) -> int:
    """The greatest step that so many reporters reach; 0 below five.

    >>> [floor_of(n) for n in (0, 4, 5, 9, 10, 54, 55, 60, 61)]
    [0, 0, 5, 5, 10, 50, 55, 55, 61]
    """
    reached = 0
    for step in steps():
        if step > reporters:
            return reached
        reached = step
    raise AssertionError("steps() never ends")  # pragma: no cover


def is_due(reporters: int, newcomers: int, shown_floor: int) -> bool:
    """Whether a new snapshot is due.

    `reporters` are those with an accepted report now, `newcomers` those of them who are in no earlier snapshot of
    the code, `shown_floor` the floor of the snapshot that is shown (0 for none). A snapshot needs five newcomers,
    so it differs from every earlier one by five people at least, whoever has left in the meantime.
    """
    return newcomers >= DENIAL_MINIMUM and floor_of(reporters) > shown_floor


def reporters_of(reports: Iterable[Counted]) -> int:
    """How many distinct reporters these reports come from."""
    return len({report.reporter for report in reports})


def capped(reports: Iterable[Counted]) -> list[Counted]:
    """The reports that enter the shares: the latest three of each reporter (`reports` come oldest first)."""
    kept: list[Counted] = []
    taken: dict[int, int] = {}
    for report in reversed(list(reports)):
        taken[report.reporter] = taken.get(report.reporter, 0) + 1
        if taken[report.reporter] <= REPORTS_A_REPORTER:
            kept.append(report)
    return kept[::-1]


def table(reports: Sequence[Counted], question: str) -> tuple[Share, ...]:
    """The shares of the answers to one question, greatest first, the folded ones last.

    Empty where fewer than five answered, and where folding leaves nothing to tell apart: nobody can see which.
    """
    cells = _cells(reports, question)
    shown, pool = _folded(cells)
    total = sum(cell.reports for cell in cells.values())
    shares = [Share(answer, share(cells[answer].reports, total)) for answer in shown]
    shares.sort(key=lambda each: (-each.percent, each.answer))
    if shares and pool:
        shares.append(Share(WITHHELD, share(sum(cells[answer].reports for answer in pool), total)))
    return tuple(shares)


def share(count: int, total: int) -> int:
    """`count` of `total` in percent, rounded half-up to a multiple of 5.

    >>> [share(n, 40) for n in (1, 5, 20, 39, 40)]
    [5, 15, 50, 100, 100]
    """
    return (200 * count + SHARE_STEP * total) // (2 * SHARE_STEP * total) * SHARE_STEP


def rate(groups: Mapping[str, Sequence[Counted]], of: str, against: str) -> int | None:
    """The share of group `of` in `of` and `against` together, in percent; None where it may not be told.

    `groups` divide all reports of a snapshot. The rate is a cross of two tables, so a group of one to four
    reporters anywhere (the remainder could be worked out) withholds it.
    """
    sizes = {name: reporters_of(reports) for name, reports in groups.items()}
    if any(0 < size < DENIAL_MINIMUM for size in sizes.values()):
        return None
    won, lost = len(groups[of]), len(groups[against])
    return share(won, won + lost) if won + lost else None


@dataclass(slots=True)
class _Cell:
    """One answer: how many reports give it, and who."""

    reports: int = 0
    people: set[int] = field(default_factory=set)


def _cells(reports: Sequence[Counted], question: str) -> dict[str, _Cell]:
    cells: dict[str, _Cell] = {}
    for report in reports:
        if answer := report.answers.get(question):
            cell = cells.setdefault(answer, _Cell())
            cell.reports += 1
            cell.people.add(report.reporter)
    return cells


def _folded(cells: Mapping[str, _Cell]) -> tuple[list[str], list[str]]:
    """The answers to show and those to fold: all small ones, and the next smallest until five people are folded."""
    waiting = sorted(cells, key=lambda answer: (len(cells[answer].people), answer))
    pool: list[str] = []
    people: set[int] = set()
    while waiting and (len(cells[waiting[0]].people) < DENIAL_MINIMUM or 0 < len(people) < DENIAL_MINIMUM):
        pool.append(waiting.pop(0))
        people |= cells[pool[-1]].people
    return waiting, pool
