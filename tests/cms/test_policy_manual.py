import datetime as dt
import gzip
import io
from pathlib import Path

import pytest

from codes.cms import policy_manual
from codes.cms.layout import LayoutError
from codes.cms.policy_manual import ManualParagraph, codes_named
from tests.cms.manuals import FOOT, PAGES, as_pdf, as_text

NAME = "ncci_policy_manual_2027.txt"


def parse(raw: bytes, name: str = NAME) -> list[ManualParagraph]:
    return list(policy_manual.parse(io.BytesIO(raw), name))


def places(found: list[ManualParagraph]) -> list[tuple[str, str, int, str]]:
    return [(each.chapter, each.section, each.number, each.page) for each in found]


def test_paragraphs_have_chapter_section_number_and_the_page_on_which_they_begin() -> None:
    assert places(parse(as_text())) == [
        ("Intro", "", 0, "Intro-3"),
        ("Intro", "", 0, "Intro-3"),
        ("Intro", "", 0, "Intro-3"),
        ("IX", "A", 0, "IX-3"),
        ("IX", "B", 1, "IX-3"),
        ("IX", "B", 2, "IX-4"),
        ("IX", "B", 1, "IX-4"),
    ]


def test_titles_are_those_of_the_text_and_not_of_the_table_of_contents() -> None:
    last = parse(as_text())[-1]
    assert (last.chapter_title, last.section_title) == ("Pictures of the Whole Body", "More pictures")


def test_a_paragraph_goes_on_over_the_foot_of_the_page_and_a_range_over_the_line() -> None:
    first = parse(as_text())[4]
    assert first.text.startswith("Code 76376 goes with none of 78012-78014, and the range")
    assert "This line goes on into the next page, where it ends.\n• An item" in first.text
    assert FOOT not in first.text


def test_codes_are_named_one_by_one_or_as_ranges_and_a_whole_chapter_names_none() -> None:
    named = {(each.section, each.number): each.codes for each in parse(as_text())[3:6]}
    assert named == {
        ("A", 0): ("76376", "76377"),
        ("B", 1): ("76376", "78012-78014", "G0453"),
        ("B", 2): ("99202-99205",),
    }


def test_a_line_whose_number_is_out_of_turn_belongs_to_the_paragraph_before_it() -> None:
    second = parse(as_text())[5]
    assert second.text.endswith("9. This line does not begin a paragraph, for the numbers go up by one.")


def test_the_pdf_gives_the_same_paragraphs_as_the_text() -> None:
    from_text, from_pdf = parse(as_text()), parse(as_pdf(), "2027-ncci-policy-manual.pdf")
    assert places(from_pdf) == places(from_text)
    assert [each.codes for each in from_pdf] == [each.codes for each in from_text]


def test_the_manual_says_from_when_it_is_in_force() -> None:
    assert policy_manual.read_heading(io.BytesIO(as_text()), NAME).revised == dt.date(2027, 1, 1)


def test_a_manual_without_its_date_is_refused() -> None:
    with pytest.raises(LayoutError, match='has no line "Revision Date'):
        policy_manual.read_heading(io.BytesIO(b"Medicare NCCI Policy Manual\n"), NAME)


def test_a_chapter_twice_is_refused() -> None:
    with pytest.raises(LayoutError, match='"Chapter Intro" stands twice'):
        parse(as_text([*PAGES, PAGES[1], *PAGES[4:]]))


def test_a_document_without_chapters_is_refused() -> None:
    with pytest.raises(LayoutError, match='has no line "Chapter I"'):
        parse(b"Hello\n")


@pytest.mark.parametrize("raw", [b"%PDF-1.7 and no more", b"", as_pdf()[:700]])
def test_a_damaged_pdf_is_refused(raw: bytes) -> None:
    with pytest.raises(LayoutError, match=r"2027-manual\.pdf"):
        parse(raw, "2027-manual.pdf")


def test_references_are_read_without_a_word_of_the_text() -> None:
    raw = b"chapter,section,number,page,codes\r\nIX,D,15,IX-11,76376 78012-78999\r\n"
    assert parse(raw, "ncci_policy_manual_2026_references.csv") == [
        ManualParagraph("IX", "D", 15, "IX-11", ("76376", "78012-78999"))
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("P.L. 101-239 and $12345, or 1234 codes of 2026", ()),
        ("95940/95941/G0453 (0001T-0010T)", ("95940", "95941", "G0453", "0001T-0010T")),
        ("HCPCS codes G0008–G0010", ("G0008-G0010",)),
    ],
)
def test_what_is_no_code_is_not_named(text: str, named: tuple[str, ...]) -> None:
    assert codes_named(text) == named


@pytest.mark.full_size
def test_the_manual_of_2026_names_76376_in_chapter_nine(cms_files: Path) -> None:
    raw = gzip.decompress((cms_files / "manuals" / "ncci_policy_manual_2026.txt.gz").read_bytes())
    found = parse(raw, "ncci_policy_manual_2026.txt")
    assert len(found) == 1_303
    assert list(dict.fromkeys(each.chapter for each in found)) == (
        ["Intro", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"]
    )
    of_76376 = [place for place, each in zip(places(found), found, strict=True) if "76376" in each.codes]
    assert of_76376 == [("IX", "D", 15, "IX-11"), ("IX", "E", 4, "IX-11")]
