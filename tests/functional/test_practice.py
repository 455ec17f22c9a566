"""The practice stays in the browser: typed once, it is on every page, and a stranger's link does not change it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def set_practice(page: Page, site: str) -> None:
    page.goto(f"{site}/glossary/")
    page.locator("#practice summary").click()
    bar = page.get_by_role("form", name="Your practice")
    bar.get_by_label("ZIP code").fill("35203")
    bar.get_by_label("Place of service").select_option("22")
    bar.get_by_role("button", name="Use on every page").click()
    page.wait_for_url("**/glossary/?*zip=35203*")


def test_a_page_that_is_opened_anew_has_the_practice(page: Page, site: str) -> None:
    set_practice(page, site)
    page.goto(f"{site}/cpt/99214/")
    page.wait_for_url("**/cpt/99214/?*zip=35203*")
    expect(page.locator("#practice summary")).to_contain_text("35203 Alabama, AL")
    expect(page.locator("#answer")).to_contain_text("hospital outpatient department")
    page.get_by_role("combobox", name="Find a code").fill("99213")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cpt/99213/?*zip=35203*")


def test_an_emptied_bar_forgets_the_practice(page: Page, site: str) -> None:
    set_practice(page, site)
    page.locator("#practice summary").click()
    bar = page.get_by_role("form", name="Your practice")
    bar.get_by_label("ZIP code").fill("")
    bar.get_by_label("Place of service").select_option("")
    bar.get_by_role("button", name="Use on every page").click()
    page.wait_for_url(re.compile(r"/glossary/\??$"))
    page.goto(f"{site}/cpt/99214/")
    expect(page.locator("#practice summary")).to_contain_text("National average")


def test_a_link_from_elsewhere_does_not_change_the_practice(page: Page, site: str) -> None:
    set_practice(page, site)
    page.goto(f"{site}/cpt/99214/?locality=01182-18")
    expect(page.locator("#practice summary")).not_to_contain_text("Alabama")
    page.goto(f"{site}/cpt/99213/")
    page.wait_for_url("**/cpt/99213/?*zip=35203*")


def test_what_the_calculator_changes_goes_along_on_links(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/99214/?dos=2026-08-01")
    calculator = page.get_by_role("region", name="Calculate")
    calculator.get_by_label("Place of service").select_option("22")
    page.wait_for_url("**pos=22**")
    expect(page.locator(".crumbs a").first).to_have_attribute("href", "/browse/?dos=2026-08-01&pos=22")
    expect(page.locator("#practice summary")).to_contain_text("(22)")


def test_without_javascript_the_address_carries_it(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/glossary/")
    page.locator("#practice summary").click()
    bar = page.get_by_role("form", name="Your practice")
    bar.get_by_label("ZIP code").fill("35203")
    bar.get_by_role("button", name="Use on every page").click()
    page.get_by_role("link", name="Browse").first.click()
    page.wait_for_url("**/browse/?*zip=35203*")
    context.close()


def test_the_answer_to_a_posted_list_stays_and_carries_the_practice(page: Page, site: str) -> None:
    set_practice(page, site)
    page.goto(f"{site}/audit/")
    page.wait_for_url("**/audit/?*zip=35203*")
    page.get_by_label("Charges", exact=True).fill("99213 5")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("#result")).to_have_text("1 of 1 charge is below Medicare")
    expect(page.locator("#practice summary")).to_contain_text("35203 Alabama, AL")
    expect(page.get_by_role("link", name="99213")).to_have_attribute("href", re.compile("zip=35203"))


def test_the_home_page_lists_the_codes_that_were_looked_at_last(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/99214/?zip=35203")
    page.goto(f"{site}/cpt/20610/?zip=35203")
    page.goto(f"{site}/?zip=35203")
    recent = page.get_by_role("region", name="Your recent codes")
    expect(recent.get_by_role("listitem")).to_have_count(2)
    expect(recent.get_by_role("listitem").first).to_contain_text("20610")
    expect(recent.get_by_role("link").first).to_have_attribute("href", "/cpt/20610/?zip=35203")
    recent.get_by_role("button", name="Clear").click()
    expect(recent).to_be_hidden()
    page.goto(f"{site}/")
    expect(recent).to_be_hidden()


def test_a_modifier_on_a_code_of_the_hospital_leaves_the_next_code_in_its_own_place(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/cpt/27447/?zip=60601")
    page.locator("main .modifiers label").filter(has_text="80").first.click()
    page.wait_for_url("**mod=80*")
    assert not re.search("pos=|dos=", page.url)
    page.goto(f"{site}/cpt/77067/")
    page.wait_for_url("**zip=60601*")
    assert page.get_by_label("Place of service").last.input_value() == "11"
