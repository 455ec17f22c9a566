"""A code across the country on the sample. Figures: PRICING_RULES 1.10; the page must agree with the code page."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory

from tests.pages.conftest import Get, table_of

NOV_3_2025 = "2025-11-03"
AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def by_locality(response: object) -> dict[str, dict[str, str]]:
    return {f"{row['mac']}-{row['locality']}": row for row in table_of(response)}


def test_99213_has_its_known_amounts_among_109_localities(get: Get) -> None:
    rows = by_locality(get("/cpt/99213/country.csv", dos=AUG_1_2026))
    assert len(rows) == 109
    known = {
        "01182-18": ("104.89", "60.24"),
        "10112-00": ("87.79", rows["10112-00"]["facility"]),
        "02102-01": ("118.72", rows["02102-01"]["facility"]),
    }
    assert {key: (rows[key]["office"], rows[key]["facility"]) for key in known} == known


def test_the_track_asked_for_decides_the_factor(get: Get) -> None:
    rows = by_locality(get("/cpt/99213/country.csv", dos=AUG_1_2026, qp="1"))
    assert {row["conversion_factor"] for row in rows.values()} == {"33.5675"}


def test_the_imaging_cap_binds_where_the_files_say_so(get: Get) -> None:
    rows = by_locality(get("/cpt/70496/country.csv", dos=NOV_3_2025))
    assert rows["01112-05"]["office"] == "343.62", "the fee is 364.27, and the cap below it"
    assert rows["01112-05"]["imaging_cap_binds"] == "yes"
    assert "The imaging cap binds in some localities" in text_of(get("/cpt/70496/country/", dos=NOV_3_2025))


@pytest.mark.parametrize("code", ["99213", "76376", "70496", "45385", "93000", "97110"])
@pytest.mark.parametrize("day", [NOV_3_2025, AUG_1_2026])
def test_every_locality_has_the_amount_of_the_code_page(sample: None, code: str, day: str) -> None:
    from codes.code_request import load_code_request
    from codes.queries.country import across
    from codes.queries.geography import key_of

    def asked(**parameters: str) -> Any:
        return load_code_request(RequestFactory().get("/", {"dos": day, **parameters}), code)

    found = asked()
    made = across(found.calendar, found.record, found.result)
    for each in made.everywhere[::9]:  # type: ignore[union-attr]
        here = asked(locality=key_of(each.locality)).result.components[0]
        office = None if here.row.nonfacility_na else here.office.allowed
        assert (each.nonfacility, each.facility) == (office, here.facility.allowed)


def test_the_first_of_the_ranking_is_the_highest_and_equal_amounts_share_a_rank(sample: None) -> None:
    from datetime import date

    from codes.queries import code, country, price_result, releases
    from codes.queries.price_query import PriceQuery

    calendar = releases.calendar()
    day = date(2026, 8, 1)
    record = code.load_code(calendar, "99213", day)
    answered = price_result.price_code(calendar, record, PriceQuery(date_of_service=day))
    made = country.across(calendar, record, answered)
    assert made is not None
    amounts = [row.amount for row in made.rows]
    assert amounts == sorted(amounts, reverse=True)
    assert all(row.rank == amounts.index(row.amount) + 1 for row in made.rows)
    assert made.spread is not None
    assert made.spread.median == sorted(amounts)[54]
    alabama = next(state for state in made.states if state.abbreviation == "AL")
    assert alabama.mean == Decimal("87.79")


def test_the_map_prints_each_state_and_the_table_has_the_same_figure(get: Get) -> None:
    page = text_of(get("/cpt/99213/country/", dos=AUG_1_2026))
    assert page.count('<text class="state"') == 53
    assert "<title>Alabama: $87.79</title>" in page
    assert '<th scope="row">Alabama</th><td class="num">$87.79</td>' in page


def test_a_cell_that_cms_does_not_value_has_no_amount_anywhere(get: Get) -> None:
    rows = by_locality(get("/cpt/76376/country.csv", dos=AUG_1_2026))
    assert {row["facility"] for row in rows.values()} == {""}


def test_asked_in_a_facility_where_nothing_is_paid_the_page_says_so(get: Get) -> None:
    page = text_of(get("/cpt/76376/country/", dos=AUG_1_2026, pos="22"))
    assert "It has no amount in the setting you asked for" in page


def test_the_professional_component_has_its_own_country(get: Get) -> None:
    rows = by_locality(get("/cpt/76376/country.csv", dos=NOV_3_2025, mod="26"))
    assert {row["modifier"] for row in rows.values()} == {"26"}


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/cpt/80053/country/", "one national amount, $10.56"),
        ("/cpt/00811/country/", "an anesthesia line needs one of aa"),
        ("/cpt/36416/country/", "bundled"),
    ],
)
def test_a_code_without_amounts_by_locality_says_why(get: Get, address: str, says: str) -> None:
    assert says in text_of(get(address, dos=AUG_1_2026)).lower()


def test_a_date_without_a_release_has_no_map(get: Get) -> None:
    page = text_of(get("/cpt/99213/country/", dos="2024-03-14"))
    assert "<svg" not in page
    assert "begins on Oct 1, 2025" in page
    get("/cpt/99213/country.csv", status=404, dos="2024-03-14")


def test_a_wrong_parameter_is_named(get: Get) -> None:
    assert "Give the date as" in text_of(get("/cpt/99213/country/", status=400, dos="soon"))


def test_an_unknown_code_is_a_404_and_a_lower_case_one_moves(get: Get) -> None:
    get("/cpt/99228/country/", status=404)
    assert get("/hcpcs/g0105/country/", status=301).headers["Location"] == "/hcpcs/G0105/country/"


def test_htmx_gets_the_short_form_alone(sample: None, client: object) -> None:
    fragment = client.get("/cpt/99213/country/", headers={"HX-Request": "true"})  # type: ignore[attr-defined]
    assert fragment.content.decode().lstrip().startswith('<div id="country"')
    assert "Every locality" not in fragment.content.decode()


def test_the_page_asks_at_most_seven_times(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/cpt/99214/country/", dos=AUG_1_2026)
    with django_assert_max_num_queries(6):  # rows, the schedules that list it, our name, category, unit limit
        get("/cpt/99213/country/", dos=AUG_1_2026)
    get("/cpt/70498/country/", dos=NOV_3_2025)
    with django_assert_max_num_queries(7):  # the caps of all localities besides
        get("/cpt/70496/country/", dos=NOV_3_2025)


def test_the_page_says_where_the_locality_asked_for_stands(get: Get) -> None:
    page = text_of(get("/cpt/99214/country/", locality="06102-16", dos=AUG_1_2026))
    assert re.search(r"In Chicago, IL: <strong>\$\d+\.\d\d</strong>, rank \d+ of 109", page)


def test_the_map_shows_cents(get: Get) -> None:
    tiles = re.findall(r'class="amount"[^>]*>([^<]+)<', text_of(get("/cpt/27447/country/", dos=AUG_1_2026)))
    assert len(tiles) == 53
    assert all(re.fullmatch(r"\d,\d{3}\.\d\d", tile) for tile in tiles)
