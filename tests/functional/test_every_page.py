"""Every page in a real Chromium: light and dark, on a phone, at 200 % zoom. An address without a line here fails."""

import gzip
from collections.abc import Iterator

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.functional.addresses import ADDRESSES, DAY, FRAGMENTS, PAGES, TWINS
from tests.functional.test_code_page import complaints

pytestmark = pytest.mark.browser
LOOKS = [
    (1280, "light"),
    (360, "dark"),
]  # each width and each scheme once: contrast knows no width, order no scheme
ZOOMED = 640  # 1280 at 200 %


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def named_addresses() -> set[str]:
    found = set()
    for room in get_resolver().url_patterns:
        if isinstance(room, URLResolver) and room.namespace in ("codes", "contributions"):
            patterns = room.url_patterns
            found |= {f"{room.namespace}:{each.name}" for each in patterns if isinstance(each, URLPattern)}
    return found


def test_every_named_address_is_looked_at_here_or_has_no_page() -> None:
    assert named_addresses() == (set(PAGES) - {"no such page"}) | FRAGMENTS | TWINS


def look(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def read_to_the_end(page: Page) -> None:
    """Scroll down as a reader in a hurry does, until every later section in sight has come; folds keep theirs."""
    while page.evaluate("scrollY + innerHeight + 1 < document.documentElement.scrollHeight"):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(100)
    expect(page.locator("[hx-trigger=near]:visible")).to_have_count(0)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_valid_fits_says_nothing_to_the_console_and_axe_finds_nothing(
    window: BrowserContext, site: str, address: str
) -> None:
    page = window.new_page()
    heard = complaints(page)
    answer = page.goto(site + address)
    assert answer is not None
    html5lib.HTMLParser(strict=True).parse(answer.text())
    page.set_viewport_size({"width": ZOOMED, "height": 450})
    assert overflow(page) <= 0
    for width, scheme in LOOKS:
        look(page, width, scheme)
        assert overflow(page) <= 0, f"at {width}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"
    expected = "Failed to load resource" if answer.status >= 400 else "nothing"
    assert [said for said in heard if expected not in said] == []
    page.close()


SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_the_later_sections_arrive_and_the_calculator_answers(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    page.goto(f"{site}/cpt/76376/?{DAY}")
    read_to_the_end(page)
    page.get_by_role("region", name="Calculate").get_by_label("Place of service").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#answer .figure", has_text="Not priced").or_(
        page.locator("#answer", has_text="home")
    ).wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("shifts") <= 0.02


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_when_all_sections_have_come_and_all_folds_are_open(
    page: Page, site: str, width: int, scheme: str
) -> None:
    look(page, width, scheme)
    page.goto(f"{site}/cpt/76376/?{DAY}")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    read_to_the_end(page)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert overflow(page) <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("code", "most"), [("76376", 50_000), ("45385", 50_000), ("99214", 45_000)])
def test_the_first_view_of_a_code_is_small_and_at_most_30_kilobytes_compressed_in_all(
    page: Page, site: str, code: str, most: int
) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{site}/cpt/{code}/?{DAY}", wait_until="networkidle")
    bodies = [each.body() for each in answers]
    assert len(bodies) >= 5, "the page, its style sheet, its scripts and its icon"
    assert len(bodies[0]) <= most
    assert sum(len(gzip.compress(body)) for body in bodies) <= 30_000


def test_htmx_comes_with_the_first_sign_of_a_reader_and_what_was_changed_before_is_answered(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/cpt/99214/?{DAY}", wait_until="networkidle")
    assert page.evaluate("window.htmx === undefined")
    page.get_by_role("region", name="Calculate").get_by_label("Place of service").select_option("22")
    expect(page.locator("#answer")).to_contain_text("hospital outpatient department")
    assert "pos=22" in page.url


def test_the_contents_mark_the_section_that_is_read(page: Page, site: str) -> None:
    page.goto(f"{site}/cpt/99214/?{DAY}")
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents.locator("[aria-current]")).to_have_text("Payment")
    contents.get_by_role("link", name="Tips").click()
    expect(contents.locator("[aria-current]")).to_have_text("Tips")


def test_on_a_phone_the_amount_stays_in_sight_while_a_chip_is_tapped(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/cpt/99214/?{DAY}")
    page.locator(".modifiers label", has_text="25").click()
    expect(page.locator("#totals .first")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/denials/?reason=CO-97&remark=M15&code=97010", "#now"),
        (f"/claim/?lines=99214,20610-RT&{DAY}", "tbody .status"),
        (f"/compare/?codes=99213,99214&{DAY}", "tbody td"),
        (f"/ncci/?codes=20610+76942&{DAY}", ".verdicts .status"),
    ],
)
def test_on_a_phone_the_answer_is_on_the_first_screen(
    page: Page, site: str, address: str, answer: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + address)
    expect(page.locator(answer).first).to_be_in_viewport(ratio=1)
