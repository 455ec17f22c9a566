"""The code page as people use it: with and without JavaScript, by keyboard, on a phone, in the dark."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser
ASKED = "/cpt/76376/?dos=2026-08-01"


def calculator(page: Page) -> Locator:
    """The calculator; the practice bar above it has fields of the same names."""
    return page.get_by_role("region", name="Calculate")


def complaints(page: Page) -> list[str]:
    """What the console of the page says from now on: CSP violations, failed requests, errors."""
    heard: list[str] = []
    page.on(
        "console",
        lambda message: heard.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("requestfailed", lambda request: heard.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_the_calculator_answers_in_place_and_puts_the_question_in_the_address(page: Page, site: str) -> None:
    heard = complaints(page)
    page.goto(site + ASKED)
    expect(page.locator("#answer .figure")).to_have_text("$25.38")
    calculator(page).get_by_label("Qualifying APM participant").check()
    expect(page.locator("#answer .figure")).to_have_text("$25.51")
    assert "qp=1" in page.url
    assert "charge=" not in page.url, "empty parameters stay out of the address"
    calculator(page).get_by_label("ZIP code").fill("35203")
    page.get_by_role("spinbutton", name="Units").focus()
    expect(page.locator("#answer")).to_contain_text("Alabama")
    assert heard == []


def test_the_back_button_brings_the_former_answer(page: Page, site: str) -> None:
    page.goto(site + ASKED)
    calculator(page).get_by_label("Place of service").select_option("22")
    expect(page.locator("#answer .figure")).to_have_text("Not priced")
    page.go_back()
    expect(page.locator("#answer .figure")).to_have_text("$25.38")


def test_a_wrong_date_is_explained_and_a_right_one_mends_it(page: Page, site: str) -> None:
    page.goto(site + "/cpt/76376/?dos=tomorrow")
    said = "You typed “tomorrow”. Give the date as year-month-day"
    expect(page.locator("#answer")).to_contain_text(said)
    expect(page.locator("#id_dos_error")).to_contain_text(said)  # the input itself cannot hold it
    calculator(page).get_by_label("Date of service").fill("2026-08-01")
    expect(page.locator("#answer .figure")).to_have_text("$25.38")


def test_everything_works_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site + ASKED)
    calculator(page).get_by_label("Place of service").select_option("22")
    page.locator("label", has_text="26").first.click()
    page.get_by_role("button", name="Calculate").click()
    expect(page.locator("#answer .figure")).to_have_text("$9.35")
    page.get_by_text("Show the working").click()
    expect(page.locator("#steps")).to_contain_text("33.4009")


def test_by_keyboard_alone_from_the_slash_to_the_answer(page: Page, site: str) -> None:
    page.goto(site + "/sources/")
    page.keyboard.press("/")
    page.keyboard.type("76376-26")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cpt/76376/?mod=26")
    expect(page.locator("#answer")).to_contain_text("with 26")


def test_print_shows_the_working_and_hides_the_form(page: Page, site: str) -> None:
    page.goto(site + ASKED)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#steps")).to_be_visible()
    expect(calculator(page).get_by_label("ZIP code")).to_be_hidden()
    expect(page.locator("[data-printed]")).not_to_be_empty()


def test_the_focus_stays_on_a_tab_of_edits_when_the_list_is_swapped(page: Page, site: str) -> None:
    page.goto(site + "/cpt/45385/?dos=2026-08-01")
    page.locator("#edits").scroll_into_view_if_needed()
    tab = page.locator("#edits-denied-by")
    tab.wait_for()
    tab.focus()
    page.keyboard.press("Enter")
    expect(tab).to_have_attribute("aria-current", "true")
    expect(tab).to_be_focused()


def test_each_figure_of_the_answer_can_be_copied_with_the_keyboard(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/cpt/99214/?dos=2026-08-01")
    button = page.get_by_role("button", name="Copy $148.15")  # the limiting charge, within a sentence
    button.focus()
    expect(button).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == "$148.15"
    names = page.locator("#breakdown").get_by_role("button", name="Copy ")
    assert names.count() >= 7, "relative values and amounts of the table"


def test_figures_that_came_with_a_chip_can_be_copied_too(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/20610/?dos=2026-08-01")
    before = page.locator(".figure .copy").get_attribute("value")
    page.locator(".modifiers label", has_text="50").first.click()
    expect(page.locator(".figure .copy")).not_to_have_attribute("value", before or "")
    expect(page.locator(".figure .copy")).to_have_count(1)


def test_without_a_script_a_figure_has_no_button(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/cpt/99214/?dos=2026-08-01")
    expect(page.locator(".figure")).to_have_text("$135.61")
    assert page.locator(".copy").count() == 0


OVERLAPS = """() => [...document.querySelectorAll("td.num .copy")].flatMap((button) => {
  const box = button.getBoundingClientRect(), row = button.closest("tr");
  return [...row.querySelectorAll(".num")].filter((cell) => {
    const text = document.createRange();
    text.selectNodeContents(cell.querySelector(".copyable")?.firstChild ?? cell);
    const other = text.getBoundingClientRect();
    return other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom;
  }).map((cell) => cell.textContent);
})"""


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_buttons_of_a_touch_screen_cover_no_amount(browser: Browser, site: str, width: int) -> None:
    page = browser.new_context(
        viewport={"width": width, "height": 900}, has_touch=True, is_mobile=True
    ).new_page()
    page.goto(f"{site}/claim/?lines=27447-50,99213-57,45385&pos=22&dos=2026-08-01")
    assert page.evaluate("matchMedia('(hover: none)').matches"), "buttons are always shown"
    assert page.locator("td.num .copy").count() >= 8
    assert page.evaluate(OVERLAPS) == []
    sequestration = page.locator("tr", has_text="Sequestration").locator(".copyable")
    expect(sequestration).to_have_text(re.compile(r"^−\$\d"))
    assert (sequestration.get_by_role("button").get_attribute("value") or "").startswith("$")
