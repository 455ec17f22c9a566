"""What the toolkit consists of: sections of paragraphs, charts and tables, the same for the PDF and the workbook."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

Cell = str | int | Decimal | date | None


class ColumnKind(Enum):
    """What a column holds; it decides how it is aligned and which number format it has."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"


class Medium(Enum):
    """Where a table stands: long ones are for the workbook alone, their short form for the PDF."""

    BOTH = "both"
    PDF = "pdf"
    WORKBOOK = "workbook"


class TableColumn(NamedTuple):
    """A column: its title, its width in characters (a share of the page in the PDF), and what it holds."""

    title: str
    width: int
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. `source` says where its figures come from."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    medium: Medium = Medium.BOTH


class Bar(NamedTuple):
    """One bar: what it is of, how long it is, and the figure in words."""

    label: str
    value: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from one line, to the right for what is above zero and to the left for what is below."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the PDF and, under `sheet`, a sheet of the workbook. `one_page` keeps it on one page,
    `is_for_the_wall` too, in type that is read from afar."""

    title: str
    sheet: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    one_page: bool = False
    is_for_the_wall: bool = False


@dataclass(frozen=True, slots=True)
class Toolkit:
    """The whole. `edition` is the name of the relative value file in force, or says that there is none; `warnings` name
    the files that CMS has replaced since."""

    edition: str
    made_on: date
    is_sample: bool
    releases: Table
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
