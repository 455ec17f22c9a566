import io
import pickle

import pytest

from codes.cms import coercers
from codes.cms.layout import (
    Column,
    Layout,
    LayoutError,
    csv_records,
    numbered_lines,
    stacked_titles,
)

GLOBAL_DAYS = coercers.one_of("000", "010", "090", "MMM", "XXX", "YYY", "ZZZ")
CSV = Layout((Column("HCPCS"), Column("GLOB DAYS")))
TEXT = Layout((Column("HCPCS", 1, 5), Column("GLOB DAYS", 7, 9)), width=10)


def lines_of(raw: bytes) -> list[tuple[int, str]]:
    return list(numbered_lines(io.BytesIO(raw), "sample.csv"))


def test_a_refusal_names_file_line_column_value_and_reason() -> None:
    with pytest.raises(LayoutError) as refusal:
        CSV.row("PPRRVU26A.csv", 214, ["99213", "ZZ9"]).read("GLOB DAYS", GLOBAL_DAYS)
    assert str(refusal.value) == (
        'PPRRVU26A.csv line 214, GLOB DAYS: "ZZ9" is not one of 000, 010, 090, MMM, XXX, YYY, ZZZ'
    )


def test_a_refusal_of_the_whole_file_names_no_line() -> None:
    assert str(LayoutError("GPCI2026.csv", 0, "", None, "holds no rows")) == "GPCI2026.csv: holds no rows"


def test_a_refusal_survives_the_way_between_processes() -> None:
    refusal = LayoutError("a.csv", 3, "MOD", "27", "is not one of 26, TC")
    assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)


def test_a_csv_record_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"a.csv line 9: has 1 cells, not 2"):
        CSV.row("a.csv", 9, ["99213"])


def test_a_line_of_fixed_width_is_cut_at_its_positions() -> None:
    row = TEXT.cut("a.txt", 1, "99213 XXX ")
    assert [row.text("HCPCS"), row.text("GLOB DAYS")] == ["99213", "XXX"]


def test_a_line_that_is_too_short_is_refused() -> None:
    with pytest.raises(LayoutError, match="has 8 characters, not 10"):
        TEXT.cut("a.txt", 1, "99213 XX")


def test_text_between_the_columns_means_that_the_layout_has_changed() -> None:
    with pytest.raises(LayoutError, match='positions 6-6: "9" stands where the layout has nothing'):
        TEXT.cut("a.txt", 1, "992139XXX ")


def test_titles_spread_down_the_lines_are_joined() -> None:
    assert stacked_titles([["", "NON-FAC"], ["", "PE RVU "], ["HCPCS"]]) == ["HCPCS", "NON-FAC PE RVU"]


def test_swapped_columns_are_refused_by_name() -> None:
    with pytest.raises(LayoutError, match='"GLOB DAYS" stands over column 1, where "HCPCS" belongs'):
        CSV.check_titles("a.csv", 10, ["GLOB DAYS", "HCPCS"])


def test_a_byte_order_mark_is_taken_off() -> None:
    assert lines_of(b"\xef\xbb\xbfHCPCS\r\n") == [(1, "HCPCS\r\n")]


def test_windows_1252_is_read_where_utf_8_does_not_fit() -> None:
    assert lines_of(b"CPT\xae\r\n") == [(1, "CPT®\r\n")]


@pytest.mark.parametrize("end", [b"\x1a", b"\x1a\r\n", b"\x1a,,,\r\n"])
def test_a_ctrl_z_ends_the_file(end: bytes) -> None:
    assert lines_of(b"99213\r\n" + end) == [(1, "99213\r\n")]


def test_rows_behind_a_ctrl_z_are_refused() -> None:
    with pytest.raises(LayoutError, match=r"sample.csv line 3: follows the end-of-file mark"):
        lines_of(b"99213\r\n\x1a\r\n99214\r\n")


def test_a_file_that_breaks_off_in_a_line_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"sample.csv line 2: the file breaks off in this line"):
        lines_of(b"99213,1.30\r\n99214,1.9")


def test_an_empty_file_has_no_lines() -> None:
    assert lines_of(b"") == []


def test_records_are_numbered_by_the_line_on_which_they_begin() -> None:
    lines = numbered_lines(io.BytesIO(b'a\r\n"notice\r\non three\r\nlines"\r\nb\r\n'), "a.csv")
    assert [line for line, _ in csv_records(lines, "a.csv")] == [1, 2, 5]


def test_a_quote_that_never_closes_is_refused() -> None:
    lines = numbered_lines(io.BytesIO(b'a\r\n"b\r\nc\r\n'), "a.csv")
    with pytest.raises(LayoutError, match=r"a.csv line 2: is not comma-separated text"):
        list(csv_records(lines, "a.csv"))


def test_the_line_ends_of_the_old_macintosh_are_read() -> None:
    assert lines_of(b"\xef\xbb\xbfa,1\rb,2\r") == [(1, "a,1\n"), (2, "b,2\n")]


def test_a_file_of_the_old_macintosh_that_breaks_off_is_refused() -> None:
    with pytest.raises(LayoutError, match="line 2: the file breaks off in this line"):
        lines_of(b"a,1\rb,")


def test_line_ends_that_are_mixed_are_refused_in_words() -> None:
    lines = numbered_lines(io.BytesIO(b"a,1\r\nb,2\rc,3\r\n"), "sample.csv")
    with pytest.raises(
        LayoutError, match="line 2: its line ends are mixed: another program has saved this file"
    ):
        list(csv_records(lines, "sample.csv"))
