import datetime as dt
import io
import tracemalloc
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import ncci_ptp
from codes.cms.layout import LayoutError
from codes.cms.ncci_ptp import Heading, PtpRow

HEADER = (
    "A notice of the AMA.",
    "Column1/Column2 Edits",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
)
ACTIVE = "45385\t45380\t\t20160101\t*\t1\tMore extensive procedure"
DELETED = "29881\t29877\t*\t19960101\t20021231\t9\tStandards of medical/surgical practice"


def raw(*rows: str, header: tuple[str, ...] = HEADER) -> bytes:
    return "".join(f"{line}\r\n" for line in (*header, *rows)).encode()


def parse(*rows: str) -> list[PtpRow]:
    return list(ncci_ptp.parse(io.BytesIO(raw(*rows)), "ccipra-v302r0-f1.TXT"))


def refusal(*rows: str) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(*rows)
    return str(caught.value)


def test_an_edit_in_force_has_no_last_day() -> None:
    assert parse(ACTIVE) == [
        PtpRow("45385", "45380", False, dt.date(2016, 1, 1), None, "1", "More extensive procedure")
    ]


def test_a_deleted_edit_has_its_last_day_and_its_star() -> None:
    (row,) = parse(DELETED)
    assert (row.prior_to_1996, row.deletion, row.indicator) == (True, dt.date(2002, 12, 31), "9")


def test_known_codes_and_dates_are_read_like_new_ones() -> None:
    again = ACTIVE.replace("45380", "45385").replace("20160101", "19960101")
    assert parse(DELETED, ACTIVE, again, DELETED, ACTIVE) == [
        *parse(DELETED, ACTIVE),
        *parse(again),
        *parse(DELETED, ACTIVE),
    ]


def test_the_direction_is_kept() -> None:
    (row,) = parse("76377\t76376\t\t20160101\t*\t0\tMore extensive procedure")
    assert (row.column_one, row.column_two) == ("76377", "76376")


def test_a_file_without_its_header_is_read_from_its_first_line() -> None:
    stream = io.BytesIO(raw(ACTIVE, DELETED, header=()))
    assert len(list(ncci_ptp.parse(stream, "ccipra-v302r0-f1.TXT"))) == 2


def test_blank_lines_and_a_ctrl_z_are_passed_over() -> None:
    stream = io.BytesIO(raw(ACTIVE, "") + b"\x1a")
    assert len(list(ncci_ptp.parse(stream, "ccipra-v302r0-f1.TXT"))) == 1


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("45380", "4538", 'line 8, Column 2: "4538" is not a five-character code'),
        ("20160101", "20160230", 'line 8, Effective Date: "20160230" is not a day of the calendar'),
        ("20160101", "*", 'line 8, Effective Date: "*" is not a date of the form YYYYMMDD'),
        ("\t1\t", "\t2\t", 'line 8, Modifier: "2" is not one of 0, 1, 9'),
        ("\t\t2016", "\tx\t2016", 'line 8, *=in existence prior to 1996: "x" is neither * nor blank'),
        ("More extensive procedure", "", 'line 8, PTP Edit Rationale: "" is blank'),
        ("\tMore extensive procedure", "", "line 8: has 6 cells, not 7"),
    ],
)
def test_a_damaged_row_is_refused_with_its_place(before: str, after: str, message: str) -> None:
    assert message in refusal(ACTIVE, ACTIVE.replace(before, after, 1))


def test_a_file_that_breaks_off_is_refused() -> None:
    with pytest.raises(LayoutError, match="line 7: the file breaks off in this line"):
        list(ncci_ptp.parse(io.BytesIO(raw(ACTIVE)[:-5]), "ccipra-v302r0-f1.TXT"))


def test_a_header_alone_is_refused() -> None:
    assert refusal() == "ccipra-v302r0-f1.TXT: holds no edits"


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("ccipra-v302r0-f1.TXT", Heading("practitioner", "302", "0", 1, dt.date(2024, 7, 1))),
        ("ccioph-v313r1-f4.txt", Heading("hospital", "313", "1", 4, dt.date(2025, 10, 1))),
        ("CCIPRA-V320R0-F2.TXT", Heading("practitioner", "320", "0", 2, dt.date(2026, 1, 1))),
    ],
)
def test_the_name_tells_setting_version_and_quarter(name: str, heading: Heading) -> None:
    assert ncci_ptp.read_heading(io.BytesIO(raw(ACTIVE)), name) == heading


def test_a_name_that_does_not_tell_the_quarter_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"is not named like ccipra-v302r0-f1.txt"):
        ncci_ptp.read_heading(io.BytesIO(raw(ACTIVE)), "edits.txt")


@pytest.mark.full_size
@pytest.mark.parametrize(
    ("setting", "name", "count"),
    [("practitioner", "ccipra-v302r0-f1", 636_505), ("hospital", "ccioph-v302r0-f4", 443_953)],
)
def test_a_part_of_2024_has_its_rows(cms_files: Path, setting: str, name: str, count: int) -> None:
    archive = cms_files / f"medicare-ncci-2024q3-{setting}-ptp-edits-{name}.zip"
    with ZipFile(archive) as packed, packed.open(packed.namelist()[0]) as stream:
        rows = sum(1 for _ in ncci_ptp.parse(stream, name))  # type: ignore[arg-type, misc]
    assert rows == count


@pytest.mark.full_size
def test_memory_stays_small_however_many_rows_are_read(cms_files: Path) -> None:
    archive = cms_files / "medicare-ncci-2024q3-practitioner-ptp-edits-ccipra-v302r0-f2.zip"
    with ZipFile(archive) as packed, packed.open(packed.namelist()[0]) as stream:
        tracemalloc.start()
        for _ in islice(ncci_ptp.parse(stream, "f2"), 200_000):  # type: ignore[arg-type]
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 8 * 1024**2
