"""Where things stand in a CMS file: columns, titles, lines, and the refusal that names the place.

CMS publishes tables as comma-separated text (csv) and as lines of fixed width (txt), both with Windows
line ends. A file may begin with a byte order mark, and may end with a lone Ctrl-Z (0x1A), the end-of-file
mark of DOS, which in a csv may be a row of its own (`\\x1a,,,`). Text is ASCII in practice; where it is not,
it is UTF-8 or Windows-1252.

A `Layout` names the columns of one such file. `Row.read` gives the value of a column after a coercer has
looked at it; whatever the coercer refuses becomes a `LayoutError` with file, line, column and value.
"""

import csv
import itertools
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, TypeVar

Value = TypeVar("Value")
Line = tuple[int, str]
Record = tuple[int, list[str]]

CHANGED = (
    "Load the file as CMS publishes it. If CMS has changed its columns, it waits for a new version of MedPayIQ (docs/"
    "runbook.md, “CMS has changed a file”): figures under a wrong title would be wrong figures"
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CTRL_Z = "\x1a"
_BARE_CR = re.compile(rb"\r(?!\n)")


class LayoutError(Exception):
    """A file is not as its layout says. `line` is the physical line, counted from 1; 0 is the whole file.

    >>> print(LayoutError("PPRRVU26A.csv", 214, "GLOB DAYS", "ZZ9", "is not one of 000, 010"))
    PPRRVU26A.csv line 214, GLOB DAYS: "ZZ9" is not one of 000, 010
    """

    def __init__(self, file: str, line: int, column: str, value: str | None, why: str) -> None:
        super().__init__(file, line, column, value, why)
        self.file, self.line, self.column, self.value, self.why = file, line, column, value, why

    def __str__(self) -> str:
        where = f"{self.file} line {self.line}" if self.line else self.file
        where = f"{where}, {self.column}" if self.column else where
        return f'{where}: "{self.value}" {self.why}' if self.value is not None else f"{where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: CMS's title over it, joined to one line.

    In a file of fixed width `start` and `end` are the first and the last position, counted from 1.
    """

    name: str
    start: int = 0
    end: int = 0


class Row(NamedTuple):
    """One record with its place in the file. `cells` stand in the order of the layout's columns."""

    layout: "Layout"
    file: str
    line: int
    cells: Sequence[str]

    def text(self, column: str) -> str:
        return self.cells[self.layout.positions[column]].strip()

    def read(self, column: str, coerce: Callable[[str], Value]) -> Value:
        """The value of a column, or LayoutError when the coercer refuses it."""
        text = self.text(column)
        try:
            return coerce(text)
        except ValueError as refusal:
            raise self.refuse(column, str(refusal), text) from None

    def refuse(self, column: str, why: str, value: str | None = None) -> LayoutError:
        """The error to raise for this column; `value` is by default what stands there."""
        return LayoutError(self.file, self.line, column, self.text(column) if value is None else value, why)


class _Known(dict[str, Any]):
    """What cells mean to one coercer. Few differ within a file, so each text is coerced once only."""

    def __init__(self, coerce: Callable[[str], Any]) -> None:
        super().__init__()
        self._coerce = coerce

    def __missing__(self, cell: str) -> Any:
        value = self[cell] = self._coerce(cell.strip())
        return value


class Layout:
    """The columns of one file. `width` is the length of a line of fixed width; csv files have none."""

    def __init__(self, columns: Iterable[Column], width: int = 0) -> None:
        self.columns = tuple(columns)
        self.width = width
        self.positions = {column.name: position for position, column in enumerate(self.columns)}
        self._fillers = self._gaps() if width else ()

    @property
    def titles(self) -> list[str]:
        return [column.name for column in self.columns]

    def row(self, file: str, line: int, cells: Sequence[str]) -> Row:
        """One csv record, whose number of cells must be that of the layout."""
        if len(cells) != len(self.columns):
            why = f"has {len(cells)} cells, not {len(self.columns)}: it is cut, or a comma is not quoted"
            raise LayoutError(file, line, "", None, why)
        return Row(self, file, line, cells)

    def cut(self, file: str, line: int, text: str) -> Row:
        """One line of fixed width, cut into its columns. What stands between columns must be blank."""
        if len(text) != self.width:
            why = f"has {len(text)} characters, not {self.width}: it is cut, or the layout is another"
            raise LayoutError(file, line, "", None, why)
        for start, end in self._fillers:
            if text[start:end].strip():
                why = f"stands where the layout has nothing. {CHANGED}"
                raise LayoutError(file, line, f"positions {start + 1}-{end}", text[start:end].strip(), why)
        return Row(self, file, line, [text[column.start - 1 : column.end] for column in self.columns])

    def reader(self, coercers: Mapping[str, Callable[[str], Any]]) -> Callable[[Row], list[Any]]:
        """What reads all columns of a row at once: as `Row.read` does one by one, and three times as fast."""
        held = {coerce: _Known(coerce) for coerce in coercers.values()}
        known = [held[coercers[column.name]] for column in self.columns]

        def read(row: Row) -> list[Any]:
            try:
                return list(map(operator.getitem, known, row.cells))
            except ValueError:
                return [row.read(column.name, coercers[column.name]) for column in self.columns]

        return read

    def check_titles(self, file: str, line: int, titles: Sequence[str]) -> None:
        """Compare the titles of a file with those of the layout, and name the first that is elsewhere."""
        found = [" ".join(title.split()) for title in titles]
        if len(found) != len(self.columns):
            why = f"has {len(found)} columns, not {len(self.columns)}{self._changed(found)}. {CHANGED}"
            raise LayoutError(file, line, "", None, why)
        for number, (title, expected) in enumerate(zip(found, self.titles, strict=True), start=1):
            if title.casefold() != expected.casefold():
                why = f'stands over column {number}, where "{expected}" belongs. {CHANGED}'
                raise LayoutError(file, line, "", title, why)

    def _changed(self, found: Sequence[str]) -> str:
        """Which titles are new and which are gone, as the end of a sentence."""
        new = _listed(title for title in found if title.casefold() not in map(str.casefold, self.titles))
        gone = _listed(title for title in self.titles if title.casefold() not in map(str.casefold, found))
        return "".join(f"; {word}: {titles}" for word, titles in (("new", new), ("gone", gone)) if titles)

    def _gaps(self) -> tuple[tuple[int, int], ...]:
        taken = {position for column in self.columns for position in range(column.start - 1, column.end)}
        free = [position for position in range(self.width) if position not in taken]
        runs = itertools.groupby(enumerate(free), key=lambda pair: pair[1] - pair[0])
        gaps = [[position for _, position in run] for _, run in runs]
        return tuple((gap[0], gap[-1] + 1) for gap in gaps)


def _listed(titles: Iterable[str]) -> str:
    return ", ".join(f'"{title}"' for title in itertools.islice(titles, 5))


def stacked_titles(rows: Sequence[Sequence[str]]) -> list[str]:
    """Titles spread down several lines, joined position by position.

    >>> stacked_titles([["", "NON-FAC"], ["HCPCS", "PE RVU"]])
    ['HCPCS', 'NON-FAC PE RVU']
    """
    columns = itertools.zip_longest(*rows, fillvalue="")
    return [" ".join(" ".join(cells).split()) for cells in columns]


def numbered_lines(stream: BinaryIO, file: str, *, open_end: bool = False) -> Iterator[Line]:
    """Lines with their numbers, without byte order mark and DOS end-of-file mark; line ends stay on.

    A last line without a line end is refused, because a download that broke off ends like that, but for formats that
    CMS itself publishes so (`open_end`). Line ends of the old Macintosh (a bare CR) are read too, where the first line
    has them.
    """
    number, text = 0, "\n"
    for number, raw in enumerate(_physical_lines(stream), start=1):
        text = _decode(raw.removeprefix(_BYTE_ORDER_MARK) if number == 1 else raw)
        if text.strip(' ,"\r\n') == _CTRL_Z:
            _refuse_more(stream, file, number + 1)
            return
        if open_end or text.endswith("\n"):
            yield number, text
    if not open_end and not text.endswith("\n"):
        raise LayoutError(file, number, "", None, "the file breaks off in this line: fetch it again from CMS")


def _physical_lines(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.readline()
    lines = itertools.chain([first], stream) if first else iter(stream)
    if not _BARE_CR.search(first):
        return lines
    return (line for each in lines for line in _BARE_CR.sub(b"\n", each).splitlines(keepends=True))


def csv_records(lines: Iterator[Line], file: str, delimiter: str = ",") -> Iterator[Record]:
    """csv records, each with the number of the line on which it begins (quoted cells may span lines)."""
    reader = csv.reader((text for _, text in lines), strict=True, delimiter=delimiter)
    begin = 1
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        why = f"is not comma-separated text ({error})"
        if "new-line character" in str(error):
            why = "its line ends are mixed: another program has saved this file, load it as CMS publishes it"
        raise LayoutError(file, begin, "", None, why) from None


def is_blank(cells: Iterable[str]) -> bool:
    """CMS leaves rows of commas, some with a space between them."""
    return not any(map(str.strip, cells))


def peek(lines: Iterator[Line]) -> tuple[str, Iterator[Line]]:
    """The first line ("" of an empty file), and all lines from the first on."""
    first = next(lines, None)
    return ("", lines) if first is None else (first[1], itertools.chain([first], lines))


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _refuse_more(rest: Iterable[bytes], file: str, number: int) -> None:
    for line, raw in enumerate(rest, start=number):
        if raw.strip(b"\x1a\x00 \t\r\n"):
            raise LayoutError(file, line, "", None, "follows the end-of-file mark (Ctrl-Z)")
