"""`count_prices`: how many code pages have an amount, and that the others say who sets one or why there is none."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from codes.caching.versions import versions_of_request
from codes.pricing.payers import payer_of
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db
BY_FAMILY = {
    "A0425": "Ambulance fee schedule",
    "B4155": "PEN fee schedule, or the DME MAC",
    "C1726": "OPPS, or the ASC payment system",
    "D0120": "",
    "E0601": "DMEPOS fee schedule, or the DME MAC",
    "H0001": "Medicaid",
    "J0897": "ASP drug payment limits, or your MAC",
    "S9999": "Private payers",
    "0001U": "Clinical laboratory fee schedule, or your MAC",
    "A0100": "Ambulance fee schedule",
    "A4690": "ESRD prospective payment system",
    "G0151": "Home health or hospice payment system",
    "G2067": "CMS's rates of opioid treatment programs",
    "G9886": "CMS's rates of the program",
    "M1172": "",
    "1500F": "",
    "90658": "CMS's Vaccine Pricing page or your MAC; else Part D",
    "90389": "ASP drug payment limits, or your MAC",
    "81479": "Clinical laboratory fee schedule, or your MAC",
    "91320": "CMS's Vaccine Pricing page or your MAC; else Part D",
    "G0463": "OPPS",
    "G0480": "Clinical laboratory fee schedule, or your MAC",
    "G0519": "The model that it belongs to",
    "Q0515": "ASP drug payment limits, or your MAC",
    "R0070": "Your MAC",
    "J7640": "ASP drug payment limits, or the DME MAC",
}


def counted(folder: Path) -> list[str]:
    """What the command prints of two CPT codes in a relative value file and three HCPCS codes that it leaves out."""
    rows = [rvu("99213"), rvu("99080", status="B", hundredths=0)]
    texts = {"C1726": "Catheter", "C1727": "Catheter, other", "E0601": "Airway device"}
    files = [
        builders.rvu_zip(folder, rows),
        builders.written(folder / "hcpcs_level2_2026jul.csv", builders.hcpcs_csv(texts)),
    ]
    call_command("load_cms", *files, stdout=io.StringIO())
    said = io.StringIO()
    token = versions_of_request.set(None)
    call_command("count_prices", "--at", "2026-08-01", stdout=said)
    versions_of_request.reset(token)
    return said.getvalue().splitlines()


def test_pages_with_an_amount_are_counted_by_list_and_the_others_by_reason(tmp_path: Path) -> None:
    said = counted(tmp_path)
    assert said[0] == "1 of 5 code pages have an amount."
    assert said[1].split() == ["1", "Physician", "fee", "schedule", "relative", "values"]
    assert said[2] == "4 have none, because:"
    assert said[3].startswith(
        "      2  ... is not in RVU26C, the relative value file in force on Aug 1, 2026. C codes"
    )


def test_no_page_says_only_that_the_file_leaves_the_code_out(tmp_path: Path) -> None:
    assert not [line for line in counted(tmp_path) if "is not in RVU26C" in line and line.count(". ") < 1]


@pytest.mark.parametrize("code", BY_FAMILY)
def test_a_code_that_the_file_leaves_out_names_who_pays_the_like_of_it(code: str) -> None:
    found = payer_of(code)
    assert found.name == BY_FAMILY[code]
    assert found.words.endswith(".")
    assert found.citation
