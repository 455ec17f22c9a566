import io
from pathlib import Path

import pytest

from codes.cms import icd10
from codes.cms.archive import open_members
from codes.cms.icd10 import DiagnosisRow, Excludes1
from codes.cms.layout import LayoutError

FILE = "icd10c-tabular-April-1-2026.xml"
NOTE = "<excludes1><note>{}</note></excludes1>"
INJURY = """<sevenChrDef><extension char="A">first visit</extension><extension char="S">late effect</extension>
</sevenChrDef>"""


def diag(code: str, name: str, inside: str = "") -> str:
    return f"<diag>\n<name>{code}</name>\n<desc>{name}</desc>{inside}</diag>\n"


def tabular(
    *diags: str, chapter: str = "", section: str = "", version: str = "2026", before: str = ""
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{before}<ICD10CM.tabular><version>{version}</version>\n'
        f"<chapter><name>9</name><desc>Chapter</desc>{chapter}"
        f'<section id="I10-I1A"><desc>Block</desc>{section}{"".join(diags)}</section></chapter></ICD10CM.tabular>\n'
    ).encode()


def parse(*diags: str, **parts: str) -> list[DiagnosisRow]:
    return list(icd10.parse(io.BytesIO(tabular(*diags, **parts)), FILE))


def refusal(content: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        list(icd10.parse(io.BytesIO(content), FILE))
    return str(caught.value)


def test_only_a_code_without_longer_codes_is_billable() -> None:
    assert parse(diag("M17", "Knee", diag("M17.1", "One knee", diag("M17.11", "Right knee")))) == [
        DiagnosisRow("M17", "Knee", "", False),
        DiagnosisRow("M17.1", "One knee", "M17", False),
        DiagnosisRow("M17.11", "Right knee", "M17.1", True),
    ]


def test_a_seventh_character_makes_billable_codes_with_x_for_what_is_missing() -> None:
    rows = parse(diag("W07", "Fall", INJURY), diag("T36", "Drug", INJURY + diag("T36.0X1", "By accident")))
    assert [(row.code, row.parent, row.is_billable) for row in rows] == [
        ("W07", "", False),
        ("W07.XXXA", "W07", True),
        ("W07.XXXS", "W07", True),
        ("T36", "", False),
        ("T36.0X1", "T36", False),
        ("T36.0X1A", "T36.0X1", True),
        ("T36.0X1S", "T36.0X1", True),
    ]
    assert rows[1].name == "Fall, first visit"


def test_the_nearest_definition_of_seventh_characters_holds() -> None:
    other = '<sevenChrDef><extension char="D">later visit</extension></sevenChrDef>'
    rows = parse(diag("S52", "Arm", INJURY + diag("S52.5", "Wrist", other) + diag("S52.6", "Elbow")))
    billable = [row.code for row in rows if row.is_billable]
    assert billable == ["S52.5XXD", "S52.6XXA", "S52.6XXS"]


def test_notes_of_block_and_chapter_stand_with_each_category_and_not_below() -> None:
    rows = parse(
        diag("I10", "Pressure", NOTE.format("in pregnancy (O10-O11, O13.-)")),
        diag("I11", "Heart", diag("I11.9", "Other")),
        chapter=NOTE.format("of newborns (P29.2)"),
        section=NOTE.format("of the lung"),
    )
    shared = (
        Excludes1("chapter 9", "of newborns (P29.2)", ("P29.2",)),
        Excludes1("I10-I1A", "of the lung", ()),
    )
    own = Excludes1("I10", "in pregnancy (O10-O11, O13.-)", ("O10-O11", "O13"))
    assert [row.excludes1 for row in rows] == [(*shared, own), shared, ()]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("gastric (K25.-)", ("K25",)),
        ("mild (F32.0), severe (F32.2)", ("F32.0", "F32.2")),
        ("by trauma (M12.5-, S83.0-S83.9)", ("M12.5", "S83.0-S83.9")),
        ("of gene loci (QA0.-)", ("QA0",)),
        ("with ulcer (E08-E13 with .621)", ()),
        ("lack of an enzyme (G6PD)", ()),
    ],
)
def test_references_are_read_from_parentheses(words: str, codes: tuple[str, ...]) -> None:
    assert icd10.references(words) == codes


def test_the_fiscal_year_is_the_version() -> None:
    assert icd10.read_heading(io.BytesIO(tabular(diag("I10", "Pressure"))), FILE).fiscal_year == 2026


def test_a_version_that_is_no_year_is_refused() -> None:
    with pytest.raises(LayoutError, match=r'line 2, version: "x" is not a year'):
        icd10.read_heading(io.BytesIO(tabular(diag("I10", "Pressure"), version="x")), FILE)


def test_entities_are_refused_before_they_unpack() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>\n'
    assert "document type" in refusal(tabular(diag("I10", "&c;"), before=bomb))
    assert "document type" in refusal(
        tabular(diag("I10", "x"), before='<!DOCTYPE a SYSTEM "file:///etc/passwd">\n')
    )


def test_a_file_that_is_cut_is_refused_with_its_line() -> None:
    words = refusal(tabular(diag("I10", "Pressure"))[:-40])
    assert words.startswith(f"{FILE} line ")
    assert "not whole XML" in words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (tabular(diag("I1", "Pressure")), f'{FILE} line 3, name: "I1" is not a diagnosis code like M17.11'),
        (tabular(diag("I10", "")), f'{FILE} line 3, desc: "" is missing in a diag'),
        (tabular(diag("I10", "A"), diag("I10", "B")), f'{FILE} line 6, name: "I10" stands twice'),
        (tabular(), f"{FILE}: holds no codes: a tabular list (<ICD10CM.tabular>) was expected"),
        (
            tabular(diag("W07", "Fall", '<sevenChrDef>\n<extension char="AB">x</extension></sevenChrDef>')),
            f'{FILE} line 6, extension: "AB" is not a seventh character',
        ),
    ],
)
def test_what_is_no_code_is_refused_with_its_line(content: bytes, words: str) -> None:
    assert refusal(content) == words


@pytest.mark.full_size
def test_the_list_of_april_2026_has_its_codes(cms_files: Path) -> None:
    (member,) = open_members(cms_files / "icd10" / "icd10cm-tabular-april-1-2026.zip")
    with member.open() as stream:
        rows = {row.code: row for row in icd10.parse(stream, member.name)}
    assert (len(rows), sum(row.is_billable for row in rows.values())) == (98_262, 74_795)
    assert rows["S52.501A"].parent == "S52.501"
    assert [note.codes for note in rows["I10"].excludes1] == [("P29.2",), ("I27.0",), ("O10-O11", "O13-O16")]
