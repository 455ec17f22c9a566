"""`check_tips` on the sample: the shipped tips agree; a tip made false is told with exit code 1."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from codes.models import MueLimit, PtpEdit, Tip
from codes.queries.releases import calendar
from codes.queries.tip_check import page_code, stale

pytestmark = pytest.mark.usefixtures("sample")


def check(*arguments: str) -> str:
    out = io.StringIO()
    call_command("check_tips", *arguments, stdout=out)
    return out.getvalue()


def test_every_shipped_tip_agrees_with_each_release_of_the_sample() -> None:
    told = check()
    assert told.startswith(f"{Tip.objects.count()} tips agree with the data of 2025-10-01, 2026-07-01")


def test_there_are_three_tips_or_more_for_at_least_120_codes() -> None:
    counts = Counter(Tip.objects.values_list("code", flat=True))
    assert sum(count >= 3 for count in counts.values()) >= 120


def test_a_contradiction_is_listed_and_fails() -> None:
    Tip.objects.filter(key="76376:1").update(text="It is an add-on to the base study.")
    with pytest.raises(CommandError, match=r"1 contradictions in \d+ tips"):
        check("--dos", "2026-08-01")


def test_a_tip_grows_stale_when_the_data_change() -> None:
    PtpEdit.objects.filter(column_one="76377", column_two="76376").update(indicator="1")
    MueLimit.objects.filter(code="76376").update(mai="2")
    _, found = stale(calendar(), timezone.localdate())
    assert {finding.tip.key for finding, _ in found} == {"76376:2", "76376:6"}


def test_a_tip_about_a_range_is_checked_for_each_of_its_codes_and_shown_on_one() -> None:
    tip = Tip.objects.create(
        first_code="99202", last_code="99215", text="It has global days 000.", source_title="CPT code set"
    )
    Tip.objects.filter(pk=tip.pk).update(state="published", from_project=True, key="range:1")
    _, found = stale(calendar(), timezone.localdate())
    told = next(finding.contradictions for finding, _ in found if finding.tip == tip)
    assert any("99213 has XXX" in each for each in told)
    assert page_code(calendar(), tip, timezone.localdate()) == "99202"
