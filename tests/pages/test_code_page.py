"""The code page on the sample. Figures: relative values of RVU25D and RVU26C; PRICING_RULES 1.10 and TRAPS 3."""

import re

import pytest

from tests.pages.conftest import Get

MAR_14_2024 = "2024-03-14"
NOV_3_2025 = "2025-11-03"
AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("parameters", "amount"),
    [
        ({"dos": NOV_3_2025}, "$24.91"),
        ({"dos": AUG_1_2026}, "$25.38"),
        ({"dos": AUG_1_2026, "qp": "1"}, "$25.51"),
        ({"dos": NOV_3_2025, "mod": "26", "pos": "22"}, "$9.06"),
    ],
)
def test_76376_is_priced_by_date_track_and_component(
    get: Get, parameters: dict[str, str], amount: str
) -> None:
    page = text_of(get("/cpt/76376/", **parameters))
    assert f'<p class="figure">{amount}</p>' in page


def test_76376_global_in_a_facility_is_not_paid_and_says_why(get: Get) -> None:
    page = text_of(get("/cpt/76376/", dos=NOV_3_2025, pos="22"))
    assert '<p class="figure">Not priced</p>' in page
    assert "facility NA indicator" in page


@pytest.mark.parametrize(
    ("locality", "amount"),
    [("10112-00", "$87.79"), ("02102-01", "$118.72"), ("01182-18", "$104.89")],
)
def test_99213_by_locality(get: Get, locality: str, amount: str) -> None:
    page = text_of(get("/cpt/99213/", dos=AUG_1_2026, locality=locality))
    assert f'<p class="figure">{amount}</p>' in page


def test_99203_in_the_rest_of_texas(get: Get) -> None:
    assert "$114.05" in text_of(get("/cpt/99203/", dos=AUG_1_2026, locality="04412-99"))


def test_a_zip_code_chooses_its_locality(get: Get) -> None:
    assert '<p class="figure">$87.79</p>' in text_of(get("/cpt/99213/", dos=AUG_1_2026, zip="35203"))


def test_a_zip_code_that_spans_localities_says_so_and_lowers_confidence(get: Get) -> None:
    from codes.models import ZipLocality

    spanning = ZipLocality.objects.filter(plus_four=True).first()
    assert spanning is not None
    page = text_of(get("/cpt/99213/", dos=AUG_1_2026, zip=spanning.zip_code))
    assert f"ZIP code {spanning.zip_code} spans localities" in page
    assert "Confidence: Medium" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/cpt/92015/", "not covered"),
        ("/cpt/36416/", "bundled"),
        ("/cpt/97153/", "contractor"),
    ],
)
def test_a_code_without_an_amount_says_why(get: Get, address: str, words: str) -> None:
    page = text_of(get(address, dos=AUG_1_2026))
    assert '<p class="figure">Not priced</p>' in page
    assert words in page.lower()


def test_anesthesia_without_its_modifier_is_returned_and_not_only_without_a_price(get: Get) -> None:
    page = text_of(get("/cpt/00811/", dos=AUG_1_2026))
    assert '<p class="figure">Returned as typed</p>' in page
    assert "AA, AD, QK, QX, QY" in page
    with_modifier = text_of(get("/cpt/00811/", dos=AUG_1_2026, mod="AA"))
    assert '<p class="figure">Not priced</p>' in with_modifier
    assert "Give the minutes of anesthesia" in with_modifier


def test_each_modifier_is_told_with_what_it_does_to_the_amount(get: Get) -> None:
    page = text_of(get("/cpt/76376/", dos=AUG_1_2026))
    rows = dict(
        re.findall(
            r'<tr><th scope="row"><a class="code" href="/modifiers/(..)/.*?<td class="num">(.*?)</td>', page
        )
    )
    assert "$9.35" in rows["26"]
    assert "no change" in rows["59"]


def test_a_locality_is_chosen_by_name_on_a_page_of_its_own(get: Get) -> None:
    page = text_of(get("/cpt/99214/", dos=AUG_1_2026))
    assert '<a href="/cpt/99214/country/?dos=2026-08-01">Choose a locality by name</a>' in page
    chosen = text_of(get("/cpt/99214/", dos=AUG_1_2026, locality="01182-18"))
    assert '<option value="01182-18" selected>' in chosen


def test_a_laboratory_code_is_priced_from_its_own_schedule(get: Get) -> None:
    page = text_of(get("/cpt/80053/", dos=AUG_1_2026))
    assert '<p class="figure">$10.56</p>' in page
    assert "Lab fee schedule 2026-01" in page


def test_anesthesia_is_priced_by_base_units_and_tenths_of_time(get: Get) -> None:
    page = text_of(get("/cpt/00811/", dos=AUG_1_2026, mod="AA", minutes="95"))
    assert "20.4976" in page
    assert "6.3" in page


def test_the_line_of_the_example_page_names_factor_source_and_confidence(get: Get) -> None:
    page = text_of(get("/cpt/76376/", dos=AUG_1_2026))
    assert "Conversion factor: 33.4009 · Source: CMS MPFS RVU26C · Confidence:" in page


def test_without_a_charge_the_page_says_what_it_assumes(get: Get) -> None:
    assert "If you charge less, Medicare allows your charge." in text_of(get("/cpt/99213/", dos=AUG_1_2026))


def test_na_cells_are_never_shown_as_prices(get: Get) -> None:
    page = text_of(get("/cpt/76376/", dos=AUG_1_2026))
    assert page.count("not valued") == 2, "facility practice expense of the global and the technical row"


def test_a_date_before_the_first_release_has_no_amount(get: Get) -> None:
    page = text_of(get("/cpt/99213/", dos="2024-03-14"))
    assert '<p class="figure">Not priced</p>' in page
    assert "begins on Oct 1, 2025" in page


def test_a_release_is_not_carried_into_another_year(get: Get) -> None:
    page = text_of(get("/cpt/99213/", dos="2026-03-14"))
    assert "No relative value file of 2026 in force on that day is loaded" in page


def test_the_age_of_a_release_of_the_same_year_is_said_once_and_is_no_doubt(get: Get) -> None:
    page = text_of(get("/cpt/99213/", dos="2026-11-23", charge="500"))
    assert "Confidence: High" in page
    assert page.count("older than this date") >= 1


@pytest.mark.parametrize(
    ("code", "place", "words"),
    [
        ("27447", "22", "Medicare allows in a hospital outpatient department"),
        ("99285", "23", "Medicare allows in an emergency room"),
        ("99309", "32", "Medicare allows in a nursing facility"),
        ("99213", "11", "Medicare allows in an office"),
        ("97110", "11", "Medicare allows in an office"),
    ],
)
def test_a_page_opens_on_the_place_where_the_code_is_usually_furnished(
    get: Get, code: str, place: str, words: str
) -> None:
    page = text_of(get(f"/cpt/{code}/", dos=AUG_1_2026))
    assert words in page
    assert re.search(rf'<option value="{place}" selected>', page)
    chosen = text_of(get(f"/cpt/{code}/", dos=AUG_1_2026, pos="24"))
    assert "ambulatory surgical center" in chosen.partition('id="answer"')[2]


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"dos": "tomorrow"}, "Give the date as year-month-day"),
        ({"dos": "1950-01-01"}, "begins in 1992"),
        ({"units": "-3"}, "greater than or equal to 1"),
        ({"units": "many"}, "Units are a whole number"),
        ({"zip": "9021"}, "A ZIP code has five digits"),
        ({"zip": "99999"}, "not in the ZIP file"),
        ({"pos": "98"}, "is not one that CMS has assigned"),
        ({"locality": "99999-99"}, "is not a payment locality on this date"),
        ({"charge": "lots"}, "Give the charge in dollars"),
        ({"mod": "A"}, "is not a modifier"),
        ({"mod": "26 59 76 LT RT"}, "at most four modifiers"),
        ({"practitioner": "wizard"}, "Select a valid choice"),
        ({"units": "9" * 10_000}, "Units are a whole number"),
        ({"mod": "x" * 10_000}, "is not a modifier"),
        ({"zip": "1" * 10_000}, "at most 10 characters"),
    ],
)
def test_a_wrong_parameter_is_named_and_nothing_is_priced(
    get: Get, parameters: dict[str, str], says: str
) -> None:
    page = text_of(get("/cpt/99213/", status=400, **parameters))
    assert says in page
    assert '<p class="figure">No amount yet</p>' in page


def test_a_null_byte_in_a_parameter_is_not_a_fault(get: Get) -> None:
    get("/cpt/99213/", status=400, zip="123\x0045")


@pytest.mark.parametrize(
    ("typed", "belongs"),
    [
        ("/cpt/99213-25/", "/cpt/99213/?mod=25"),
        ("/cpt/ 99213 /", "/cpt/99213/"),
        ("/hcpcs/j1100/", "/hcpcs/J1100/"),
        ("/cpt/G0105/", "/hcpcs/G0105/"),
        ("/hcpcs/99213/?dos=2026-08-01", "/cpt/99213/?dos=2026-08-01"),
        ("/cpt/76376-26.json", "/cpt/76376.json?mod=26"),
    ],
)
def test_what_was_nearly_typed_right_is_redirected(get: Get, typed: str, belongs: str) -> None:
    assert get(typed, status=301).headers["Location"] == belongs


def test_an_unknown_code_is_a_404_that_offers_the_nearest(get: Get) -> None:
    page = text_of(get("/cpt/99231x/", status=404)) + text_of(get("/cpt/99216/", status=404))
    assert "No code 99216" in page
    assert "/cpt/99213/" in page


@pytest.mark.parametrize(
    "address", ["/cpt/76376/", "/hcpcs/J1100/", "/cpt/00811/", "/cpt/85025/", "/cpt/70496/"]
)
def test_a_code_page_asks_the_database_at_most_nine_times_beside_the_versions(
    get: Get, address: str, django_assert_max_num_queries: Get
) -> None:
    get(address)
    with django_assert_max_num_queries(10):  # one of them for the list of equipment
        get(address, dos=AUG_1_2026, zip="35203")


def test_the_same_question_again_costs_one_query(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/cpt/99214/", dos=AUG_1_2026)  # the releases and the localities are now held in memory
    with django_assert_max_num_queries(9):  # two of them for the lists of surgery centers and hospitals
        get("/cpt/99213/", dos=AUG_1_2026)
    with django_assert_max_num_queries(11):  # of a place: caps and equipment too
        get("/cpt/99203/", dos=AUG_1_2026, zip="35203")
    with django_assert_max_num_queries(1):
        get("/cpt/99203/", dos=AUG_1_2026, zip="35203", charge="100.00")


def test_units_above_the_limit_are_not_priced_and_the_amount_within_it_is_told(get: Get) -> None:
    twin = get("/cpt/45385.json", units="2", dos=AUG_1_2026, pos="22").json()
    assert twin["price"]["allowed"] is None
    assert twin["not_priced"]["text"].endswith(" 1 unit: $223.45.")


def test_the_json_twin_has_the_same_amount_and_the_same_steps(get: Get) -> None:
    twin = get("/cpt/76376.json", dos=AUG_1_2026).json()
    assert twin["price"]["allowed"] == "25.38"
    assert any("33.4009" in step["formula"] for step in twin["price"]["steps"])
    assert twin["components"][0]["facility"] is None


def test_the_json_twin_refuses_wrong_parameters_by_name(get: Get) -> None:
    assert "dos" in get("/cpt/76376.json", status=400, dos="tomorrow").json()["errors"]


def test_variants_are_not_indexed_and_name_the_canonical_page(get: Get) -> None:
    page = text_of(get("/cpt/76376/", dos=AUG_1_2026))
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/cpt/76376/"' in page


def test_every_page_carries_the_notice_of_the_ama_and_says_that_it_is_a_sample(get: Get) -> None:
    page = text_of(get("/cpt/76376/"))
    assert "American Medical Association. All rights reserved." in page
    assert "This site runs on the sample" in page


def test_posting_to_a_code_page_is_refused(sample: None, client: object) -> None:
    assert client.post("/cpt/76376/").status_code == 405  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("address", "asked", "amount"),
    [
        ("/cpt/64721/", {"mod": "50", "pos": "22"}, "$634.79"),
        ("/cpt/27447/", {"mod": "AS", "pos": "21"}, "$157.67"),
        ("/cpt/97110/", {"mod": "CQ GP", "units": "2"}, "$51.27"),
        ("/cpt/00811/", {"mod": "AA", "minutes": "95"}, "$211.13"),
        ("/cpt/99213/", {"practitioner": "np", "par": "no", "charge": "150"}, "$80.91"),
        ("/cpt/99213/", {"par": "no", "charge": "150"}, "$90.43"),
    ],
)
def test_modifiers_practitioners_and_participation_change_the_answer(
    get: Get, address: str, asked: dict[str, str], amount: str
) -> None:
    """PRICING_RULES 2.2, 2.7, 2.9, 2.10, 3.1, on RVU26C with national indices."""
    assert f'<p class="figure">{amount}</p>' in text_of(get(address, dos=AUG_1_2026, **asked))


def test_the_other_track_of_anesthesia_has_its_own_factor(get: Get) -> None:
    """(4 + 6.3) × 20.5998 = 212.18."""
    page = text_of(get("/cpt/00811/", dos=AUG_1_2026, mod="AA", minutes="95"))
    assert "$212.18" in page
    assert "212.18" not in text_of(
        get("/cpt/00811/", dos=AUG_1_2026, mod="AA", minutes="95", locality="10112-00")
    )


def test_a_code_that_the_sample_lacks_has_its_name_and_nothing_is_said_of_cms_s_own_file(get: Get) -> None:
    page = text_of(get("/cpt/64625/"))
    assert "Sacroiliac joint nerve radiofrequency ablation" in page
    assert "64625 is not in the sample of RVU26C" in page


def test_a_code_with_a_name_only_is_in_no_list_of_codes(get: Get) -> None:
    assert "/cpt/64625/" not in text_of(get("/sitemap-cpt.xml"))
