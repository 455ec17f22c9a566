"""Remittance files of our own making: what is read of them, what is refused in words, and that nobody is in it."""

import tracemalloc
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.parsing.remittance import MOST_CHARACTERS, MOST_LINES, Adjustment, Remittance, parse_remittance
from tests.parsing import remittances as files

D = Decimal


def _all_text(found: Remittance) -> str:
    """Whatever leaves the parser, as text."""
    return repr(found)


def test_a_whole_file_gives_its_lines() -> None:
    found = parse_remittance(files.PAID)
    assert (found.claims, len(found.lines), found.errors) == (1, 2, ())
    visit, injection = found.lines
    assert (visit.code, visit.modifiers, visit.charge, visit.paid) == ("99213", ("25",), D(150), D("74.63"))
    assert (visit.place_of_service, visit.date_of_service) == ("11", date(2026, 8, 3))
    assert visit.allowed == D("95.19")
    assert visit.adjustments == (
        Adjustment("CO", "45", D("54.81")),
        Adjustment("PR", "2", D("19.04")),
        Adjustment("CO", "253", D("1.52")),
    )
    assert (injection.modifiers, injection.units, injection.line_number) == (("RT",), 1, "2")


def test_a_denial_keeps_its_reason_and_remarks() -> None:
    (line,) = parse_remittance(files.DENIED).lines
    assert (line.paid, line.adjustments, line.remarks) == (
        D(0),
        (Adjustment("CO", "97", D("85.00")),),
        ("M15", "N20"),
    )


def test_a_takeback_is_marked_on_every_line_of_its_claim() -> None:
    found = parse_remittance(files.TAKEN_BACK)
    assert [line.is_taken_back for line in found.lines] == [True, False]
    assert (found.lines[0].charge, found.lines[0].paid) == (D("-150.00"), D("-74.63"))
    assert found.of_provider == (Adjustment("PLB", "WO", D("74.63")),)


def test_several_claims_keep_their_lines_apart() -> None:
    found = parse_remittance(files.SEVERAL_CLAIMS)
    assert [(line.claim, line.code, line.place_of_service) for line in found.lines] == [
        (1, "99213", "11"),
        (2, "99214", "22"),
        (2, "93000", "22"),
        (3, "45385", "24"),
    ]
    assert found.lines[1].date_of_service == date(2026, 8, 4)  # that of the claim
    assert found.of_claims == (Adjustment("PR", "1", D("20.00")),)


def test_both_sides_and_units_are_read() -> None:
    found = parse_remittance(files.BILATERAL)
    assert [(line.modifiers, line.units) for line in found.lines] == [(("50",), 1), (("GP",), 4)]


@pytest.mark.parametrize("text", [files.NO_ENVELOPE, files.OTHER_SEPARATORS, files.WRAPPED, files.NEWLINES])
def test_the_same_lines_are_read_without_an_envelope_and_with_other_separators(text: str) -> None:
    lines = parse_remittance(text).lines
    assert [(line.code, line.paid, len(line.adjustments)) for line in lines] == [
        ("99213", D("74.63"), 3),
        ("20610", D("53.95"), 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        files.PAID.lower(),
        "\ufeff" + files.PAID,
        "\ufeff" + files.NO_ENVELOPE,
        "\ufeff" + files.NO_ENVELOPE[len(files.PERSON) :],
        files.PAID.replace("~", "\r"),
        files.PAID.replace(files.PERSON, ""),
        "CLP~" + files.NO_ENVELOPE[len(files.PERSON) :],
    ],
)
def test_lower_case_byte_order_marks_and_bare_segments_change_nothing(text: str) -> None:
    lines = parse_remittance(text).lines
    assert [(line.code, line.modifiers, line.allowed) for line in lines] == [
        ("99213", ("25",), D("95.19")),
        ("20610", ("RT",), D("68.81")),
    ]


def test_a_damaged_file_names_its_segments_and_gives_the_lines_that_are_sound() -> None:
    found = parse_remittance(files.DAMAGED)
    assert [line.code for line in found.lines] == ["99213"]
    assert [error.partition(",")[2] for error in found.errors] == [
        " SVC02, the charge: expected an amount like 150.00.",
        " CAS02: expected a reason like 45.",
        " DTM02, the date of service: expected eight digits like 20260803.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no remittance file"),
        ("Dear Sir or Madam,", "no remittance file"),
        (files.CLAIM_FILE, "claim file (837)"),
        ("ISA*00*short~SVC*HC:99213*1*1~", "envelope (ISA) is damaged"),
        ("CLP*x*1*100*50~CAS*CO*45*50~", "No service line (SVC)"),
    ],
)
def test_what_is_no_remittance_is_said(text: str, words: str) -> None:
    found = parse_remittance(text)
    assert found.lines == ()
    assert words in " ".join(found.errors)


@pytest.mark.parametrize("text", files.ALL)
def test_no_field_of_a_person_leaves_the_parser(text: str) -> None:
    """Names, numbers, addresses and dates of birth stand in every file; none of their words is in what comes out."""
    assert any(secret in text for secret in files.OF_PEOPLE)
    left = _all_text(parse_remittance(text)).upper()
    assert [secret for secret in files.OF_PEOPLE if secret.upper() in left] == []


def test_what_hides_in_a_field_that_is_read_does_not_leave_either() -> None:
    """A name where a charge, a reason, a modifier, a remark or a line number belongs."""
    left = _all_text(parse_remittance(files.HOSTILE)).upper()
    assert [secret for secret in files.OF_PEOPLE if secret.upper() in left] == []


def test_five_megabytes_are_read_in_bounded_memory() -> None:
    few_lines = files.PAID + files.PERSON * 26_000
    text = few_lines[: MOST_CHARACTERS - 1]
    assert len(text) > 4_900_000
    tracemalloc.start()
    found = parse_remittance(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.lines) == 2
    assert peak < 2_000_000


def test_more_than_the_most_is_refused_in_words() -> None:
    assert "longer than 5,000,000 characters" in parse_remittance("x" * (MOST_CHARACTERS + 1)).errors[0]
    found = parse_remittance("SVC*HC:99213*100*50~" * (MOST_LINES + 1))
    assert found.lines == ()
    assert found.errors[0].startswith("More than 2,000 service lines. Send the file in parts of whole claims")


@given(st.text(alphabet="SVCALPCMTDRE*:~\n0123456789.-HC ISA^|", max_size=300))
def test_nothing_that_is_pasted_raises(text: str) -> None:
    parse_remittance(text)
    parse_remittance(f"SVC*HC:99213*100*50~{text}")
