"""Small addenda of surgery centers and outpatient hospitals in CMS's layouts, made up for a test: no text of CMS's."""

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tests import builders

TITLES = {
    "AA": (
        *("", "Short Descriptor", "Subject to Multiple Procedure Discounting"),
        *("{} Payment Indicator", "{}  Payment Weight  ", "{} Payment Rate "),
    ),
    "BB": (
        *("", "Short Descriptor", "Drug and Device Pass-Through Expiration during Calendar Year"),
        *("{} Payment Indicator", "{} Payment Weight", "{} Payment Rate ", "{} IRA-22 Adjusted Copayment1"),
    ),
    "EE": ("Short Descriptor",),
}
OPPS = (
    *("Short Descriptor", " CI", " SI", " APC ", "Relative Weight", "Payment Rate"),
    *("National Unadjusted Copayment", "Minimum Unadjusted Copayment", "IRA Coinsurance percentage "),
    *("Adjusted Beneficiary Copayment", "Note"),
)
AA = (
    ("45378", "", "a", "Y", "A2", "9.0638", "510.49"),
    ("27447", "", "b", "Y", "J8", "166.776", "$9,393.16"),
    ("G0105", "**", "c", "Y", "A2", "9.0638", "510.49"),
    ("0095T", "", "d", "N", "N1", "", ""),
)
BB = (
    ("J0897", "", "a", "", "K2", "", "30.101", "5.22"),
    ("76376", "", "b", "", "N1"),
    ("C1839", "", "c", "", "J7", "", "", ""),
)
EE = (("22558", "a"),)
A = (
    ("5311", "Lower bowel 1 ", "T", "10.2245", "$911.71", ".", "$182.35", "", "", "", ""),
    ("9272", "A drug", "K ", "", "$26.960", ".", "$5.40", "18.649%", "$5.03", "", ""),
    ("2038", "A device", "H ", "", "", ".", ".", "", "", "*", ""),
    ("8011", "Observation", "J2", "29.6934", "$2,647.73", ".", "$529.55", "", "", "", ""),
)
B = (
    ("45378", "a", "", "T", "5311", "10.2245", "$911.71", ".", "$182.35", "", "", ""),
    ("27447", "b", "", "J1 ", "5115", "144.2970", "$12,866.82", ".", "$2,573.37", "", "$1,632.00", "capped"),
    ("G0105", "c", "", "T", "5311", "10.2245", "$911.71", "$0.00", "$0.00", "", "", ""),
    ("J0897", "d", "", "K", "9272", "", "$26.960", ".", "$5.40", "18.649%", "$5.03", ""),
    ("76376", "e", "", "N", "", "", "", "", "", "", "", ""),
    ("22558", "f", "", "C", "", "", "", "", "", "", "", ""),
    ("99214", "g", "", "B", "", "", "", "", "", "", "", ""),
    ("69930", "h", "", "J1", "5166", "356.7139", "$31,807.82", "$6,942.79", "$6,361.57", "", "$1,632.00", ""),
)


def asc(
    name: str, rows: Iterable[tuple[str, ...]], quarter: str = "July 2026", delimiter: str = ","
) -> bytes:
    """Addendum AA, BB or EE with a title, a notice, the titles of its columns, the rows and a note."""
    titles = ["HCPCS Code", *(title.format(quarter) for title in TITLES[name])]
    heading = [f"Addendum {name} -- ASC Procedures for CY {quarter[-4:]}"], ["a notice"], [""]
    return _text([*heading, titles, *rows, ["", ""], ["NOTE 1: ours"]], delimiter)


def opps(rows: Iterable[tuple[str, ...]] = B, year: int = 2025) -> bytes:
    """Addendum B as txt with tabs."""
    heading = ["", f"Addendum B.-- OPPS Payment by HCPCS Code for CY {year}"], ["", "a notice"]
    return _text([*heading, ["HCPCS Code", *OPPS], *rows], "\t")


def opps_groups(rows: Iterable[tuple[str, ...]] = A, year: int = 2025) -> bytes:
    """Addendum A as txt with tabs."""
    titles = [
        *("APC ", "Group Title", "SI", "Relative Weight ", "Payment Rate ", *OPPS[6:10]),
        *("Drug and Device Pass-Through Expiration during Calendar Year", "Note"),
    ]
    heading = ["", f"Addendum A.- OPPS APCs for CY {year}"], ["", "a notice"]
    return _text([*heading, titles, *rows], "\t")


def addenda(
    path: Path, quarter: str = "July 2026", aa: Iterable[tuple[str, ...]] = AA, **others: bytes
) -> Path:
    """A zip with the three addenda of a quarter."""
    files = {
        "AA.csv": asc("AA", aa, quarter),
        "BB.csv": asc("BB", BB, quarter),
        "EE.csv": asc("EE", EE, quarter),
    }
    return builders.zipped(path, files | others)


def outpatient(path: Path, rows: Iterable[tuple[str, ...]] = B) -> Path:
    """A zip with Addendum B of the final rule for 2025."""
    return builders.zipped(path, {"2025 NFRM Addendum B.txt": opps(rows)})


def original(path: Path, member: str) -> list[list[str]]:
    """The cells of a file of CMS in a zip, read without any code of ours."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(member).decode("cp1252", errors="replace")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if member.endswith("txt") else ","))


def _text(rows: Iterable[Iterable[str]], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
