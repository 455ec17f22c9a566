"""Tips on the code page of the sample: 76376 with the figures of the day, as TRAPS 3 wants them."""

import html
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from codes.actions import tips
from codes.models import RbcsAssignment, Tip, Version
from codes.queries.code import load_code
from codes.queries.releases import calendar
from codes.queries.tips import tips_of
from tests.pages.conftest import Get
from tests.tips.drafts import TODAY, draft, published

NOV_3_2025 = "2025-11-03"
AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("parameters", "whole", "reading"),
    [
        ({"dos": NOV_3_2025}, "$24.91", "$9.06"),
        ({"dos": AUG_1_2026}, "$25.38", "$9.35"),
        ({"dos": AUG_1_2026, "qp": "1"}, "$25.51", "$9.40"),
    ],
)
def test_amounts_in_tips_are_those_of_the_date_and_track(
    get: Get, parameters: dict[str, str], whole: str, reading: str
) -> None:
    page = text_of(get("/cpt/76376/", **parameters))
    assert f"Impact: One of the two is paid; {whole} for 76376 is not." in page
    assert f"Impact: In a facility you are paid {reading}." in page


def test_amounts_in_tips_are_those_of_the_locality(get: Get) -> None:
    national, alabama = (
        text_of(get("/cpt/76376/", dos=AUG_1_2026, **place)) for place in ({}, {"locality": "10112-00"})
    )
    assert "$25.38 for 76376 is not" in national
    assert "for 76376 is not" in alabama
    assert "$25.38 for 76376 is not" not in alabama


def test_on_a_day_without_amounts_the_impact_is_left_out(get: Get) -> None:
    page = text_of(get("/cpt/76376/", dos="2024-03-14"))
    assert "Bill 76377 when an independent workstation was used." in page
    assert "for 76376 is not" not in page
    assert "None" not in page


def test_the_unit_limit_is_told_in_words(get: Get) -> None:
    assert "Impact: Over 2 units a day, all units are denied; appeal with records." in text_of(
        get("/cpt/76376/")
    )


def test_a_tip_names_its_source_and_who_reviewed_it(get: Get) -> None:
    page = text_of(get("/cpt/76376/"))
    assert "column 1 76377, column 2 76376, modifier indicator 0" in page
    assert "Reviewed by MedPayIQ, Nov 29, 2026" in page


def test_tips_of_a_family_and_of_a_range_stand_on_the_pages_of_their_codes(
    get: Get, author: User, reviewer: User
) -> None:
    published(author, reviewer, "About a range.", code="", first_code="76375", last_code="76377")
    published(author, reviewer, "About another.", code="", first_code="76377", last_code="76380")
    family = RbcsAssignment.objects.get(code="99213").family
    published(author, reviewer, "About a family.", code="", family=family)
    scan, visit = text_of(get("/cpt/76376/")), text_of(get("/cpt/99213/"))
    assert ["About a range." in scan, "About another." in scan, "About a family." in scan] == [
        True,
        False,
        False,
    ]
    assert ["About a range." in visit, "About another." in visit, "About a family." in visit] == [
        False,
        False,
        True,
    ]


def test_a_draft_is_not_on_the_page(get: Get, author: User) -> None:
    tips.submit(draft(author, "Not yet reviewed."), author)
    assert "Not yet reviewed." not in text_of(get("/cpt/76376/"))


def test_a_new_tip_is_on_the_page_at_once(get: Get, author: User, reviewer: User) -> None:
    get("/cpt/76376/")
    published(author, reviewer, "Published a moment ago.")
    page = text_of(get("/cpt/76376/"))
    assert "Published a moment ago." in page
    assert "Reviewed by Bob Reader, Nov 23, 2026" in page


def test_a_tip_past_its_review_date_is_greyed_and_says_so(get: Get) -> None:
    Tip.objects.filter(code="76376", order=1).update(review_again_by=timezone.localdate() - timedelta(days=1))
    Tip.objects.filter(code="76376", order=2).update(review_again_by=timezone.localdate())
    Version.bump("tips")
    page = text_of(get("/cpt/76376/"))
    assert page.count("Past its review date") == 1
    assert '<li class="quiet">' in page


def test_a_tip_is_written_without_markup(get: Get, author: User, reviewer: User) -> None:
    published(author, reviewer, "<script>alert(1)</script>", source_link="https://www.cms.gov/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text_of(get("/cpt/76376/"))


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("member", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def test_staff_sees_a_draft_in_place_of_what_it_changes_and_no_cache_keeps_it(
    sample: None, author: User
) -> None:
    tip = Tip.objects.get(key="76376:2")
    tip.text, tip.impact = "A draft about 76377.", "{allowed} is at stake."
    change = tips.write(tip, author)
    response = staff("view_tip").get("/cpt/76376/", {"preview": str(change.pk), "dos": AUG_1_2026})
    page = text_of(response)
    assert "Preview, seen by staff only." in page
    assert "Impact: $25.38 is at stake." in page
    assert "Bill 76377 when an independent workstation was used." not in page
    assert "no-store" in response.headers["Cache-Control"]


def test_a_preview_says_why_it_cannot_be_published(sample: None, author: User) -> None:
    tip = draft(author, "The old claim paid $24.91.")
    page = text_of(staff("view_tip").get("/cpt/76376/", {"preview": str(tip.pk)}))
    assert "Can't be published as it stands:" in html.unescape(page)
    assert '"$24.91" is typed' in html.unescape(page)


def test_others_see_no_draft_whatever_the_address_says(sample: None, author: User, client: Client) -> None:
    tip = draft(author, "A draft for staff.")
    for visitor in (client, staff()):
        response = visitor.get("/cpt/76376/", {"preview": str(tip.pk)})
        assert "A draft for staff." not in text_of(response)
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("preview", ["", "x", "-1", "999999", "9" * 40, "²"])
def test_a_preview_of_nothing_is_the_page(sample: None, preview: str) -> None:
    assert staff("view_tip").get("/cpt/76376/", {"preview": preview}).status_code == 200


def test_the_tips_cost_one_query(
    sample: None, author: User, reviewer: User, django_assert_max_num_queries: Get
) -> None:
    published(author, reviewer, "One more tip.")
    known = load_code(calendar(), "76376", TODAY)
    with django_assert_max_num_queries(1):
        shown = tips_of(known, None, None, (), TODAY)
        assert [tip.tip.reviewer_name for tip in shown].count("Bob Reader") == 1


def test_reviewed_today_is_not_past_review() -> None:
    assert not Tip(review_again_by=date(2026, 11, 23)).is_past_review(date(2026, 11, 23))
    assert Tip(review_again_by=date(2026, 11, 23)).is_past_review(date(2026, 11, 24))
