"""The DMEPOS fee schedule on pages, in JSON and CSV and at the Claim Desk, on the sample's list of January 2025.

Figures of CMS's file: E0601 RR is $49.12 in California, $91.03 in its rural ZIP codes; 92225 is one, 90001 is not.
"""

import html
from decimal import Decimal
from typing import Any

from codes.models import Release, Version
from codes.models.release import Source
from tests.pages.conftest import Get, table_of

NOVEMBER = "2025-11-03"
CITY, RURAL = "90001", "92225"


def price(get: Get, code: str = "E0601", **parameters: str) -> Any:
    return get(f"/hcpcs/{code}.json", dos=NOVEMBER, **parameters).json()


def reason(found: Any) -> str:
    return str(found["price"]["confidence"]["reasons"][0])


def test_a_rental_is_allowed_by_the_state_of_the_zip_code(get: Get) -> None:
    found = price(get, mod="RR", zip=CITY)
    assert found["price"]["allowed"] == "49.12"
    assert found["price"]["source"] == "DMEPOS 2025-01"
    assert found["price"]["shares"]["coinsurance"] == "9.82"  # 49.12 x 20 %
    assert found["price"]["confidence"]["level"] == "High"


def test_from_month_4_on_a_capped_rental_is_75_percent(get: Get) -> None:
    assert price(get, mod="RR,KJ", zip=CITY)["price"]["allowed"] == "36.84"  # 49.12 x 0.75
    assert price(get, mod="RR,KH", zip=CITY)["price"]["allowed"] == "49.12"


def test_a_missing_modifier_is_asked_for(get: Get) -> None:
    assert "prices E0143 with NU or RR or UE: add what fits." in reason(price(get, "E0143", zip=CITY))
    assert "prices E0601 with RR: add RR." in reason(price(get, "E0601", zip=CITY))
    page = get("/hcpcs/E0143/", dos=NOVEMBER, zip=CITY).content.decode()
    assert "Returned as typed" in page


def test_without_a_place_the_range_is_told(get: Get) -> None:
    found = price(get, mod="RR")
    assert found["price"]["allowed"] is None
    assert (
        reason(found) == "DMEPOS fees go by state: $48.72 to $98.07 for a month of rental. Choose a ZIP code."
    )


def test_what_is_the_same_in_every_state_needs_no_place(get: Get) -> None:
    assert price(get, "A4253", mod="NU", pos="12", units="2")["price"]["allowed"] == "16.64"  # 2 x 8.32


def test_a_locality_without_a_zip_code_warns_of_rural_amounts(get: Get) -> None:
    found = price(get, mod="RR", locality="01182-18")
    assert found["price"]["allowed"] == "49.12"
    assert found["price"]["confidence"]["level"] == "Medium"
    assert "in a rural ZIP code it is $91.03" in reason(found)


def test_another_year_than_the_list_has_no_amount(get: Get) -> None:
    found = get("/hcpcs/E0601.json", dos="2026-07-03", mod="RR", zip=CITY).json()
    assert found["price"]["allowed"] is None
    assert reason(found) == (
        "The 2026 DMEPOS fee schedule isn't loaded. The last one we have, DMEPOS 2025-01, "
        "had $49.12 for a month of rental in CA."
    )
    assert found["equipment"]["prices_the_day"] is False


def test_equipment_is_not_paid_in_a_hospital(get: Get) -> None:
    assert "used at home" in reason(price(get, mod="RR", zip=CITY, pos="21"))


def test_nutrition_is_priced_by_its_own_list(get: Get) -> None:
    found = price(get, "B4034", zip=CITY, units="30")
    assert (found["price"]["allowed"], found["price"]["source"]) == ("111.90", "PEN 2025-01")  # 30 x 3.73


def test_a_rural_zip_code_has_the_rural_amount(get: Get) -> None:
    found = price(get, mod="RR", zip=RURAL)
    assert found["price"]["allowed"] == "91.03"
    assert (found["equipment"]["state"], found["equipment"]["rural"]) == ("CA", True)


def test_the_page_tells_category_range_and_who_takes_the_claim(get: Get) -> None:
    page = get("/hcpcs/E0601/", dos=NOVEMBER, mod="RR", zip=CITY).content.decode()
    assert "DMEPOS fee schedule, Jan 2025" in page
    assert "Capped rental" in page
    assert "$48.72 to $98.07" in page
    assert "Bill the DME MAC" in page
    assert "Where the patient lives: CA, not a rural ZIP code" in page


def test_a_procedure_has_no_equipment(get: Get) -> None:
    assert get("/cpt/99213.json").json()["equipment"] is None
    assert "DMEPOS fee schedule" not in get("/cpt/99213/").content.decode()
    get("/cpt/99213/equipment.csv", 404)


def test_the_suppliers_limit_is_told_where_it_says_something(get: Get) -> None:
    practitioners = Release.objects.filter(source=Source.MUE_PRACTITIONER).latest("effective_from")
    practitioners.pk, practitioners.source, practitioners._state.adding = None, Source.MUE_DME, True
    practitioners.save()
    Version.bump("data")
    assert "Practitioners:</strong>" in get("/cpt/99214/", dos="2026-08-01").content.decode()
    assert "Equipment suppliers" not in get("/cpt/99214/", dos="2026-08-01").content.decode()
    assert "Equipment suppliers" not in get("/hcpcs/G0439/", dos="2026-08-01").content.decode()
    assert "Equipment suppliers:</strong>" in get("/hcpcs/E0601/", dos="2026-08-01").content.decode()


def test_the_table_has_every_state_and_area(get: Get) -> None:
    rows = table_of(get("/hcpcs/E0601/equipment.csv", dos=NOVEMBER))
    by_state = {row["state"]: (row["not_rural"], row["rural"]) for row in rows}
    assert len(by_state) == 53
    assert (by_state["CA"], by_state["AK"]) == (("49.12", "91.03"), ("91.42", ""))
    assert min(Decimal(row["not_rural"]) for row in rows) == Decimal("48.72")


def test_the_claim_desk_prices_equipment_beside_a_visit(get: Get) -> None:
    claim = get("/claim.json", lines="99213,E0601-RR,E0143", dos=NOVEMBER, zip=CITY).json()
    assert [line["allowed"] for line in claim["lines"]][1:] == ["49.12", None]
    assert claim["lines"][2]["status"] == "returned"


def test_a_claim_of_a_year_without_its_list_says_what_the_page_says(get: Get) -> None:
    day = "2026-08-01"
    (line,) = get("/claim.json", lines="E0601-RR", dos=day, pos="12").json()["lines"]
    why = "The 2026 DMEPOS fee schedule isn't loaded. The last one we have, DMEPOS 2025-01, had"
    assert why in html.unescape(get("/hcpcs/E0601/", dos=day, mod="RR", pos="12").content.decode())
    assert line["status"] == "not_checked"
    assert why in line["reason"]
