"""OPPS Addendum A: what Medicare pays outpatient hospitals, by APC (ambulatory payment classification).

CMS publishes it beside Addendum B (`2025-nfrm-opps-addenda.zip`), and anew each quarter.

One row a group (994 in the final rule for 2025): its title in CMS's words, status indicator, relative weight, rate,
copayments as in Addendum B. A group of one drug has the drug's HCPCS descriptor for a title. Addendum B has the same
rate for each code that is paid alone; composites (8004 to 8011), programs by the day, new technology without a code
and the last procedure of an inpatient who died have theirs here only. Pass-through devices (H, H1) have no rate.

Known oddities: blanks behind titles and status indicators, a no-break space inside titles, a point where there is no
national copayment, stars in the column of expirations.

Refused: a title that is missing, a group twice, a group without a title, a status indicator of another form, a rate
without a copayment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers, opps
from codes.cms.addenda import GROUP, read_addenda
from codes.cms.layout import LayoutError, Row

TITLE = "Group Title"
REQUIRED: dict[str, tuple[str, ...]] = {"A": (GROUP, TITLE, opps.STATUS, *opps.AMOUNTS)}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """What Addendum A says of a group; dollars, None where CMS prints none."""

    apc: str
    title: str
    status: str
    rate: Decimal | None
    national_copayment: Decimal | None
    minimum_copayment: Decimal | None
    adjusted_copayment: Decimal | None


def read_heading(stream: BinaryIO, file_name: str) -> opps.Heading:
    """Raises LayoutError where the file is not Addendum A."""
    for addendum in read_addenda(stream, file_name, REQUIRED):
        return opps.Heading(addendum.year)
    raise _not_a(file_name)


def parse(stream: BinaryIO, file_name: str) -> Iterator[GroupRow]:
    """One record a group."""
    return map(_record, opps.rows_once(stream, file_name, REQUIRED, _not_a(file_name)))


def _not_a(file_name: str) -> LayoutError:
    return LayoutError(file_name, 0, "", None, "holds no groups of OPPS Addendum A")


def _record(row: Row) -> GroupRow:
    apc = row.read(GROUP, coercers.digits(4, "an APC"))
    title = row.read(TITLE, coercers.filled)
    return GroupRow(apc, title, row.read(opps.STATUS, opps.status_indicator), *opps.amounts(row))
