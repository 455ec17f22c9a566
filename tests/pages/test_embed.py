"""The card that other pages may frame."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.pages.conftest import Get

DAY = "2026-08-01"


def test_the_card_has_the_amount_of_the_practice_its_source_and_the_way_back(get: Get) -> None:
    page = get("/embed/99213/", dos=DAY, zip="90037").content.decode()
    assert "$104.89" in page
    assert "RVU26C" in page
    assert 'href="http://127.0.0.1:8000/cpt/99213/?dos=2026-08-01&amp;zip=90037"' in page
    assert "American Medical Association" in page


def test_every_site_may_frame_the_card_and_no_other_page(get: Get) -> None:
    for address in ("/embed/99213/?dos=2026-08-01", "/embed/99213/?dos=2026-08-01", "/embed/99213/?zip=abc"):
        card = get(address, status=400 if "abc" in address else 200)
        assert "X-Frame-Options" not in card
        assert "frame-ancestors *" in card["Content-Security-Policy"]
    for address in ("/", "/cpt/99213/", "/api/", "/claim/?lines=99213"):
        page = get(address)
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_kept_card_may_still_be_framed(sample: None, client: Client) -> None:
    first, kept = (client.get("/embed/99213/?dos=2026-08-01") for _ in range(2))
    assert kept.content == first.content
    assert "X-Frame-Options" not in kept
    assert "frame-ancestors *" in kept["Content-Security-Policy"]


def test_the_card_runs_no_script_and_has_no_form(get: Get) -> None:
    page = get("/embed/45385/", dos=DAY)
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "script-src" not in page["Content-Security-Policy"]
    assert b"<script" not in page.content
    assert b"<form" not in page.content


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/embed/76376/?dos=2026-08-01&pos=22", 200, "NA"),
        ("/embed/99999/", 404, "not a code"),
        ("/embed/nonsense/", 404, "not a code"),
        ("/embed/99213/?zip=abc", 400, "abc"),
        ("/embed/99213/?dos=2030-01-01", 200, "No relative value file"),
    ],
)
def test_what_has_no_amount_is_a_card_that_says_why(get: Get, address: str, status: int, words: str) -> None:
    page = get(address, status=status).content.decode()
    assert words in page or "facility" in page
    assert "embedded-amount" not in page


def test_another_spelling_leads_to_the_address_of_the_code(get: Get) -> None:
    moved = get("/embed/j1885-59/", status=301, dos=DAY)
    assert urlsplit(moved["Location"])[2:4] == ("/embed/J1885/", f"dos={DAY}&mod=59")
