"""What a coder prints for a physician: the figure, its working and its source, and nothing to click."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_paper_shows_the_amount_its_working_and_where_it_is_from_and_no_forms(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/45385/?dos=2026-08-01&zip=35203&pos=22")
    page.emulate_media(media="print")
    expect(page.locator("#answer .figure")).to_be_visible()
    expect(page.locator("#steps li").first).to_be_visible()
    expect(page.locator("#provenance")).to_be_visible()
    assert page.locator("main form:visible, main button:not(.term):visible").count() == 0


def test_what_was_not_scrolled_to_is_fetched_for_paper(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/45385/?dos=2026-08-01")
    page.emulate_media(media="print")
    assert page.locator("[hx-trigger=near]").count() > 0, "some sections are still to come"
    page.pdf()
    assert page.locator("[hx-trigger=near]").count() == 0
    expect(page.locator("#edits tbody tr").first).to_be_visible()
    expect(page.locator("#over-time tbody tr").first).to_be_visible()


def test_where_edits_cannot_be_fetched_paper_says_where_they_are(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/45385/?dos=2026-08-01")
    page.route("**/edits/*", lambda route: route.abort())
    page.emulate_media(media="print")
    page.pdf()
    expect(page.locator("#edits[hx-trigger=near]")).to_be_visible()
    assert page.locator("[hx-trigger=near]:not(#edits):visible").count() == 0


def test_a_claim_on_paper_holds_every_line_with_its_working(page: Page, site: str) -> None:
    page.goto(f"{site}/claim/?lines=45385,43239-59&dos=2026-08-01&pos=22")
    page.emulate_media(media="print")
    expect(page.get_by_text("Relative values × indices × conversion factor").nth(1)).to_be_visible()
    expect(page.locator("main form").first).to_be_hidden()
