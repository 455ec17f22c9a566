"""Small files in CMS's own layouts, made up for a test: nothing in them but codes and figures.

Each function returns the bytes of one file with CMS's line ends; `written` and `zipped` put them on disk.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Cells = list[str]

MONTHS = {"A": ("Jan", "January"), "B": ("Apr", "April"), "C": ("Jul", "July"), "D": ("Oct", "October")}
FACTORS = {2024: "32.7442", 2025: "32.3465", 2026: "33.4009", 2027: "34.1000"}
# The titles of 2025 as CMS spreads them down five lines; a column's title is the words one under the other.
TITLES = """\
,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,\
BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,\
OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
"""
PRICING_INDICATOR = ("", "", "", "PRIC", "IND")
BEFORE_PRICING_INDICATOR = 23


def rvu(
    code: str,
    modifier: str = "",
    *,
    hundredths: int = 100,
    status: str = "A",
    days: str = "XXX",
    description: str = "",
) -> Cells:
    """A row of 2025: work of so many hundredths of a unit, practice expense 0.50, malpractice 0.10."""
    work, total = f"{hundredths / 100:.2f}", f"{(hundredths + 60) / 100:.2f}"
    units = [work, "0.50", "", "0.50", "", "0.10", total, total]
    indicators = ["0", days, "0.00", "0.00", "0.00", "0", "0", "0", "0", "0"]
    return [
        code,
        modifier,
        description,
        status,
        "",
        *units,
        *indicators,
        "",
        "",
        "09",
        "0",
        "99",
        *["0.00"] * 3,
    ]


def many_rvus(count: int, first: int = 10_000) -> list[Cells]:
    """So many rows of different codes."""
    return [rvu(f"{first + number:05}", hundredths=number % 900) for number in range(count)]


def pprrvu_csv(
    rows: Iterable[Cells], year: int = 2026, quarter: str = "C", factor: str = "", end: str = "\r\n"
) -> bytes:
    """PPRRVU of one quarter: 31 columns until 2025, 32 from 2026 on. `factor` stands on every row."""
    heading = [
        f"{year} National Physician Fee Schedule Relative Value File {MONTHS[quarter][1]} Release",
        "a notice",
        "another notice",
        " ",
        f"RELEASED 09/11/{year}",
    ]
    blank = [""] * 31
    preamble = [[*blank[:2], text, *blank[3:]] for text in heading]
    titles = list(csv.reader(io.StringIO(TITLES)))
    body = [[*row[:24], factor or FACTORS[year], *row[25:]] for row in rows]
    if year >= 2026:
        preamble = [[*line, ""] for line in preamble]
        titles = [_widened(line, title) for line, title in zip(titles, PRICING_INDICATOR, strict=True)]
        body = [_widened(row, "9") for row in body]
    return _csv([*preamble, *titles, *body], end)


def pprrvu_name(year: int = 2026, quarter: str = "C", track: str = "nonQPP") -> str:
    """The name that CMS gives to this file."""
    suffix = f"_{track}" if year >= 2026 and track else ""
    return f"PPRRVU{year}_{MONTHS[quarter][0]}{suffix}.csv"


def gpci_csv(localities: int = 109, year: int = 2026, footnotes: bool = True, work: str = "1.000") -> bytes:
    """The index file of a year with so many localities (CMS has 109), all of one made-up contractor."""
    titles = ["Medicare Administrative Contractor (MAC)", "State", "Locality Number", "Locality Name"]
    titles += [f"{year} PW GPCI (with 1.0 Floor)", f"{year} PE GPCI", f"{year} MP GPCI"]
    rows = [
        [
            f"{10_000 + number // 100:05}",
            "AL",
            f"{number % 100:02}",
            f"PLACE {number}*",
            work,
            "0.875",
            "0.566",
        ]
        for number in range(localities)
    ]
    after = [[""] * 7, ["*Work GPCI reflects a 1.5 floor in Alaska.", *[""] * 6]] if footnotes else []
    title = [f"ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES", *[""] * 6]
    return _csv([title, [""] * 7, titles, *rows, *after])


def anesthesia_csv(factor: str = "20.00", localities: int = 109) -> bytes:
    """The anesthesia factors of so many localities."""
    titles = ["Contractor", "Locality", "Locality Name", "National Anes CF of 20.3178"]
    rows = [
        [f"{10_000 + number // 100:05}", f"{number % 100:02}", f"PLACE {number}", factor]
        for number in range(localities)
    ]
    return _csv([titles, *rows, [""] * 4])


def zip5(zips: Iterable[str], quarter: str = "20254", spanning: Sequence[str] = ()) -> bytes:
    """The ZIP file of a quarter: all in one locality of Alabama; those in `spanning` need nine digits."""
    lines = (f"AL{code}1011200{int(code in spanning):>7} 0{quarter:>57}" for code in zips)
    return "".join(f"{line}\r\n" for line in lines).encode()


def hcpcs_csv(texts: Mapping[str, str]) -> bytes:
    """The csv copy of the HCPCS descriptions."""
    return _csv([["code", "long_description"], *([code, text] for code, text in texts.items())])


def hcpcs_anweb(codes: Mapping[str, str], modifiers: Mapping[str, str]) -> bytes:
    """CMS's own HCPCS file, one line for each code and modifier."""
    names = {**dict.fromkeys(codes, "3"), **{f"   {modifier}": "7" for modifier in modifiers}}
    texts = {**codes, **{f"   {modifier}": text for modifier, text in modifiers.items()}}
    lines = (f"{name}00100{kind}{texts[name]:<80}{texts[name][:28]:<28}" for name, kind in names.items())
    return "".join(f"{line:<320}\r\n" for line in lines).encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


def written(path: Path, content: bytes) -> Path:
    """The path, with the content at it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """The path, with a zip of these files at it."""
    return written(path, packed(files))


def rvu_zip(
    folder: Path, rows: Iterable[Cells], year: int = 2026, quarter: str = "C", factor: str = ""
) -> Path:
    """`rvu26c.zip` as CMS publishes it: relative values with their index file."""
    files = {
        pprrvu_name(year, quarter): pprrvu_csv(rows, year, quarter, factor),
        f"GPCI{year}.csv": gpci_csv(year=year),
    }
    return zipped(folder / f"rvu{year % 100}{quarter.lower()}.zip", files)


def _widened(row: Cells, value: str) -> Cells:
    return [*row[:BEFORE_PRICING_INDICATOR], value, *row[BEFORE_PRICING_INDICATOR:]]


def _csv(rows: Iterable[Sequence[str]], end: str = "\r\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode()
