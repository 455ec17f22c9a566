"""What of a remittance leaves the browser: its service lines, and nothing of a person."""

import re
from urllib.parse import unquote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, Request, expect

from tests.parsing import remittances as files

pytestmark = pytest.mark.browser
REAL_SHAPED = {
    "paid": files.PAID,
    "denied": files.DENIED,
    "taken back": files.TAKEN_BACK,
    "several claims": files.SEVERAL_CLAIMS,
    "other separators": files.OTHER_SEPARATORS,
    "wrapped": files.WRAPPED,
    "lower case": files.NO_ENVELOPE.lower(),
    "damaged": files.DAMAGED,
    "hostile": files.HOSTILE,
}
every_file = pytest.mark.parametrize("text", REAL_SHAPED.values(), ids=REAL_SHAPED.keys())
NO_REMITTANCE = "Statement of JANE DOE, born 03/12/1945, member 1EG4TE5MK73: 99213 paid 74.63"


class Sent:
    """Everything that a page sends: addresses, headers and bodies."""

    def __init__(self, page: Page) -> None:
        self.posts: list[str] = []
        self.all: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        said = unquote_plus(" ".join((request.url, str(request.headers), body)))
        self.all.append(re.sub(r"WebKitFormBoundary\w+", "", said).upper())
        if request.method == "POST":
            self.posts.append(body)

    def expect_nobody(self) -> None:
        """Nothing that was sent speaks of a person."""
        for said in self.all:
            assert not [personal for personal in files.OF_PEOPLE if personal in said]


def _paste(page: Page, text: str) -> None:
    """Paste into the box as a person does: the browser's own paste, of what lies on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.get_by_label("Service lines").focus()
    page.keyboard.press("ControlOrMeta+V")


def _check_without_a_person(page: Page, sent: Sent) -> None:
    """Have the lines checked: what goes to the site holds them, and nothing of a person."""
    expect(page.get_by_role("status")).to_contain_text("are left out")
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Check", exact=True).click()
    (body,) = sent.posts
    assert "SVC*" in body
    sent.expect_nobody()


@every_file
def test_a_paste_leaves_the_browser_without_a_person(page: Page, site: str, text: str) -> None:
    page.goto(f"{site}/remittance/")
    sent = Sent(page)
    _paste(page, text)
    _check_without_a_person(page, sent)


@every_file
def test_a_chosen_file_leaves_the_browser_without_a_person(page: Page, site: str, text: str) -> None:
    page.goto(f"{site}/remittance/")
    sent = Sent(page)
    file: FilePayload = {"name": "JANE DOE.835", "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("or the 835 file").set_input_files(file)
    _check_without_a_person(page, sent)


def test_what_is_left_has_all_that_the_check_reads(page: Page, site: str) -> None:
    page.goto(f"{site}/remittance/")
    _paste(page, files.PAID)
    expect(page.get_by_role("status")).to_have_text(
        "2 service lines. Names, identifiers and dates of birth are left out."
    )
    kept = page.get_by_label("Service lines").input_value().splitlines()
    assert kept == [
        "CLP**1******11~",
        "SVC*HC:99213:25:::*150*74.63**1~",
        *("DTM*472*20260803~", "CAS*CO*45*54.81~", "CAS*PR*2*19.04~", "CAS*CO*253*1.52~", "AMT*B6*95.19~"),
        "SVC*HC:20610:RT*100*53.95**1~",
        *("DTM*472*20260803~", "CAS*CO*45*31.19**253*1.10~", "CAS*PR*2*13.76~", "REF*6R*2~", "AMT*B6*68.81~"),
    ]
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="No line is paid below Medicare")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("way", ["paste", "type"])
def test_a_text_that_is_no_remittance_is_not_sent(page: Page, site: str, way: str) -> None:
    page.goto(f"{site}/remittance/")
    sent = Sent(page)
    if way == "paste":
        _paste(page, NO_REMITTANCE)
    else:
        page.get_by_label("Service lines").fill(NO_REMITTANCE)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("no remittance file")
    assert sent.posts == []


def _send_long(page: Page, text: str) -> None:
    file: FilePayload = {"name": "week.835", "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("or the 835 file").set_input_files(file)
    expect(page.get_by_role("status")).to_contain_text("service lines. Names")
    page.get_by_role("button", name="Check", exact=True).click()


def test_a_file_of_five_megabytes_is_checked_in_parts_and_joined_to_one_table(page: Page, site: str) -> None:
    page.goto(f"{site}/remittance/")
    sent = Sent(page)
    claims = 4_900_000 // len(files.claim(files.VISIT, files.INJECTION))
    _send_long(page, files.ENVELOPE + files.claim(files.VISIT, files.INJECTION) * claims + files.end())
    parts = -(-claims // 1000)  # of 2,000 lines
    expect(page.get_by_role("status")).to_contain_text(f"checked in {parts} parts", timeout=60_000)
    assert len(sent.posts) == parts > 2
    assert all('name="parts"\r\n\r\n\r\n' not in body for body in sent.posts[1:]), (
        "each with the pass of the first"
    )
    expect(page.get_by_role("heading", name="No line is paid below Medicare")).to_be_visible()
    expect(
        page.get_by_text(f"{2 * claims:,} lines of {claims:,} claims: {2 * claims:,} as expected")
    ).to_be_visible()
    rows = page.locator("[data-joined] tbody tr")
    expect(rows).to_have_count(200)
    expect(rows.first).to_contain_text("99213-25")
    page.get_by_role("button", name="Next 200").click()
    expect(page.get_by_text(f"Lines 201 to 400 of {2 * claims:,}")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="All lines as CSV").click()
    table = downloaded.value.path().read_text().splitlines()[1:-1]
    assert sorted(int(row.split(",")[0]) for row in table) == list(range(1, 2 * claims + 1))
    assert {int(row.split(",")[1]) for row in table} == set(range(1, claims + 1))
    sent.expect_nobody()


def test_a_segment_that_cannot_be_read_is_named_and_the_rest_of_a_long_file_is_read(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/remittance/")
    whole = files.claim(files.VISIT, files.INJECTION) * 1200
    half = "SVC*HC:20610:RT*100*26.98**1~DTM*472*20260803~CAS*CO*45*65.59**253*0.55~CAS*PR*2*6.88~"
    _send_long(page, whole + files.claim("SVC*HC:20610*DOE*53.95~CAS*CO*45*1~", half))
    expect(page.get_by_role("status")).to_contain_text(
        "2,401 service lines, checked in 2 parts", timeout=60_000
    )
    expect(page.get_by_role("heading", name="Underpaid by $34.40")).to_be_visible()
    expect(page.locator("[data-joined] tbody tr").first).to_contain_text("Underpaid")
    (said,) = page.locator("[data-unread] li").all_inner_texts()
    number = int(re.match(r"Line ([\d,]+), SVC02, the charge: expected", said)[1].replace(",", ""))  # type: ignore[index]
    box = page.get_by_label("Service lines").input_value().splitlines()
    assert box[number - 1].startswith("SVC*HC:20610**53.95"), "the charge that is none stays in the browser"


def test_what_was_typed_is_filtered_when_it_is_sent(page: Page, site: str) -> None:
    page.goto(f"{site}/remittance/")
    sent = Sent(page)
    page.get_by_label("Service lines").fill(files.PAID)
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Check, as CSV").click()
    sent.expect_nobody()
    assert "SVC*HC:99213:25" in sent.posts[0]


def test_without_javascript_the_page_says_what_is_sent_and_answers_alike(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/remittance/")
    assert '<noscript><p class="note">Without JavaScript your browser sends the whole text' in page.content()
    page.get_by_label("Service lines").fill(files.PAID)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="No line is paid below Medicare")).to_be_visible()
    assert not [personal for personal in files.OF_PEOPLE if personal in page.content().upper()]
    context.close()
