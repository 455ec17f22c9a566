"""Where a program asks for what is not there, it is told so in its own kind, and what there is."""

import pytest

from tests.pages.conftest import Get

SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "atom"])
@pytest.mark.parametrize("typed", ["99213", "99213-25", " 99213"])
def test_a_code_has_no_one_table_and_the_answer_names_those_that_it_has(
    get: Get, typed: str, ending: str
) -> None:
    response = get(f"/cpt/{typed}.{ending}", status=404)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    first, *addresses = response.content.decode().splitlines()
    assert first == "99213 is not published in this format. There are:"
    assert [address.removeprefix(f"{SITE}/cpt/99213") for address in addresses] == [
        ".json",
        "/edits.csv",
        "/country.csv",
        "/coverage.json",
        "/site-of-service.json",
        "/site-of-service.csv",
        "/changes.atom",
    ]
    for address in addresses:
        get(address.removeprefix(SITE))


@pytest.mark.parametrize(
    "address",
    [
        *("/cpt/98989.csv", "/cpt/98989.xlsx", "/cpt/98989.atom", "/cpt/nonsense.csv", "/hcpcs/Z9999.csv"),
        *("/cpt/98989/changes.atom", "/cpt/nonsense/changes.atom", "/hcpcs/Z9999/changes.atom"),
    ],
)
def test_a_code_that_no_file_names_is_a_404_in_words(get: Get, address: str) -> None:
    response = get(address, status=404)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "is not in any file that is loaded" in response.content.decode()


@pytest.mark.parametrize("page", ["add-ons", "edits", "country", "over-time"])
def test_no_page_of_a_code_that_no_file_names_looks_as_if_there_were_one(get: Get, page: str) -> None:
    assert "98989" in get(f"/cpt/98989/{page}/", status=404).content.decode()


def test_the_feed_of_a_known_code_that_no_release_changed_is_empty_and_not_missing(get: Get) -> None:
    response = get("/cpt/99213/changes.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
