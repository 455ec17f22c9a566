"""The address of a receipt shows the same figure later, says what has been loaded since, and never makes one up."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from codes.models import FeeScheduleRow, Release, Version
from codes.models.release import ReleaseState
from codes.queries import releases
from tests.pages.conftest import Get

NOV_30 = "2026-11-30"
BEFORE = '<strong class="money">$95.19</strong>'


def receipt_of(page: str) -> str:
    """The address that "Print one page" leads to."""
    found = re.search(r'<a class="button" href="([^"]+)">Print one page</a>', page)
    assert found is not None
    return unescape(found[1])


def load(name: str, effective_from: date, work_rvu: str) -> Release:
    """A later file in which 99213 alone has other values; one of the same day takes the place of the former."""
    former = Release.objects.ready().get(name="RVU26C", source="pprrvu")
    row = FeeScheduleRow.objects.get(release=former, code="99213", modifier="")
    Release.objects.filter(source="pprrvu", effective_from=effective_from).update(state=ReleaseState.RETIRED)
    made = Release.objects.create(
        source="pprrvu", name=name, effective_from=effective_from, file_name=f"{name}.csv", sha256="0" * 64,
        state=ReleaseState.READY, row_count=1, conversion_factor=former.conversion_factor,
    )  # fmt: skip
    row.pk, row.release_id, row.work_rvu = None, made.pk, Decimal(work_rvu)
    row.save()
    Version.bump("data")
    return made


@pytest.mark.parametrize("begins", [date(2026, 10, 1), date(2026, 7, 1)], ids=["next quarter", "correction"])
def test_a_receipt_shows_the_former_figure_after_a_newer_file_and_says_that_there_is_one(
    get: Get, begins: date
) -> None:
    receipt = receipt_of(get("/cpt/99213/", dos=NOV_30).content.decode())
    at_once = get(receipt).content.decode()
    assert BEFORE in at_once
    assert "Receipt." not in at_once, "nothing has been loaded since"
    load("RVU26D", begins, "2.30")
    now = get("/cpt/99213/evidence/", dos=NOV_30).content.decode()
    assert BEFORE not in now
    later = get(receipt).content.decode()
    assert BEFORE in later
    assert "Newer for Nov 30, 2026: RVU26D (Physician fee schedule relative values)." in " ".join(
        later.split()
    )
    assert f'<a href="?dos={NOV_30}&amp;pos=11">The figure with today\'s files</a>' in later


def test_the_page_and_its_twin_take_the_load_too(get: Get) -> None:
    before = releases.calendar().load
    load("RVU26D", date(2026, 10, 1), "2.30")
    twin = get("/cpt/99213.json", dos=NOV_30, load=str(before)).json()
    assert twin["price"]["allowed"] == "95.19"
    assert '<p class="figure">$95.19</p>' in get("/cpt/99213/", dos=NOV_30, load=str(before)).content.decode()
    assert '<p class="figure">$95.19</p>' not in get("/cpt/99213/", dos=NOV_30).content.decode()


def test_a_file_that_was_withdrawn_is_named_and_not_brought_back(get: Get) -> None:
    from codes.loaders.retire import retire

    made = load("RVU26D", date(2026, 10, 1), "2.30")
    receipt = receipt_of(get("/cpt/99213/", dos=NOV_30).content.decode())
    retire(made)
    page = get(receipt).content.decode()
    assert BEFORE in page
    assert "Withdrawn from this site: RVU26D" in page


@pytest.mark.parametrize(("typed", "says"), [("99999", "There is no load 99999 yet"), ("x", "whole number")])
def test_a_load_that_is_none_is_an_error(get: Get, typed: str, says: str) -> None:
    assert says in get("/cpt/99213/", status=400, load=typed).content.decode()


def test_an_ordinary_page_is_no_receipt(get: Get, client: Client) -> None:
    assert "Receipt." not in get("/cpt/99213/", dos=NOV_30).content.decode()
