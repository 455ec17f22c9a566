"""The practice (place, setting, practitioner, date) stays from look-up to look-up; what was done does not."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from codes.carry_over import carry_over
from codes.models import Release, Version
from codes.models.release import Source
from tests.pages.conftest import Get

PRACTICE = "zip=35203&practitioner=np&qp=1&pos=22&dos=2026-08-01"
PAGES = [
    "/",
    "/browse/",
    "/search/?q=knee",
    "/claim/",
    "/ncci/",
    "/compare/",
    "/changes/",
    "/denials/",
    "/glossary/",
]
TYPED = dict(pair.split("=") for pair in PRACTICE.split("&"))


def links_of(page: str) -> list[str]:
    """The links of a page to pages of the site that show what depends on the practice."""
    links = [unescape(link) for link in re.findall(r'href="([^"#]+)', page)]
    return [
        link
        for link in links
        if re.match(r"/(cpt|hcpcs|claim|ncci|compare|search|browse|denials)/[^.]*$", link)
    ]


@pytest.mark.parametrize("address", PAGES)
def test_every_link_and_form_of_a_page_has_the_practice(get: Get, address: str) -> None:
    page = get(f"{address}{'&' if '?' in address else '?'}{PRACTICE}").content.decode()
    links = links_of(page)
    assert len(links) > 4
    for link in links:
        assert dict(parse_qsl(link.partition("?")[2])).items() >= TYPED.items(), link
    box = page.partition('role="search"')[2].partition("</form>")[0]
    assert dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', box)) == TYPED


def test_what_was_done_stays_behind(get: Get) -> None:
    page = get("/cpt/99213/?zip=35203&mod=25&units=2&charge=80").content.decode()
    assert 'href="/cpt/99214/?zip=35203"' in page


def test_a_page_without_practice_is_left_alone(get: Get) -> None:
    assert 'href="/cpt/99214/"' in get("/cpt/99213/").content.decode()


@pytest.mark.parametrize(
    ("html", "carried"),
    [
        ('<a href="/cpt/99214/#edits">', '<a href="/cpt/99214/?zip=60601&amp;pos=22#edits">'),
        ('<a href="?mod=25&amp;pos=11">', '<a href="?mod=25&amp;pos=11&amp;zip=60601">'),
        ('<a href="/cpt/99214/?locality=10112-00">', '<a href="/cpt/99214/?locality=10112-00&amp;pos=22">'),
        ('<a href="/cpt/99214.json">', None),
        ('<a href="/cpt/99214/edits.csv?zip=1">', None),
        ('<a href="/api/v1/modifiers?q=telehealth">', None),
        ('<link href="/static/css/site.css">', None),
        ('<a href="https://www.cms.gov/?a=b">', None),
        ('<a href="#main">', None),
        ('<form method="post" action="/audit/"><input name="q"></form>', None),
        ('<form action="/claim.csv"><input name="lines"></form>', None),
        (
            '<form action="/search/"><input name="zip"></form>',
            '<form action="/search/"><input type="hidden" name="pos" value="22"><input name="zip"></form>',
        ),
    ],
)
def test_carry_over(html: str, carried: str | None) -> None:
    practice = [("zip", "60601"), ("pos", "22")]
    assert carry_over(html, practice, "/cpt/99213/") == (carried or html)


def test_nothing_of_an_address_breaks_out_of_an_attribute(get: Get) -> None:
    page = get("/glossary/", zip='35203" onload="x', dos='2026-08-01" x="').content.decode()
    assert "&quot; onload" not in page.partition('class="practice"')[0]
    assert 'onload="x' not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("zip=35203", ["35203 Alabama, AL", "Usual place of each code", "Physician, participating"]),
        ("locality=10112-00&par=no", ["Alabama, AL", "non-participating, unassigned"]),
        ("pos=22&practitioner=np", ["On-campus outpatient hospital (22)", "Nurse practitioner"]),
        ("", ["National average"]),
        ("zip=00000", ["00000 (not in CMS&#x27;s ZIP file)"]),
        ("zip=35203&dos=2019-08-01", ["35203 (no localities are loaded for this date)"]),
        ("dos=2026-08-01", ["Aug 1, 2026", "Prices: CMS Jul 2026"]),
        ("dos=2019-08-01", ["Aug 1, 2019", "Prices: none for this date"]),
    ],
)
def test_the_bar_says_the_practice_in_words(get: Get, query: str, words: list[str]) -> None:
    page = get(f"/glossary/?{query}").content.decode()
    bar = page.partition('class="practice"')[2].partition("</summary>")[0]
    for said in words:
        assert said in bar


def test_a_zip_code_is_not_called_unknown_where_no_zip_file_is_loaded(get: Get) -> None:
    Release.objects.filter(source=Source.ZIP_LOCALITY).delete()
    Version.bump("data")
    page = get("/glossary/?zip=35203").content.decode()
    bar = page.partition('class="practice"')[2].partition("</summary>")[0]
    assert "35203 (CMS&#x27;s ZIP file isn&#x27;t loaded)" in bar


def test_the_form_of_the_bar_keeps_what_else_the_page_asks(get: Get) -> None:
    page = get("/claim/?lines=99213-25,20610&zip=35203").content.decode()
    form = page.partition("data-practice")[2].partition("</form>")[0]
    assert '<input type="hidden" name="lines" value="99213-25,20610">' in form
    assert 'name="zip"' in form
    assert 'type="hidden" name="zip"' not in form


@pytest.mark.parametrize(
    ("typed", "kept", "leads_to"),
    [
        ("99214", {"zip": "35203"}, "/cpt/99214/?zip=35203"),
        (
            "99214",
            {"zip": "35203", "dos": "2026-08-01", "pos": "22"},
            "/cpt/99214/?zip=35203&dos=2026-08-01&pos=22",
        ),
        ("99214 94110", {"zip": "35203", "qp": "1"}, "/cpt/99214/?zip=94110&qp=1"),
        ("99214 25 al", {"zip": "94110"}, "/cpt/99214/?locality=10112-00&mod=25"),
        (
            "45385 45380-59 43239",
            {"locality": "10112-00"},
            "/claim/?lines=45385%2C45380-59%2C43239&locality=10112-00",
        ),
        ("20610+76942", {"zip": "35203"}, "/ncci/?codes=20610+76942&zip=35203"),
        ("99214", {"zip": "35203' onload="}, "/cpt/99214/"),
    ],
)
def test_a_command_takes_the_practice_along_unless_it_names_another(
    sample: None, client: Client, typed: str, kept: dict[str, str], leads_to: str
) -> None:
    location = client.get("/search/", {"q": typed, **kept}).headers["Location"]
    path, _, query = location.partition("?")
    wanted_path, _, wanted = leads_to.partition("?")
    assert (path, set(query.split("&"))) == (wanted_path, set(wanted.split("&")))


def test_the_codes_of_a_list_lead_to_the_practice(get: Get) -> None:
    page = get("/search/", q="knee injection", zip="35203").content.decode()
    assert 'href="/cpt/20610/?zip=35203"' in page
    part = get("/search/suggest/", q="knee injection", zip="35203").content.decode()
    assert 'data-href="/cpt/20610/?zip=35203"' in part


def test_a_posted_list_goes_into_no_form_and_no_link_of_its_page(sample: None, client: Client) -> None:
    """A change of the practice asks for an address: the list must not stand in it."""
    posted = {"text": "99213 85.00", "dos": "2026-08-01", "zip": "35203"}
    page = client.post("/audit/", posted).content.decode()
    assert 'name="zip" value="35203"' in page
    assert 'name="text"' not in page.replace('<textarea name="text"', "")
