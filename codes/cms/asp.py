"""ASP: what Medicare pays for Part B drugs, four times a year, on the page of CMS's ASP pricing files.

**Payment limits** (`2025Q4_asp_pricing.csv`, `section 508 version of Jan 2025 ASP Pricing File updated 030725.csv`).
Eight lines of heading: title, `Effective October 1, 2025 through December 31, 2025`, notes, blanks. Then the titles
`HCPCS Code, Short Description, HCPCS Code Dosage, Payment Limit, Co-insurance Percentage, Vaccine AWP%, Vaccine Limit,
Blood AWP%, Blood limit, Clotting Factor, Notes` and one row a code: 876 in the first quarter of 2026. Copies without
the heading are about, and are dated by their name. Some files have empty columns behind the last title. The limit is
dollars for the dosage, three decimals; `N/A` where CMS has none, as for A9606. The coinsurance is a percentage with
three decimals: 20, less where Medicare's inflation rebate lowers it, 0 for vaccines. Notes break lines within a cell,
and are text for people.

**Unclassified drugs** (`2025Q4_noc_pricing.csv`): twelve lines of heading, then `Drug Generic Name (Trade Name),
Dosage, Payment Limit, Notes`. A drug without a code of its own, and a limit with a dollar sign; a handful of rows.

**NDC crosswalk** (`2025Q4_asp_crosswalk.csv`): eight lines of heading, then ten titles, of which the first changes with
the year (`_2025_CODE`), and 240 empty columns; 8,245 rows. An NDC of eleven digits (5-4-2) or the maker's own number of
a device. BILLUNITS are the billing units of one vial, with decimals; BILLUNITSPKG those of the package.

Refused: a code, or a code and NDC, twice with different figures; a file without rows.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from codes.cms import coercers
from codes.cms.layout import (
    Column,
    Layout,
    LayoutError,
    Record,
    Row,
    csv_records,
    is_blank,
    numbered_lines,
)

LIMITS = Layout(
    map(
        Column,
        (
            *(
                "HCPCS Code",
                "Short Description",
                "HCPCS Code Dosage",
                "Payment Limit",
                "Co-insurance Percentage",
            ),
            *("Vaccine AWP%", "Vaccine Limit", "Blood AWP%", "Blood limit", "Clotting Factor", "Notes"),
        ),
    )
)
UNCLASSIFIED = Layout(map(Column, ("Drug Generic Name (Trade Name)", "Dosage", "Payment Limit", "Notes")))
CROSSWALK = Layout(
    map(
        Column,
        (
            *("CODE", "Short Description", "LABELER NAME", "NDC2", "Drug Name", "HCPCS dosage"),
            *("PKG SIZE", "PKG QTY", "BILLUNITS", "BILLUNITSPKG"),
        ),
    )
)
_EFFECTIVE = re.compile(r"Effective\s+(January|April|July|October) 1, (20\d\d)\s+through", re.IGNORECASE)
_MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}
_percentage = coercers.between("0", "100")


@dataclass(frozen=True, slots=True)
class DrugLimitRow:
    """What Medicare allows for one billing unit (`dosage`) of a drug, in dollars; None where CMS lists no limit.

    `coinsurance` is the patient's percentage. `kind` is vaccine, blood, clotting or "" for all others.
    """

    code: str
    short_description: str
    dosage: str
    limit: Decimal | None
    coinsurance: Decimal
    kind: str
    notes: str


@dataclass(frozen=True, slots=True)
class UnclassifiedRow:
    """The limit of a drug that has no code of its own, in dollars for its dosage."""

    name: str
    dosage: str
    limit: Decimal
    notes: str


@dataclass(frozen=True, slots=True)
class NdcRow:
    """A package of a drug. `units` are the billing units of one vial, `package_units` those of the package."""

    code: str
    ndc: str
    labeler: str
    drug: str
    dosage: str
    units: Decimal
    package_units: Decimal


def read_effective(stream: BinaryIO, file_name: str) -> dt.date | None:
    """The first day that the heading names; None for a copy without the heading."""
    for number, text in numbered_lines(stream, file_name):
        if found := _EFFECTIVE.search(text):
            return dt.date(int(found[2]), _MONTHS[found[1].lower()], 1)
        if number > 12:
            break
    return None


def parse_limits(stream: BinaryIO, file_name: str) -> Iterator[DrugLimitRow]:
    """One record a code."""
    seen: dict[str, DrugLimitRow] = {}
    for row in _rows(stream, file_name, LIMITS, "HCPCS Code"):
        record = _limit(row)
        if seen.setdefault(record.code, record) is not record:
            raise row.refuse("HCPCS Code", "stands twice")
        yield record


def parse_unclassified(stream: BinaryIO, file_name: str) -> Iterator[UnclassifiedRow]:
    """One record a drug."""
    for row in _rows(stream, file_name, UNCLASSIFIED, "Drug Generic Name (Trade Name)"):
        yield UnclassifiedRow(
            name=row.read("Drug Generic Name (Trade Name)", coercers.filled),
            dosage=row.read("Dosage", coercers.filled),
            limit=row.read("Payment Limit", _dollars),
            notes=row.read("Notes", coercers.text),
        )


def parse_crosswalk(stream: BinaryIO, file_name: str) -> Iterator[NdcRow]:
    """One record a code and package; the same row twice is one."""
    seen: dict[tuple[str, str], NdcRow] = {}
    for row in _rows(stream, file_name, CROSSWALK, "CODE"):
        record = _package(row)
        first = seen.setdefault((record.code, record.ndc), record)
        if (first.units, first.package_units) != (record.units, record.package_units):
            raise row.refuse("NDC2", f"stands twice with {record.code}, with different billing units")
        if first is record:
            yield record


def _rows(stream: BinaryIO, file_name: str, layout: Layout, first_title: str) -> Iterator[Row]:
    """The rows below the line of titles. Empty columns behind the last title are left out."""
    records = csv_records(numbered_lines(stream, file_name), file_name)
    width, found = len(layout.columns), False
    for line, cells in _below_titles(records, file_name, layout, first_title):
        if is_blank(cells):
            continue
        if not is_blank(cells[width:]):
            raise LayoutError(
                file_name, line, "", ",".join(cells[width:]).strip(","), "is right of the last column"
            )
        found = True
        yield layout.row(file_name, line, cells[:width])
    if not found:
        raise LayoutError(
            file_name, 0, "", None, f"holds no rows below a line of titles that begins with {first_title}"
        )


def _below_titles(
    records: Iterator[Record], file_name: str, layout: Layout, first_title: str
) -> Iterator[Record]:
    for line, cells in records:
        title = re.sub(r"^_20\d\d_", "", cells[0].strip()) if cells else ""
        if title.casefold() == first_title.casefold():
            titles = [title, *cells[1:]]
            last = max(number for number, cell in enumerate(titles) if cell.strip())
            layout.check_titles(file_name, line, titles[: last + 1])
            break
    return records


def _limit(row: Row) -> DrugLimitRow:
    kinds = {"vaccine": "Vaccine AWP%", "blood": "Blood AWP%", "clotting": "Clotting Factor"}
    return DrugLimitRow(
        code=row.read("HCPCS Code", coercers.code),
        short_description=row.read("Short Description", coercers.text),
        dosage=row.read("HCPCS Code Dosage", coercers.filled),
        limit=row.read("Payment Limit", _limit_or_none),
        coinsurance=row.read("Co-insurance Percentage", _percentage),
        kind=next((kind for kind, column in kinds.items() if row.text(column)), ""),
        notes=row.read("Notes", coercers.text),
    )


def _package(row: Row) -> NdcRow:
    return NdcRow(
        code=row.read("CODE", coercers.code),
        ndc=row.read("NDC2", coercers.filled),
        labeler=row.read("LABELER NAME", coercers.text),
        drug=row.read("Drug Name", coercers.text),
        dosage=row.read("HCPCS dosage", coercers.text),
        units=row.read("BILLUNITS", coercers.amount),
        package_units=row.read("BILLUNITSPKG", coercers.amount),
    )


def _limit_or_none(value: str) -> Decimal | None:
    if value.upper() == "N/A":
        return None
    limit = coercers.amount(value)
    if not limit:
        raise ValueError("is no limit: dollars, or N/A, are expected")
    return limit


def _dollars(value: str) -> Decimal:
    return coercers.amount(value.removeprefix("$").replace(",", ""))
