"""The remittance check on the sample: 99213 allows $95.19 and 20610 $68.81 in an office, national, on RVU26C."""

import logging
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from codes.views.remittance import MOST_PARTS
from tests.pages.conftest import Get, table_of
from tests.parsing import remittances as files

HALF = "SVC*HC:20610:RT*100*26.98**1~DTM*472*20260803~CAS*CO*45*65.59**253*0.55~CAS*PR*2*6.88~"


@pytest.fixture
def send(sample: None, client: Client) -> Get:
    """Post a remittance; the answer may be kept nowhere."""

    def post(text: str, status: int = 200, **fields: Any) -> Any:
        response = client.post("/remittance/", {"text": text, **fields})
        assert response.status_code == status, response.content[:2000]
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        return response

    return post


def outcomes(send: Get, text: str, **fields: Any) -> list[tuple[str, str, str, str]]:
    """Code, outcome, allowed and expected of each line in the order of the table, without the totals."""
    rows = table_of(send(text, **fields, **{"as": "csv"}))
    return [
        (row["code"], row["outcome"], row["allowed"], row["expected"])
        for row in rows
        if row["line"] != "total"
    ]


def test_lines_that_agree_are_as_expected(send: Get) -> None:
    assert outcomes(send, files.PAID) == [
        ("99213", "as expected", "95.19", "95.19"),
        ("20610", "as expected", "68.81", "68.81"),
    ]


def test_the_underpaid_line_stands_first_with_the_rule_that_explains_it(send: Get) -> None:
    rows = table_of(send(files.claim(files.VISIT, HALF), **{"as": "csv"}))
    assert (rows[0]["code"], rows[0]["outcome"], rows[0]["difference"]) == ("20610", "underpaid", "-34.40")
    assert rows[0]["explained_by"] == "not the first procedure of the day: half"
    page = send(files.claim(files.VISIT, HALF)).content.decode()
    assert "Underpaid by $34.40" in page
    assert "/explain/?code=20610&amp;amount=34.41&amp;kind=allowed&amp;mod=RT" in page


def contracted(send: Get, text: str, contract: str) -> dict[str, str]:
    """What the contract allows, by code, and the total."""
    rows = table_of(send(text, contract=contract, **{"as": "csv"}))
    return {row["code"] or row["line"]: row["contract"] for row in rows}


def test_a_contract_stands_beside_medicare(send: Get) -> None:
    """120 % of 95.19 and of 68.81; the charge bounds Medicare's amount, not the contract's."""
    assert contracted(send, files.PAID, "120") == {"99213": "114.23", "20610": "82.57", "total": "196.80"}
    low = files.PAID.replace("*150*74.63", "*90.00*74.63")
    assert contracted(send, low, "120 %")["99213"] == "114.23"
    page = send(files.PAID, contract="120 %").content.decode()
    assert "120 % of Medicare: $32.80 less was allowed than that." in page
    assert '<td class="num half" data-label="Contract">$114.23</td>' in page
    assert 'data-label="Contract"' not in send(files.PAID).content.decode()


def test_a_contract_of_another_year_or_with_its_own_factor_is_worked_out_so(
    send: Get, client: Client
) -> None:
    for contract in ("100 % of 2025", "$45"):
        listed = client.get("/list.json", {"codes": "99213", "dos": "2026-08-03", "contract": contract})
        assert contracted(send, files.PAID, contract)["99213"] in listed.content.decode(), contract


def test_a_contract_allows_nothing_of_what_was_denied_or_taken_back(send: Get) -> None:
    page = send(files.DENIED, contract="120").content.decode()
    assert "no line was allowed less" in page
    assert contracted(send, files.TAKEN_BACK, "120")["total"] == "0.00"
    assert "is not a contract" in send(files.PAID, status=400, contract="cheap").content.decode()


def test_lines_of_a_claim_and_day_are_ranked_together(send: Get) -> None:
    """Two biopsies of one visit: the smaller is expected at half."""
    one = "SVC*HC:{}*500*10**1~DTM*472*20260803~AMT*B6*{}~"
    alone = {
        row[0]: row[3]
        for code in ("43239", "20610")
        for row in outcomes(send, files.claim(one.format(code, 1)))
    }
    both = files.claim(one.format("43239", 1), one.format("20610", 1))
    together = {row[0]: row[3] for row in outcomes(send, both)}
    assert together["43239"] == alone["43239"]
    assert (alone["20610"], together["20610"]) == ("68.81", "34.41")


def test_a_denial_leads_to_its_next_step(send: Get) -> None:
    page = send(files.claim("SVC*HC:99213*150*0~DTM*472*20260803~CAS*CO*97*150~LQ*HE*N20~")).content.decode()
    assert "/denials/?reason=CO-97&amp;remark=N20&amp;code=99213&amp;dos=2026-08-03&amp;pos=11" in page
    assert "Medicare would allow $95.19" in page


def test_what_was_reversed_is_not_compared(send: Get) -> None:
    found = outcomes(send, files.TAKEN_BACK)
    assert [row[:2] for row in found] == [("99213", "denied"), ("99213", "reversed")]
    assert "WO $74.63" in send(files.TAKEN_BACK).content.decode()


def test_the_place_of_the_claim_decides_the_setting(send: Get) -> None:
    (row,) = outcomes(
        send, files.claim("SVC*HC:99213*150*45.04**1~DTM*472*20260803~AMT*B6*57.45~", place="22")
    )
    assert row == ("99213", "as expected", "57.45", "57.45")


def test_both_sides_are_expected_at_150_percent(send: Get) -> None:
    assert ("20610", "as expected", "103.22", "103.22") in outcomes(send, files.BILATERAL)


@pytest.mark.parametrize("text", files.ALL)
def test_every_file_is_answered_and_no_person_is_in_the_answer(send: Get, text: str, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        said = send(text).content.decode().upper() + send(text, **{"as": "csv"}).content.decode().upper()
    said += caplog.text.upper()
    assert [secret for secret in files.OF_PEOPLE if secret.upper() in said] == []


def test_a_hostile_file_is_answered_and_shows_nothing_of_it(send: Get) -> None:
    said = send(files.HOSTILE).content.decode()
    assert "<b>" not in said
    assert [secret for secret in files.OF_PEOPLE if secret in said] == []
    assert "SVC02, the charge: expected an amount like 150.00" in said


def test_a_file_is_read_like_a_paste(send: Get) -> None:
    upload = SimpleUploadedFile("JANE DOE.835", files.PAID.encode())
    page = send("", file=upload).content.decode()
    assert "2 lines of 1 claim" in page
    assert "JANE" not in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This is no remittance file (835)"),
        (files.CLAIM_FILE, "This is a claim file (837)"),
        ("SVC*HC:99213*100*50~" * 2001, "More than 2,000 service lines"),
    ],
)
def test_what_cannot_be_read_is_said(send: Get, text: str, words: str) -> None:
    assert words in send(text, 400).content.decode()


def test_a_paste_that_is_too_large_is_said(send: Get) -> None:
    assert "more than 512 KB" in send("SVC*HC:99213*100*50~" * 30_000, 413).content.decode()


def test_a_wrong_parameter_is_said(send: Get) -> None:
    assert "is not a payment locality" in send(files.PAID, 400, locality="99999-99").content.decode()


def test_a_segment_that_cannot_be_read_is_a_row_of_the_csv_and_the_rest_is_read(send: Get) -> None:
    rows = table_of(send(files.claim("SVC*HC:20610*DOE*53.95~CAS*CO*45*1~", HALF), **{"as": "csv"}))
    assert [(row["line"], row["code"], row["outcome"]) for row in rows] == [
        ("1", "20610", "underpaid"),
        ("total", "", ""),
        ("not read", "", ""),
    ]
    assert "SVC02, the charge: expected an amount" in rows[2]["why_not"]


def test_what_stands_under_a_line_that_cannot_be_read_is_not_of_the_claim(send: Get) -> None:
    page = send(files.claim("SVC*HC:20610*DOE*53.95~CAS*CO*96*1~", HALF)).content.decode()
    assert "CO-45" in page
    assert "CO-96" not in page


def test_the_parts_of_a_file_count_as_one_up_to_their_number(send: Get, settings: Any) -> None:
    settings.AUDIT_LIMITS = "2/hour"
    part = {"as": "part"}
    first = send(HALF, **part).json()
    assert (first["lines"][0]["code"], first["lines"][0]["rank"], first["claims"]) == ("20610", 0, 0)
    for _ in range(MOST_PARTS - 1):
        assert send(HALF, **part, parts=first["parts"]).json()["parts"] == first["parts"]
    second = send(HALF, **part, parts=first["parts"]).json()
    assert second["parts"] != first["parts"], "one part more than a file has is another check"
    busy = send(HALF, 429, **part, parts=first["parts"]).json()
    assert "has checked many remittances" in busy["errors"][0]
    assert send(HALF, **part, parts=second["parts"]).json()["lines"], "a file that was begun is finished"


@pytest.mark.parametrize("claimed", ["", "x", "ab12cd34:1x2y3z:AAAA"])
def test_nobody_says_himself_that_a_file_is_part_of_another(send: Get, settings: Any, claimed: str) -> None:
    settings.AUDIT_LIMITS = "1/hour"
    send(HALF, **{"as": "part"}, parts=claimed)
    send(HALF, 429, **{"as": "part"}, parts=claimed)


def test_a_pass_is_used_up_whoever_uses_it_and_ends_with_its_hour(
    send: Get, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AUDIT_LIMITS = "1/hour"
    part = {"text": HALF, "as": "part"}
    given = send(HALF, **{"as": "part"}).json()["parts"]
    for _ in range(MOST_PARTS - 1):
        elsewhere = client.post("/remittance/", part | {"parts": given}, REMOTE_ADDR="198.51.100.7")
        assert elsewhere.json()["parts"] == given
    send(HALF, 429, **{"as": "part"}, parts=given)
    young = client.post("/remittance/", part, REMOTE_ADDR="198.51.100.7").json()["parts"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    old = client.post("/remittance/", part | {"parts": young}, REMOTE_ADDR="203.0.113.7")
    assert old.json()["parts"] != young


def test_a_thousand_lines_cost_no_more_than_they_should(
    send: Get, django_assert_max_num_queries: Any
) -> None:
    text = "".join(files.claim(files.VISIT, HALF) for _ in range(500))
    send(text)
    begun = time.process_time()
    with django_assert_max_num_queries(80):
        page = send(text).content.decode()
    assert time.process_time() - begun < 2
    assert "1000 lines of 500 claims: 500 underpaid, 500 as expected" in page
