"""The search box as people use it: typing, arrows, Enter and Escape, on a phone, in the dark, without JavaScript."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def box(page: Page, site: str) -> Locator:
    page.goto(site + "/sources/")
    return page.get_by_role("combobox", name="Find a code")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Codes that fit").get_by_role("option")


def typed(page: Page, box: Locator, text: str) -> None:
    """And wait for the list of all that was typed, not of its beginning: a later one would take the place of what is
    chosen or clicked."""
    with page.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("q") == [text]):
        box.press_sequentially(text)
    page.wait_for_timeout(200)  # the list has come: it is put in place and settles
    expect(options(page).first).to_be_visible()


def first_chosen(page: Page, box: Locator) -> Locator:
    typed(page, box, "knee injection")
    first = options(page).first
    expect(first).to_contain_text("20610")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    return first


def test_typing_opens_the_list_and_says_so(page: Page, box: Locator) -> None:
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    box.press_sequentially("knee injection")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options(page).first).to_contain_text("20610")


def test_what_was_typed_before_htmx_came_is_searched_for(page: Page, site: str) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(1_500)
        route.continue_()

    page.route("**/htmx-2*.js", late)
    page.goto(site + "/sources/")
    box = page.get_by_role("combobox", name="Find a code")
    box.press_sequentially("knee injection")
    assert page.evaluate("!window.htmx")
    expect(options(page).first).to_contain_text("20610")


def test_arrows_choose_and_enter_goes_to_the_code(page: Page, box: Locator) -> None:
    first = first_chosen(page, box)
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url("**/cpt/20610/")


def test_a_list_that_arrives_late_leaves_chosen_what_was_chosen(page: Page, box: Locator) -> None:
    first = first_chosen(page, box)
    page.evaluate("document.querySelector('[role=option]').dataset.former = 'yes'")
    page.evaluate("htmx.ajax('GET', '/search/suggest/?q=knee+injection', '#suggestion-list')")
    expect(first).not_to_have_attribute("data-former", "yes")
    expect(first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url("**/cpt/20610/")


def test_who_types_on_has_chosen_nothing(page: Page, box: Locator) -> None:
    first = first_chosen(page, box)
    box.press_sequentially("s")
    expect(first).to_have_attribute("aria-selected", "false")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile(".*"))


def test_arrow_up_chooses_the_last(page: Page, box: Locator) -> None:
    typed(page, box, "knee injection")
    box.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")


def test_enter_without_a_choice_asks_for_what_was_typed(page: Page, box: Locator) -> None:
    typed(page, box, "knee injection")
    box.press("Enter")
    page.wait_for_url("**/search/?q=knee+injection")
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes for “knee injection”")


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page, box: Locator) -> None:
    typed(page, box, "knee")
    box.press("ArrowDown")
    box.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("knee")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    page.wait_for_url("**/search/?q=knee")


def test_a_list_that_arrives_after_escape_stays_closed(page: Page, box: Locator) -> None:
    held: list[Route] = []
    page.route("**/search/suggest/*", lambda route: held.append(route))
    with page.expect_request("**/search/suggest/*"):
        box.fill("knee")  # at once: one request
    box.press("Escape")
    with page.expect_response("**/search/suggest/*"):
        held[-1].continue_()
    expect(page.locator("#suggestion-list [role=option]")).not_to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.unroute("**/search/suggest/*")
    box.press_sequentially(" injection")
    expect(options(page).first).to_be_visible()


def test_tab_leaves_the_box_for_the_button_and_closes_the_list(page: Page, box: Locator) -> None:
    typed(page, box, "knee")
    box.press("Tab")
    expect(options(page).first).to_be_hidden()
    expect(page.get_by_role("search").get_by_role("button", name="Find")).to_be_focused()


def test_a_click_on_a_suggestion_goes_to_it(page: Page, box: Locator) -> None:
    typed(page, box, "colonos")
    options(page).first.click()
    page.wait_for_url("**/cpt/4538*/")


def test_the_slash_goes_to_the_box(page: Page, box: Locator) -> None:
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")


def test_the_open_list_moves_nothing_on_the_page(page: Page, box: Locator) -> None:
    heading = page.get_by_role("heading", level=1)
    before = heading.bounding_box()
    typed(page, box, "knee")
    assert heading.bounding_box() == before


def test_the_box_is_a_plain_form_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site + "/sources/")
    page.get_by_label("Find a code").fill("76376-26")
    page.get_by_role("search").get_by_role("button", name="Find").click()
    page.wait_for_url("**/cpt/76376/?mod=26")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_open_list_and_nothing_overflows(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(site + "/")
    box = page.get_by_role("combobox", name="Find a code").first
    typed(page, box, "knee injection")
    box.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_the_slash_goes_to_the_box_from_a_chip_and_is_typed_into_a_field(page: Page, site: str) -> None:
    page.goto(site + "/cpt/99213/")
    page.locator("input[type=checkbox][name=mod]").first.check(force=True)
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Find a code")).to_be_focused()
    page.get_by_role("region", name="Calculate").get_by_label("ZIP code").focus()
    page.keyboard.press("/")
    expect(page.get_by_role("region", name="Calculate").get_by_label("ZIP code")).to_be_focused()
