"""The PDF and the workbook: what they hold, what they are called, when they are made again."""

import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import Destination
from python_calamine import CalamineWorkbook

from codes.denials import reasons
from codes.models import CodeText, PtpEdit, Rationale, Release, ReleaseChange, Tip, Version
from contributions.toolkit import build, denial_reasons
from contributions.toolkit.document import FONT_FILES
from contributions.toolkit.edition import toolkit_on
from contributions.toolkit.parts import Medium
from contributions.toolkit.pdf import write_pdf
from tests.contributions.toolkit_site import AT, fee_schedule, load_world

pytestmark = pytest.mark.django_db
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


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Path) -> None:
    settings.TOOLKIT_DIR = tmp_path / "toolkit"


@pytest.fixture
def made() -> dict[str, Path]:
    """The files of the small world, by kind."""
    load_world()
    return {path.suffix.strip("."): path for path in build.build(AT)}


def words(path: Path) -> list[str]:
    """The text of each page, with single blanks."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def test_the_pdf_has_its_sections_in_its_outline_and_in_its_contents(made: dict[str, Path]) -> None:
    reader = PdfReader(made["pdf"])
    entries = [entry for entry in reader.outline if isinstance(entry, Destination)]
    outline = {str(entry.title): reader.get_destination_page_number(entry) or 0 for entry in entries}
    assert tuple(outline) == TITLES
    pages = words(made["pdf"])
    for title, number in outline.items():
        assert pages[number].startswith(title)
        assert f"{title} {number + 1}" in pages[0]


def test_each_line_of_the_contents_is_a_link(made: dict[str, Path]) -> None:
    annotations: Any = PdfReader(made["pdf"]).pages[0]["/Annots"]
    assert len(annotations) == 2 * len(TITLES), "the title and the number of each"


def test_the_pdf_is_dated_with_its_releases_and_carries_the_notice_of_the_ama(made: dict[str, Path]) -> None:
    text = " ".join(words(made["pdf"]))
    assert "RVU26C · Made on July 15, 2026" in text
    assert "Physician fee schedule relative values RVU26C Jul 1, 2026" in text
    assert "NCCI bundling edits, practitioner 2026 Q3" in text
    assert "CPT © 2026 American Medical Association. All rights reserved." in text


def test_the_pdf_shows_the_edit_that_no_modifier_passes_with_its_dollars(made: dict[str, Path]) -> None:
    text = " ".join(words(made["pdf"]))
    assert "27447 Knee replacement $100.00 99214 1" in text, "allowed in a facility alone"
    assert "1 edit in force can't be bypassed and 1 can" in text


def test_the_pdf_shows_limits_changes_and_tips_with_their_figures(made: dict[str, Path]) -> None:
    text = " ".join(words(made["pdf"]))
    assert "00142 Anesthesia for cataract surgery 0 2 the day, absolute" in text
    assert "99213 Office visit, established patient $10.00 $20.00 $10.00" in text
    assert "Worth $20.00, at most 2 units a day. A manual" in text


def test_without_change_records_the_page_says_so(made: dict[str, Path]) -> None:
    assert "No change records are kept for the releases in force" in " ".join(words(made["pdf"]))


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


def test_the_cheat_sheet_fits_on_one_page(made: dict[str, Path]) -> None:
    pages = words(made["pdf"])
    assert pages[3].startswith("Cheat sheet")
    assert "MA130" in pages[3]
    assert pages[4].startswith("The commonest denial reasons")


def test_the_wall_sheets_are_a_page_each_in_type_of_22_points(made: dict[str, Path]) -> None:
    sizes: set[float] = set()

    def look(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if "Separate visit" in text or "Emergency room" in text:
            sizes.add(round(size * matrix[0], 1))

    for number, title in ((1, "Wall sheet: modifiers"), (2, "Wall sheet: places")):
        page = PdfReader(made["pdf"]).pages[number]
        assert page.extract_text(visitor_text=look).startswith(title)
    assert sizes == {22.0}


def fonts_of(page: Any) -> list[Any]:
    return list(page["/Resources"]["/Font"].values())


def test_the_pdf_needs_no_font_of_the_machine(made: dict[str, Path]) -> None:
    fonts: list[Any] = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in PdfReader(made["pdf"]).pages
        for font in fonts_of(page)
    ]
    assert {font["/BaseFont"].partition("+")[2] for font in fonts} == {
        "LiberationSans",
        "LiberationSansBold",
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts), "each is embedded"


def test_a_tip_keeps_its_accents_and_signs_in_the_pdf() -> None:
    load_world()
    Tip.objects.update(text="Łódź: age ≤ 5 or ≥ 65 → ⅔ of “it”.")
    assert "Łódź: age ≤ 5 or ≥ 65 → ⅔ of “it”." in " ".join(words(build.build(AT)[0]))


def test_a_character_that_the_font_lacks_spoils_nothing_else() -> None:
    load_world()
    Tip.objects.update(text="Document 針灸 first,\x07 then bill.")
    assert re.search(r"Document \S* ?first,.* then bill\.", " ".join(words(build.build(AT)[0])))


def test_the_workbook_keeps_zeros_of_codes_and_numbers_as_numbers(made: dict[str, Path]) -> None:
    assert CalamineWorkbook.from_path(made["xlsx"]).sheet_names == [
        "About", "Wall, modifiers", "Wall, places", "Cheat sheet",
        "Denial reasons", "Modifiers", "Edits", "Unit limits", "Changes", "Tips"
    ]  # fmt: skip
    limits = sheet(made["xlsx"], "Unit limits")
    assert ["00142", "Anesthesia for cataract surgery", 0.0, "2", "the day, absolute", "CMS Policy"] in limits
    edits = sheet(made["xlsx"], "Edits")
    assert [
        "99214", "Office visit, longer", "27447", "Knee replacement", 100.0, date(2020, 1, 1),
        "Mutually exclusive procedures",
    ] in edits  # fmt: skip
    assert "American Medical Association" in str(sheet(made["xlsx"], "About"))


def test_the_workbook_has_every_pair_it_counts_those_without_a_price_last() -> None:
    load_world()
    edits, why = Release.objects.get(source="ptp_practitioner"), Rationale.objects.get()
    pair = {"release": edits, "rationale": why, "effective": date(2020, 1, 1), "indicator": "0"}
    PtpEdit.objects.create(column_one="99213", column_two="00142", **pair)
    made = {path.suffix.strip("."): path for path in build.build(AT)}
    rows = sheet(made["xlsx"], "Edits")
    pairs = [(row[0], row[2], row[4]) for row in rows if row[2] in ("27447", "00142")]
    assert pairs == [("99214", "27447", 100.0), ("99213", "00142", "")]
    text = " ".join(words(made["pdf"]))
    assert "2 edits in force can't be bypassed" in text
    assert "The workbook lists every pair, those of 1 denied code without a price last." in text


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
    made = {path.suffix.strip("."): path for path in build.build(later)}
    old = "NCCI bundling edits, practitioner 2026 Q3 is from July 1, 2026, and CMS publishes this file each quarter."
    pages = words(made["pdf"])
    assert [old in page for page in pages if page.startswith(("MedPayIQ", TITLES[5]))] == [True, True]
    assert height_on_cover(made["pdf"], "Made from") < height_on_cover(made["pdf"], TITLES[-1])
    assert "unit limits, practitioner 2026 Q3 is from July 1, 2026" in " ".join(pages[1:])
    assert "Older than this toolkit: Physician fee schedule" not in " ".join(pages)
    assert old in str(sheet(made["xlsx"], "About"))


def test_a_toolkit_is_made_again_when_one_of_its_files_grows_old(made: dict[str, Path]) -> None:
    assert build.names(date(2026, 9, 30)) == build.names(AT)
    assert build.names(date(2026, 10, 1)) != build.names(AT)


def test_each_code_of_the_pdf_leads_to_its_page(made: dict[str, Path], settings: Any) -> None:
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(made["pdf"]).pages
        for annotation in page.get("/Annots", ())
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert {f"{settings.SITE_URL}/cpt/{code}/" for code in ("00142", "27447", "99213")} <= links
    assert all(re.fullmatch(rf"{settings.SITE_URL}/(cpt|hcpcs)/[0-9A-Z]{{5}}/", link) for link in links)


def size_of_text(page: Any) -> float:
    """The size in which most of a page is set, in points."""
    sizes: Counter[float] = Counter()
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.update({round(size, 1): len(text)}))
    return sizes.most_common(1)[0][0]


def test_no_page_of_the_pdf_is_set_in_less_than_nine_points(made: dict[str, Path]) -> None:
    pages = PdfReader(made["pdf"]).pages
    assert [number for number, page in enumerate(pages) if size_of_text(page) < 9] == []


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
    made: dict[str, Path], name: str, headings: list[str]
) -> None:
    rows = [[cell for cell in row if cell != ""] for row in sheet(made["xlsx"], name)]
    assert headings in rows


def test_every_common_reason_stands_under_one_theme() -> None:
    placed = [number for numbers in denial_reasons.by_theme().values() for number in numbers]
    assert sorted(placed) == sorted(entry.number for entry in reasons.reasons().values() if entry.common)


def test_a_new_release_makes_files_with_its_name_and_removes_the_old(made: dict[str, Path]) -> None:
    fee_schedule("RVU26D", date(2026, 10, 1), "4.00")
    later = build.build(date(2026, 11, 1))
    assert [path.name.split("-")[2] for path in later] == ["RVU26D", "RVU26D"]
    assert sorted(later[0].parent.iterdir()) == sorted(later)
    assert "RVU26D" in words(later[0])[0]


def test_a_change_of_tips_asks_for_new_files(made: dict[str, Path]) -> None:
    before = build.names(AT)
    assert build.names(AT) == before
    Version.bump("tips")
    assert build.names(AT)["pdf"] != before["pdf"]


def test_building_twice_writes_nothing(made: dict[str, Path]) -> None:
    times = {path: path.stat().st_mtime_ns for path in made.values()}
    assert {path: path.stat().st_mtime_ns for path in build.build(AT)} == times


def test_two_builders_of_one_file_leave_one_whole_file(made: dict[str, Path]) -> None:
    toolkit = toolkit_on(AT)
    path = made["pdf"]
    builders = [threading.Thread(target=build._write, args=(write_pdf, toolkit, path)) for _ in range(4)]
    for builder in builders:
        builder.start()
    while any(builder.is_alive() for builder in builders):
        assert len(PdfReader(path).pages) > 5, "whoever reads meanwhile sees a whole file"
    assert sorted(path.parent.iterdir()) == sorted(made.values())


def test_a_slow_builder_of_old_data_does_not_remove_what_a_quick_one_made_meanwhile(
    made: dict[str, Path],
) -> None:
    began = time.time() - 60
    build._sweep(made["pdf"].parent, set(), began)
    assert made["pdf"].exists()


def test_a_builder_that_fails_leaves_nothing_behind(
    made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(toolkit: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("disk full")

    room = made["pdf"].parent
    with pytest.raises(OSError, match="disk full"):
        build._write(broken, toolkit_on(AT), room / "medpayiq-toolkit-x.pdf")
    assert sorted(room.iterdir()) == sorted(made.values())


def test_what_a_killed_builder_left_is_removed_after_an_hour(made: dict[str, Path]) -> None:
    room = made["pdf"].parent
    left = {hours: room / f".partial-{hours}.pdf" for hours in (0, 2)}
    for hours, path in left.items():
        path.write_bytes(b"half")
        os.utime(path, (time.time() - hours * 3600,) * 2)
    build.build(AT)
    assert left[0].exists()
    assert not left[2].exists()


def test_without_any_data_the_files_say_what_is_missing() -> None:
    pdf = build.build(AT)[0]
    text = " ".join(words(pdf))
    assert pdf.name.startswith("medpayiq-toolkit-no-release-")
    assert "No file of bundling edits is loaded" in text
    assert "units were not checked" in text
    assert "No tip is published for any of these codes yet." in text


def test_the_command_names_the_files_and_a_dry_run_makes_none(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("build_toolkit", "--dry-run")
    assert "Wanted: medpayiq-toolkit-no-release-" in capsys.readouterr().out
    assert not Path(settings.TOOLKIT_DIR).exists()
    call_command("build_toolkit")
    assert re.search(r"in place: \S+\.pdf \(\d+ KB\), \S+\.xlsx \(\d+ KB\)\.", capsys.readouterr().out)


def test_every_character_of_our_texts_can_be_printed(settings: Any) -> None:
    from codes.loaders.texts import load_texts
    from codes.loaders.tips import load_tips

    texts = settings.BASE_DIR / "fixtures" / "texts"
    load_texts(texts)
    load_tips(texts)
    ours = [
        *CodeText.objects.values_list("plain_name", flat=True),
        *Tip.objects.values_list("text", flat=True),
    ]
    ours += [part for entry in reasons.reasons().values() for part in entry[2:]]
    assert len(ours) > 1500
    for path in FONT_FILES.values():
        assert {char for text in ours for char in text} - {
            chr(number) for number in TTFont(path).getBestCmap()
        } == set()


def test_a_toolkit_of_next_year_without_its_release_shows_no_dollars(made: dict[str, Path]) -> None:
    toolkit = toolkit_on(AT + timedelta(days=365))
    edits = next(section for section in toolkit.sections if section.sheet == "Edits")
    assert edits.tables == ()
    assert "No such edit has a price" in edits.paragraphs[-1]


def test_the_cover_holds_the_contents_the_releases_and_the_notices(made: dict[str, Path]) -> None:
    cover, next_page = words(made["pdf"])[:2]
    assert "Cheat sheet 4" in cover
    assert "Made from" in cover
    assert "CPT is a registered trademark" in cover
    assert next_page.startswith("Wall sheet")


def test_a_reason_leads_to_every_section_of_the_code_page_that_knows_it(made: dict[str, Path]) -> None:
    rows = sheet(made["xlsx"], "Denial reasons")
    sections = {str(row[0]): row[3] for row in rows if len(row) > 3}
    assert (sections["97"], sections["151"]) == ("Bundling edits, Indicators", "Units and add-ons")


def test_a_server_reads_no_library_that_draws_pdfs() -> None:
    views = "from medpayiq.wsgi import application; from medpayiq import warm_up; warm_up.import_views()"
    asked = f"{views}; import sys; print('contributions.toolkit.build' in sys.modules, 'fpdf' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "False"], done.stderr
