"""PSPS: the Physician/Supplier Procedure Summary, what Medicare was billed, allowed and denied in a year.

A csv with one header line (below), about 700 MB a year: a row for each code, initial and second modifier, specialty,
carrier, pricing locality, type of service and place of service. Counts are services, not claim lines, and may have
decimals; amounts are dollars. CMS leaves out what fewer than eleven patients had.

This reader has met no file of CMS yet, only such as were made up in this layout (the record layout that CMS publishes
with it). Rows are summed by code, modifier and place as they are read, so that memory holds the sums alone. Rows with
an error indicator are left out. A sum below eleven services is dropped, and a denied count from one to ten is not
shown: CMS's cell size suppression policy asks that no cell of one to ten be printed or can be worked out.

Refused: other titles, counts that are no numbers or negative, more denied than submitted in all of a sum, no rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, Row, csv_records, is_blank, numbered_lines

SMALLEST_CELL = 11
TITLES = (
    *("HCPCS_CD", "HCPCS_INITIAL_MODIFIER_CD", "PROVIDER_SPEC_CD", "CARRIER_NUM", "PRICING_LOCALITY_CD"),
    *("TYPE_OF_SERVICE_CD", "PLACE_OF_SERVICE_CD", "HCPCS_SECOND_MODIFIER_CD", "PSPS_SUBMITTED_SERVICE_CNT"),
    *("PSPS_SUBMITTED_CHARGE_AMT", "PSPS_ALLOWED_CHARGE_AMT", "PSPS_DENIED_SERVICES_CNT"),
    *("PSPS_DENIED_CHARGE_AMT", "PSPS_ASSIGNED_SERVICES_CNT", "PSPS_NCH_PAYMENT_AMT"),
    *("PSPS_HCPCS_ASC_IND_CD", "PSPS_ERROR_IND_CD", "HCPCS_BETOS_CD"),
)
LAYOUT = Layout(map(Column, TITLES))
SUBMITTED, DENIED = "PSPS_SUBMITTED_SERVICE_CNT", "PSPS_DENIED_SERVICES_CNT"
NO_ERROR = frozenset({"", "0", "N"})
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """The services of a code with an initial modifier in a place of service ('' for none), in a year. `denied` is None
    where it is from one to ten."""

    code: str
    modifier: str
    place_of_service: str
    submitted: int
    denied: int | None


def parse(stream: BinaryIO, file_name: str) -> Iterator[VolumeRow]:
    """The sums, in the order in which their first rows come."""
    sums: dict[Key, list[Decimal]] = {}
    records = csv_records(numbered_lines(stream, file_name), file_name)
    LAYOUT.check_titles(file_name, *next(records, (1, [])))
    for line, cells in records:
        if not is_blank(cells):
            row = LAYOUT.row(file_name, line, cells)
            if row.text("PSPS_ERROR_IND_CD") in NO_ERROR:
                _add(row, sums)
    if not sums:
        raise LayoutError(file_name, 0, "", None, "holds no rows")
    for key, (submitted, denied) in sums.items():
        if denied > submitted:
            raise LayoutError(file_name, 0, DENIED, str(denied), f"is more than was submitted of {key[0]}")
        if submitted >= SMALLEST_CELL:
            yield VolumeRow(*key, int(submitted), _shown(int(denied), int(submitted)))


def _add(row: Row, sums: dict[Key, list[Decimal]]) -> None:
    key = (
        row.read("HCPCS_CD", coercers.code),
        row.read("HCPCS_INITIAL_MODIFIER_CD", coercers.modifier),
        row.read("PLACE_OF_SERVICE_CD", _place),
    )
    total = sums.setdefault(key, [Decimal(0), Decimal(0)])
    for number, column in enumerate((SUBMITTED, DENIED)):
        total[number] += row.read(column, coercers.amount)


def _place(value: str) -> str:
    """Two digits; a spreadsheet takes the zero of 02, and a row may have no place."""
    if value and not (value.isascii() and value.isdecimal() and len(value) <= 2):
        raise ValueError("is not a place of service like 11")
    return value.zfill(2) if value else ""


def _shown(denied: int, submitted: int) -> int | None:
    """The denied services, unless they or those that were not denied are from one to ten."""
    is_small = any(0 < count < SMALLEST_CELL for count in (denied, submitted - denied))
    return None if is_small else denied
