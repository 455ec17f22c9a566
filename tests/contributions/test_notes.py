"""Notes: what speaks of a patient is refused by its kind, what billers write passes."""

from itertools import product

import pytest

from contributions.forms import ReportForm
from tests.contributions.telling import CODE, TODAY

PERSONAL = {
    "123-45-6789": "a Social Security number",
    "1EG4-TE5-MK73": "a Medicare beneficiary number",
    "123456789A": "an old Medicare claim number",
    "NPI 1234567893": "a provider number (NPI)",
    "(555) 234-5678": "a phone number",
    "jane@example.org": "an email address",
    "www.example.org": "a web or network address",
    "seen 3/14/2026": "a date",
    "DOB unknown": "a date of birth",
    "MRN: 44A1829": "a record, account or claim number",
    "ICN 2226073123456": "a long number",
    "22-26073-ABX-91": "a control number",
    "AB1234567": "a DEA number",
    "00409-1966-12": "a drug package number (NDC)",
    "12 Oak Street": "a street address",
    "zip 10001": "a ZIP code",
    "Mrs. Doe": "a name",
}
SENTENCES = (
    "{code}-25 denied {reason}, paid after the records went in.",
    "They bundle {code} with 76942 as {reason}; 59 did not help, XS did.",
    "{reason} on {code} with M54.50; the LCD lists E11.9 only with a second diagnosis.",
    "{code}: allowed $88.05 of $1,234.56, then {reason} at reprocessing.",
    "{code} x3 over the limit, cut to 2 units with N362 and {reason}.",
    "Since 2024 this payer wants {code}-26 and {code}-TC on two lines, else {reason}.",
    "First appeal lost, second won: $310 paid on {code} with interest after {reason}.",
    "{code} LT and RT on one line gives {reason}; two lines with 50 pay.",
)
CODES = ("99213", "97110", "20610", "G0439", "J1100")
REASONS = ("CO-97", "CO 236", "PR-50", "CO-151", "OA-18")
HARMLESS = [
    sentence.format(code=code, reason=reason) for sentence, code, reason in product(SENTENCES, CODES, REASONS)
]


def errors_of(note: str) -> list[str]:
    form = ReportForm({"payer_kind": "medicare", "reason": "97", "note": note}, code=CODE, today=TODAY)
    form.is_valid()
    return list(form.errors.get("note", []))


@pytest.mark.parametrize(("text", "kind"), PERSONAL.items())
def test_a_personal_thing_is_refused_with_its_kind_and_not_repeated(text: str, kind: str) -> None:
    (said,) = errors_of(f"The payer said {text} was the problem.")
    assert kind in said
    assert text not in said


def test_two_hundred_harmless_notes_pass() -> None:
    assert len(set(HARMLESS)) == 200
    assert [note for note in HARMLESS if errors_of(note)] == []
