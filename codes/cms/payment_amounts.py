"""PFALL / PFREV: the payment amounts that CMS itself works out, in dollars for each code and locality.

PFALL has all of them once a year (about a million lines); PFREV has those that a later quarter changed, to
be laid over PFALL. The names inside the zips differ (`PFREV4.txt`, `PFREV25C.txt`, `PFALL26AR.txt`).

Lines of 130 characters without a header: sixteen quoted fields, parted by commas, in the order of
`LAYOUT`. A modifier of two blanks is none. Amounts are padded with zeros (`0001337.33`). The eighth field
is a blank filler. The OPPS indicator is 1 where the hospital payment caps the service and 9 where it does
not. Four lines that begin with `"TRL-` (copyright notices) end the file: a file without them was cut off
and is refused.

The therapy amounts are those after the reduction of practice expense by half, for non-institutional and
for institutional providers; a few visits (99213) have the flat fee of Primary Care First in the first of
them.

Only codes of status A, R or T that carry relative value units appear. The file is read line by line and may
repeat a key without being refused here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import Column, Layout, LayoutError, Row, csv_records, is_blank, numbered_lines

LAYOUT = Layout(
    (
        Column("YEAR"),
        Column("CARRIER"),
        Column("LOCALITY"),
        Column("HCPCS"),
        Column("MODIFIER"),
        Column("NON-FACILITY FEE"),
        Column("FACILITY FEE"),
        Column("FILLER"),
        Column("PCTC"),
        Column("STATUS"),
        Column("MULTIPLE SURGERY"),
        Column("THERAPY REDUCTION"),
        Column("THERAPY REDUCTION, INSTITUTIONAL"),
        Column("OPPS INDICATOR"),
        Column("OPPS NON-FACILITY"),
        Column("OPPS FACILITY"),
    )
)
_opps_indicator = coercers.one_of("1", "9")


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What Medicare allows for one code and modifier in one locality, in dollars."""

    year: int
    mac: str
    locality: str
    code: str
    modifier: str
    nonfacility_fee: Decimal
    facility_fee: Decimal
    pctc: str
    status: str
    multiple_surgery: str
    therapy_amount: Decimal
    therapy_institutional: Decimal
    opps_indicator: str
    opps_nonfacility: Decimal
    opps_facility: Decimal


def parse(stream: BinaryIO, file_name: str) -> Iterator[PaymentRow]:
    """One record a line, up to the trailer."""
    line, in_trailer, found = 0, False, False
    for line, cells in csv_records(numbered_lines(stream, file_name), file_name):
        if is_blank(cells):
            continue
        if cells[0].startswith("TRL-"):
            in_trailer = True
        elif in_trailer:
            raise LayoutError(file_name, line, "", None, "follows the trailer")
        else:
            yield _record(LAYOUT.row(file_name, line, cells))
            found = True
    if not in_trailer:
        why = 'the file ends without its "TRL-" lines: it was cut off, fetch it again from CMS'
        raise LayoutError(file_name, line, "", None, why)
    if not found:
        raise LayoutError(file_name, 0, "", None, "holds no rows")


def _record(row: Row) -> PaymentRow:
    return PaymentRow(
        year=row.read("YEAR", coercers.year),
        mac=row.read("CARRIER", coercers.mac),
        locality=row.read("LOCALITY", coercers.locality),
        code=row.read("HCPCS", coercers.code),
        modifier=row.read("MODIFIER", coercers.modifier),
        nonfacility_fee=row.read("NON-FACILITY FEE", coercers.amount),
        facility_fee=row.read("FACILITY FEE", coercers.amount),
        pctc=row.read("PCTC", coercers.pctc),
        status=row.read("STATUS", coercers.status),
        multiple_surgery=row.read("MULTIPLE SURGERY", coercers.multiple_procedure),
        therapy_amount=row.read("THERAPY REDUCTION", coercers.amount),
        therapy_institutional=row.read("THERAPY REDUCTION, INSTITUTIONAL", coercers.amount),
        opps_indicator=row.read("OPPS INDICATOR", _opps_indicator),
        opps_nonfacility=row.read("OPPS NON-FACILITY", coercers.amount),
        opps_facility=row.read("OPPS FACILITY", coercers.amount),
    )
