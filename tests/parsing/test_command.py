from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.parsing import Destination, ParsedCommand, parse_command

KNOWN = frozenset(
    {
        "99212",
        "99213",
        "99214",
        "20610",
        "76942",
        "76376",
        "93000",
        "36415",
        "45385",
        "45380",
        "J1885",
        "G0439",
        "0446T",
    }
)


def ask(text: str) -> ParsedCommand:
    return parse_command(text, KNOWN.__contains__)


def lines(text: str) -> list[str]:
    return [str(line) for line in ask(text).lines]


def parameters(text: str) -> dict[str, str]:
    return dict(ask(text).parameters)


def test_a_whole_line_sets_everything() -> None:
    asked = ask("99214 25 94110 fac 2026-03-14")
    assert (asked.destination, asked.code, asked.parameters) == (
        Destination.CODE,
        "99214",
        (("dos", "2026-03-14"), ("zip", "94110"), ("pos", "22"), ("mod", "25")),
    )


def test_two_plain_codes_go_to_the_pair_checker() -> None:
    for text in (
        "20610+76942",
        "20610 76942",
        "20610,76942",
        "20610 and 76942",
        "20610 vs 76942",
        "20610-76942",
    ):
        assert (ask(text).destination, lines(text)) == (Destination.PAIR, ["20610", "76942"])


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("20610 76942 93000", "20610\n76942\n93000"),
        ("99213\n20610\n93000 26", "99213\n20610\n93000-26"),
        ("20610-LT, 76942-26", "20610-LT\n76942-26"),
        ("99213 25 20610 x2", "99213-25\n20610 x2"),
        ("36415 36415", "36415\n36415"),
    ],
)
def test_more_codes_or_modifiers_go_to_the_claim_desk(text: str, claim: str) -> None:
    assert (ask(text).destination, ask(text).claim_text) == (Destination.CLAIM, claim)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("76376-26", "76376-26"), ("99213", "99213"), (" 99213 ", "99213"), ("\u00a099213\u200b ", "99213"),
        ("９９２１３", "99213"), ("99213.", "99213"), ("#99213", "99213"), ("cpt 99213", "99213"),
        ("j1885", "J1885"), ("0446t", "0446T"), ("GO439", "G0439"), ("99213-25-59", "99213-25-59"),
        ("99213 – 25", "99213-25"), ("99213,25", "99213-25"), ("99213.25", "99213-25"), ("9921325", "99213-25"),
        ("99213 modifier 25", "99213-25"), ("99213 w/ modifier 25", "99213-25"), ("99213 25 25", "99213-25"),
        ("20610 50 rt lt", "20610-50-RT-LT"), ("20610 x2", "20610 x2"), ("j1885 4 units", "J1885 x4"),
        ("j1885 x 4", "J1885 x4"), ("j1885 4u", "J1885 x4"), ("j1885 qty 4", "J1885 x4"), ("HC:99213:25", "99213-25"),
        ("99213 22", "99213-22"), ("Z9999", "Z9999"), ("99219 25", "99219-25"), ("99213-ZQ", "99213-ZQ"),
    ],
)  # fmt: skip
def test_one_code_goes_to_its_page_however_it_is_written(text: str, line: str) -> None:
    assert (ask(text).destination, lines(text)) == (Destination.CODE, [line])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("fac", "22"), ("hospital", "22"), ("office", "11"), ("non-facility", "11"), ("nonfac", "11"), ("er", "23"),
        ("asc", "24"), ("home", "12"), ("snf", "31"), ("nursing home", "32"), ("urgent care", "20"), ("pos 22", "22"),
        ("pos22", "22"), ("pos:22", "22"), ("POS=2", "02"), ("place of service 21", "21"), ("inpatient", "21"),
    ],
)  # fmt: skip
def test_a_place_of_service_is_named_or_follows_pos(words: str, code: str) -> None:
    assert parameters(f"99213 {words}") == {"pos": code}


@pytest.mark.parametrize(
    "words",
    [
        "2026-03-14", "3/14/2026", "03/14/2026", "3/14/26", "3-14-2026", "3.14.2026", "mar 14 2026", "March 14, 2026",
        "14 mar 2026", "14-MAR-2026", "03142026", "dos 3/14/2026", "mar. 14th 2026",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_usual_form(words: str) -> None:
    assert ask(f"99213 {words}").date_of_service == date(2026, 3, 14)


@pytest.mark.parametrize("words", ["2026-02-30", "13/13/2026", "1/1/1991", "pos 77"])
def test_an_impossible_date_or_place_makes_the_line_a_search(words: str) -> None:
    assert ask(f"99213 {words}").destination is Destination.SEARCH


def test_five_digits_that_are_no_code_are_a_zip() -> None:
    assert parameters("99213 94110") == parameters("94110 99213") == {"zip": "94110"}
    assert (ask("94110").destination, ask("94110").zip_code) == (Destination.PLACE, "94110")


def test_a_zip_that_is_also_a_code_needs_the_word() -> None:
    assert ask("99213 36415").destination is Destination.PAIR
    assert parameters("99213 zip 36415") == {"zip": "36415"}


def test_nine_digits_of_a_zip_give_its_five() -> None:
    assert parameters("99213 94110-1234") == parameters("99213 zip 94110-1234") == {"zip": "94110"}


def test_of_two_unknown_numbers_the_first_is_the_code() -> None:
    assert (lines("99219 94110"), parameters("99219 94110")) == (["99219"], {"zip": "94110"})


def test_a_state_is_two_letters_or_a_name() -> None:
    for words in ("al", "AL", "alabama", "in alabama", "state al"):
        assert parameters(f"99213 {words}") == {"state": "AL"}
    assert ask("new york").destination is Destination.PLACE


def test_letters_that_are_a_modifier_too_are_the_modifier_after_a_code() -> None:
    assert parameters("99213 ga") == {"mod": "GA"}
    assert parameters("99213 state ga") == parameters("ga 99213") == {"state": "GA"}


def test_a_locality_follows_its_word() -> None:
    assert parameters("99213 locality 01112-05") == {"locality": "01112-05"}


@pytest.mark.parametrize(
    ("text", "claim", "day"),
    [
        ("11  99213 25  1  $150.00  $95.19  CO-45", "99213-25", None),
        ("03/14/2026 99213 25 1 150.00 98.12 CO-45", "99213-25", date(2026, 3, 14)),
        ("45385 59 1 $900.00 $310.11 PR-2\n45380 1 $700.00 $0.00 CO-97", "45385-59\n45380", None),
    ],
)
def test_lines_from_a_remittance_are_read(text: str, claim: str, day: date | None) -> None:
    assert (ask(text).claim_text, ask(text).date_of_service) == (claim, day)


@pytest.mark.parametrize(
    "text",
    [
        "knee injection", "pt eval", "ekg", "office visit", "home visit", "er visit", "99213 knee", "us abd", "x2",
        "99212-99214", "ct chest w/o", "99213 123 Main St", "2026-03-14",
    ],
)  # fmt: skip
def test_anything_else_is_a_search_for_its_words(text: str) -> None:
    assert (ask(text).destination, ask(text).words) == (Destination.SEARCH, text.lower())


@pytest.mark.parametrize("text", ["99212 - 99214", "99212 to 99214", "J1885 40 mg", "99213 x0", "99213 2026"])
def test_a_range_a_dose_or_a_year_is_no_line_of_a_claim(text: str) -> None:
    assert ask(text).destination is Destination.SEARCH


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("how much is 99213", "99213"),
        ("99213 fee", "99213"),
        ("is 20610 bundled with 76942", "20610\n76942"),
        ("1) 99213 2) 20610", "99213\n20610"),
        ("20610 (25) 76942", "20610-25\n76942"),
        ("20610 CO-97", "20610"),
        ("99213-25-25", "99213-25"),
    ],
)
def test_what_is_no_part_of_a_line_is_no_modifier_and_no_unit(text: str, claim: str) -> None:
    assert ask(text).claim_text == claim


def test_in_before_a_zip_is_not_indiana() -> None:
    assert parameters("99213 in 94110") == {"zip": "94110"}


@pytest.mark.parametrize("day", ["20260314", "14MAR2026"])
def test_a_date_without_separators_is_read(day: str) -> None:
    assert ask(f"99213 {day}").date_of_service == date(2026, 3, 14)


@pytest.mark.parametrize("text", ["99213 150", "99213 25 150", "J1885 60", "99213 2026"])
def test_a_bare_number_that_may_be_a_charge_or_a_dose_is_not_taken_for_units(text: str) -> None:
    assert ask(text).destination is Destination.SEARCH


def test_a_small_bare_number_or_one_beside_a_charge_is_units() -> None:
    assert lines("20610 LT 3") == ["20610-LT x3"]
    assert lines("J1885 20 $150.00") == ["J1885 x20"]


@pytest.mark.parametrize(
    "text", ["99213 25 1 $150.00 $95.19 pr 19.04", "99213 25 150.00 PR 19.04 CO 54.81", "99213-25 pr $19.04"]
)
def test_what_the_patient_owes_is_no_modifier(text: str) -> None:
    assert lines(text) == ["99213-25"]


def test_a_line_of_a_paper_claim_is_read_by_its_places() -> None:
    asked = ask("03 14 26 03 14 26 11 99213 25 AB 150.00 1")
    assert (asked.destination, lines("03 14 26 03 14 26 11 99213 25 AB 150.00 1")) == (
        Destination.CODE,
        ["99213-25"],
    )
    assert asked.parameters == (("dos", "2026-03-14"), ("pos", "11"), ("mod", "25"))


def test_several_lines_of_a_paper_claim_go_to_the_claim_desk() -> None:
    pasted = "03 14 2026 03 14 2026 11 99213 25 A 150 00 1\n03 14 2026 03 14 2026 11 J1885 AB 40.00 4"
    assert (ask(pasted).destination, ask(pasted).claim_text) == (Destination.CLAIM, "99213-25\nJ1885 x4")
    assert parameters(pasted) == {"dos": "2026-03-14", "pos": "11"}


@pytest.mark.parametrize(
    ("text", "claim", "said"),
    [
        ("SV1*HC:99213:25*150*UN*1***1:2~", "99213-25", {"mod": "25"}),
        ("LX*1~SV1*HC:20610:RT:59*210.5*UN*2*11**1~DTP*472*D8*20260314~", "20610-RT-59 x2", None),
        ("SV1*HC:99214*200*UN*1*22**1~ SV1*HC:93000*40*UN*1*22**1~", "99214\n93000", None),
        ("SV2*0450*HC:99213:25*150*UN*1~", "99213-25", {"mod": "25"}),
        ("SV1*HC:00142:AA*500*MJ*45***1~", "00142-AA", {"mod": "AA"}),
    ],
)
def test_a_segment_of_an_electronic_claim_is_read(text: str, claim: str, said: dict[str, str] | None) -> None:
    assert ask(text).claim_text == claim
    assert said is None or parameters(text) == said


def test_the_date_and_place_of_an_electronic_claim_come_with_it() -> None:
    asked = ask("SV1*HC:20610:RT*210.5*UN*2*11**1~DTP*472*D8*20260314~")
    assert (asked.date_of_service, asked.place_of_service) == (date(2026, 3, 14), "11")


def test_nothing_typed_goes_nowhere() -> None:
    assert [ask(text).destination for text in ("", "  ", "\u200b")] == [Destination.NOTHING] * 3


def test_a_fifth_modifier_makes_the_line_a_search() -> None:
    assert ask("99213 25 59 76 77 91").destination is Destination.SEARCH


PIECES = [
    "99213",
    "20610",
    "94110",
    "25",
    "-26",
    "fac",
    "pos",
    "22",
    "x2",
    "3/14/2026",
    "al",
    "zip",
    "HC:",
    "+",
    "$9.50",
    "w/o",
    "SV1*HC:99213:25*150*UN*1~",
    "03 14 26 03 14 26 11 99213 25 AB 150.00 1",
]


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_no_input_raises(text: str) -> None:
    asked = ask(text)
    assert isinstance(asked.parameters, tuple)
    assert isinstance(asked.claim_text, str)
    assert bool(asked.words) == (asked.destination is Destination.SEARCH)


@given(
    st.lists(st.sampled_from(sorted(KNOWN)), min_size=3, max_size=8, unique=True),
    st.sampled_from(["+", " ", ", ", "\n"]),
)
def test_codes_come_back_in_their_order(codes: list[str], between: str) -> None:
    assert [line.code for line in ask(between.join(codes)).lines] == codes
