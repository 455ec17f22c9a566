"""No visitor waits for the search index of a release that was just loaded."""

import time

import pytest
from django.test import Client
from pytest_django import Settings

from codes.models import CodeText, Version
from codes.queries import lexicon, releases


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_that_was_found_while_the_index_of_new_data_was_built(
    client: Client, settings: Settings
) -> None:
    settings.SEARCH_INDEX_IN_BACKGROUND = True
    CodeText.objects.create(code="99213", plain_name="Office visit")
    Version.bump("data")
    _wait_for("99213")
    CodeText.objects.create(code="27447", plain_name="Total knee arthroplasty")
    Version.bump("data")
    first = client.get("/search/?q=arthroplasty")
    assert first["Cache-Control"] == "no-store"
    _wait_for("27447")
    assert "27447" in client.get("/search/?q=arthroplasty").content.decode()


def _wait_for(code: str) -> None:
    deadline = time.monotonic() + 60
    while not lexicon.lexicon(releases.calendar()).is_known(code):
        assert time.monotonic() < deadline, "the index was not built"
        time.sleep(0.05)
