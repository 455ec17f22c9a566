"""A biller's twelve questions, walked in a browser: each answer stands on the first screen, and takes as many keys and
pages as docs/walkthroughs.md tells."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.functional.walks import VIEWPORT, WALKS, Walk, set_practice, walk

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "walkthroughs.md"


@pytest.fixture(scope="module")
def practice(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser in which the ZIP code was typed once."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    set_practice(page, site)
    yield page
    context.close()


def written() -> dict[str, tuple[int, int]]:
    """Keys and pages of each question as the documentation tells them."""
    rows = re.findall(r"^\| (.+\?) \| \S.*? \| (\d+) \| (\d+) \| .* \|$", DOCS.read_text(), re.MULTILINE)
    return {question: (int(keys), int(pages)) for question, keys, pages in rows}


@pytest.mark.parametrize("each", WALKS, ids=lambda each: each.question)
def test_the_answer_stands_on_the_first_screen_and_takes_what_is_written(
    practice: Page, site: str, each: Walk
) -> None:
    found = walk(practice, site, each.steps, each.answer)
    assert found.is_on_first_screen, found
    assert (found.keys, found.pages) == written()[each.question]


def test_the_practice_is_typed_once_and_stays(practice: Page, site: str) -> None:
    practice.goto(f"{site}/cpt/99214/")
    practice.wait_for_url("**zip=60601*")
    assert "60601 Chicago, IL" in practice.locator("#practice summary").inner_text()
