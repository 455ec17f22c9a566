"""The toolkit as people get it: the form, its errors, and files at once."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
OLD_ENOUGH = 3_100  # milliseconds: a form that is sent within three seconds is asked again


@pytest.fixture(scope="module")
def thanks(browser: Browser, site: str) -> str:
    """The address of the thank-you page of somebody who signed up without JavaScript."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/toolkit/")
    page.get_by_role("textbox", name="E-mail").fill("robin@example.com")
    page.get_by_label("Send me the toolkit by e-mail").check()
    page.wait_for_timeout(OLD_ENOUGH)
    page.get_by_role("button", name="Get the toolkit").click()
    expect(page.get_by_role("heading", name="Your toolkit")).to_be_visible()
    return page.url


def test_both_files_are_there_at_once(page: Page, thanks: str, tmp_path: Path) -> None:
    page.goto(thanks)
    for name, start in (("The PDF", b"%PDF-"), ("The Excel workbook", b"PK")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name.startswith("MedPayIQ-toolkit-RVU26C.")
        assert path.read_bytes().startswith(start)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(page: Page, site: str) -> None:
    spoilt(page, site)
    expect(page.locator("#toolkit_address_error")).to_contain_text("does not look like an e-mail address")
    expect(page.locator("#toolkit_consent_error")).to_contain_text("Tick the box")
    expect(page.get_by_role("textbox", name="E-mail")).to_have_value("robin at example.com")
    expect(page.get_by_role("alert")).to_be_focused()


def spoilt(page: Page, site: str) -> None:
    page.goto(f"{site}/toolkit/")
    page.get_by_role("textbox", name="E-mail").fill("robin at example.com")
    page.get_by_role("button", name="Get the toolkit").click()
    expect(page.get_by_role("alert")).to_be_visible()


def address(path: str) -> Any:
    return lambda page, site: page.goto(site + path)


LOOKS = {
    "form": address("/toolkit/"),
    "form with errors": spoilt,
    "lost": address("/toolkit/leave/nonsense/"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("look", [*LOOKS, "thanks"])
def test_nothing_overflows_and_axe_finds_nothing(
    browser: Browser, site: str, thanks: str, look: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    if look == "thanks":
        page.goto(thanks)
    else:
        LOOKS[look](page, site)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
