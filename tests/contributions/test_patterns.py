"""The block in its four forms: nothing below five, to the byte; changes at night, at the steps, and nowhere else."""

import sys
from typing import Any

import html5lib
import pytest
from django.test import Client

from codes.models import CodeText, Version
from contributions.models import Report, Snapshot
from contributions.reports import actions
from contributions.reports.choices import ReportState
from tests.contributions.telling import CODE, TODAY, at_night, tell, tell_all

pytestmark = pytest.mark.usefixtures("codes")

Bytes = dict[str, tuple[int, bytes, dict[str, str]]]


def everything(client: Client) -> Bytes:
    """Status, body and headers of every public address that could tell something, asked for a second time: what
    the cache of pages does to the first answer has nothing to do with reports."""
    ask_everything(client)
    return ask_everything(client)


def ask_everything(client: Client) -> Bytes:
    addresses = {
        "page": (f"/reports/{CODE}/", {}),
        "fragment": (f"/reports/{CODE}/", {"HX-Request": "true"}),
        "json": (f"/reports/{CODE}.json", {}),
        "csv": (f"/reports/{CODE}.csv", {}),
        "code page": (f"/cpt/{CODE}/", {}),
        "home": ("/", {}),
        "search": ("/search/?q=visit", {}),
        "sources": ("/sources/", {}),
        "sitemap": ("/sitemap-codes.xml", {}),
        "changes": ("/changes/", {}),
        "denials": (f"/denials/?code={CODE}", {}),
    }
    return {
        name: (answer.status_code, answer.content, dict(answer.headers))
        for name, (address, headers) in addresses.items()
        if (answer := client.get(address, headers=headers))
    }


def block(client: Client) -> str:
    return client.get(f"/reports/{CODE}/", headers={"HX-Request": "true"}).content.decode()


def test_zero_to_four_reporters_are_the_same_bytes_and_headers_everywhere(client: Client) -> None:
    nothing = everything(client)
    for who in (1, 2, 3, 4):
        tell(who)
        assert everything(client) == nothing
        at_night()
        assert everything(client) == nothing
    assert nothing["json"][1] == b'{"code": "99213", "minimum": 5, "patterns": null}'


def test_held_rejected_and_withdrawn_reports_leave_no_trace(client: Client) -> None:
    nothing = everything(client)
    receipts = tell_all(4)
    for who in range(5, 12):
        tell(who, hold="a burst")
    actions.decide(
        Report.objects.filter(state=ReportState.HELD), ReportState.REJECTED, "staff", "spam", TODAY
    )
    actions.withdraw(receipts[0], TODAY)
    at_night()
    assert everything(client) == nothing


def test_the_fifth_shows_next_morning_and_six_to_nine_change_nothing(client: Client) -> None:
    tell_all(4)
    before = everything(client)
    tell(5)
    assert everything(client) == before
    at_night()
    fifth = everything(client)
    assert fifth["fragment"] != before["fragment"]
    assert "5+ reporters" in block(client)
    assert "Updated nightly" in block(client)
    for who in (6, 7, 8, 9):
        tell(who, reason="50")
        at_night()
        assert everything(client) == fifth
    tell(10)
    at_night()
    assert "10+ reporters" in block(client)


def test_an_etag_answers_304_until_the_block_changes(client: Client) -> None:
    tell_all(4)
    address = f"/reports/{CODE}.json"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    tell(5)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    at_night()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_block_is_a_part_for_htmx_and_a_page_for_others(client: Client) -> None:
    page = client.get(f"/reports/{CODE}/")
    part = client.get(f"/reports/{CODE}/", headers={"HX-Request": "true"})
    assert b"<html" in page.content
    assert b"<html" not in part.content
    assert page.headers["Vary"] == part.headers["Vary"] == "HX-Request, Accept-Encoding"


def test_a_block_is_made_once_for_its_snapshot_and_goes_with_it(client: Client) -> None:
    Version.bump("data")
    tell_all(5)
    at_night()
    made = block(client)
    Snapshot.objects.shown().update(floor=10)  # no snapshot ever changes: this only tells who reads it
    assert block(client) == made
    Snapshot.objects.shown().update(shown=False)
    assert "reporters</strong>" in made
    assert "reporters</strong>" not in block(client)


def test_reading_sets_no_cookie(client: Client) -> None:
    assert not client.get(f"/reports/{CODE}/").cookies
    assert not client.get("/privacy/").cookies


def test_a_reason_comes_with_our_words_and_the_rule_of_this_code(client: Client) -> None:
    tell_all(5, reason="236")
    at_night()
    shown = block(client)
    assert "not compatible with a same-day code under NCCI" in shown
    assert 'href="/cpt/99213/#ncci">The bundling edits of 99213</a>' in shown


def test_one_sentence_stands_for_all_lists_that_show_nothing(client: Client) -> None:
    tell_all(5)
    at_night()
    assert block(client).count("too few reporters agree to list an answer") == 1


def test_where_nobody_agrees_one_sentence_stands_for_the_whole_block(client: Client) -> None:
    payers = ("medicare", "commercial", "military", "injury", "other")
    for who, payer in enumerate(payers, start=1):
        tell(who, payer_kind=payer, reason=str(who), modifiers=("25", "59", "LT", "RT", "76")[who - 1])
    at_night()
    assert "Too few reporters agree on any answer to list one." in block(client)
    assert "<table" not in block(client)
    assert len(client.get(f"/reports/{CODE}.csv").content.splitlines()) == 1


def test_five_who_agree_in_part_make_a_block_that_a_biller_can_read(client: Client) -> None:
    """Three Medicare Advantage plans deny with 97 and modifier 25, two commercial ones with 50; one was won."""
    for who in (1, 2, 3):
        tell(who, payer_kind="advantage", reason="97", modifiers="25", action="appeal_1", outcome="paid")
    tell(4, payer_kind="commercial", reason="50", action="corrected", outcome="upheld")
    tell(5, payer_kind="commercial", reason="50", action="nothing", what_worked="documents")
    at_night()
    text = " ".join(html5lib.parse(block(client), namespaceHTMLElements=False).itertext())
    text = " ".join(text.split())
    sys.stdout.write(f"{text}\n")
    for part in (
        "Reports from 5+ reporters , as of Jul 15, 2026. Updated nightly.",
        "Why it was denied Reason How many 97",
        "Medicare Advantage most Commercial several",
        "With which modifiers it was billed Modifiers How many 25 most no modifier several",
        "What was done about it Done How many Appeal, first level most and other answers",
        "How it ended Outcome How many Paid in full most and other answers",
        "For every other question, too few reporters agree to list an answer.",
    ):
        assert part in text
    assert "Sent documentation" not in text, "only one reporter said so"
    assert "%" not in text, "no figure below twenty reporters"


def test_from_twenty_on_shares_are_rounded_and_small_ones_grouped(client: Client) -> None:
    for who in range(1, 21):
        tell(who, reason="97" if who < 16 else "50" if who < 19 else "4")
    at_night()
    rows = client.get(f"/reports/{CODE}.csv").content.decode().splitlines()
    found = [row.split(",")[4] + " " + row.rsplit(",", 1)[1] for row in rows if ",reason," in row]
    assert found == ["97 75", "others 25"], (
        "two said 4: three of 50 fold with them, so that nothing is left over"
    )
    assert "and other answers" in block(client)


def test_the_csv_and_the_json_come_from_the_same_snapshot(client: Client) -> None:
    tell_all(5, outcome="paid")
    at_night()
    rows = client.get(f"/reports/{CODE}.csv").content.decode().splitlines()
    assert rows[0] == "code,as_of,reporters_at_least,table,answer,label,how_many,percent"
    assert "99213,2026-07-15,5,outcome,paid,Paid in full,most," in rows
    found = client.get(f"/reports/{CODE}.json").json()["patterns"]
    assert found["tables"]["outcome"] == [
        {"answer": "paid", "label": "Paid in full", "how_many": "most", "percent": None}
    ]
    assert found["reporters_at_least"] == 5


@pytest.mark.parametrize("count", [0, 5, 20])
def test_the_page_is_valid_html(client: Client, count: int) -> None:
    tell_all(count)
    at_night()
    html5lib.HTMLParser(strict=True).parse(client.get(f"/reports/{CODE}/").content.decode())


def test_the_page_asks_the_database_as_often_with_a_block_as_without(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(f"/reports/{CODE}/")
    with django_assert_max_num_queries(8) as without:
        client.get(f"/reports/{CODE}/")
    tell_all(5)
    at_night()
    with django_assert_max_num_queries(8) as with_block:
        client.get(f"/reports/{CODE}/")
    assert len(with_block) == len(without)


@pytest.mark.parametrize("address", ["98765/", "nonsense/", "98765.json", "98765.csv", "98765/new/"])
def test_a_code_that_nobody_knows_is_a_404(client: Client, address: str) -> None:
    assert client.get(f"/reports/{address}").status_code == 404


def test_what_was_nearly_typed_right_is_redirected(client: Client) -> None:
    CodeText.objects.create(code="J1100", plain_name="Dexamethasone")
    assert client.get("/reports/j1100/").headers["Location"] == "/reports/J1100/"
    assert client.get("/reports/99213-25.csv").headers["Location"] == "/reports/99213.csv"


def test_the_claim_rules_that_foretell_a_reason_stand_beside_the_picture(client: Client) -> None:
    """Rules of 99213 foretell CARC 97 (a visit in a global period) and none foretells CARC 252."""
    for who in range(1, 16):
        tell(who, reason="97")
    for who in range(16, 21):
        tell(who, reason="252")
    at_night()
    ruled = client.get(f"/reports/{CODE}.json").json()["patterns"]["foretold_by_rules"]
    assert (ruled["reasons"], ruled["of"], ruled["percent"]) == (1, 2, 75)
    assert [rule["reason"] for rule in ruled["rules"]] == ["97"]
    assert ruled["rules"][0]["citation"]
    assert "foretell 1 of the 2 reasons listed, 75 % of the reports" in block(client)


def test_reasons_that_no_rule_foretells_are_said_to_be_none(client: Client) -> None:
    tell_all(5, reason="252")
    at_night()
    assert f"None of our claim rules for {CODE} foretells a reason listed" in block(client)
