"""Twelve questions of a biller, each walked through the site in a browser: what she types, and where the answer stands.

`python -m tests.functional.walks http://127.0.0.1:8000` prints the table of docs/walkthroughs.md for a running site.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from playwright.sync_api import Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

VIEWPORT = {"width": 1280, "height": 900}
ZIP = "60601"
FEES = "99213, 85.00\n99214, 210.00\n20610, 140.00\n27447, 900.00\n93000, 12.00"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: `box` types a line into the search box and Enter, `fill` a field by its label and Enter, `paste`
    text into one, `follow` a link or button to the next page, `click` a chip on this one; `type` only types into the
    search box, for the list below it."""

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """A question, what is done from the home page on, and the words of the page that answer it."""

    question: str
    steps: Sequence[Step]
    answer: str


class Walked(NamedTuple):
    """Keys pressed and things clicked, pages opened, where the answer begins in pixels; None where there is none."""

    keys: int
    pages: int
    top: int | None

    @property
    def is_on_first_screen(self) -> bool:
        return self.top is not None and self.top < VIEWPORT["height"]


def box(text: str) -> tuple[Step, ...]:
    return (Step("box", text),)


WALKS = (
    Walk(
        "What does 99214 pay with 20610 on one day in Chicago?",
        box("99214-25 20610"),
        r"Paid only if \.\.\.[^|]*25 on line 1",
    ),
    Walk(
        "Which modifier gets 45380 paid with 45385, and on which line?",
        box("45385+45380"),
        r"59 or XS on 45380 carries it",
    ),
    Walk("How many units of 97110 a day?", box("97110"), r"Unit limit\W+.{0,40}\b6 units"),
    Walk("Is 77067 free for the patient?", box("77067"), r"Patient owes.{0,60}no coinsurance"),
    Walk(
        "Why CO-97 on 29877, billed with 29881, and what now?",
        (*box("CO-97 29877"), Step("fill", "29881", "Other code that day")),
        r"(Write off|Reopening|Write it off|New claim|Redetermination)",
    ),
    Walk(
        "What do the surgeon and the assistant get for 27447?",
        (*box("27447"), Step("click", "80")),
        r"\$\d+\.\d\d\s+Medicare allows .* with 80",
    ),
    Walk("Which code is an SI joint ablation?", (Step("type", "SI joint ablation"),), r"64625"),
    Walk("What became of 37220?", box("37220"), r"Deleted.{0,200}Dec 31, 2025"),
    Walk(
        "Which of my charges are below Medicare?",
        (Step("follow", "Fee schedule audit"), Step("paste", FEES, "Charges"), Step("follow", "Compare")),
        r"3 of 5 charges are below Medicare",
    ),
    Walk("Is 76942 paid with 20610?", box("20610+76942"), r"76942 is denied with 20610"),
    Walk("Is G2211 paid with 99214-25?", box("99214-25 G2211"), r"Denied[^|]*Drop G2211"),
    Walk(
        "How much may a physician who doesn't participate charge for 99213?",
        box("99213"),
        r"Limiting charge \$\d+\.\d\d",
    ),
)


def walk(page: Page, site: str, steps: Sequence[Step], answer: str) -> Walked:
    """Do the steps from the home page on, and look for the answer on the page where they end."""
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.url) if _opens_a_page(request) else None)
    page.goto(f"{site}/")
    page.wait_for_url(f"**zip={ZIP}*")
    _settle(page)
    opened[:] = opened[-1:]
    keys = 0
    for step in steps:
        if step.kind in ("box", "fill", "follow"):
            with page.expect_navigation():
                keys += _do(page, step)
        else:
            keys += _do(page, step)
        _settle(page)
    return Walked(keys, len(opened), _top(page, answer))


def _opens_a_page(request: Request) -> bool:
    """Whether a request is for a whole page, and not the second half of a redirect."""
    return request.is_navigation_request() and request.redirected_from is None


def _settle(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_load_state("networkidle")


def _do(page: Page, step: Step) -> int:
    """Do one step; how many keys and clicks it takes."""
    if step.kind in ("box", "type"):
        search = page.get_by_role("combobox", name="Find a code").first
        search.press_sequentially(step.text)
        page.wait_for_timeout(600)
        if step.kind == "box":
            page.keyboard.press("Enter")
        return len(step.text) + (step.kind == "box")
    if step.kind in ("fill", "paste"):
        field = page.get_by_label(step.label).first
        field.fill(step.text)
        if step.kind == "fill":
            field.press("Enter")
            return 1 + len(step.text) + 1
        return 1 + 2  # a click, and Ctrl-V
    page.locator("main a, main button, main .modifiers label").filter(
        has_text=re.compile(rf"^\s*{re.escape(step.text)}\s*$")
    ).first.click()
    return 1


TOP = """
(pattern) => {
  const wanted = new RegExp(pattern, "s");
  const fits = (node) => wanted.test(node.innerText || "");
  let best = [...document.querySelectorAll("main, [role=listbox]")].find(fits);
  if (!best) return null;
  for (let inner = best; inner; inner = [...inner.children].find(fits)) best = inner;
  const place = best.getBoundingClientRect();
  return place.height ? Math.round(place.top + scrollY) : null;
}
"""


def _top(page: Page, answer: str) -> int | None:
    """Where the smallest part of the page that holds the answer begins; None where it has not come in 20 seconds."""
    try:
        top: int = page.wait_for_function(TOP, arg=answer, timeout=20_000).json_value()
    except PlaywrightTimeout:
        return None
    return top


def set_practice(page: Page, site: str) -> int:
    """Type the ZIP code once into the practice bar; how many keys and clicks it takes."""
    page.goto(f"{site}/")
    page.locator("#practice summary").click()
    field = page.get_by_role("form", name="Your practice").get_by_label("ZIP code")
    field.fill(ZIP)
    field.press("Enter")
    page.wait_for_url(f"**zip={ZIP}*")
    return 1 + 1 + len(ZIP) + 1


def main(site: str) -> None:
    """Print a row for each walk."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport=VIEWPORT).new_page()  # type: ignore[arg-type]
        print(f"practice: {set_practice(page, site)} keys")  # noqa: T201
        for each in WALKS:
            found = walk(page, site, each.steps, each.answer)
            print(f"| {each.question} | {found.keys} | {found.pages} | {found.top} |")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
