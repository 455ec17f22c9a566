"""The keys of the months, and what they tell apart."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from contributions import keys
from contributions.models import MonthlyKey, Report, ReporterOrdinal, Snapshot, SpentToken, ToolkitSignup
from contributions.sender import Sender
from tests.contributions.telling import CODE, OTHER_CODE, TODAY, sender, tell, tell_all

pytestmark = pytest.mark.django_db
JULY_30, AUGUST_29, AUGUST_30 = date(2026, 7, 30), date(2026, 8, 29), date(2026, 8, 30)


def key() -> MonthlyKey:
    with transaction.atomic():
        return keys.key_of_month(TODAY)


def test_a_digest_has_64_bits_and_depends_on_code_network_browser_and_key() -> None:
    july = key()
    usual = keys.digest(july, CODE, sender(1))
    assert len(usual) == 16
    assert usual == keys.digest(july, CODE, sender(1))
    assert usual != keys.digest(july, OTHER_CODE, sender(1))
    assert usual != keys.digest(july, CODE, sender(2))
    assert usual != keys.digest(july, CODE, Sender(sender(1).network, "chrome"))
    assert usual != keys.digest(MonthlyKey(month="2026-08", secret="ab" * 32), CODE, sender(1))


def test_a_key_lives_thirty_days_after_its_month() -> None:
    key()
    assert keys.old_months(AUGUST_29) == []
    assert keys.old_months(AUGUST_30) == ["2026-07"]


def test_digests_go_with_their_key_and_counts_stay() -> None:
    tell_all(5)
    assert keys.destroy_old_keys(AUGUST_30) == ["2026-07"]
    assert not MonthlyKey.objects.exists()
    assert list(ReporterOrdinal.objects.values_list("digest", flat=True)) == [None] * 5
    assert Report.objects.count() == 5
    for who in range(6, 11):
        tell(who, today=AUGUST_30)
    assert Snapshot.objects.shown().get().floor == 10


def test_the_next_report_destroys_old_keys_without_a_timer() -> None:
    tell(1)
    tell(2, today=AUGUST_30)
    assert list(MonthlyKey.objects.values_list("month", flat=True)) == ["2026-08"]


def test_ordinals_count_up_within_code_and_month() -> None:
    tell_all(3)
    tell(1, code=OTHER_CODE)
    tell(1, today=date(2026, 8, 1))
    found = ReporterOrdinal.objects.order_by("pk").values_list("code", "month", "ordinal")
    assert list(found) == [
        (CODE, "2026-07", 1),
        (CODE, "2026-07", 2),
        (CODE, "2026-07", 3),
        (OTHER_CODE, "2026-07", 1),
        (CODE, "2026-08", 1),
    ]


def test_the_command_says_what_it_destroyed_and_does_no_harm_twice() -> None:
    MonthlyKey.objects.create(month="2020-01", secret="ab" * 32)
    said = StringIO()
    call_command("destroy_old_keys", "--dry-run", stdout=said)
    assert MonthlyKey.objects.count() == 1
    call_command("destroy_old_keys", stdout=said)
    call_command("destroy_old_keys", stdout=said)
    assert said.getvalue().splitlines() == [
        "Would destroy 1 keys (2020-01).",
        "Destroyed 1 keys (2020-01). Erased 0 addresses and 0 form tokens.",
        "Destroyed 0 keys. Erased 0 addresses and 0 form tokens.",
    ]


def test_the_daily_command_erases_addresses_and_tokens_although_nobody_comes() -> None:
    long_ago = date(2020, 1, 1)
    agreed = {"consent_version": "1", "consent_text": "Yes.", "asked_on": long_ago}
    ToolkitSignup.objects.create(address="a@example.com", left_on=long_ago, **agreed)
    SpentToken.objects.create(pk="a", spent_on=long_ago)
    call_command("destroy_old_keys", stdout=StringIO())
    assert not ToolkitSignup.objects.exists()
    assert not SpentToken.objects.exists()
