"""Addresses are put together from constants: no request decides where a link leads."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse, set_script_prefix

from codes.links import ENDINGS, absolute, code_address, locality_address
from codes.parameters import names_read_at
from tests.functional.addresses import PAGES


@pytest.mark.parametrize("suffix", ENDINGS)
@pytest.mark.parametrize(("system", "code"), [("cpt", "76376"), ("hcpcs", "J1100")])
def test_the_address_of_a_code_is_the_one_that_is_answered(suffix: str, system: str, code: str) -> None:
    assert code_address(code, suffix) == reverse(f"codes:code{suffix}", args=[system, code])


def test_the_address_of_a_locality_is_the_one_that_is_answered() -> None:
    assert locality_address("10112-00") == reverse("codes:locality", args=["10112-00"])


def test_a_prefix_changes_no_address_of_a_code() -> None:
    set_script_prefix("/hacked/")
    try:
        assert code_address("76376") == "/cpt/76376/"
    finally:
        set_script_prefix("/")


def test_an_absolute_link_begins_with_the_name_of_the_site_and_not_with_the_host_that_was_asked_for(
    sample: None, client: Client
) -> None:
    for address in (
        "/cpt/76376/",
        "/cpt/76376.json",
        "/changes.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/opensearch.xml",
    ):
        page = client.get(address, headers={"Host": "localhost:81"}).content.decode()
        assert absolute("/") in page
        assert "localhost:81" not in page


def test_each_address_says_which_parameters_it_reads(
    sample: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a view asks for and the table does not name would be dropped before the view sees it."""
    read: set[str] = set()

    class Noting(QueryDict):
        """Parameters that note what is asked of them."""

        def get(self, key: Any, default: Any = None) -> Any:
            read.add(str(key))
            return super().get(key, default)

        def __contains__(self, key: object) -> bool:
            read.add(str(key))
            return super().__contains__(key)

        def getlist(self, key: str, default: Any = None) -> Any:
            read.add(str(key))
            return super().getlist(key, default)

    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Noting)
    monkeypatch.setattr("codes.code_request.QueryDict", Noting)
    unnamed = set()
    for address in [address for addresses in PAGES.values() for address in addresses]:
        read.clear()
        client.get(address)
        known = names_read_at(address.partition("?")[0])
        unnamed |= {(address, name) for name in read - known} if known is not None else set()
    assert unnamed == set()
