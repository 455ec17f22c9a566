"""Denial reports as people send them: in place, by keyboard, without JavaScript, on a phone, in the dark."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
IN_PLACE, BY_KEYBOARD, PLAIN, FIFTH = "99213", "99214", "99215", "99203"
OLD_ENOUGH = 3_100  # milliseconds: a form that is sent within three seconds is asked again
RECEIPT = "K7QF-2M5D-ABCD-EFGH"


def open_form(page: Page, site: str, code: str) -> None:
    """The form in the code page, where its block has come into sight."""
    page.goto(f"{site}/cpt/{code}/")
    page.locator("#patterns, .patterns").first.scroll_into_view_if_needed()
    page.get_by_role("link", name="Report a denial", exact=True).click()
    expect(page.get_by_role("heading", name=f"Report a denial of {code}")).to_be_focused()


def send(page: Page) -> None:
    page.wait_for_timeout(OLD_ENOUGH)
    page.get_by_role("button", name="Send the report").click()


def test_a_report_is_sent_from_the_code_page_and_its_receipt_adds_the_end_and_withdraws_it(
    page: Page, site: str
) -> None:
    open_form(page, site, IN_PLACE)
    page.get_by_label("Who denied it?").select_option(label="Medicare Advantage")
    page.get_by_label("Adjustment reason").fill("authorization")
    modifier = page.locator(".report-form").get_by_role("checkbox", name="25", exact=True)
    modifier.check()
    page.get_by_label("Note for our staff").fill("They asked for the plan of care.")
    send(page)
    expect(page.locator("#report_reason_error")).to_contain_text("197 · authorization or notice")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Who denied it?")).to_have_value("advantage")
    expect(modifier).to_be_checked()
    expect(page.get_by_label("Note for our staff")).to_have_value("They asked for the plan of care.")
    page.get_by_label("Adjustment reason").fill("CO-197")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    receipt = page.locator("#receipt").inner_text()
    assert len(receipt) == len(RECEIPT)

    page.get_by_role("link", name="withdraw the report").click()
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_label("Say how it ended").check()
    page.get_by_label("How did it end?").select_option(label="Paid in full")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("status")).to_contain_text("It counts once the summary takes in new reports")

    page.goto(f"{site}/receipt/")
    page.get_by_label("Your receipt").fill(receipt.lower())
    page.get_by_label("Withdraw the report").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("status")).to_contain_text("The report is deleted")


def test_the_pickers_offer_every_reason_and_remark_by_number_and_by_word(page: Page, site: str) -> None:
    page.goto(f"{site}/reports/{IN_PLACE}/new/")
    for label, listed, number, word in (
        ("Adjustment reason", "report-reasons", "97 ·", "duplicate"),
        ("Second remark", "report-remarks", "N362 ·", "maximum"),
    ):
        assert page.get_by_label(label).get_attribute("list") == listed
        offered = page.locator(f"#{listed} option").evaluate_all("all => all.map((each) => each.value)")
        assert sum(text.startswith(number) for text in offered) == 1
        assert any(word in text for text in offered)


def test_by_keyboard_alone_from_the_code_page_to_the_thanks(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/{BY_KEYBOARD}/")
    page.locator("#patterns, .patterns").first.scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="Report a denial", exact=True)).to_be_visible()
    tab_to(page, "Report a denial")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Report a denial of {BY_KEYBOARD}")).to_be_focused()
    tab_to(page, "Who denied it?")
    page.keyboard.type("Medicare A")
    tab_to(page, "Adjustment reason")
    page.keyboard.type("exact duplicate")
    tab_to(page, "25")
    page.keyboard.press("Space")
    page.wait_for_timeout(OLD_ENOUGH)
    tab_to(page, "Send the report")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what bears this name."""
    named = "() => (document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate(named).startswith(name):
            return
    raise AssertionError(f"no Tab leads to {name}")


def test_everything_works_by_plain_pages_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/cpt/{PLAIN}/")
    page.locator("#patterns").get_by_role("link", name="Open it as a page").click()
    page.get_by_role("link", name="Report a denial", exact=True).click()
    page.get_by_label("How did it end?").select_option(label="Denial upheld")
    send(page)
    expect(page.locator("#report_payer_kind_error")).to_have_text("Choose the kind of payer.")
    expect(page.get_by_label("How did it end?")).to_have_value("upheld")
    page.get_by_label("Who denied it?").select_option(label="Commercial")
    page.get_by_label("Adjustment reason").fill("50")
    page.get_by_role("button", name="Send the report").click()
    receipt = page.locator("#receipt").inner_text()
    page.goto(f"{site}/receipt/")
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_label("Withdraw the report").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("status")).to_contain_text("The report is deleted")


def test_the_fifth_report_of_one_machine_shows_the_block_and_not_the_fourth(
    browser: Browser, site: str
) -> None:
    pages = [browser.new_page() for _ in range(5)]
    for page in pages:
        page.goto(f"{site}/reports/{FIFTH}/new/")
        page.get_by_label("Who denied it?").select_option(label="Original Medicare")
        page.get_by_label("Adjustment reason").fill("CO-97")
    looking = browser.new_page()
    pages[0].wait_for_timeout(OLD_ENOUGH)
    for page in pages:
        looking.goto(f"{site}/reports/{FIFTH}/")
        expect(looking.locator(".patterns")).to_contain_text("Once five or more have reported it")
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    looking.goto(f"{site}/cpt/{FIFTH}/")
    looking.locator("#patterns, .patterns").first.scroll_into_view_if_needed()
    expect(looking.locator(".patterns")).to_contain_text("Reports from 5+ reporters")
    expect(looking.locator(".patterns")).to_contain_text("Local mode")


def with_errors(page: Page, site: str) -> None:
    page.goto(f"{site}/reports/{IN_PLACE}/new/")
    page.get_by_label("Note for our staff").fill("call 555-234-5678")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#report_note_error")).to_contain_text("a phone number")


def thanked(page: Page, site: str) -> None:
    page.context.add_cookies([{"name": "report_receipt", "value": RECEIPT, "url": f"{site}/reports/"}])
    page.goto(f"{site}/reports/{IN_PLACE}/thanks/")
    expect(page.locator("#receipt")).to_have_text(RECEIPT)


def unfolded(page: Page, site: str) -> None:
    open_form(page, site, IN_PLACE)
    page.get_by_text("Other modifiers").click()


def a_block(page: Page, site: str) -> None:
    page.goto(f"{site}/reports/20610/")
    expect(page.locator(".patterns table").first).to_be_visible()


def address(path: str) -> Any:
    return lambda page, site: page.goto(site + path)


LOOKS = {
    "form": address(f"/reports/{IN_PLACE}/new/"),
    "form in the code page": unfolded,
    "form with errors": with_errors,
    "thanks": thanked,
    "no block": address(f"/reports/{IN_PLACE}/"),
    "block": a_block,
    "receipt": address("/receipt/"),
    "privacy": address("/privacy/"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_overflows_and_axe_finds_nothing(
    browser: Browser, site: str, look: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    LOOKS[look](page, site)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
