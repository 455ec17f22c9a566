"""What machines read on the sample: sitemap, robots.txt, JSON-LD, canonical addresses."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from codes.exports.sitemaps import SitemapSection
from tests.pages.conftest import Get

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
AUG_1_2026 = "2026-08-01"


def addresses(response: object) -> list[str]:
    root = ElementTree.fromstring(response.content)  # type: ignore[attr-defined]
    return [str(found.text) for found in root.findall(".//s:loc", SPACE)]


def graph_of(response: Any) -> dict[str, dict[str, Any]]:
    page = response.content.decode()
    text = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    return {thing["@type"]: thing for thing in json.loads(text)["@graph"]}


def test_every_section_of_the_index_is_there(get: Get) -> None:
    sections = addresses(get("/sitemap.xml"))
    assert len(sections) == 6
    assert all(addresses(get(section.removeprefix("http://127.0.0.1:8000"))) for section in sections)


def test_every_code_has_its_page_in_the_sitemap(get: Get) -> None:
    from codes.models import FeeScheduleRow, HcpcsText

    listed = [*addresses(get("/sitemap-cpt.xml")), *addresses(get("/sitemap-hcpcs.xml"))]
    codes = set(FeeScheduleRow.objects.filter(release__name="RVU26C").values_list("code", flat=True))
    codes |= set(HcpcsText.objects.values_list("code", flat=True))
    assert sorted(address.split("/")[-2] for address in listed) == sorted(codes)


@pytest.mark.parametrize("section", ["pages", "localities", "browse"])
def test_every_address_of_a_small_section_answers(get: Get, section: str) -> None:
    for address in addresses(get(f"/sitemap-{section}.xml"))[:60]:
        get(address.removeprefix("http://127.0.0.1:8000"))


def test_the_date_of_a_code_is_that_of_the_last_loading(get: Get) -> None:
    from codes.models import Release

    newest = max(Release.objects.ready().values_list("loaded_at", flat=True))
    root = ElementTree.fromstring(get("/sitemap-cpt.xml").content)
    assert {found.text for found in root.findall(".//s:lastmod", SPACE)} == {
        newest.isoformat(timespec="seconds")
    }


def test_a_long_section_has_pages_that_the_index_names_and_that_lose_no_code(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = addresses(get("/sitemap-cpt.xml"))
    monkeypatch.setattr(SitemapSection, "limit", 100)
    named = [each for each in addresses(get("/sitemap.xml")) if "sitemap-cpt" in each]
    assert named[:2] == [
        "http://127.0.0.1:8000/sitemap-cpt.xml",
        "http://127.0.0.1:8000/sitemap-cpt.xml?p=2",
    ]
    pages = [addresses(get(each.removeprefix("http://127.0.0.1:8000"))) for each in named]
    assert max(len(page) for page in pages) == 100
    assert [address for page in pages for address in page] == whole


@pytest.mark.parametrize("page", ["0", "-1", "2", "99", "x", "1.5", "", "٢", "9" * 5000])
def test_a_page_that_a_section_does_not_have_is_a_404(get: Get, page: str) -> None:
    get("/sitemap-cpt.xml", status=404, p=page)


def test_a_section_that_is_not_there_is_a_404(get: Get) -> None:
    get("/sitemap-secrets.xml", status=404)


def test_robots_names_the_sitemap_and_closes_the_admin(get: Get) -> None:
    text = get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_a_code_page_says_what_it_is_and_where_it_belongs(get: Get) -> None:
    graph = graph_of(get("/cpt/45378/"))
    assert graph["WebPage"]["url"] == "http://127.0.0.1:8000/cpt/45378/"
    steps = graph["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["Surgery", "Digestive system", "45378"]


@pytest.mark.parametrize(
    ("address", "csv"),
    [
        ("/cpt/99213/country/", "http://127.0.0.1:8000/cpt/99213/country.csv"),
        ("/localities/01182-18/", "http://127.0.0.1:8000/localities/01182-18/fees.csv"),
    ],
)
def test_a_table_is_a_dataset_with_its_csv(get: Get, address: str, csv: str) -> None:
    dataset = graph_of(get(address))["Dataset"]
    assert dataset["distribution"][0]["contentUrl"] == csv


def test_no_text_ends_the_data_early(get: Get) -> None:
    from codes.models import CodeText

    CodeText.objects.filter(pk="99213").update(summary="</script><b>&")
    page = get("/cpt/99213/").content.decode()
    data = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "\\u003C/script\\u003E" in data
    assert json.loads(data)


@pytest.mark.parametrize(
    "address",
    [
        "/cpt/99213/",
        "/cpt/99213/country/",
        "/cpt/99213/over-time/",
        "/localities/01182-18/",
        "/browse/",
        "/compare/",
        "/list/",
    ],
)
def test_a_variant_is_not_indexed_names_the_canonical_page_and_has_no_data(get: Get, address: str) -> None:
    page = get(address, dos=AUG_1_2026).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in page
    assert "ld+json" not in page
    plain = get(address).content.decode()
    assert "noindex" not in plain


def test_a_code_page_can_be_shared_with_a_title(get: Get) -> None:
    page = get("/cpt/99213/").content.decode()
    title = re.search(r'<meta property="og:title" content="([^"]*)">', page)
    assert title is not None
    assert title[1].startswith("99213 ")
