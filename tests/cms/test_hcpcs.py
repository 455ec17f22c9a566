import io
from datetime import date
from pathlib import Path

import pytest

from codes.cms import hcpcs
from codes.cms.hcpcs import HcpcsRow, ModifierRow
from codes.cms.layout import LayoutError


def line(code: str, sequence: str, kind: str, long: str, short: str = "", rest: str = "00 A") -> str:
    return f"{f'{code:>5}{sequence}{kind}{long:80}{short:28}{rest}':320}\r\n"


AMBULANCE = line("A0021", "00100", "3", "Ambulance service, outside state per mile,", "Outside state")
CONTINUED = line("A0021", "00200", "4", "transport")
MODIFIER = line("A1", "00100", "7", "Dressing for one wound", "Dressing 1")


def parse(text: str) -> list[HcpcsRow | ModifierRow]:
    return list(hcpcs.parse(io.BytesIO(text.encode()), "HCPC2026_JUL_ANWEB.txt"))


def refusal(text: str) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(text)
    return str(caught.value)


def test_the_lines_of_a_code_are_joined_by_a_blank() -> None:
    assert parse(AMBULANCE + CONTINUED) == [
        HcpcsRow("A0021", "Ambulance service, outside state per mile, transport", "Outside state")
    ]


def test_the_days_on_which_a_code_was_added_and_ends_are_read() -> None:
    days = f"00 A{'':145}19870101202401012024033" + "1D"
    [row] = parse(line("J2930", "00100", "3", "Injection, methylprednisolone", "Methylprednisolone", days))
    assert isinstance(row, HcpcsRow)
    assert (row.added, row.terminated) == (date(1987, 1, 1), date(2024, 3, 31))


def test_a_day_that_does_not_exist_is_refused() -> None:
    days = f"00 A{'':145}198701012024010120240231D"
    assert 'TERMINATION DATE: "20240231"' in refusal(line("J2930", "00100", "3", "Injection", "Inj", days))


def test_modifiers_are_told_apart_from_codes() -> None:
    following = line("A1", "00200", "8", "or two")
    assert parse(AMBULANCE + MODIFIER + following)[1:] == [
        ModifierRow("A1", "Dressing for one wound or two", "Dressing 1")
    ]


def test_a_continuation_without_its_first_line_is_refused() -> None:
    assert 'line 1, HCPC: "A0021" continues a description whose first line is missing' in refusal(CONTINUED)


def test_a_continuation_of_another_code_is_refused() -> None:
    other = line("A0080", "00200", "4", "text")
    assert 'line 2, HCPC: "A0080" continues a description' in refusal(AMBULANCE + other)


def test_an_unknown_record_identification_is_refused() -> None:
    text = line("A0021", "00100", "5", "text")
    assert 'line 1, RECORD IDENTIFICATION: "5" is not one of 3, 4, 7, 8' in refusal(text)


def test_a_code_twice_is_refused() -> None:
    assert 'line 2, HCPC: "A0021" stands twice' in refusal(AMBULANCE + AMBULANCE)


def test_a_csv_of_codes_has_no_short_descriptions() -> None:
    assert parse('code,long_description\r\nA0021,"Ambulance, per mile"\r\n') == [
        HcpcsRow("A0021", "Ambulance, per mile", "")
    ]


def test_a_csv_of_modifiers_gives_modifiers() -> None:
    assert parse("modifier,long_description\r\nA1,Dressing\r\n") == [ModifierRow("A1", "Dressing", "")]


def test_a_csv_with_swapped_columns_is_refused() -> None:
    assert '"long_description" stands over column 1' in refusal(
        "long_description,code\r\nAmbulance,A0021\r\n"
    )


def test_a_csv_without_a_description_is_refused() -> None:
    assert 'line 2, long_description: "" is blank' in refusal("code,long_description\r\nA0021,\r\n")


@pytest.mark.parametrize("text", ["", "code,long_description\r\n"])
def test_a_file_without_rows_is_refused(text: str) -> None:
    assert "holds no rows" in refusal(text)


@pytest.mark.full_size
def test_october_2025_has_8_463_codes_and_383_modifiers(cms_files: Path) -> None:
    texts = [
        (cms_files / "reference" / f"hcpcs_level2_{kind}2025oct.csv").read_text("utf-8")
        for kind in ("", "modifiers_")
    ]
    assert [len(parse(text)) for text in texts] == [8_463, 383]


def test_the_disclaimers_that_came_before_the_codes_in_2018_are_passed_over() -> None:
    block = "***Disclaimers\t\t\r\nThe codes in this file\tare made up.\r\n\r\n***\t\t\r\n"
    assert parse(block + AMBULANCE + CONTINUED) == parse(AMBULANCE + CONTINUED)


def test_what_is_no_record_among_the_codes_is_refused_below_disclaimers_too() -> None:
    assert "line 3, RECORD IDENTIFICATION" in refusal(
        "***Disclaimers\r\n" + AMBULANCE + line("A0021", "00200", "X", "")
    )
