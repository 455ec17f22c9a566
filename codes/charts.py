"""Charts drawn on the server as SVG: a tile map of the states, and a line of steps over time.

Each has a title and a description for those who do not see it, takes its colors from the style sheet, and prints
its figures, so that color alone carries no meaning. The page gives the same figures in a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Column and row of each state's tile, as maps of equal tiles usually have them; the territories below Florida.
TILES = {
    "AK": (0, 0), "ME": (10, 0),
    "VT": (9, 1), "NH": (10, 1),
    "WA": (0, 2), "ID": (1, 2), "MT": (2, 2), "ND": (3, 2), "MN": (4, 2), "IL": (5, 2), "WI": (6, 2),
    "MI": (7, 2), "NY": (8, 2), "RI": (9, 2), "MA": (10, 2),
    "OR": (0, 3), "NV": (1, 3), "WY": (2, 3), "SD": (3, 3), "IA": (4, 3), "IN": (5, 3), "OH": (6, 3),
    "PA": (7, 3), "NJ": (8, 3), "CT": (9, 3),
    "CA": (0, 4), "UT": (1, 4), "CO": (2, 4), "NE": (3, 4), "MO": (4, 4), "KY": (5, 4), "WV": (6, 4),
    "VA": (7, 4), "MD": (8, 4), "DE": (9, 4),
    "AZ": (1, 5), "NM": (2, 5), "KS": (3, 5), "AR": (4, 5), "TN": (5, 5), "NC": (6, 5), "SC": (7, 5),
    "DC": (8, 5),
    "OK": (3, 6), "LA": (4, 6), "MS": (5, 6), "AL": (6, 6), "GA": (7, 6),
    "HI": (0, 7), "TX": (3, 7), "FL": (8, 7), "PR": (9, 7), "VI": (10, 7),
}  # fmt: skip
TILE, GAP = 56, 4
BANDS = 5

WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 64, 16, 32


class Tile(NamedTuple):
    """A state on the map: its amount in dollars, and what is said of it under the pointer."""

    amount: Decimal
    words: str


class Stretch(NamedTuple):
    """An amount in dollars from one day to another, both in it."""

    first: date
    last: date
    amount: Decimal


class ChartLine(NamedTuple):
    """A line of steps: its CSS class, its name, and its stretches in order; between years there may be gaps."""

    key: str
    name: str
    stretches: Sequence[Stretch]


def tile_map(name: str, title: str, description: str, tiles: Mapping[str, Tile]) -> SafeString:
    """A tile for each state, coloured in five bands of about as many states each, its amount printed on it."""
    limits = _limits(sorted(tile.amount for tile in tiles.values()))
    drawn = format_html_join("", "{}", ((_tile(state, tiles.get(state), limits),) for state in TILES))
    columns, rows = (max(tile[axis] for tile in TILES.values()) + 1 for axis in (0, 1))
    return _svg(name, "map", columns * (TILE + GAP), rows * (TILE + GAP), title, description, drawn)


def bands(amounts: Iterable[Decimal]) -> list[tuple[int, Decimal, Decimal]]:
    """The bands of a map in use as (number, lowest, highest amount), for its legend."""
    ordered = sorted(amounts)
    limits = _limits(ordered)
    groups: dict[int, list[Decimal]] = {}
    for amount in ordered:
        groups.setdefault(_band(amount, limits), []).append(amount)
    return [(band, found[0], found[-1]) for band, found in sorted(groups.items())]


def step_line(name: str, title: str, description: str, lines: Sequence[ChartLine]) -> SafeString:
    """Amounts over time. Each stretch holds its level; a gap means that nothing is known of those days."""
    stretches = [stretch for line in lines for stretch in line.stretches]
    low, high = _axis([stretch.amount for stretch in stretches])
    first, last = min(s.first for s in stretches), max(s.last for s in stretches)
    scale = _Scale(first, last, low, high)
    drawn = format_html(
        "{}{}{}",
        format_html_join("", "{}", ((_level(scale, level),) for level in (low, (low + high) / 2, high))),
        format_html_join("", "{}", ((_year(scale, year),) for year in range(first.year, last.year + 1))),
        format_html_join("", "{}", ((_steps(scale, line),) for line in lines)),
    )
    return _svg(name, "steps", WIDTH, HEIGHT, title, description, drawn)


def _svg(
    name: str, kind: str, width: int, height: int, title: str, description: str, drawn: SafeString
) -> SafeString:
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        *(kind, width, height, name, name, name, title, name, description, drawn),
    )


def _limits(ordered: Sequence[Decimal]) -> list[Decimal]:
    """The least amount of each band above the first."""
    return [ordered[len(ordered) * band // BANDS] for band in range(1, BANDS)] if ordered else []


def _band(amount: Decimal, limits: Sequence[Decimal]) -> int:
    return 1 + sum(amount >= limit for limit in limits)


def _tile(state: str, tile: Tile | None, limits: Sequence[Decimal]) -> SafeString:
    return format_html(
        '<g class="band-{}"><title>{}</title>{}{}</text></g>',
        _band(tile.amount, limits) if tile else 0,
        tile.words if tile else f"{state}: no amount",
        _square(state),
        f"{tile.amount:,.2f}" if tile else "",
    )


@cache
def _square(state: str) -> SafeString:
    """What a state's tile has on every map: the square, the letters, and where the amount begins."""
    column, row = TILES[state]
    x, y = column * (TILE + GAP), row * (TILE + GAP)
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="3"></rect>'
        '<text class="state" x="{}" y="{}">{}</text><text class="amount" x="{}" y="{}">',
        *(x, y, TILE, TILE, x + TILE // 2, y + 23, state, x + TILE // 2, y + 43),
    )


class _Scale(NamedTuple):
    """From days and dollars to the units of the drawing."""

    first: date
    last: date
    low: Decimal
    high: Decimal

    def x(self, day: date) -> int:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT))

    def y(self, amount: Decimal) -> int:
        share = (amount - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM))


def _axis(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The ends of the axis of dollars: a little beyond the amounts, never below nothing."""
    low, high = min(amounts), max(amounts)
    margin = max((high - low) / 4, high / 50, Decimal("0.01"))
    return max(Decimal(0), low - margin), high + margin


def _level(scale: _Scale, amount: Decimal) -> SafeString:
    y = scale.y(amount)
    return format_html(
        '<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"></line><text class="level" x="{}" y="{}">{}</text>',
        *(LEFT, y, WIDTH - RIGHT, y, LEFT - 6, y + 4, f"{amount:,.2f}"),
    )


def _year(scale: _Scale, year: int) -> SafeString:
    x = scale.x(max(date(year, 1, 1), scale.first))
    return format_html(
        '<line class="tick" x1="{}" y1="{}" x2="{}" y2="{}"></line><text class="year" x="{}" y="{}">{}</text>',
        *(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5, x + 3, HEIGHT - 10, year),
    )


def _steps(scale: _Scale, line: ChartLine) -> SafeString:
    if not line.stretches:
        return SafeString("")
    end = line.stretches[-1]
    return format_html(
        '<g class="{}"><path d="{}"></path><text x="{}" y="{}">{}</text></g>',
        *(line.key, _path(scale, line.stretches), scale.x(end.last) + 6, scale.y(end.amount) + 4, line.name),
    )


def _path(scale: _Scale, stretches: Sequence[Stretch]) -> str:
    """Level along each stretch, upright where the next begins on the day after."""
    words: list[str] = []
    before: Stretch | None = None
    for stretch in stretches:
        follows = before is not None and (stretch.first - before.last).days <= 1
        y = scale.y(stretch.amount)
        words.append(f"H{scale.x(stretch.first)} V{y}" if follows else f"M{scale.x(stretch.first)} {y}")
        words.append(f"H{scale.x(stretch.last)}")
        before = stretch
    return " ".join(words)
