"""Receipts: shown once, kept as a hash, good for withdrawing and for telling the end."""

import pytest
from django.test import Client

from contributions.models import Receipt, Report
from contributions.reports import receipts
from tests.contributions.telling import tell

pytestmark = pytest.mark.django_db


def ask(client: Client, **answers: str) -> tuple[int, str]:
    page = client.post("/receipt/", answers)
    return page.status_code, page.content.decode()


def test_a_receipt_has_eighty_bits_and_is_kept_as_a_hash() -> None:
    receipt = tell(1)
    assert len(receipts.normalised(receipt)) == 16
    assert receipt not in Receipt.objects.get().digest
    assert Receipt.objects.get().digest == receipts.digest(receipt)
    assert tell(2) != receipt


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k7qf-2m5d-abcd-efgh", "K7QF2M5DABCDEFGH"),
        ("K7QF 2M5D ABCD EFGH", "K7QF2M5DABCDEFGH"),
        ("07QF-1M5D-8BCD-EFGH", "O7QFIM5DBBCDEFGH"),
        ("K7QF", ""),
        ("", ""),
    ],
)
def test_a_receipt_is_read_as_people_type(typed: str, read: str) -> None:
    assert receipts.normalised(typed) == read


def test_withdrawing_deletes_the_report_and_twice_is_calm(client: Client) -> None:
    receipt = tell(1)
    status, page = ask(client, receipt=receipt.lower(), wish="withdraw")
    assert status == 200
    assert "leaves it out from tonight" in page
    assert not Report.objects.exists()
    assert not Receipt.objects.exists()
    status, page = ask(client, receipt=receipt, wish="withdraw")
    assert status == 400
    assert "We know no report with this receipt" in page


def test_an_outcome_is_added_and_keeps_what_was_told_before(client: Client) -> None:
    receipt = tell(1, action="appeal_1", outcome="pending")
    status, page = ask(client, receipt=receipt, wish="outcome", outcome="paid")
    assert status == 200
    assert "counts once the summary takes in new reports" in page
    report = Report.objects.get()
    assert (report.action, report.outcome) == ("appeal_1", "paid")


def test_a_report_that_was_sent_twice_has_two_good_receipts(client: Client) -> None:
    first, second = tell(1), tell(1)
    assert Report.objects.count() == 1
    assert ask(client, receipt=first, wish="outcome", outcome="paid")[0] == 200
    assert ask(client, receipt=second, wish="withdraw")[0] == 200


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"receipt": "", "wish": "withdraw"}, "Type the receipt"),
        ({"receipt": "hello", "wish": "withdraw"}, "sixteen letters and digits"),
        ({"receipt": "K7QF-2M5D-ABCD-EFGH"}, "Choose one of the two."),
        ({"receipt": "K7QF-2M5D-ABCD-EFGH", "wish": "outcome"}, "Say how it ended"),
        ({"receipt": "K7QF-2M5D-ABCD-EFGH", "wish": "withdraw"}, "We know no report"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client: Client, answers: dict[str, str], says: str) -> None:
    status, page = ask(client, **answers)
    assert status == 400
    assert says in page
    assert f'value="{answers["receipt"]}"' in page or not answers["receipt"]


def test_the_page_is_never_cached(client: Client) -> None:
    assert client.get("/receipt/").headers["Cache-Control"] == "no-store"
