"""Small NCCI files in CMS's own layouts, made up for a test."""

from collections.abc import Sequence
from pathlib import Path

from tests import builders

PTP_HEADER = (
    "A notice of the AMA.",
    "Column1/Column2 Edits",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
)
MUE_HEADER = (
    '"A notice of the AMA.\r\n"',
    '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale',
)
MAI = {"1": "1 Line Edit", "2": "2 Date of Service Edit: Policy", "3": "3 Date of Service Edit: Clinical"}


def edit(pair: str, indicator: str = "1", first: str = "20200101", last: str = "*") -> str:
    """A line for "45385/45380", from one day to another (YYYYMMDD; `*` for none)."""
    one, two = pair.split("/")
    return f"{one}\t{two}\t\t{first}\t{last}\t{indicator}\tMore extensive procedure"


def ptp_set(folder: Path, version: str, *edits: str, setting: str = "ccipra") -> list[Path]:
    """The four files of a set; `version` 302 is July 2024, 303 October 2024. All edits but one are in the first."""
    filler = [edit(f"1000{part}/20000") for part in (2, 3, 4)]
    parts = (edits, *([line] for line in filler))
    return [
        builders.written(folder / f"{setting}-v{version}r0-f{number}.txt", _lines(PTP_HEADER, part))
        for number, part in enumerate(parts, 1)
    ]


def mue_table(folder: Path, day: str, *limits: tuple[str, int, str]) -> Path:
    """The practitioner table in force from `day` (MM-DD-YYYY), of (code, units, adjudication indicator)."""
    rows = [f"{code},{units},{MAI[mai]},Clinical: Data" for code, units, mai in limits]
    return builders.written(folder / f"MCR_MUE_PractitionerServices_Eff_{day}.csv", _lines(MUE_HEADER, rows))


def add_ons(folder: Path, quarter: str, *records: tuple[str, str, str]) -> Path:
    """The add-on file of a quarter (2025Q4), of (add-on, primary or CCCCC, type), with no last day."""
    rows = [f"{kind}{add_on}{' ' * 7}{primary}{' ' * 7}2013091{' ' * 7}" for add_on, primary, kind in records]
    return builders.written(folder / f"AOC_V{quarter}_01-MCR.txt", _lines((), rows))


def _lines(header: Sequence[str], rows: Sequence[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in (*header, *rows)).encode()
