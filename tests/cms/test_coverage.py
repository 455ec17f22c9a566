"""Billing articles and LCDs, in downloads made up in the layout of the Medicare Coverage Database."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from codes.cms import coverage, coverage_cells, coverage_tables
from codes.cms.coverage import Document, ListedDrug
from codes.cms.layout import LayoutError, Row
from tests.cms import coverage_files
from tests.cms.coverage_files import Tables, as_csv

Change = Callable[[Tables], object]


def rows_of(tables: Tables) -> Callable[[str], Iterator[Row]]:
    return lambda name: coverage_tables.rows(io.BytesIO(as_csv(name, tables[name])), f"{name}.csv", name)


def read(change: Change = lambda tables: None) -> dict[str, Document]:
    tables = coverage_files.articles()
    change(tables)
    return {each.number: each for each in coverage.parse_articles(rows_of(tables))}


def test_only_documents_in_force_are_read_and_only_rows_of_their_version() -> None:
    found = read()
    assert list(found) == ["A50001", "A50002", "A50003", "A50004", "A50006", "A50007"]
    joint = found["A50001"]
    assert joint.title == "Joint injections \u2013 a guide"
    assert joint.codes[1].codes == ["20610", "20611"]
    assert joint.related == ["L30001", "A50002"]
    assert "I10" not in joint.supports[1].codes


def test_diagnoses_get_their_dot_ranges_both_ends_and_asterisks_their_note() -> None:
    (group,) = read()["A50001"].supports.values()
    assert group.codes == ["M17.11", "M17.12", "M17.0-M17.0", "M19.011"]
    assert (group.starred, group.note) == (["M19.011"], "With an image.")
    assert group.words == "These diagnoses support medical necessity."


def test_groups_keep_their_numbers_and_their_words_without_markup() -> None:
    heart = read()["A50002"]
    assert {number: group.codes for number, group in heart.codes.items()} == {1: ["93306"], 2: ["93308"]}
    assert {number: group.words for number, group in heart.supports.items()} == {
        1: "Support CPT code 93306:",
        2: "For the codes in Group 2:",
        3: "Others:",
    }
    assert [(group.codes, group.words) for group in heart.excludes.values()] == [
        (["Z00.00"], "Never covered:")
    ]
    assert heart.title == "Echocardiography & Doppler"


def test_not_applicable_is_a_group_without_a_list() -> None:
    open_to_all = read()["A50003"]
    assert [group.codes for group in open_to_all.supports.values()] == [[]]


def test_days_come_from_the_article_its_revisions_and_what_is_announced() -> None:
    found = read()
    joint, heart, old = found["A50001"], found["A50002"], found["A50007"]
    assert (joint.begins, joint.revised, joint.ends) == (date(2024, 1, 1), date(2026, 5, 1), None)
    assert heart.ends == date(2026, 12, 31)
    assert old.ends == date(2025, 12, 31)


def test_drugs_are_listed_with_their_days() -> None:
    assert read()["A50004"].drugs == [
        ListedDrug("J3030", "Brand", date(2020, 1, 1), None),
        ListedDrug("J0135", "", date(2020, 1, 1), date(2024, 12, 31)),
    ]


def test_contractors_have_their_zero_again_and_those_of_equipment_their_states_of_today() -> None:
    found = read()
    assert [each.number for each in found["A50002"].contractors] == ["06102", "01182"]
    (equipment,) = found["A50006"].contractors
    assert (equipment.number, equipment.equipment_states) == ("17013", ("IL",))


def test_lcds_are_read_with_their_last_revision() -> None:
    (found,) = coverage.parse_lcds(rows_of(coverage_files.lcds()))
    assert (found.number, found.begins, found.revised) == ("L30001", date(2015, 10, 1), date(2026, 5, 1))
    assert found.codes[1].codes == ["20610"]


def test_columns_are_found_by_their_titles_in_another_order_and_among_others() -> None:
    text = '"State_Abbrev",new,"state_id"\r\nIL,x,17\r\n'
    (row,) = coverage_tables.rows(io.BytesIO(text.encode()), "state_lookup.csv", "state_lookup")
    assert (row.text("state_id"), row.text("state_abbrev")) == ("17", "IL")


def test_the_limit_of_cells_is_set_back() -> None:
    before = csv.field_size_limit()
    read()
    assert csv.field_size_limit() == before


def test_the_day_of_a_download_is_that_of_its_newest_document_in_force() -> None:
    tables = coverage_files.articles()
    tables["article"].append(coverage_files.article("59999", "Newer", status="R", last_updated="2026-07-01"))
    assert coverage.newest_update(rows_of(tables)("article")) == date(2026, 6, 25)


def _replace(table: str, **cells: str) -> Change:
    """The last row of a table with other cells."""
    return lambda tables: tables[table].append({**tables[table].pop(), **cells})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            _replace("article_x_hcpc_code", hcpc_code_id="1"),
            'hcpc_code.csv line 11, hcpc_code_id: "1" is not',
        ),
        (_replace("article_x_icd10_covered", icd10_code_id="250.00"), '"250.00" is not an ICD-10-CM code'),
        (_replace("article_x_icd10_covered", range="all"), 'line 13, range: "all" is not a range'),
        (
            _replace("article_x_icd10_covered", range="M17.0 - 12345"),
            'range: "12345" is not an ICD-10-CM code',
        ),
        (_replace("article_x_icd10_covered", icd10_covered_group="one"), '"one" is not a whole number'),
        (_replace("article_x_icd10_covered", asterisk="2"), '"2" is neither an asterisk nor Y nor N'),
        (_replace("article", article_eff_date="soon"), '"soon" is not a date like'),
        (_replace("article", article_eff_date="02/30/2026"), '"02/30/2026" is not a day of the calendar'),
        (_replace("article", title=""), 'title: "" is blank'),
        (_replace("article_x_contractor", contractor_id="999"), '"999" is no contractor of contractor.csv'),
        (
            _replace("contractor_jurisdiction", state_id="99", term_date=""),
            '"99" is no state of state_lookup',
        ),
        (lambda tables: [row.update(status="R") for row in tables["article"]], "no document is in force"),
    ],
)
def test_what_is_damaged_is_refused_with_its_place(change: Change, says: str) -> None:
    with pytest.raises(LayoutError) as refusal:
        read(change)
    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "state_id,description\r\n17,Illinois\r\n",
            "state_lookup.csv line 1, state_abbrev: the column is missing",
        ),
        ("state_id,state_abbrev\r\n17\r\n", "line 2: has 1 cells, not 2"),
        ('state_id,state_abbrev\r\n17,"I', "is not comma-separated text"),
    ],
)
def test_a_table_that_is_cut_or_changed_is_refused(text: str, says: str) -> None:
    with pytest.raises(LayoutError) as refusal:
        list(coverage_tables.rows(io.BytesIO(text.encode()), "state_lookup.csv", "state_lookup"))
    assert says in str(refusal.value)


@pytest.mark.parametrize("name", coverage_tables.ARTICLES | coverage_tables.LCDS)
def test_a_renamed_table_is_known_by_its_titles(name: str) -> None:
    head = as_csv(name, []).decode()
    assert coverage_tables.table_of(head, "download.csv") == name


@pytest.mark.parametrize(
    ("head", "name", "table"),
    [
        ("article_id,something\r\n", "article_x_hcpc_code.csv", "article_x_hcpc_code"),
        ("article_id,article_version,bill_code_id\r\n", "article_x_bill_code.csv", ""),
        ("30001,4,1,letter.pdf\r\n", "lcd_x_requestor_letters.csv", ""),
        ("NCD_id,NCD_vrsn_num\r\n", "ncd_trkg.csv", ""),
        ("hcpcs_code,rbcs_id\r\n", "rbcs.csv", None),
        ("STATE,DMEPOS RURAL ZIP CODE\r\n", "rural.csv", None),
    ],
)
def test_other_files_are_told_apart(head: str, name: str, table: str | None) -> None:
    assert coverage_tables.table_of(head, name) == table


def test_words_lose_scripts_and_are_cut_where_they_are_very_long() -> None:
    assert coverage_cells.words("<style>p{}</style><ul><li>a<li>b</ul>") == "a\nb"
    assert len(coverage_cells.words("<p>" + "word " * 2000)) <= coverage_cells.LONGEST_WORDS + 2
