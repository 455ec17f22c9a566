"""Notes: what speaks of a patient is refused by its kind, what billers write passes."""

from itertools import product

import pytest

from contributions.reports.forms import ReportForm
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
    "MRN 12345": "a record, account or claim number",
    "MRN: 12345": "a record, account or claim number",
    "mrn #1": "a record, account or claim number",
    "acct 12345": "a record, account or claim number",
    "account no. A-77": "a record, account or claim number",
    "claim 12345": "a record, account or claim number",
    "claim # 4711": "a record, account or claim number",
    "DOS 3/14": "a date",
    "date of service: 3-14": "a date",
    "seen on 3/14": "a date",
    "14 March": "a date",
    "the 3rd of May": "a date",
    "patient J. Doe": "a name",
    "Smith, John": "a name",
    "SMITH, JOHN": "a name",
    "Doe, J.": "a name",
    "for Maria Gonzalez": "a name",
    "spoke with Karen at Aetna": "a name",
    "spoke to Thuy at Aetna": "a name",
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
ORDINARY = (
    "Modifier 25 may pass this edit, 59 may not.",
    "Aetna, Cigna and Humana deny it; Blue Cross pays.",
    "Spoke with Aetna provider services: no authorization needed.",
    "Corrected claim 99213-25 was paid in full.",
    "Sent a corrected claim 3 times before it was paid.",
    "The 835 shows CO-97, the claim 837 was fine.",
    "CMS-1500 box 19 wants the NDC units, not the claim line.",
    "They cut 3 units to 2 on the claim; 1/2 unit is not billable.",
    "On 2/3 of our claims they ask for the chart notes.",
    "Account was set up under Medicare Advantage, then Part B. The payer fixed it.",
    "Patient responsibility moved to the plan after appeal level 2.",
    "Medicare, Medicaid and TRICARE pay 76942 with 20610.",
    "Works in Virginia, Georgia and Carolina, not in Jackson, Mississippi.",
    "The plan's LCD changed in January 2026 and again in May.",
    "Appeal letter with the operative report and 3 photos won.",
    "Bundled on account of NCCI; XS on the second site passes.",
    "Vitamin D. Denied without E55.9.",
    "U.S. Department of Labor claims go by the state fee schedule.",
)
CODES = ("99213", "97110", "20610", "G0439", "J1100")
REASONS = ("CO-97", "CO 236", "PR-50", "CO-151", "OA-18")
HARMLESS = [
    sentence.format(code=code, reason=reason) for sentence, code, reason in product(SENTENCES, CODES, REASONS)
]


def errors_of(note: str) -> list[str]:
    form = ReportForm({"payer_kind": "medicare", "reason": "97", "note": note}, code=CODE, today=TODAY)
    form.is_valid()
    return [str(error) for error in form.errors.get("note", [])]


@pytest.mark.parametrize(("text", "kind"), PERSONAL.items())
def test_a_personal_thing_is_refused_with_its_kind_and_not_repeated(text: str, kind: str) -> None:
    (said,) = errors_of(f"The payer said {text} was the problem.")
    assert kind in said
    assert text not in said


def test_two_hundred_harmless_notes_pass() -> None:
    assert len(set(HARMLESS)) == 200
    assert [note for note in HARMLESS if errors_of(note)] == []


@pytest.mark.parametrize("note", ORDINARY)
def test_what_billers_write_every_day_passes(note: str) -> None:
    assert errors_of(note) == []
