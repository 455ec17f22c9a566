"""The rule of five: what may be published about reports, and when. Plain Python over plain values.

Three promises. A snapshot of a code's reports needs five *reporters* or more, and every step to a new one needs five
who are in no earlier one. An answer that a single reporter gave is never shown, only counted among the others. A
snapshot holds no exact figure: totals are floors; shares are words below twenty reporters, and are rounded to 5
percent from there on.

People are counted within one period, the life of one key, because nothing tells whether a reporter of one period is a
reporter of another: the largest period counts, never the sum. A reporter is counted once, however many reports are
sent; three of them enter the shares at most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

DENIAL_MINIMUM = 5
REPORTS_A_REPORTER = 3
LAST_STEP_OF_FIVE = 50
FEWEST_FOR_SHARES = 20  # reporters; below, an answer has a word and no figure
SHARE_STEP = 5  # percent
FEWEST_WITH_A_WORD = 2  # reporters behind an answer that is shown with a word
FEWEST_WITH_A_SHARE = 3  # reporters behind an answer that is shown with a share

OTHERS = "others"
MOST, SEVERAL, SOME = "most", "several", "some"
WORDS = (MOST, SEVERAL, SOME)


@dataclass(frozen=True, slots=True)
class Counted:
    """One accepted report as it is counted: its reporter, its period, and one answer per question.

    No answer is no entry. The modifiers of a line are one answer ("25 59"): separate rows would let small cells be
    derived by subtraction.
    """

    reporter: int
    answers: Mapping[str, str] = field(default_factory=dict)
    period: str = ""


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """One row of a table: an answer, or OTHERS for those that are not shown by themselves.

    Below twenty reporters `word` is one of WORDS, "" for OTHERS, and `percent` is None. From twenty on `percent` is a
    multiple of 5, rounded half-up (0 means "under 5 percent", never nobody), and `word` is "".
    """

    answer: str
    word: str = ""
    percent: int | None = None


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
    the code, `shown_floor` the floor of the snapshot that is shown (0 for none). Each step needs five newcomers. It is
    reached by the number of reporters, or, after a new period has begun to count from one, by as many newcomers as
    lie between the two steps.
    """
    if reporters < DENIAL_MINIMUM or newcomers < DENIAL_MINIMUM:
        return False
    following = next(step for step in steps() if step > shown_floor)
    return reporters >= following or newcomers >= following - shown_floor


def is_crowd(sharing: int, newcomers: int) -> bool:
    """Whether so many of the newcomers came from one large network, or within an hour, that a person should look."""
    return 2 * sharing > newcomers


def reporters_of(reports: Iterable[Counted]) -> int:
    """How many distinct people these reports come from at least: the reporters of the largest period."""
    periods: dict[str, set[int]] = {}
    for report in reports:
        periods.setdefault(report.period, set()).add(report.reporter)
    return max(map(len, periods.values()), default=0)


def capped(reports: Iterable[Counted]) -> list[Counted]:
    """The reports that enter the shares: the latest three of each reporter (`reports` come oldest first)."""
    kept: list[Counted] = []
    taken: dict[int, int] = {}
    for report in reversed(list(reports)):
        taken[report.reporter] = taken.get(report.reporter, 0) + 1
        if taken[report.reporter] <= REPORTS_A_REPORTER:
            kept.append(report)
    return kept[::-1]


def table(reports: Sequence[Counted], question: str, floor: int) -> tuple[CountedAnswer, ...]:
    """The answers to one question, the commonest first, the others last; empty where none can be shown.

    `floor` is the floor of the snapshot. The order within a word or a share is that of the alphabet: it tells nothing
    that the words and shares do not.
    """
    cells = _cells(reports, question)
    return _shares(cells) if floor >= FEWEST_FOR_SHARES else _words(cells)


def word(people: int, everybody: int) -> str:
    """How common an answer is that `people` of the `everybody` who answered gave.

    >>> [word(n, 9) for n in (5, 4, 3, 2)]
    ['most', 'several', 'several', 'some']
    """
    if 2 * people > everybody:
        return MOST
    return SEVERAL if 4 * people >= everybody else SOME


def share(count: int, total: int) -> int:
    """`count` of `total` in percent, rounded half-up to a multiple of 5.

    >>> [share(n, 40) for n in (1, 5, 20, 39, 40)]
    [5, 15, 50, 100, 100]
    """
    return (200 * count + SHARE_STEP * total) // (2 * SHARE_STEP * total) * SHARE_STEP


Cells = Mapping[str, Sequence[Counted]]


def _cells(reports: Sequence[Counted], question: str) -> Cells:
    """The reports by their answer."""
    cells: dict[str, list[Counted]] = {}
    for report in reports:
        if answer := report.answers.get(question):
            cells.setdefault(answer, []).append(report)
    return cells


def _words(cells: Cells) -> tuple[CountedAnswer, ...]:
    everybody = reporters_of(_together(cells))
    people = {answer: reporters_of(reports) for answer, reports in cells.items()}
    shown = [
        CountedAnswer(answer, word(count, everybody))
        for answer, count in people.items()
        if count >= FEWEST_WITH_A_WORD
    ]
    shown.sort(key=lambda row: (WORDS.index(row.word), row.answer))
    has_others = bool(shown) and len(shown) < len(cells)
    return (*shown, CountedAnswer(OTHERS)) if has_others else tuple(shown)


def _shares(cells: Cells) -> tuple[CountedAnswer, ...]:
    shown, pool = _folded(cells)
    total = len(_together(cells))
    rows = [CountedAnswer(answer, percent=share(len(cells[answer]), total)) for answer in shown]
    rows.sort(key=lambda row: (-(row.percent or 0), row.answer))
    if rows and pool:
        rows.append(CountedAnswer(OTHERS, percent=share(sum(len(cells[answer]) for answer in pool), total)))
    return tuple(rows)


def _folded(cells: Cells) -> tuple[list[str], list[str]]:
    """The answers to show and those to fold: all small ones, and the next smallest until three people are folded."""
    waiting = sorted(cells, key=lambda answer: (reporters_of(cells[answer]), answer))
    pool: list[str] = []
    while waiting and (_is_small(cells[waiting[0]]) or (pool and _is_small(_together(cells, pool)))):
        pool.append(waiting.pop(0))
    return waiting, pool


def _is_small(reports: Sequence[Counted]) -> bool:
    return reporters_of(reports) < FEWEST_WITH_A_SHARE


def _together(cells: Cells, answers: Iterable[str] | None = None) -> list[Counted]:
    return [report for answer in (cells if answers is None else answers) for report in cells[answer]]
