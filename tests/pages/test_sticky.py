"""Where the practice is and who bills stays from look-up to look-up; what belongs to one claim does not."""

import re

import pytest
from django.test import Client

from tests.pages.conftest import Get


def hidden_of(page: str) -> dict[str, str]:
    """The hidden fields of the search box."""
    box = page.partition('role="search"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', box))


def test_the_box_of_a_page_holds_its_place_and_not_its_claim(get: Get) -> None:
    address = "/cpt/99213/?zip=35203&dos=2026-08-01&pos=22&mod=25&units=2&practitioner=np&qp=1&charge=80"
    assert hidden_of(get(address).content.decode()) == {"zip": "35203", "practitioner": "np", "qp": "1"}
    assert hidden_of(get("/cpt/99213/").content.decode()) == {}


@pytest.mark.parametrize(
    ("typed", "kept", "leads_to"),
    [
        ("99214", {"zip": "35203"}, "/cpt/99214/?zip=35203"),
        ("99214 94110", {"zip": "35203", "qp": "1"}, "/cpt/99214/?zip=94110&qp=1"),
        ("99214 25 al", {"zip": "94110"}, "/cpt/99214/?locality=10112-00&mod=25"),
        (
            "45385 45380-59 43239",
            {"locality": "10112-00"},
            "/claim/?lines=45385%2C45380-59%2C43239&locality=10112-00",
        ),
        ("20610+76942", {"zip": "35203"}, "/ncci/?codes=20610+76942&zip=35203"),
        ("99214", {"zip": "35203' onload=", "dos": "2026-01-01"}, "/cpt/99214/"),
    ],
)
def test_a_command_takes_the_place_along_unless_it_names_another(
    sample: None, client: Client, typed: str, kept: dict[str, str], leads_to: str
) -> None:
    location = client.get("/search/", {"q": typed, **kept}).headers["Location"]
    path, _, query = location.partition("?")
    wanted_path, _, wanted = leads_to.partition("?")
    assert (path, set(query.split("&"))) == (wanted_path, set(wanted.split("&")))


def test_the_codes_of_a_list_lead_to_the_place(get: Get) -> None:
    page = get("/search/", q="knee injection", zip="35203").content.decode()
    assert 'href="/cpt/20610/?zip=35203"' in page
    part = get("/search/suggest/", q="knee injection", zip="35203").content.decode()
    assert 'data-href="/cpt/20610/?zip=35203"' in part
