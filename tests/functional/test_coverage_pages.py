"""Pages with articles and diagnoses of a contractor, in a real Chromium: light and dark, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.cms import coverage_files
from tests.cms.coverage_files import packed
from tests.functional.conftest import served
from tests.functional.test_code_page import complaints
from tests.functional.test_every_page import LOOKS, look, overflow, read_to_the_end

pytestmark = pytest.mark.browser
ILLINOIS = "dos=2026-08-01&locality=06102-16"
CALIFORNIA = "dos=2026-08-01&locality=01182-18"
# Each with words that are there only because the downloads are loaded.
PAGES = {
    f"/cpt/20610/?{ILLINOIS}": "Joint injections",
    f"/cpt/20610/coverage/?{ILLINOIS}&dx=M17.11": "A50001 lists M17.11",
    f"/cpt/20610/coverage/?{ILLINOIS}&dx=I10": "I10 is not among the diagnoses",
    f"/cpt/93306/coverage/?{CALIFORNIA}": "Never covered:",
    f"/hcpcs/E0601/coverage/?{ILLINOIS}": "DME MAC",
    f"/claim/?lines=20610-RT&dx=M17.11&{ILLINOIS}": "A50001 lists M17.11",
    f"/claim/?lines=20610-RT,99214-25&dx=I10&{ILLINOIS}": "I10 is not among the diagnoses",
    f"/denials/?reason=CO-50&code=20610&dx=I10&{ILLINOIS}": "A50001",
    "/sources/": "Articles 2026-06-25",
}


@pytest.fixture(scope="module")
def site_with_coverage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running site with both downloads loaded."""
    folder = tmp_path_factory.mktemp("coverage")
    articles = packed(folder, "current_article", coverage_files.articles())
    lcds = packed(folder, "current_lcd", coverage_files.lcds())
    with served(folder, str(articles), str(lcds)) as address:
        yield address


@pytest.mark.parametrize(("address", "words"), PAGES.items(), ids=PAGES.keys())
def test_axe_finds_nothing_where_coverage_is_shown(
    page: Page, site_with_coverage: str, address: str, words: str
) -> None:
    heard = complaints(page)
    page.goto(site_with_coverage + address)
    read_to_the_end(page)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    expect(page.locator("main").get_by_text(words).first).to_be_visible()
    for width, scheme in LOOKS:
        look(page, width, scheme)
        assert overflow(page) <= 0, f"at {width}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"
    assert heard == []
