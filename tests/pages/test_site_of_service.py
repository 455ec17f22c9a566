"""Office, surgery center and outpatient hospital side by side, on the page and for programs."""

from decimal import Decimal

import pytest

from codes.models import AscRate, OppsRate, Release, Version
from tests.pages.conftest import Get, table_of
from tests.pages.test_code_page import text_of

AUG_2026, NOV_2025 = "2026-08-03", "2025-11-03"
# From CMS's files by hand: the ASC rate of July 2026; rate and copayment of the final OPPS rule for 2025.
BY_HAND = [
    ("45378", "510.49", "911.71", "182.35"),
    ("43239", "497.85", "937.56", "187.52"),
    ("45380", "656.75", "1179.08", "235.82"),
    ("45385", "656.75", "1179.08", "235.82"),
    ("66984", "1255.73", "2280.73", "456.15"),
    ("27447", "9393.16", "12866.82", "1676.00"),
    ("22551", "9030.96", "12866.82", "1676.00"),
    ("29881", "1644.87", "3244.61", "648.93"),
    ("29827", "3695.53", "7143.73", "1428.75"),
    ("64483", "485.51", "890.29", "178.06"),
    ("62323", "387.46", "692.52", "138.51"),
    ("63650", "5030.95", "6562.90", "1312.58"),
    ("64721", "948.66", "1952.77", "390.56"),
    ("20610", "38.94", "295.19", "59.04"),
    ("11042", "223.01", "399.53", "79.91"),
    ("52000", "310.63", "667.47", "133.50"),
    ("58558", "1738.07", "3179.53", "635.91"),
    ("47562", "3030.97", "5834.36", "1166.88"),
    ("93458", "1707.76", "3216.41", "863.75"),
    ("G0105", "510.49", "911.71", "0.00"),
    ("65855", "140.98", "548.60", "109.72"),
]


def places(get: Get, code: str, **parameters: str) -> dict[str, dict[str, object]]:
    system = "cpt" if code[0].isdigit() else "hcpcs"
    answer = get(f"/{system}/{code}/site-of-service.json", **parameters).json()
    return {place["place_of_service"]: place for place in answer["places"]}


@pytest.mark.parametrize(("code", "center", "hospital", "copayment"), BY_HAND)
def test_the_facilitys_amounts_are_those_of_cms_files(
    get: Get, code: str, center: str, hospital: str, copayment: str
) -> None:
    assert places(get, code, dos=AUG_2026)["24"]["facility"]["allowed"] == center  # type: ignore[index]
    facility = places(get, code, dos=NOV_2025)["22"]["facility"]
    assert (facility["allowed"], facility["patient_owes"]) == (hospital, copayment)  # type: ignore[index]


def test_the_whole_is_the_sum_of_both_and_so_is_what_the_patient_owes(get: Get) -> None:
    found = places(get, "45378", dos=NOV_2025)
    assert [
        (place["practitioner_allowed"], place["total_allowed"], place["patient_owes"])
        for place in found.values()
    ] == [("327.67", "327.67", "65.53"), ("177.26", "666.73", "133.34"), ("177.26", "1088.97", "217.80")]


def test_the_list_of_2025_is_never_the_amount_of_2026(get: Get) -> None:
    hospital = places(get, "45378", dos=AUG_2026)["22"]
    assert (hospital["facility"], hospital["total_allowed"]) == (None, None)
    assert hospital["missing"] == "No OPPS Addendum B of 2026 loaded. The list of 2025 had $911.71."


def test_a_drugs_rate_is_that_of_its_own_quarter_only(get: Get) -> None:
    """J0897: $30.101 and $5.22 in July 2026, $26.960 and $5.03 in January 2025 (CMS's files)."""
    center = places(get, "J0897", dos=AUG_2026)["24"]["facility"]
    assert (center["allowed"], center["patient_owes"]) == ("30.10", "5.22")  # type: ignore[index]
    hospital = places(get, "J0897", dos="2025-02-03")["22"]["facility"]
    assert (hospital["allowed"], hospital["patient_owes"]) == ("26.96", "5.03")  # type: ignore[index]
    later = places(get, "J0897", dos=NOV_2025)["22"]
    assert later["total_allowed"] is later["facility"]["allowed"] is None  # type: ignore[index]
    assert "$26.96 was the rate from Jan 1, 2025" in later["facility"]["meaning"]  # type: ignore[index]


def test_a_visit_has_no_facility_fee_in_a_surgery_center(get: Get) -> None:
    center = places(get, "99214", dos=AUG_2026)["24"]
    assert center["facility"]["status"] == "unlisted"  # type: ignore[index]
    assert center["total_allowed"] == center["practitioner_allowed"] == "84.50"


def test_a_packaged_test_is_the_practitioners_component_alone(get: Get) -> None:
    """76376 in 2025: only modifier 26 pays in a facility, $9.06, and N1 and N add nothing."""
    found = places(get, "76376", dos=NOV_2025)
    assert [(place["total_allowed"], place["patient_owes"]) for place in found.values()] == [
        ("24.91", "4.98"),
        ("9.06", "1.81"),
        ("9.06", "1.81"),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("70450", "$224.55 (APC 8005), or $435.12 (APC 8006) if any was with contrast"),
        ("70551", "$540.27 (APC 8007), or $854.83 (APC 8008) if any was with contrast"),
        ("76700", "With another ultrasound of this family"),
        ("90834", "at most one composite: $408.55 (APC 8010)"),
        ("99284", "The comprehensive payment with observation is $2,647.73 (APC 8011)."),
    ],
)
def test_a_hospitals_line_names_the_composite_with_its_rate(get: Get, code: str, words: str) -> None:
    """Rates of Addendum A, final rule for 2025, by hand."""
    facility = places(get, code, dos=NOV_2025)["22"]["facility"]
    assert words in " ".join(facility["notes"])  # type: ignore[index]
    assert words in text_of(get(f"/cpt/{code}/", dos=NOV_2025, pos="22"))


def test_a_code_without_a_composite_of_its_own_names_none(get: Get) -> None:
    """71046 has Q3 because it is packaged with critical care."""
    for code in ("71046", "45378"):
        assert places(get, code, dos=NOV_2025)["22"]["facility"]["notes"] == []  # type: ignore[index]


def test_an_operation_without_an_office_price_has_none(get: Get) -> None:
    office = places(get, "27447", dos=NOV_2025)["11"]
    assert (office["total_allowed"], office["missing"]) == (
        None,
        "Medicare has no office price for this code.",
    )


def test_an_excluded_procedure_is_not_paid_in_either(get: Get) -> None:
    release = Release.objects.get(source="asc", effective_from="2025-10-01")
    AscRate.objects.filter(release=release, code="27447").update(addendum="EE", indicator="", rate=None)
    OppsRate.objects.filter(code="27447").update(status="C", rate=None)
    found = places(get, "27447", dos=NOV_2025)
    assert [found[place]["facility"]["status"] for place in ("24", "22")] == ["excluded"] * 2  # type: ignore[index]
    assert [found[place]["total_allowed"] for place in ("24", "22")] == [None, None]
    page = text_of(get("/cpt/27447/", dos=NOV_2025, pos="24"))
    assert "Not paid in an ASC: Medicare excludes 27447 from surgery centers." in page
    assert "inpatient only" in page


def test_a_screening_with_pt_owes_fifteen_percent_of_both(get: Get) -> None:
    center = places(get, "45385", dos=AUG_2026, mod="PT")["24"]
    assert center["facility"]["patient_owes"] == "98.51"  # type: ignore[index]


def test_a_code_that_the_sample_lacks_is_not_said_to_be_unpaid(get: Get) -> None:
    AscRate.objects.filter(code="45378").delete()
    Release.objects.filter(source="pprrvu").update(
        is_sample=False
    )  # a full fee schedule beside the sample's lists
    Version.bump("data")
    center = places(get, "45378", dos=AUG_2026)["24"]
    assert center["missing"] == (
        "45378 is not in the sample of ASC addenda 2026-07. CMS's own list may have it."
    )


def test_without_lists_the_panel_says_which_are_missing(get: Get) -> None:
    Release.objects.filter(source__in=("asc", "opps")).delete()
    Version.bump("data")
    found = places(get, "45378", dos=AUG_2026)
    assert [found[place]["missing"] for place in ("24", "22")] == [
        "No ASC addenda of 2026 loaded.",
        "No OPPS Addendum B of 2026 loaded.",
    ]


def test_the_answer_says_whose_money_it_is(get: Get) -> None:
    page = text_of(get("/cpt/66984/", dos=AUG_2026, pos="24"))
    assert "For the surgeon; the surgery center is paid separately: $1,255.73." in page
    page = text_of(get("/cpt/66984/", dos=NOV_2025, pos="19"))
    assert "For the surgeon; the hospital is paid separately: $2,280.73." in page
    assert "the facility is paid separately" in text_of(get("/cpt/66984/", dos=NOV_2025, pos="21"))


def test_the_evidence_sheet_says_it_too_and_names_the_list(get: Get) -> None:
    sheet = text_of(get("/cpt/66984/evidence/", dos=AUG_2026, pos="24"))
    assert "For the surgeon; the surgery center is paid separately: $1,255.73." in sheet
    assert "Surgery center rates (ASC), ASC addenda 2026-07" in sheet


def test_the_panel_shows_what_the_twins_say(get: Get) -> None:
    page = text_of(get("/cpt/45378/", dos=NOV_2025))
    for words in (
        "$489.47",
        "$666.73",
        "$1,088.97",
        "$217.80",
        "APC 5311, Level 1 Lower GI Procedures.",
        "wage index adjusts 50 %",
    ):
        assert words in page
    rows = table_of(get("/cpt/45378/site-of-service.csv", dos=NOV_2025))
    assert [row["total_allowed"] for row in rows] == ["327.67", "666.73", "1088.97"]
    assert Decimal(rows[2]["wage_index_share"]) == Decimal("0.60")


def test_a_laboratory_test_has_no_such_panel(get: Get) -> None:
    assert b'id="site-of-service"' not in get("/cpt/80053/", dos=AUG_2026).content


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_a_wrong_question_is_refused(get: Get, ending: str) -> None:
    get(f"/cpt/45378/site-of-service.{ending}", status=400, dos="2026-02-31")
    get(f"/cpt/45378/site-of-service.{ending}", status=400, color="red")
    get(f"/cpt/98989/site-of-service.{ending}", status=404)


def test_the_claim_desk_adds_the_surgery_centers_own_claim_with_its_discount(get: Get) -> None:
    """$1,644.87 whole, and half of 64721's $948.66: both are discounted (42 CFR 416.172(e))."""
    claim = get("/claim.json", lines="64721,29881-59", dos=AUG_2026, pos="24").json()
    center = claim["surgery_center"]
    assert [(line["code"], line["percent"], line["allowed"]) for line in center["lines"]] == [
        ("64721", 50, "474.33"),
        ("29881", 100, "1644.87"),
    ]
    assert center["total"] == "2119.20"
    page = text_of(get("/claim/", lines="64721,29881-59", dos=AUG_2026, pos="24"))
    assert "The surgery center bills its own claim" in page
    assert "$474.33 (50 %)" in page


def test_a_denied_line_brings_the_surgery_center_nothing(get: Get) -> None:
    claim = get("/claim.json", lines="45385,45380", dos=AUG_2026, pos="24").json()
    assert [line["code"] for line in claim["surgery_center"]["lines"]] == ["45385"]


def test_elsewhere_than_in_a_surgery_center_there_is_no_such_claim(get: Get) -> None:
    assert get("/claim.json", lines="45385", dos=AUG_2026, pos="22").json()["surgery_center"] is None


def test_a_code_that_only_facilities_bill_says_what_they_are_paid(get: Get) -> None:
    """A device without a rate (J7) is known by the ASC list alone, and is not just missing from the fee schedule."""
    release = Release.objects.get(source="asc", effective_from="2026-07-01")
    AscRate.objects.create(release=release, code="C1607", addendum="BB", indicator="J7")
    Version.bump("data")
    page = text_of(get("/hcpcs/C1607/", dos=AUG_2026))
    assert "A facility bills this code, not a practitioner. Surgery center (ASC): Pass-through device" in page
    assert 'id="site-of-service"' in page
