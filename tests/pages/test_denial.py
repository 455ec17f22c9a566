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
    assert len(examples) == 5
    steps = [
        text_of(get("/denials/" + example.replace("&amp;", "&"))).partition("what now? ")[2]
        for example in examples
    ]
    assert steps[0].startswith("Write it off")
    assert steps[1].startswith("Ask for a clerical error reopening")
    assert steps[2].startswith("Ask for a clerical error reopening")
    assert steps[3].startswith("Send a new claim")
    assert steps[4].startswith("Bill the patient")


def test_97_tells_what_the_rules_of_this_code_say(get: Get) -> None:
    page = text_of(get("/denials/", reason="CO-97", code="76376"))
    assert re.search(
        r"76376 is in \d+ edits that can&#x27;t be bypassed and \d+ that can, when documented", page
    )
    assert "76376 has no global period, but may have fallen into that of an earlier procedure." in page
    of_a_package = text_of(get("/denials/", reason="CO-97", code="59400"))
    assert "has no global period" not in of_a_package
    assert "The usual global periods do not apply." in of_a_package
    assert "Priced on the physician fee schedule." not in page, "its status does not bundle it"
    assert "Always bundled" in text_of(get("/denials/", reason="97", code="99070"))


def test_the_other_code_of_the_day_decides(get: Get) -> None:
    bundled = text_of(get("/denials/", reason="CO-236", code="45378", other="45385"))
    assert "Write it off" in bundled
    assert "NCCI pays 45385, not 45378, on the same day." in bundled
    separate = text_of(get("/denials/", reason="CO-236", code="45380", other="45385"))
    assert "The edit can be bypassed with 59 or XS on 45380 or XE on 45380" in separate
    assert (
        'href="/ncci/?codes=45380+45385"'
        in get("/denials/", reason="CO-236", code="45380", other="45385").content.decode()
    )


def test_both_sides_of_a_knee_are_one_line_with_50_by_reopening(get: Get) -> None:
    page = text_of(get("/denials/", reason="CO-151", remark="N362", code="27447", mod="LT RT", units="2"))
    assert "Ask for a clerical error reopening" in page
    assert "Both sides are one line with 50 and 1 unit" in page
    assert "Remark" not in page.partition("What the rules")[2]


def test_all_remarks_are_read_and_unknown_ones_are_named(get: Get) -> None:
    page = text_of(get("/denials/", reason="16", remark="N9999, ma130 M76"))
    assert "Send a new claim" in page
    assert "MA130 : unprocessable" in page
    assert "N9999 : not in our list." in page


def test_remarks_typed_with_the_reason_are_read_too(get: Get) -> None:
    assert get("/denials.json", reason="CO-16 M76 MA130").json()["route"] == "new_claim"


def test_a_reason_without_words_is_a_page_that_reads_its_group_code(get: Get) -> None:
    assert "Get information first" in text_of(get("/denials/", reason="CO-888"))
    patient = text_of(get("/denials/", reason="PR-888"))
    assert "Bill the patient" in patient
    assert "Reason 888: not in our list" in patient


def test_the_assistant_indicator_answers_for_54(get: Get) -> None:
    assert "Assistant" in text_of(get("/denials/", reason="54", code="27447"))


def test_a_date_gives_one_last_day_and_no_other(get: Get) -> None:
    page = text_of(get("/denials/", reason="50", notice="2026-09-02"))
    assert "Ask for a redetermination by Jan 5, 2027" in page
    assert "Hearing" not in page
    assert "Last day" not in text_of(get("/denials/", reason="45", notice="2026-09-02"))


def test_a_last_day_on_a_weekend_and_one_that_has_passed_are_told(get: Get) -> None:
    page = text_of(get("/denials/", reason="50", notice="2026-03-02"))
    assert "Ask for a redetermination: the last day was Jul 5, 2026" in page
    assert "That is a weekend: have it there before." in page
    assert "That day has passed: the MAC accepts a late request only for good cause" in page


def test_another_payer_has_no_days_of_medicares(get: Get) -> None:
    page = text_of(get("/denials/", reason="CO-50", payer="commercial", notice="2026-09-02"))
    assert "Appeal to the payer" in page
    assert "only Medicare&#x27;s are known here" in page
    assert "Last day" not in page


def test_a_reason_that_no_rule_of_the_code_knows_says_so(get: Get) -> None:
    page = text_of(get("/denials/", reason="27", code="99213"))
    assert "No edit, limit or indicator of 99213 explains this reason" in page


def test_the_letter_holds_facts_and_a_place_for_the_patients(get: Get) -> None:
    asked = {"reason": "CO-50", "remark": "N115", "code": "97110", "notice": "2026-09-02", "mod": "GP"}
    letter = get("/denials/letter.txt", **asked)
    assert letter["Content-Type"] == "text/plain; charset=utf-8"
    text = letter.content.decode()
    assert "Request for a redetermination (42 CFR 405.944)" in text
    assert "Patient: [name]" in text
    assert "Code: 97110-GP" in text
    assert "Reason: CO-50, N115" in text
    assert "Date of the remittance: September 2, 2026" in text
    assert text in re.sub("&#x27;", "'", get("/denials/", **asked).content.decode())


def test_a_step_without_a_letter_has_none(get: Get) -> None:
    assert "Letter" not in text_of(get("/denials/", reason="CO-45"))
    assert b"No letter is needed" in get("/denials/letter.txt", 404, reason="CO-45").content
    assert b"reason: This field is required." in get("/denials/letter.txt", 400).content


def test_the_json_says_what_the_page_says(get: Get) -> None:
    asked = {"reason": "CO-236", "code": "45380", "other": "45385", "notice": "2026-09-02"}
    answer = get("/denials.json", **asked).json()
    assert answer["route"] == "reopening"
    assert answer["last_day"]["date"] == "2027-09-02"
    page = text_of(get("/denials/", **asked))
    assert answer["why"] in page
    assert answer["step"] in page
    assert answer["rules"][0]["words"] in page


def test_what_other_pages_carry_along_does_not_reach_the_json(get: Get) -> None:
    page = get("/denials/", reason="CO-50", zip="60601").content.decode()
    assert 'href="/denials.json?reason=CO-50"' in page
    assert 'href="/denials/letter.txt?reason=CO-50' in page


def test_programs_are_told_of_a_parameter_that_is_not_read(get: Get) -> None:
    wrong = get("/denials.json", 400, reason="97", carc="97").json()
    assert list(wrong["errors"]) == ["carc"]


def test_a_remark_alone_is_explained_and_asks_for_its_reason(get: Get) -> None:
    page = text_of(get("/denials/", remark="N362"))
    assert "N362 : units above the acceptable maximum (MUE)." in page
    assert "Add the reason (CARC)" in page
    assert "What the remark says" not in text_of(get("/denials/", remark="hello"))


def test_a_code_from_its_page_waits_in_the_form(get: Get) -> None:
    page = get("/denials/", code="99213").content.decode()
    assert 'name="code" value="99213"' in page
    assert "Get information" not in page


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"reason": "qqqq"}, "Give the number of a reason"),
        ({"reason": "97", "remark": "hello"}, "No remark code was found."),
        ({"reason": "97", "code": "98989"}, "is in none of the files that are loaded"),
        ({"reason": "97", "other": "98989"}, "is in none of the files that are loaded"),
        ({"reason": "97", "mod": "LEFT"}, "is not a modifier"),
        ({"reason": "97", "units": "0"}, "Units"),
        ({"reason": "97", "payer": "aunt"}, "aunt is not one of the available choices"),
        ({"reason": "97", "notice": "tomorrow"}, "Give the date as year-month-day"),
        ({"reason": "97", "notice": "2099-01-01"}, "it is not in the future"),
        ({"reason": "97", "notice": "2026-01-02", "dos": "2026-02-02"}, "before the date of service"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(get: Get, parameters: dict[str, str], says: str) -> None:
    assert says in text_of(get("/denials/", status=400, **parameters))
    assert get("/denials.json", status=400, **parameters).json()["errors"]
