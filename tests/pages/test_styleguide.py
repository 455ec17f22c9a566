"""The page of components is for those who change templates, and nobody else meets it."""

import html5lib
import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory

from codes.views.styleguide import styleguide
from tests.pages.conftest import Get


def asked() -> HttpRequest:
    request = RequestFactory().get("/styleguide/")
    request.htmx = False  # type: ignore[attr-defined]
    return request


def test_there_is_no_such_page_without_debug(get: Get) -> None:
    assert not settings.DEBUG
    get("/styleguide/", status=404)


@pytest.mark.django_db
def test_it_is_valid_and_shows_errors_as_forms_do() -> None:
    page = styleguide(asked()).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "You typed “tomorrow”" in page
