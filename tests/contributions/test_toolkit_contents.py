"""What the PDF and the workbook hold, and what is missing where data are."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from codes.denials import reasons
from codes.models import PtpEdit, Rationale, Release, ReleaseChange
from contributions.toolkit import build, denial_reasons
from contributions.toolkit.edition import toolkit_on
from contributions.toolkit.parts import Medium
from tests.contributions.toolkit_site import AT, TITLES, by_kind, fee_schedule, load_world, sheet, words

pytestmark = pytest.mark.usefixtures("db", "toolkit_room")


def test_change_records_are_counted_and_named_but_for_those_that_only_move_dollars() -> None:
    load_world()
    former, now = Release.objects.filter(source="pprrvu").order_by("effective_from")
    told = {"release": now, "former": former, "code": "99214"}
    ReleaseChange.objects.create(kind="status", before="A", after="B", **told)
    ReleaseChange.objects.create(kind="work_rvu", before="2.00", after="3.00", **told)
    changes = next(section for section in toolkit_on(AT).sections if section.sheet == "Changes")
    tables = {(table.caption, table.medium): table.rows for table in changes.tables}
    assert tables["How much changed", Medium.BOTH] == (
        ("RVU26C", "RVU26B", "Statuses changed", 1),
        ("RVU26C", "RVU26B", "Work RVUs changed", 1),
    )
    assert tables["Changes of codes that are billed often", Medium.PDF] == (
        ("99214", "", "Office visit, longer", "Statuses changed", "A", "B", "RVU26C"),
    )


def test_the_workbook_keeps_zeros_of_codes_and_numbers_as_numbers(toolkit: dict[str, Path]) -> None:
    assert CalamineWorkbook.from_path(toolkit["xlsx"]).sheet_names == [
        "About", "Wall, modifiers", "Wall, places", "Cheat sheet",
        "Denial reasons", "Modifiers", "Edits", "Unit limits", "Changes", "Tips"
    ]  # fmt: skip
    limits = sheet(toolkit["xlsx"], "Unit limits")
    assert ["00142", "Anesthesia for cataract surgery", 0.0, "2", "the day, absolute", "CMS Policy"] in limits
    edits = sheet(toolkit["xlsx"], "Edits")
    assert [
        "99214", "Office visit, longer", "27447", "Knee replacement", 100.0, date(2020, 1, 1),
        "Mutually exclusive procedures",
    ] in edits  # fmt: skip
    assert "American Medical Association" in str(sheet(toolkit["xlsx"], "About"))


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("About", ["What", "Release", "In force from", "Rows"]),
        ("Denial reasons", ["Reason", "What it means", "What to do", "Code page section"]),
        ("Modifiers", ["Value", "In words", "What it means for a claim", "Codes", "For example"]),
        (
            "Edits",
            ["Paid", "What it is", "Denied", "What it is", "At stake", "In force from", "CMS's rationale"],
        ),
        ("Unit limits", ["Code", "What it is", "Units", "MAI", "Added up over", "CMS's rationale"]),
        ("Changes", ["Code", "What it is", "Before", "Now", "Change"]),
        ("Tips", ["Code", "What it is", "Tip", "Source"]),
    ],
)
def test_each_sheet_of_the_workbook_keeps_its_headings(
    toolkit: dict[str, Path], name: str, headings: list[str]
) -> None:
    rows = [[cell for cell in row if cell != ""] for row in sheet(toolkit["xlsx"], name)]
    assert headings in rows


def test_the_workbook_has_every_pair_it_counts_those_without_a_price_last() -> None:
    load_world()
    edits, why = Release.objects.get(source="ptp_practitioner"), Rationale.objects.get()
    pair = {"release": edits, "rationale": why, "effective": date(2020, 1, 1), "indicator": "0"}
    PtpEdit.objects.create(column_one="99213", column_two="00142", **pair)
    made = by_kind(build.build(AT))
    rows = sheet(made["xlsx"], "Edits")
    pairs = [(row[0], row[2], row[4]) for row in rows if row[2] in ("27447", "00142")]
    assert pairs == [("99214", "27447", 100.0), ("99213", "00142", "")]
    text = " ".join(words(made["pdf"]))
    assert "2 edits in force can't be bypassed" in text
    assert "The workbook lists every pair, those of 1 denied code without a price last." in text


def test_a_reason_leads_to_every_section_of_the_code_page_that_knows_it(toolkit: dict[str, Path]) -> None:
    rows = sheet(toolkit["xlsx"], "Denial reasons")
    sections = {str(row[0]): row[3] for row in rows if len(row) > 3}
    assert (sections["97"], sections["151"]) == ("Bundling edits, Indicators", "Units and add-ons")


def test_every_common_reason_stands_under_one_theme() -> None:
    placed = [number for numbers in denial_reasons.by_theme().values() for number in numbers]
    assert sorted(placed) == sorted(entry.number for entry in reasons.reasons().values() if entry.common)


def test_a_toolkit_of_next_year_without_its_release_shows_no_dollars() -> None:
    load_world()
    toolkit = toolkit_on(AT + timedelta(days=365))
    edits = next(section for section in toolkit.sections if section.sheet == "Edits")
    assert edits.tables == ()
    assert "No such edit has a price" in edits.paragraphs[-1]


def height_on_cover(path: Path, text: str) -> float:
    """How far above the foot of the cover a text stands, in points."""
    found: dict[str, float] = {}

    def note(said: str, _: object, matrix: list[float], *__: object) -> None:
        found.setdefault(said.strip(), matrix[5])

    PdfReader(path).pages[0].extract_text(visitor_text=note)
    return found[text]


def test_files_older_than_the_toolkit_are_named_on_the_cover_and_where_they_are_read() -> None:
    load_world()
    assert toolkit_on(AT).warnings == ()
    fee_schedule("RVU26D", date(2026, 10, 1), "4.00")
    later = date(2026, 11, 30)
    made = by_kind(build.build(later))
    old = "NCCI bundling edits, practitioner 2026 Q3 is from July 1, 2026, and CMS publishes this file each quarter."
    pages = words(made["pdf"])
    assert [old in page for page in pages if page.startswith(("MedPayIQ", TITLES[5]))] == [True, True]
    assert height_on_cover(made["pdf"], "Made from") < height_on_cover(made["pdf"], TITLES[-1])
    assert "unit limits, practitioner 2026 Q3 is from July 1, 2026" in " ".join(pages[1:])
    assert "Older than this toolkit: Physician fee schedule" not in " ".join(pages)
    assert old in str(sheet(made["xlsx"], "About"))


def test_without_any_data_the_files_say_what_is_missing() -> None:
    pdf = build.build(AT)[0]
    text = " ".join(words(pdf))
    assert pdf.name.startswith("medpayiq-toolkit-no-release-")
    assert "No file of bundling edits is loaded" in text
    assert "units were not checked" in text
    assert "No tip is published for any of these codes yet." in text
