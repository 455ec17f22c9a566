"""A code over time on the sample, which holds RVU25D and RVU26C. Figures: CMS's own files of the two."""

from datetime import date
from decimal import Decimal

import pytest

from codes.models import FeeScheduleRow, Release, Version
from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def changes_of(page: str) -> list[str]:
    import re

    return re.findall(r"<li>([^<]*)</li>", page.split('<ul class="plain">')[1].split("</ul>")[0])


def test_76376_cost_24_91_in_2025_and_costs_25_38_in_2026(get: Get) -> None:
    page = text_of(get("/cpt/76376/over-time/", dos=AUG_1_2026))
    assert "$24.91" in page
    assert "$25.38" in page


def test_the_conversion_factor_is_named_as_a_cause(get: Get) -> None:
    page = text_of(get("/cpt/76376/over-time/", dos=AUG_1_2026))
    assert "conversion factor 32.3465 to 33.4009 (+3.3 %)" in changes_of(page)


def test_work_that_fell_by_two_and_a_half_percent_is_the_efficiency_adjustment(get: Get) -> None:
    said = changes_of(text_of(get("/cpt/45385/over-time/", dos=AUG_1_2026)))
    assert "work RVU 4.57 to 4.46, the 2026 efficiency adjustment of -2.5 %" in said


def test_an_office_visit_is_exempt_from_it(get: Get) -> None:
    assert "efficiency" not in text_of(get("/cpt/99213/over-time/", dos=AUG_1_2026))


def test_only_the_exact_fall_into_2026_is_called_so(sample: None) -> None:
    from dataclasses import replace
    from datetime import date
    from decimal import Decimal

    from codes.queries import code, over_time, releases
    from codes.queries.price_query import PriceQuery

    calendar = releases.calendar()
    record = code.load_code(calendar, "45385", date(2026, 8, 1))
    before, after = over_time.over_time(calendar, record, PriceQuery(date_of_service=date(2026, 8, 1)))
    revalued = replace(after, row=replace(after.row, work_rvu=Decimal("4.40")))
    said = list(over_time.changes(before, revalued))
    assert "work RVU 4.57 to 4.40 (-3.7 %)" in said
    assert not any("efficiency" in change for change in said)


def test_each_release_switches_the_page_to_its_first_day_and_keeps_the_rest(get: Get) -> None:
    page = text_of(get("/cpt/99213/over-time/", dos=AUG_1_2026, locality="01182-18"))
    assert 'href="/cpt/99213/?dos=2025-10-01&amp;locality=01182-18"' in page
    assert 'href="/cpt/99213/?dos=2026-07-01&amp;locality=01182-18"' in page


def test_the_place_asked_for_decides_the_amounts_and_its_indices_are_causes(get: Get) -> None:
    page = text_of(get("/cpt/99213/over-time/", dos=AUG_1_2026, locality="01182-18"))
    assert "$104.89" in page
    assert "work index 1.042 to 1.041 (-0.1 %)" in changes_of(page)


def test_a_release_prices_to_the_end_of_its_year_and_the_line_has_a_gap(get: Get) -> None:
    page = text_of(get("/cpt/99213/over-time/", dos=AUG_1_2026))
    assert "Oct 1, 2025 to Dec 31, 2025" in page
    office = page.split('<g class="nonfacility"><path d="')[1].split('"')[0]
    assert office.count("M") == 2, "two stretches that do not touch"


def test_the_imaging_cap_stands_in_the_amount(get: Get) -> None:
    assert "$343.62" in text_of(get("/cpt/70496/over-time/", dos=AUG_1_2026, locality="01112-05"))


def test_anesthesia_shows_its_own_factor(get: Get) -> None:
    said = changes_of(text_of(get("/cpt/00811/over-time/", dos=AUG_1_2026)))
    assert "conversion factor 20.3178 to 20.4976 (+0.9 %)" in said


def test_a_laboratory_code_has_the_amount_of_the_year_whose_schedule_is_loaded(get: Get) -> None:
    assert "$10.56" in text_of(get("/cpt/80053/over-time/", dos=AUG_1_2026))


def test_a_component_that_the_code_lacks_is_explained(get: Get) -> None:
    page = text_of(get("/cpt/99213/over-time/", dos=AUG_1_2026, mod="TC"))
    assert "No loaded release of the physician fee schedule holds 99213 with TC" in page


@pytest.mark.parametrize("parameters", [{"dos": "soon"}, {"locality": "99999-99"}, {"zip": "\x00"}])
def test_odd_parameters_are_refused_calmly(get: Get, parameters: dict[str, str]) -> None:
    get("/cpt/99213/over-time/", status=400, **parameters)


def test_htmx_gets_the_section_alone(sample: None, client: object) -> None:
    fragment = client.get("/cpt/99213/over-time/", headers={"HX-Request": "true"})  # type: ignore[attr-defined]
    assert fragment.content.decode().lstrip().startswith('<div id="over-time"')


def test_the_page_asks_at_most_eight_times(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/cpt/99214/over-time/", dos=AUG_1_2026)
    with django_assert_max_num_queries(7):
        get("/cpt/99213/over-time/", dos=AUG_1_2026)
    with django_assert_max_num_queries(8):  # the ZIP code besides
        get("/cpt/99203/over-time/", dos=AUG_1_2026, zip="35203")


def a_quarter_later(code: str, **changed: Decimal) -> None:
    """The rows of a code in RVU26C, in a release of the next quarter that says the same but for what is changed."""
    release = Release.objects.get(name="RVU26C", source="pprrvu")
    rows = list(FeeScheduleRow.objects.filter(release=release, code=code))
    release.pk, release._state.adding = None, True
    release.name, release.effective_from = "RVU26D", date(2026, 10, 1)
    release.save()
    for row in rows:
        row.pk, row.release = None, release
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
    Version.bump("data")


def test_releases_that_say_the_same_of_the_code_are_one_row(get: Get) -> None:
    a_quarter_later("99213")
    page = text_of(get("/cpt/99213/over-time/", dos="2026-11-01"))
    assert "Jul 1, 2026 to Dec 31, 2026" in page
    assert "RVU26C, RVU26D, <strong>in force on Nov 1, 2026" in page
    assert page.count('<th scope="row"') == 2


def test_a_release_that_says_something_else_is_a_row_of_its_own(get: Get) -> None:
    a_quarter_later("99213", work_rvu=Decimal("1.31"))
    page = text_of(get("/cpt/99213/over-time/", dos="2026-11-01"))
    assert page.count('<th scope="row"') == 3
    assert changes_of(page) == ["work RVU 1.30 to 1.31 (+0.8 %)"]


def test_a_long_history_shows_its_last_six_years_and_all_when_asked(get: Get) -> None:
    Release.objects.filter(name="RVU25D").update(effective_from=date(2018, 10, 1))
    Version.bump("data")
    page = text_of(get("/cpt/99213/over-time/", dos=AUG_1_2026))
    assert "Oct 1, 2018" not in page
    assert 'href="/cpt/99213/over-time/?all=1&amp;dos=2026-08-01">1 earlier release</a>' in page
    assert "the earliest shown" in page
    whole = text_of(get("/cpt/99213/over-time/", all="1"))
    assert "Oct 1, 2018" in whole
    assert "earlier release<" not in whole
    assert "Oct 1, 2018" in text_of(get("/cpt/99213/over-time/", dos="2018-11-01"))
