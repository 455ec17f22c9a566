"""The keys of the years and days, and what they tell apart."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from contributions.models import (
    DayKey,
    NewcomerMark,
    Report,
    ReporterOrdinal,
    Snapshot,
    SpentToken,
    ToolkitSignup,
    YearKey,
)
from contributions.reports import keys
from tests.contributions.telling import CODE, OTHER_CODE, TODAY, at_night, sender, tell, tell_all

pytestmark = pytest.mark.django_db
NEXT_YEAR, JANUARY_29, JANUARY_30 = date(2027, 1, 1), date(2027, 1, 29), date(2027, 1, 30)


def key() -> YearKey:
    with transaction.atomic():
        return keys.key_of_year(TODAY)


def test_a_digest_has_64_bits_and_depends_on_code_network_and_key() -> None:
    this_year = key()
    usual = keys.digest(this_year, CODE, sender(1))
    assert len(usual) == 16
    assert usual == keys.digest(this_year, CODE, sender(1))
    assert usual != keys.digest(this_year, OTHER_CODE, sender(1))
    assert usual != keys.digest(this_year, CODE, sender(2))
    assert usual != keys.digest(YearKey(year="2027", secret="ab" * 32), CODE, sender(1))


def test_one_network_is_one_reporter_on_a_code_all_year() -> None:
    for month in range(1, 13):
        tell(1, reason=str(month), today=date(2026, month, 20))
    assert ReporterOrdinal.objects.count() == 1
    tell(1, today=NEXT_YEAR)
    assert ReporterOrdinal.objects.count() == 2


def test_a_key_lives_thirty_days_after_its_year() -> None:
    key()
    assert keys.old_years(JANUARY_29) == []
    assert keys.old_years(JANUARY_30) == ["2026"]


def test_digests_and_marks_go_with_their_key_and_counts_stay() -> None:
    tell_all(5)
    assert NewcomerMark.objects.count() == 5
    assert keys.destroy_old_keys(JANUARY_30) == ["2026"]
    assert not YearKey.objects.exists()
    assert not NewcomerMark.objects.exists()
    assert list(ReporterOrdinal.objects.values_list("digest", flat=True)) == [None] * 5
    assert Report.objects.count() == 5
    at_night(JANUARY_30)
    assert Snapshot.objects.shown().get().floor == 5


def test_the_next_report_destroys_old_keys_without_a_timer() -> None:
    tell(1)
    tell(2, today=JANUARY_30)
    assert list(YearKey.objects.values_list("year", flat=True)) == ["2027"]


def test_the_key_of_a_day_is_gone_the_night_after() -> None:
    tell(1, now=1_784_131_200.0)
    assert DayKey.objects.count() == 1
    at_night(TODAY + timedelta(days=1))
    assert not DayKey.objects.exists()


def test_ordinals_count_up_within_code_and_year() -> None:
    tell_all(3)
    tell(1, code=OTHER_CODE)
    tell(1, today=NEXT_YEAR)
    found = ReporterOrdinal.objects.order_by("pk").values_list("code", "period", "ordinal")
    assert list(found) == [
        (CODE, "2026", 1),
        (CODE, "2026", 2),
        (CODE, "2026", 3),
        (OTHER_CODE, "2026", 1),
        (CODE, "2027", 1),
    ]


def test_the_command_says_what_it_destroyed_and_does_no_harm_twice() -> None:
    YearKey.objects.create(year="2020", secret="ab" * 32)
    said = StringIO()
    call_command("destroy_old_keys", "--dry-run", stdout=said)
    assert YearKey.objects.count() == 1
    call_command("destroy_old_keys", stdout=said)
    call_command("destroy_old_keys", stdout=said)
    assert said.getvalue().splitlines() == [
        "Would destroy 1 keys (2020).",
        "Destroyed 1 keys (2020). Erased 0 e-mail addresses and 0 form tokens.",
        "Destroyed 0 keys. Erased 0 e-mail addresses and 0 form tokens.",
    ]


def test_the_daily_command_erases_addresses_and_tokens_although_nobody_comes() -> None:
    long_ago = date(2020, 1, 1)
    agreed = {"consent_version": "1", "consent_text": "Yes.", "asked_on": long_ago}
    ToolkitSignup.objects.create(address="a@example.com", left_on=long_ago, **agreed)
    SpentToken.objects.create(pk="a", spent_on=long_ago)
    call_command("destroy_old_keys", stdout=StringIO())
    assert not ToolkitSignup.objects.exists()
    assert not SpentToken.objects.exists()
