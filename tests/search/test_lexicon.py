"""No visitor waits for the search index of a release that was just loaded."""

import pickle
import time
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from codes.models import CodeText, Version
from codes.queries import lexicon, lexicon_file, releases
from codes.search import Index
from tests.conftest import DOWNLOADS


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_that_was_found_while_the_index_of_new_data_was_built(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_INDEX_IN_BACKGROUND = True
    monkeypatch.setattr(lexicon, "SECONDS_TO_WAIT", 0.0)  # as if the load had broken off
    CodeText.objects.create(code="99213", plain_name="Office visit")
    Version.bump("texts")
    _wait_for("99213")
    CodeText.objects.create(code="27447", plain_name="Total knee arthroplasty")
    Version.bump("texts")
    first = client.get("/search/?q=arthroplasty")
    assert first["Cache-Control"] == "no-store"
    _wait_for("27447")
    assert "27447" in client.get("/search/?q=arthroplasty").content.decode()


def _wait_for(code: str) -> None:
    deadline = time.monotonic() + 60
    while not lexicon.lexicon(releases.calendar()).is_known(code):
        assert time.monotonic() < deadline, "the index was not built"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_worker_answers_with_the_former_index_until_the_loader_has_stored_the_new_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_INDEX_IN_BACKGROUND = True
    CodeText.objects.create(code="99213", plain_name="Office visit")
    Version.bump("texts")
    worker = lexicon.LexiconAtHand()
    former = worker.of(lexicon.contents_of(releases.calendar(), timezone.localdate()))
    CodeText.objects.create(code="27447", plain_name="Total knee arthroplasty")
    Version.bump("texts")
    contents = lexicon.contents_of(releases.calendar(), timezone.localdate())
    assert worker.of(contents) is former
    assert lexicon.store(releases.calendar(), timezone.localdate())
    monkeypatch.setattr(lexicon, "SECONDS_BETWEEN_LOOKS", 0.0)
    monkeypatch.setattr(lexicon, "build", lambda *_: pytest.fail("built, though it is stored"))
    deadline = time.monotonic() + 30
    while not worker.of(contents).is_known("27447"):
        assert time.monotonic() < deadline, "the stored index was not taken"
    assert not lexicon.store(releases.calendar(), timezone.localdate())


@pytest.mark.django_db
def test_a_load_that_search_does_not_read_leaves_the_index_as_it_is() -> None:
    before = lexicon.contents_of(releases.calendar(), timezone.localdate())
    Version.bump("data")  # unit limits, bundling edits, ZIP codes
    Version.bump("tips")
    assert lexicon.contents_of(releases.calendar(), timezone.localdate()) == before


@pytest.mark.django_db
def test_an_index_that_this_site_has_not_signed_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = lexicon.contents_of(releases.calendar(), timezone.localdate())
    assert lexicon.store(releases.calendar(), timezone.localdate())
    assert lexicon_file.load(contents)
    path = Path(DOWNLOADS["OPTIONS"]["location"]) / lexicon_file.folder_of(contents) / "index"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"x")
    monkeypatch.setattr(pickle, "load", lambda *_: pytest.fail("read without a signature"))
    assert not lexicon_file.load(contents)
    path.write_bytes(b"short")
    assert not lexicon_file.load(contents)
    path.unlink()
    assert not lexicon_file.load(contents)


@pytest.mark.django_db
def test_an_index_of_many_parts_is_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codes.search.index.SHAPES_IN_A_PART", 2)
    for code, name in (("27447", "Total knee arthroplasty"), ("99213", "Office visit"), ("99214", "Visit")):
        CodeText.objects.create(code=code, plain_name=name)
    Version.bump("texts")
    contents = lexicon.contents_of(releases.calendar(), timezone.localdate())
    built = lexicon.build(contents, timezone.localdate())
    assert lexicon.store(releases.calendar(), timezone.localdate())
    stored = Index.of_parts(lexicon_file.load(contents))
    assert list(stored.documents) == list(built.index.documents)
    assert stored.search("office visit") == built.index.search("office visit")


@pytest.mark.django_db
def test_the_index_of_a_quarter_is_there_before_the_quarter() -> None:
    CodeText.objects.create(code="99213", plain_name="Office visit")
    assert lexicon.store(releases.calendar(), date(2026, 12, 31))
    assert not lexicon.store(releases.calendar(), date(2026, 12, 31))
    new_year = lexicon.contents_of(releases.calendar(), date(2027, 1, 1))
    assert new_year != lexicon.contents_of(releases.calendar(), date(2026, 12, 31))
    assert lexicon_file.is_stored(new_year)
    assert len(lexicon.to_store(releases.calendar(), date(2026, 12, 30))) == 1
