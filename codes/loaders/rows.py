"""From a parser's records to the tuples of a table."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, BinaryIO

from codes.cms import dmepos, hcpcs, icd10, pprrvu, rbcs

Rows = Iterator[tuple[Any, ...]]
Parse = Callable[[BinaryIO, str], Iterable[Any]]

# Codes whose text belongs to the government; every other text in CMS's files is the AMA's or the ADA's.
PUBLIC_TEXT = re.compile(r"[A-CE-V]\d{4}")

FEE_SCHEDULE_COLUMNS = (
    "code",
    "modifier",
    "status",
    "not_used_for_medicare",
    "work_rvu",
    "nonfacility_pe_rvu",
    "nonfacility_na",
    "facility_pe_rvu",
    "facility_na",
    "malpractice_rvu",
    "pctc",
    "global_days",
    "preoperative_share",
    "intraoperative_share",
    "postoperative_share",
    "multiple_procedure",
    "bilateral_surgery",
    "assistant_surgery",
    "co_surgeons",
    "team_surgery",
    "pricing_indicator",
    "endoscopic_base",
    "physician_supervision",
    "calculation_flag",
    "imaging_family",
    "opps_nonfacility_pe",
    "opps_facility_pe",
    "opps_malpractice",
    "description",
)
HCPCS_COLUMNS = ("code", "long_description", "short_description", "added", "terminated")
EQUIPMENT_COLUMNS = ("code", "modifiers", "jurisdiction", "category", "ceiling", "floor", "amounts")
DIAGNOSIS_COLUMNS = ("code", "name", "parent", "is_billable", "excludes1")
RBCS_COLUMNS = ("code", "category", "subcategory", "family", "is_procedure")


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator said when loading."""

    accept_ama_license: bool = False


Reader = Callable[[BinaryIO, str, Options], Rows]


def plain(parse: Parse, *attributes: str) -> Reader:
    """A reader that takes these attributes of each record, as they are."""
    values = (
        attrgetter(*attributes) if len(attributes) > 1 else lambda record: (getattr(record, *attributes),)
    )

    def read(stream: BinaryIO, file_name: str, options: Options) -> Rows:
        return map(values, parse(stream, file_name))

    return read


def fee_schedule(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """PPRRVU rows; a CPT description only where the license was accepted."""
    values = attrgetter(*FEE_SCHEDULE_COLUMNS[:-1])
    for record in pprrvu.parse(stream, file_name):
        kept = options.accept_ama_license or PUBLIC_TEXT.fullmatch(record.code)
        yield (*values(record), record.description if kept else "")


def hcpcs_codes(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """The codes of CMS's HCPCS file, which holds the modifiers too."""
    for record in hcpcs.parse(stream, file_name):
        if isinstance(record, hcpcs.HcpcsRow):
            yield (
                record.code,
                record.long_description,
                record.short_description,
                record.added,
                record.terminated,
            )


def latest_rbcs(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """One assignment a code: the latest (a code may have several, and the file is small)."""
    latest: dict[str, rbcs.RbcsRow] = {}
    for record in rbcs.parse(stream, file_name):
        held = latest.get(record.code)
        if held is None or record.effective >= held.effective:
            latest[record.code] = record
    return map(attrgetter("code", "category", "subcategory", "family", "procedure"), latest.values())


def diagnoses(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """The codes of ICD-10-CM, their Excludes1 notes as JSON."""
    for row in icd10.parse(stream, file_name):
        notes = json.dumps([asdict(note) for note in row.excludes1])
        yield row.code, row.name, row.parent, row.is_billable, notes


def equipment(stream: BinaryIO, file_name: str, options: Options) -> Rows:
    """The fees of equipment or nutrition, the amounts of the states as JSON."""
    for row in dmepos.parse(stream, file_name):
        amounts = json.dumps({state: list(map(_as_text, pair)) for state, pair in row.amounts.items()})
        modifiers = " ".join(row.modifiers)
        yield row.code, modifiers, row.jurisdiction, row.category, row.ceiling, row.floor, amounts


def _as_text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
