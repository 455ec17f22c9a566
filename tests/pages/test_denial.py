"""Why was it denied, and what now? On the sample: RVU26C, the edits, unit limits and add-on codes among its codes."""

import re

import pytest

from tests.pages.conftest import Get


def text_of(response: object) -> str:
    """The main part in words."""
    page = response.content.decode()  # type: ignore[attr-defined]
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_an_empty_page_offers_examples_that_work(get: Get) -> None:
    page = get("/denials/")
    examples = re.findall(r'href="(\?reason=[^"]+)"', page.content.decode())
    assert len(examples) == 3
    for example in examples:
        assert "With Original Medicare" in text_of(get("/denials/" + example.replace("&amp;", "&")))
    assert "Redetermination" in text_of(page)


def test_97_tells_its_three_causes_for_this_code(get: Get) -> None:
    page = text_of(get("/denials/", reason="CO-97", code="76376"))
    assert re.search(
        r"76376 stands in \d+ edits that no modifier passes and in \d+ that a modifier may pass", page
    )
    assert "76376 has no global period, but may have fallen into that of an earlier procedure." in page
    assert "Priced on the physician fee schedule." not in page, "its status does not bundle it"
    assert "Always bundled" in text_of(get("/denials/", reason="97", code="99070"))


def test_a_unit_limit_that_rests_on_policy_is_not_lifted_by_an_appeal(get: Get) -> None:
    page = text_of(get("/denials/", reason="151", remark="N362", code="64721"))
    assert "At most 1 unit" in page
    assert "no modifier or appeal lifts it" in page
    assert "Remark N362" in page


def test_an_unprocessable_claim_has_no_appeal(get: Get) -> None:
    page = text_of(get("/denials/", reason="16", remark="MA130"))
    assert "With Original Medicare: send a new claim" in page


def test_the_assistant_indicator_answers_for_54(get: Get) -> None:
    assert "Assistant" in text_of(get("/denials/", reason="54", code="27447"))


def test_a_date_gives_the_last_day_of_each_level(get: Get) -> None:
    page = text_of(get("/denials/", reason="50", notice="2026-03-02"))
    assert "If the notice of the level before is of Mar 2, 2026" in page
    assert "Redetermination the Medicare contractor 120 Jul 5, 2026" in page


def test_a_reason_that_no_rule_of_the_code_knows_says_so(get: Get) -> None:
    page = text_of(get("/denials/", reason="27", code="99213"))
    assert "No edit, limit or indicator of 99213 speaks to this reason" in page


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"reason": "qqqq"}, "We do not know this reason."),
        ({"reason": "97", "remark": "Z999"}, "We do not know this remark."),
        ({"reason": "97", "code": "98989"}, "is in none of the files that are loaded"),
        ({"reason": "97", "notice": "tomorrow"}, "Give the date as year-month-day"),
        ({"reason": "97", "notice": "2099-01-01"}, "it is not in the future"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(get: Get, parameters: dict[str, str], says: str) -> None:
    assert says in text_of(get("/denials/", status=400, **parameters))
