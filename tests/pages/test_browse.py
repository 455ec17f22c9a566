"""Browsing on the sample: sections, letters and categories lead to codes, and every code to its neighbours."""

import re
from itertools import pairwise

import pytest

from codes.knowledge.sections import SECTIONS, order, place_of
from tests.pages.conftest import Get


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    [
        "/browse/",
        "/browse/cpt/surgery/",
        "/browse/cpt/surgery/digestive-system/",
        "/browse/cpt/performance-measures/",
        "/browse/hcpcs/J/",
        "/browse/rbcs/procedure/",
        "/browse/rbcs/procedure/breast/",
    ],
)
def test_the_list_is_there_and_valid(get: Get, address: str) -> None:
    get(address)


@pytest.mark.parametrize(
    "address",
    ["/browse/cpt/witchcraft/", "/browse/cpt/surgery/radiology/", "/browse/hcpcs/Z/", "/browse/rbcs/magic/"],
)
def test_a_list_that_is_not_there_is_a_404(get: Get, address: str) -> None:
    get(address, status=404)


def test_a_colonoscopy_is_found_by_way_of_surgery_and_the_digestive_system(get: Get) -> None:
    assert "/browse/cpt/surgery/digestive-system/" in text_of(get("/browse/cpt/surgery/"))
    assert "/cpt/45378/" in text_of(get("/browse/cpt/surgery/digestive-system/"))


def test_the_count_of_a_letter_is_the_number_of_its_codes(get: Get) -> None:
    page = text_of(get("/browse/hcpcs/J/"))
    said = int(re.search(r"(\d+) codes? of the sample", page)[1])  # type: ignore[index]
    assert said == len(set(re.findall(r"/hcpcs/(J\d{4})/", page)))


def test_every_sample_code_of_five_digits_has_a_section(sample: None) -> None:
    from codes.models import FeeScheduleRow

    codes = FeeScheduleRow.objects.values_list("code", flat=True).distinct()
    assert [code for code in codes if code[0].isdigit() and place_of(code) is None] == []


def test_no_two_parts_overlap() -> None:
    parts = sorted((p for s in SECTIONS.values() for p in s.parts), key=lambda part: order(part.first))
    assert all(order(before.last) < order(after.first) for before, after in pairwise(parts))


def test_the_code_page_leads_to_its_part_and_its_neighbours(get: Get) -> None:
    page = text_of(get("/cpt/99213/"))
    assert 'href="/browse/cpt/evaluation-and-management/office-visits/"' in page
    assert 'rel="prev" href="/cpt/99212/"' in page
    assert 'rel="next" href="/cpt/99214/"' in page


@pytest.mark.parametrize("start", ["zzzzz", "", "99213", "<b>", "0" * 5000])
def test_an_odd_beginning_shows_the_first_page(get: Get, start: str) -> None:
    assert "<b>" not in text_of(get("/browse/cpt/surgery/skin-and-breast/", **{"from": start}))


def test_a_list_costs_two_queries_however_long_it_is(get: Get, django_assert_max_num_queries: Get) -> None:
    get("/browse/rbcs/procedure/")
    with django_assert_max_num_queries(2):  # our names, versions
        get("/browse/cpt/surgery/digestive-system/")
    with django_assert_max_num_queries(2):
        get("/browse/cpt/surgery/ear-surgery/")
    with django_assert_max_num_queries(1):
        get("/browse/rbcs/procedure/")
