"""CMS's name for a file and the first day it is in force, read from its heading, else from its name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import BinaryIO, TypeVar

from codes.cms import (
    asc,
    asp,
    clfs,
    dmepos,
    gpci,
    icd10,
    localities,
    ncci_mue,
    ncci_ptp,
    opps,
    opps_groups,
    policy_manual,
    zip_locality,
)
from codes.cms.archive import Member
from codes.cms.detect import Format
from codes.loaders.errors import LoadRefused, Undated
from codes.models.release import Source

QUARTERS = {"A": 1, "B": 2, "C": 3, "D": 4}
MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}

Heading = TypeVar("Heading")


@dataclass(frozen=True, slots=True)
class ReleaseDating:
    """A release's name, its first day, and (relative values only) its conversion factor.

    `source` and `part` are given where the file itself tells them: the track, the setting, one of four parts.
    `by_name` says that only the file name gave the day.
    """

    name: str
    effective_from: date
    conversion_factor: Decimal | None = None
    source: Source | None = None
    part: int = 0
    by_name: bool = False


def of_file(member: Member, fmt: Format) -> ReleaseDating | None:
    """The dating of a file that comes without a relative value file; None where it does not say."""
    if fmt in HEADINGS:
        return HEADINGS[fmt](member)
    if fmt in (Format.ADD_ON_TXT, Format.ADD_ON_XLSX) and (said := _day_of_add_ons(member)):
        return ReleaseDating(f"Add-on codes {said:%Y-%m}", said)
    pattern, label = NAMES.get(fmt, ("", ""))
    found = re.search(pattern, member.name, re.IGNORECASE) if pattern else None
    if found is None:
        return None
    parts = found.groupdict()
    year = int(parts["year"])
    quarter = parts.get("quarter")
    start = first_day(year, quarter) if quarter else date(year, MONTHS[parts.get("month", "jan").lower()], 1)
    return ReleaseDating(f"{label} {start:%Y-%m}", start)


def _heading(member: Member, read: Callable[[BinaryIO, str], Heading]) -> Heading:
    with member.open() as stream:
        return read(stream, member.name)


def _gpci(member: Member) -> ReleaseDating:
    year = _heading(member, gpci.read_heading).year
    return ReleaseDating(f"GPCI {year}", date(year, 1, 1))


def _localities(member: Member) -> ReleaseDating:
    year = _heading(member, localities.read_heading).year
    return ReleaseDating(f"LOCCO {year}", date(year, 1, 1))


def _zip_codes(member: Member) -> ReleaseDating:
    quarter = _heading(member, zip_locality.read_heading).quarter
    start = first_day(quarter[:4], quarter[4])
    return ReleaseDating(f"ZIP5 {_quarter(start)}", start)


def _bundling_edits(member: Member) -> ReleaseDating:
    heading = _heading(member, ncci_ptp.read_heading)
    source = {"practitioner": Source.PTP_PRACTITIONER, "hospital": Source.PTP_HOSPITAL}[heading.setting]
    return ReleaseDating(_quarter(heading.effective), heading.effective, source=source, part=heading.part)


def _unit_limits(member: Member) -> ReleaseDating:
    heading = _heading(member, ncci_mue.read_heading)
    return ReleaseDating(_quarter(heading.effective), heading.effective, source=Source(f"mue_{heading.kind}"))


def _laboratory(member: Member) -> ReleaseDating:
    """The quarter in its name or in that of its zip; where neither has one, that of its latest rate."""
    heading = _heading(member, clfs.read_heading)
    start = _quarter_start(heading.latest)
    for name in (member.name, member.archive):
        found = re.search(rf"{heading.year % 100}(?:CLAB|[ _-])Q([1-4])", name, re.IGNORECASE)
        if found:
            start = first_day(heading.year, found[1])
            break
    return ReleaseDating(f"Lab fee schedule {start:%Y-%m}", start)


def _surgery_centers(member: Member) -> ReleaseDating | None:
    """The quarter in the titles of the rates; the excluded codes say their year only, and the name may say the rest."""
    start = of_titles(member)
    if start is None:
        year = _heading(member, asc.read_heading).year
        month = _month_of(year, member)
        start = date(year, month, 1) if month else None
    return of_addendum(member, start) if start else None


def of_titles(member: Member) -> date | None:
    """The first day of the quarter that the titles of a surgery center addendum name; None of Addendum EE."""
    heading = _heading(member, asc.read_heading)
    return date(heading.year, heading.month, 1) if heading.month else None


def of_addendum(member: Member, start: date) -> ReleaseDating:
    """The dating of a surgery center addendum of the quarter that begins on a day."""
    return ReleaseDating(f"ASC addenda {start:%Y-%m}", start, part=_heading(member, asc.read_heading).part)


def _outpatient_hospitals(member: Member) -> ReleaseDating | None:
    return _of_hospitals(member, "B", _heading(member, opps.read_heading).year)


def _hospital_groups(member: Member) -> ReleaseDating | None:
    return _of_hospitals(member, "A", _heading(member, opps_groups.read_heading).year)


def _of_hospitals(member: Member, addendum: str, year: int) -> ReleaseDating | None:
    """The year in the title; the quarter in a name, and January for the tables of the final rule (NFRM, CN)."""
    final = re.search(
        r"(?:NFRM|(?<![a-z])FRM|(?<![a-z])CN)(?![a-z])", f"{member.name} {member.archive}", re.IGNORECASE
    )
    month = _month_of(year, member) or (1 if final else 0)
    return (
        ReleaseDating(f"OPPS Addendum {addendum} {year}-{month:02}", date(year, month, 1)) if month else None
    )


def _month_of(year: int, member: Member) -> int:
    """The first month of the quarter that its name or its zip's says: "January_2025", "Jan-2025", "2025 July",
    "20250401"; 0 where neither does."""
    for name in (member.name, member.archive):
        if found := re.search(rf"(?<!\d){year}(01|04|07|10)01(?!\d)", name):
            return int(found[1])
        months = r"(jan|apr|jul|oct)[a-z]*"
        if found := re.search(rf"{months}[-_ .]*{year}|{year}[-_ .]*{months}", name, re.IGNORECASE):
            return MONTHS[(found[1] or found[2]).lower()]
    return 0


def _policy_manual(member: Member) -> ReleaseDating:
    day = _heading(member, policy_manual.read_heading).revised
    return ReleaseDating(f"NCCI Policy Manual {day.year}", day)


def _references_to_the_manual(member: Member) -> ReleaseDating | None:
    found = re.search(r"policy_manual_(20\d\d)", member.name)
    return ReleaseDating(f"NCCI Policy Manual {found[1]}", date(int(found[1]), 1, 1)) if found else None


def _drug_limits(label: str) -> Callable[[Member], ReleaseDating | None]:
    """The quarter that the heading names, else the one in the file's name: 2026Q1_ASP_Pricing.csv."""

    def of(member: Member) -> ReleaseDating | None:
        said = _heading(member, asp.read_effective)
        named = re.search(r"(20\d\d)[ _-]?Q([1-4])", member.name, re.IGNORECASE)
        start = said or (first_day(named[1], named[2]) if named else None)
        return ReleaseDating(f"{label} {_quarter(start)}", start, by_name=not said) if start else None

    return of


def _single_dose(member: Member) -> ReleaseDating | None:
    """The day of the list in its name."""
    found = re.search(r"(20\d\d-\d\d-\d\d)", member.name)
    try:
        start = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return ReleaseDating(f"JW/JZ list of {start:%Y-%m-%d}", start) if start else None


def _day_of_add_ons(member: Member) -> date | None:
    """The day in the name of its zip, `add-code-edits-medicare-effective-06012026`: a file is revised within a quarter
    (AOC_V2026Q2-F) without another quarter in its name."""
    found = re.search(r"effective-(\d\d)(\d\d)(20\d\d)", member.archive)
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _equipment(member: Member, name: str = "DMEPOS") -> ReleaseDating:
    start = _heading(member, dmepos.read_heading)
    return ReleaseDating(f"{name} {start:%Y-%m}", start)


def _rural_zip_codes(member: Member) -> ReleaseDating:
    with member.open() as stream:
        start = next(dmepos.parse_rural(stream, member.name)).quarter
    return ReleaseDating(f"DMEPOS rural ZIP codes {start:%Y-%m}", start)


def _diagnoses(member: Member) -> ReleaseDating:
    """The day in its name or in that of its zip (`...-tabular-April-1-2026`); where the name has the fiscal year alone,
    its first day. LoadRefused where day and fiscal year contradict each other."""
    year = _heading(member, icd10.read_heading).fiscal_year
    day = _day_of_diagnoses(member) or date(year - 1, 10, 1)
    if not date(year - 1, 10, 1) <= day < date(year, 10, 1):
        raise LoadRefused(
            f"{member.name} ({member.archive}) is named for {day}, and its version is {year}, the fiscal year from "
            f"{year - 1}-10-01. Load the file as the CDC or CMS publishes it."
        )
    return ReleaseDating(f"ICD-10-CM {day:%Y-%m}", day)


def _day_of_diagnoses(member: Member) -> date | None:
    """None where the names have no day. Undated where they only say that the list was updated within its year."""
    for name in (member.name, member.archive):
        if found := re.search(r"(april|october)[-_ ]?0?1[-_ ](20\d\d)", name, re.IGNORECASE):
            return date(int(found[2]), MONTHS[found[1].lower()[:3]], 1)
    if found := re.search(r"updated[-_ /]0[1-8][-_ /]\d\d[-_ /](20\d\d)", member.archive, re.IGNORECASE):
        raise Undated(
            f"{member.name} ({member.archive}): it was updated in {found[1]}, and its name does not say for which day. "
            f"Say --effective-from {found[1]}-04-01 where it is the update of April 1."
        )
    return None


def first_day(year: int | str, quarter: int | str) -> date:
    """Of a quarter, 1 to 4."""
    return date(int(year), int(quarter) * 3 - 2, 1)


def _quarter_start(day: date) -> date:
    return first_day(day.year, (day.month + 2) // 3)


def _quarter(day: date) -> str:
    """ "2024 Q3", as CMS calls a quarter of NCCI."""
    return f"{day.year} Q{(day.month + 2) // 3}"


HEADINGS: dict[Format, Callable[[Member], ReleaseDating | None]] = {
    Format.GPCI_CSV: _gpci,
    Format.GPCI_TXT: _gpci,
    Format.LOCALITIES_CSV: _localities,
    Format.LOCALITIES_TXT: _localities,
    Format.LOCALITIES_XLSX: _localities,
    Format.ZIP_LOCALITY: _zip_codes,
    Format.PTP: _bundling_edits,
    Format.MUE: _unit_limits,
    Format.DMEPOS_CSV: _equipment,
    Format.PEN_CSV: partial(_equipment, name="PEN"),
    Format.DMEPOS_RURAL: _rural_zip_codes,
    Format.ICD10_XML: _diagnoses,
    Format.CLFS_XLSX: _laboratory,
    Format.CLFS_CSV: _laboratory,
    Format.CLFS_TXT: _laboratory,
    Format.ASC: _surgery_centers,
    Format.ASC_XLSX: _surgery_centers,
    Format.OPPS_A: _hospital_groups,
    Format.OPPS_A_XLSX: _hospital_groups,
    Format.OPPS_B: _outpatient_hospitals,
    Format.OPPS_B_XLSX: _outpatient_hospitals,
    Format.POLICY_MANUAL: _policy_manual,
    Format.POLICY_MANUAL_REFERENCES: _references_to_the_manual,
    Format.ASP_LIMITS: _drug_limits("ASP"),
    Format.ASP_NOC: _drug_limits("NOC"),
    Format.ASP_NDC: _drug_limits("NDC"),
    Format.SINGLE_DOSE: _single_dose,
}
NAMES = {
    Format.ANESTHESIA_CSV: (r"ANES(?P<year>\d{4})", "Anesthesia factors"),
    Format.ANESTHESIA_TXT: (r"ANES(?P<year>\d{4})", "Anesthesia factors"),
    Format.ANESTHESIA_BASE_XLSX: (r"base_units_(?P<year>\d{4})", "Anesthesia base units"),
    Format.HCPCS_CSV: (r"(?P<year>20\d\d)(?P<month>jan|apr|jul|oct)", "HCPCS"),
    Format.HCPCS_ANWEB: (r"HCPC(?P<year>\d{4})_(?P<month>jan|apr|jul|oct)", "HCPCS"),
    Format.PSPS: (r"PSPS.*?(?P<year>20\d\d)", "PSPS"),
    Format.RBCS: (r"rbcs_(?P<year>\d{4})", "RBCS"),
    Format.ADD_ON_CSV: (r"add_on_codes_(?P<year>\d{4})", "Add-on codes"),
    Format.ADD_ON_XLSX: (r"AOC_V(?P<year>\d{4})Q(?P<quarter>[1-4])", "Add-on codes"),
    Format.ADD_ON_TXT: (r"AOC_V(?P<year>\d{4})Q(?P<quarter>[1-4])", "Add-on codes"),
}


def quarter_of_payment_file(name: str, archive: str, year: int) -> date:
    """The first day of the quarter that PFREV25D (or PFREV4) is for; PFALL is for January."""
    found = re.search(r"PFREV\d\d([A-D])", f"{name} {archive}", re.IGNORECASE) or re.search(
        r"PFREV([1-4])\b", name, re.IGNORECASE
    )
    if found is None:
        return date(year, 1, 1)
    quarter = found[1].upper()
    return first_day(year, QUARTERS.get(quarter, quarter))
