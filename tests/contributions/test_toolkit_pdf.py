"""The PDF: its sections, its type, its fonts, its links."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import Destination

from codes.denials import reasons
from codes.models import CodeText, Tip
from contributions.toolkit import build
from contributions.toolkit.document import FONT_FILES
from tests.contributions.toolkit_site import AT, TITLES, load_world, words

pytestmark = pytest.mark.usefixtures("db", "toolkit_room")


def test_the_pdf_has_its_sections_in_its_outline_and_in_its_contents(toolkit: dict[str, Path]) -> None:
    reader = PdfReader(toolkit["pdf"])
    entries = [entry for entry in reader.outline if isinstance(entry, Destination)]
    outline = {str(entry.title): reader.get_destination_page_number(entry) or 0 for entry in entries}
    assert tuple(outline) == TITLES
    pages = words(toolkit["pdf"])
    for title, number in outline.items():
        assert pages[number].startswith(title)
        assert f"{title} {number + 1}" in pages[0]


def test_each_line_of_the_contents_is_a_link(toolkit: dict[str, Path]) -> None:
    annotations: Any = PdfReader(toolkit["pdf"]).pages[0]["/Annots"]
    assert len(annotations) == 2 * len(TITLES), "the title and the number of each"


def test_the_pdf_is_dated_with_its_releases_and_carries_the_notice_of_the_ama(
    toolkit: dict[str, Path],
) -> None:
    text = " ".join(words(toolkit["pdf"]))
    assert "RVU26C · Made on July 15, 2026" in text
    assert "Physician fee schedule relative values RVU26C Jul 1, 2026" in text
    assert "NCCI bundling edits, practitioner 2026 Q3" in text
    assert "CPT © 2026 American Medical Association. All rights reserved." in text


def test_the_cover_holds_the_contents_the_releases_and_the_notices(toolkit: dict[str, Path]) -> None:
    cover, next_page = words(toolkit["pdf"])[:2]
    assert "Cheat sheet 4" in cover
    assert "Made from" in cover
    assert "CPT is a registered trademark" in cover
    assert next_page.startswith("Wall sheet")


def test_the_pdf_shows_the_edit_that_no_modifier_passes_with_its_dollars(toolkit: dict[str, Path]) -> None:
    text = " ".join(words(toolkit["pdf"]))
    assert "27447 Knee replacement $100.00 99214 1" in text, "allowed in a facility alone"
    assert "1 edit in force can't be bypassed and 1 can" in text


def test_the_pdf_shows_limits_changes_and_tips_with_their_figures(toolkit: dict[str, Path]) -> None:
    text = " ".join(words(toolkit["pdf"]))
    assert "00142 Anesthesia for cataract surgery 0 2 the day, absolute" in text
    assert "99213 Office visit, established patient $10.00 $20.00 $10.00" in text
    assert "Worth $20.00, at most 2 units a day. A manual" in text


def test_without_change_records_the_page_says_so(toolkit: dict[str, Path]) -> None:
    assert "No change records are kept for the releases in force" in " ".join(words(toolkit["pdf"]))


def test_the_cheat_sheet_fits_on_one_page(toolkit: dict[str, Path]) -> None:
    pages = words(toolkit["pdf"])
    assert pages[3].startswith("Cheat sheet")
    assert "MA130" in pages[3]
    assert pages[4].startswith("The commonest denial reasons")


def test_the_wall_sheets_are_a_page_each_in_type_of_22_points(toolkit: dict[str, Path]) -> None:
    sizes: set[float] = set()

    def look(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if "Separate visit" in text or "Emergency room" in text:
            sizes.add(round(size * matrix[0], 1))

    for number, title in ((1, "Wall sheet: modifiers"), (2, "Wall sheet: places")):
        page = PdfReader(toolkit["pdf"]).pages[number]
        assert page.extract_text(visitor_text=look).startswith(title)
    assert sizes == {22.0}


def fonts_of(page: Any) -> list[Any]:
    return list(page["/Resources"]["/Font"].values())


def test_the_pdf_needs_no_font_of_the_machine(toolkit: dict[str, Path]) -> None:
    fonts: list[Any] = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in PdfReader(toolkit["pdf"]).pages
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


def test_each_code_of_the_pdf_leads_to_its_page(toolkit: dict[str, Path], settings: Any) -> None:
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(toolkit["pdf"]).pages
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


def test_no_page_of_the_pdf_is_set_in_less_than_nine_points(toolkit: dict[str, Path]) -> None:
    pages = PdfReader(toolkit["pdf"]).pages
    assert [number for number, page in enumerate(pages) if size_of_text(page) < 9] == []
