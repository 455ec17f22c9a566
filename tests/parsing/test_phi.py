"""Text that looks like a patient's is found by kind. All identifiers here are CMS's samples or made up."""

import pytest

from codes.parsing.phi import KINDS, personal_kinds, personal_kinds_in_claim


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ssn 123-45-6789", "ssn"),
        ("123 45 6789", "ssn"),
        ("123456789", "ssn"),
        ("123 45 2019", "ssn"),
        ("1EG4-TE5-MK73", "mbi"),
        ("1eg4te5mk73", "mbi"),
        ("1EG4 TE5 MK73", "mbi"),
        ("123456789A", "hicn"),
        ("NPI 1234567893", "npi"),
        ("call (555) 234-5678", "phone"),
        ("555.234.5678", "phone"),
        ("jane@example.org", "email"),
        ("see https://example.org/a", "url_ip"),
        ("10.0.0.12", "url_ip"),
        ("seen 3/14/2026", "date"),
        ("seen 2026-03-14", "date"),
        ("March 14", "date"),
        ("14 Mar 2026", "date"),
        ("seen 2026/03/14", "date"),
        ("seen on March 14th", "date"),
        ("the 14th of March 2026", "date"),
        ("she is 92 yo", "age"),
        ("a 101-year-old", "age"),
        ("aged 90", "age"),
        ("1ЕG4-ТЕ5-МК73", "mbi"),  # with Cyrillic letters
        ("DOB unknown", "birth"),
        ("born in Ohio", "birth"),
        ("MRN: 44A1829", "idnum"),
        ("acct no. 448291", "idnum"),
        ("claim # 20AX8", "idnum"),
        ("ICN 2226073123456", "digits"),
        ("22-26073-ABX-91", "token"),
        ("AB1234567", "dea"),
        ("00409-1966-12", "ndc"),
        ("12 Oak Street", "addr"),
        ("zip 10001", "zip"),
        ("10001-2345", "zip"),
        ("Mr. Doe", "name"),
        ("mrs doe", "name"),
        ("patient: doe", "name"),
        ("daughter Jane called", "name"),
    ],
)
def test_an_identifier_is_found_by_its_kind(text: str, kind: str) -> None:
    assert kind in personal_kinds(text)
    assert kind in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "76376-26 x1",
        "99213 25 59 LT",
        "76376-26-59-LT-XS",
        "denied CO-97 with N20, then CO 236",
        "M54.50 and E11.9 support 97110-GP",
        "$1,234.56 of 1,500.00",
        "since 2024 the MAC asks for 25",
        "45385, 45380 and 45378",
        "71250 26 CT",
        "the decision for surgery, modifier 57",
        "marked 25 on 99213",
        "Patient Resp 19.04",
        "claim 99213-25",
        "within the 90 day global",
        "a 64 year old code of 1962",
        "page 92 of the manual",
    ],
)
def test_billing_text_is_nobodys(text: str) -> None:
    assert personal_kinds(text) == ()


@pytest.mark.parametrize(
    "text",
    ["123‑45‑6789", "123–45–6789", "1​23-45-6789", "１２３-45-6789", "١٢٣-٤٥-٦٧٨٩", "123\u00a045\u00a06789"],
)
def test_look_alike_characters_hide_nothing(text: str) -> None:
    assert "ssn" in personal_kinds(text)


def test_a_recent_date_beside_a_code_is_a_date_of_service_in_a_claim() -> None:
    assert personal_kinds_in_claim("03/14/2026 11 99213 25 1 150.00") == ()
    assert personal_kinds_in_claim("2026/3/14 11 99213 25 1 150.00") == ()
    assert personal_kinds("03/14/2026 11 99213 25 1 150.00") == ("date",)


@pytest.mark.parametrize("text", ["03/14/2026", "99213 dob 03/14/2026", "99213 03/14/1950", "99213 March 14"])
def test_other_dates_in_a_claim_are_refused(text: str) -> None:
    assert personal_kinds_in_claim(text)


def test_an_identifier_beside_a_code_is_found() -> None:
    assert "mbi" in personal_kinds_in_claim("99213-25 x1\n97110 GP 3 1EG4-TE5-MK73")
