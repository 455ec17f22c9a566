"""The fee schedule of a locality as CSV and as an Excel workbook.

What all localities share of a row is written once; a file then only adds its amounts. The files of a release, 109
localities in two forms, take a minute of one processor.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from codes import pricing
from codes.exports.csv_response import CSV, csv_line
from codes.exports.downloads import COMPRESSED, Download, folder_of
from codes.exports.excel import EXCEL, cells_xml, row_xml, workbook
from codes.exports.serializers import NOTICE
from codes.formatting import day
from codes.knowledge.locality_names import spelled
from codes.queries import geography
from codes.queries.fee_tables import DECIDING, FEE_COLUMNS, Amounts, FeeRows, FeeTable, fee_table
from codes.queries.geography import key_of
from codes.queries.releases import Calendar

FORMS = ("csv", "xlsx")
ONE_YEAR = 366
Pieces = list[tuple[str, str]]  # of each row the text before its amounts, and after them


class FeeFiles:
    """The files of a fee table, each when it is asked for."""

    def __init__(self, table: FeeTable) -> None:
        self.table = table

    def csv(self, locality: pricing.Locality) -> bytes:
        """A heading line, a line a row, and the notice that goes wherever amounts go."""
        last = csv_line(self._last_cells(locality))
        lines = (
            f"{before},{'' if office is None else office},{'' if facility is None else facility},{capped}{after},{last}"
            for (before, after), (office, facility, capped) in self._rows_with(self._csv_pieces, locality)
        )
        return "".join([csv_line(FEE_COLUMNS), *lines, csv_line([NOTICE])]).encode()

    def xlsx(self, locality: pricing.Locality) -> bytes:
        """One sheet of the same rows, and a second that says what they are."""
        last = cells_xml(self._last_cells(locality))
        pieces = self._rows_with(self._xml_pieces, locality)
        rows = (
            row_xml(number, f"{before}{cells_xml(amounts)}{after}{last}")
            for number, ((before, after), amounts) in enumerate(pieces, 2)
        )
        return workbook(self._title(locality), FEE_COLUMNS, rows, len(self._xml_pieces))

    def _rows_with(
        self, pieces: Pieces, locality: pricing.Locality
    ) -> Iterator[tuple[tuple[str, str], Amounts]]:
        """Each row as the text before and after its amounts, with them."""
        return zip(pieces, self._rows.amounts(locality), strict=True)

    @cached_property
    def _rows(self) -> FeeRows:
        return FeeRows(self.table)

    @cached_property
    def _csv_pieces(self) -> Pieces:
        return [(_csv_cells(before), f",{_csv_cells(after)}") for before, after in self._rows.static]

    @cached_property
    def _xml_pieces(self) -> Pieces:
        return [(cells_xml(before), cells_xml(after)) for before, after in self._rows.static]

    def _last_cells(self, locality: pricing.Locality) -> Iterable[Any]:
        release = self.table.release
        return locality.mac, locality.number, self.table.factor, release.name, release.effective_from

    def _title(self, locality: pricing.Locality) -> str:
        release, where = (
            self.table.release,
            f"{spelled(locality.name)}, {locality.state} ({key_of(locality)})",
        )
        track = ", qualifying APM participant" if self.table.qualifying_apm else ""
        return f"What Medicare allows in {where}: {release.name}, from {day(release.effective_from)}{track}"


def _csv_cells(values: Iterable[Any]) -> str:
    return csv_line(values).rstrip("\r\n")


def fee_download(
    table: FeeTable, files: FeeFiles, locality: pricing.Locality, form: str, at: date, *, is_old: bool = False
) -> Download:
    """The file of a locality in one form, "csv" or "xlsx". `at` is the day that was asked for."""
    key = key_of(locality)
    folder = folder_of("fees", table.decided_by)
    saved_as = f"fees-{key}-{at}{'-qp' if table.qualifying_apm else ''}.{form}"
    if form == "csv":
        return Download(folder, f"{key}.csv{COMPRESSED}", saved_as, CSV, partial(files.csv, locality), is_old)
    return Download(folder, f"{key}.xlsx", saved_as, EXCEL, partial(files.xlsx, locality), is_old)


def fee_downloads(calendar: Calendar, today: date) -> Iterator[Download]:
    """The files of all localities on each day since `retained_since` on which a release begins, coming ones too."""
    first = retained_since(today)
    begins = {release.effective_from for release in calendar.releases if release.source in DECIDING}
    for at in sorted({first, *(begin for begin in begins if begin > first)}, reverse=True):
        for qualifying_apm in (False, True):
            if table := fee_table(calendar, at, qualifying_apm):
                files = FeeFiles(table)
                for locality in geography.localities(calendar, at):
                    for form in FORMS:
                        yield fee_download(table, files, locality, form, at)


def retained_since(today: date) -> date:
    """The first day of service that a claim may still be filed for: files of days before are not built.

    A claim is filed within a calendar year of the service (42 CFR 424.44).
    """
    return today - timedelta(days=ONE_YEAR)
