"""A small reference for the toolkit: four codes, one edit that no modifier passes, one that may be passed, two limits.

Conversion factor $10 in each release. RVU26B allows $10.00 for 99213 and RVU26C $20.00; 00142 is anesthesia and has
no relative values; 27447 is allowed $100.00 in a facility alone.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from codes.models import CodeText, FeeScheduleRow, MueLimit, PtpEdit, Rationale, Release, Tip, Version

AT = date(2026, 7, 15)
NAMES = {
    "00142": "Anesthesia for cataract surgery",
    "27447": "Knee replacement",
    "99213": "Office visit, established patient",
    "99214": "Office visit, longer",
}
TITLES = (
    "Wall sheet: modifiers",
    "Wall sheet: places and last days",
    "Cheat sheet",
    "The commonest denial reasons, and what to do",
    "Modifier pitfalls, by indicator",
    "The costliest edits that can't be bypassed",
    "Unit limits of the codes that are billed most",
    "What changed",
    "A tip for each code that is billed most",
)
INDICATORS = {
    "pctc": "0",
    "multiple_procedure": "0",
    "bilateral_surgery": "0",
    "assistant_surgery": "0",
    "co_surgeons": "0",
    "team_surgery": "0",
}
ZEROS = (
    *(
        "facility_pe_rvu",
        "malpractice_rvu",
        "preoperative_share",
        "intraoperative_share",
        "postoperative_share",
    ),
    *("opps_nonfacility_pe", "opps_facility_pe", "opps_malpractice"),
)


def release(source: str, name: str, effective: date, **more: Any) -> Release:
    """A ready release, with the version of the data moved as a loader does."""
    made: Release = Release.objects.create(
        source=source,
        name=name,
        effective_from=effective,
        sha256=f"{source}-{name}",
        state="ready",
        row_count=1,
        **more,
    )
    Version.bump("data")
    return made


def row(of: Release, code: str, work: str, **more: Any) -> None:
    """A row that is worth `work` relative value units in any setting."""
    given = {"status": "A", "global_days": "XXX", "work_rvu": Decimal(work), "nonfacility_pe_rvu": Decimal(0)}
    zeros = dict.fromkeys(ZEROS, Decimal(0))
    FeeScheduleRow.objects.create(release=of, code=code, **INDICATORS | zeros | given | more)


def fee_schedule(name: str, effective: date, visit: str) -> Release:
    """A relative value file in which 99213 is worth `visit` units."""
    made = release("pprrvu", name, effective, conversion_factor=Decimal("10.0000"))
    row(made, "99213", visit)
    row(made, "99214", "3.00")
    row(made, "27447", "10.00", nonfacility_na=True, global_days="090", bilateral_surgery="1")
    row(made, "00142", "0.00", status="J")
    return made


def load_world() -> None:
    """Everything in the docstring of this module."""
    for code, name in NAMES.items():
        CodeText.objects.create(code=code, plain_name=name, band=1)
    fee_schedule("RVU26B", date(2026, 4, 1), "1.00")
    fee_schedule("RVU26C", date(2026, 7, 1), "2.00")
    edits = release("ptp_practitioner", "2026 Q3", date(2026, 7, 1))
    why = Rationale.objects.create(text="Mutually exclusive procedures")
    pair = {"release": edits, "rationale": why, "effective": date(2020, 1, 1)}
    PtpEdit.objects.create(column_one="99214", column_two="27447", indicator="0", **pair)
    PtpEdit.objects.create(column_one="27447", column_two="99213", indicator="1", **pair)
    limits = release("mue_practitioner", "2026 Q3", date(2026, 7, 1))
    MueLimit.objects.create(release=limits, code="99213", value=2, mai="3", rationale="Clinical: Data")
    MueLimit.objects.create(release=limits, code="00142", value=0, mai="2", rationale="CMS Policy")
    Tip.objects.create(
        code="99213",
        text="Worth {allowed}, at most {mue} a day.",
        source_title="A manual",
        state="published",
        from_project=True,
        key="99213-1",
    )


def by_kind(files: Iterable[Path]) -> dict[str, Path]:
    """The files by their endings, "pdf" and "xlsx"."""
    return {path.suffix.strip("."): path for path in files}


@cache
def words(path: Path) -> tuple[str, ...]:
    """The text of each page of a PDF, with single blanks."""
    return tuple(re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages)


def sheet(path: Path, name: str) -> list[list[Any]]:
    """The rows of a sheet of a workbook."""
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
