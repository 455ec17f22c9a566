"""A January that has not come yet: files of 2027 made of the sample's files of 2025 and 2026, in CMS's layouts.

Only years, conversion factors, names of releases and the figures below differ. The factors are made up.
"""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from tests import builders
from tests.loaders.ncci_files import mue_table

FACTOR, FACTOR_QPP, ANESTHESIA = Decimal("34.1000"), Decimal("34.3000"), Decimal("21.00")
SAMPLE = settings.BASE_DIR / "fixtures" / "cms"
WITH_FLOOR = "2026 PW GPCI (with 1.0 Floor)***"
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
