"""A January that has not come yet: files of 2027 made of the sample's files of 2025 and 2026, in CMS's layouts.

Only years, conversion factors, names of releases and the figures below differ. The factors are made up.
"""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from codes.cms import clfs
from tests import builders
from tests.loaders.ncci_files import mue_table

FACTOR, FACTOR_QPP, ANESTHESIA = Decimal("34.1000"), Decimal("34.3000"), Decimal("21.00")
SAMPLE = settings.BASE_DIR / "fixtures" / "cms"
WITH_FLOOR = "2026 PW GPCI (with 1.0 Floor)***"
DRUG_HEADING = b'Payment Allowance Limits,,\r\n"Effective January 1, 2027 through March 31, 2027",,\r\n'
LABORATORY_TITLES = "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC"
NEW_EDIT = "76376\t99214\t\t20270101\t*\t1\tMisuse of Column Two code with Column One code"


def archive(folder: Path, *, floor: bool = False, extra_column: str = "") -> Path:
    """rvu27a.zip: both tracks of relative values, indices, anesthesia factors and imaging caps."""
    return builders.zipped(
        folder / "rvu27a-updated-12-28-2026.zip",
        {
            "PPRRVU2027_Jan_nonQPP.csv": _relative_values(FACTOR, extra_column),
            "PPRRVU2027_Jan_QPP.csv": _relative_values(FACTOR_QPP, extra_column),
            "GPCI2027.csv": _indices(floor),
            "ANES2027.csv": _anesthesia(),
            "27LOCCO.csv": _of_2027("rvu25d/25LOCCO.csv", "2025"),
            "OPPSCAP_Jan.csv": _of_2027("rvu25d/OPPSCAP_Oct.csv", "10112,00,230.40,230.40"),
        },
    )


def edits(folder: Path) -> list[Path]:
    """The four files of v330, which hold the sample's edits of 2024 and one that begins on January 1, 2027."""
    made = []
    for old in sorted((SAMPLE / "ncci").glob("*ccipra*.zip")):
        with zipfile.ZipFile(old) as opened:
            (name,) = opened.namelist()
            content = opened.read(name)
        if "-f1" in name:
            content += f"{NEW_EDIT}\r\n".encode()
        inside = name.replace("v302", "v330")
        path = folder / old.name.replace("v302", "v330").replace("2024q3", "2027q1")
        made.append(builders.zipped(path, {inside: content}))
    return made


def limits(folder: Path) -> Path:
    """The practitioner unit limits from January 1: three units of 99214."""
    return mue_table(folder, "01-01-2027", ("99214", 3, "3"))


def price_lists(folder: Path) -> list[Path]:
    """Every other list of January: drugs, laboratory, surgery centers, outpatient hospitals and equipment.

    One amount differs in each: J0897 $30.000 at 17 %, 80053 $11.00, 45378 $520.00 and $930.00, E0601 in Alabama $51.00.
    """
    return [
        builders.written(folder / "2027Q1_ASP_Pricing.csv", _drugs()),
        builders.zipped(folder / "27CLABQ1.zip", {"CLFS 2027 Q1V1.csv": _laboratory()}),
        builders.zipped(folder / "january-2027-asc-addenda.zip", _surgery_centers()),
        builders.zipped(folder / "2027-nfrm-opps-addenda.zip", _outpatient_hospitals()),
        builders.zipped(folder / "dme27.zip", _equipment()),
    ]


def _drugs() -> bytes:
    return DRUG_HEADING + _changed(
        "2026Q1_ASP_Pricing.csv", ("J0897,,1 MG,29.457,17.585", "J0897,,1 MG,30.000,17.000")
    )


def _laboratory() -> bytes:
    """The csv of CMS's zip, with the rows of the sample's workbook."""
    name = "CLFS_2026_Q1V1.xlsx"
    rows = ["2027 Fee Schedule,,", LABORATORY_TITLES]
    with (SAMPLE / name).open("rb") as stream:
        for row in clfs.parse(stream, name):
            rate = Decimal("11.00") if row.code == "80053" else row.rate
            rows.append(f"2027,{row.code},{row.modifier},20270101,{row.indicator},{rate:08.2f},")
    return "".join(f"{row}\r\n" for row in rows).encode()


def _surgery_centers() -> dict[str, bytes]:
    changes = ("CY 2026", "CY 2027"), ("July 2026", "January 2027"), ("9.0638,510.49", "9.0638,520.00")
    return {
        f"{name}.csv": _changed(f"asc-addenda-20260701/{name}.csv", *changes) for name in ("AA", "BB", "EE")
    }


def _outpatient_hospitals() -> dict[str, bytes]:
    old = "2025-nfrm-opps-addenda/2025 NFRM Addendum B.txt"
    return {
        "2027 NFRM Addendum B.txt": _changed(
            old,
            ("CY 2025", "CY 2027"),
            ("45378\t\t\tT\t5311\t10.2245\t$911.71", "45378\t\t\tT\t5311\t10.2245\t$930.00"),
        )
    }


def _equipment() -> dict[str, bytes]:
    return {
        "DMEPOS_JAN.csv": _changed(
            "dme25/DMEPOS_JAN.csv",
            ("January 2025", "January 2027"),
            ("E0601,RR,,D,CR,0.00,0.00,50.58", "E0601,RR,,D,CR,0.00,0.00,51.00"),
        ),
        "DMEPEN_JAN.csv": _changed("dme25/DMEPEN_JAN.csv", ("2025", "2027")),
        "DME Rural ZIP Code Quarter 1, 2027.csv": _changed(
            "dme25/DME Rural ZIP Code Quarter 1, 2025.csv", (",202501", ",202701")
        ),
    }


def _changed(name: str, *changes: tuple[str, str]) -> bytes:
    text = (SAMPLE / name).read_text("latin-1")
    for old, new in changes:
        text = text.replace(old, new)
    return text.encode("latin-1")


def _of_2027(name: str, old: str) -> bytes:
    """A file of the sample with one thing changed: its year, or the cap of 70496 in Alabama to $1.00."""
    new = "2027" if old == "2025" else "10112,00,1.00,1.00"
    return (SAMPLE / name).read_text("latin-1").replace(old, new, 1).encode("latin-1")


def _relative_values(factor: Decimal, extra_column: str) -> bytes:
    text = (SAMPLE / "rvu26c" / "PPRRVU2026_Jul_nonQPP.csv").read_text("latin-1")
    text = text.replace("2026 National", "2027 National").replace("July Release", "January Release")
    text = text.replace(",33.4009,", f",{factor},").replace("06/30/2026", "12/28/2026")
    if extra_column:
        lines = text.splitlines()
        cells = [extra_column if line.startswith("HCPCS,MOD") else "" for line in lines]
        text = "".join(f"{line},{cell}\r\n" for line, cell in zip(lines, cells, strict=True))
    return text.encode("latin-1")


def _indices(floor: bool) -> bytes:
    """The indices of 2026 under titles of 2027. With `floor`, a work index of 0.9 without it in a column before it."""
    rows = list(csv.reader(io.StringIO((SAMPLE / "rvu26c" / "GPCI2026.csv").read_text("latin-1"))))
    out = io.StringIO()
    for row in rows:
        if row[4] == WITH_FLOOR:
            row[4:5] = (
                ["2027 PW GPCI (without 1.0 Floor)", "2027 PW GPCI (with 1.0 Floor)"]
                if floor
                else ["2027 PW GPCI"]
            )
        elif floor and row[0].isdigit():
            row[4:5] = ["0.900", row[4]]
        csv.writer(out, lineterminator="\r\n").writerow(cell.replace("2026", "2027") for cell in row)
    return out.getvalue().encode("latin-1")


def _anesthesia() -> bytes:
    text = (SAMPLE / "rvu25d" / "ANES2025.csv").read_text("latin-1")
    rows = list(csv.reader(io.StringIO(text.replace("20.3178", "21.0000"))))
    for row in rows[1:]:
        row[3] = str(ANESTHESIA) if row[3].strip() else ""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("latin-1")
