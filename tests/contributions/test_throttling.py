"""Six an hour and twenty a day from one network; a burst on one code waits for a person."""

from typing import Any

import pytest
from limits.storage import RedisStorage

from contributions import options, throttling
from contributions.choices import State
from contributions.models import Report
from contributions.sender import Sender
from tests.contributions.conftest import Post
from tests.contributions.telling import CODE, sender


def test_the_seventh_report_of_an_hour_is_refused_and_other_networks_are_not(settings: Any) -> None:
    assert [throttling.admit(sender(1)) for _ in range(7)] == [True] * 6 + [False]
    assert throttling.admit(sender(2))


def test_refused_reports_do_not_use_up_the_day(settings: Any) -> None:
    settings.REPORT_LIMITS = "1/hour;2/day"
    assert [throttling.admit(sender(1)) for _ in range(5)] == [True, False, False, False, False]
    settings.REPORT_LIMITS = "9/hour;2/day"
    assert throttling.admit(sender(1)), "the day has room for one more"
    assert not throttling.admit(sender(1))


def test_a_refused_report_keeps_what_was_typed(post: Post) -> None:
    for _ in range(6):
        assert post().status_code == 302
    page = post(note="Kept as it was.")
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "3600"
    assert "Kept as it was." in page.content.decode()
    assert "in an hour" in page.content.decode()


def test_a_burst_on_one_code_is_held_with_the_same_thanks(post: Post, settings: Any) -> None:
    settings.REPORT_BURST = "2/hour"
    answers = [post(who) for who in (1, 2, 3)]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, f"/reports/{CODE}/thanks/")
    }
    assert [report.state for report in Report.objects.order_by("pk")] == [
        State.ACCEPTED,
        State.ACCEPTED,
        State.HELD,
    ]


def test_a_redis_of_the_cache_is_used_and_anything_else_is_memory(settings: Any) -> None:
    assert options.cache_address() == options.MEMORY
    settings.CACHES = {"default": {"BACKEND": "x", "LOCATION": ["redis://localhost:6379/0"]}}
    assert options.cache_address() == "redis://localhost:6379/0"
    assert issubclass(RedisStorage, throttling.Storage)


def test_no_key_of_the_limits_holds_a_network() -> None:
    throttling.admit(Sender("198.51.100.0/24"))
    keys = list(throttling._storage(options.MEMORY).storage)  # type: ignore[attr-defined]
    assert keys
    assert not any("198" in key for key in keys)


@pytest.mark.slow
def test_a_thousand_posts_of_a_script_keep_six_reports_and_lose_none(post: Post) -> None:
    statuses = [post().status_code for _ in range(1000)]
    assert statuses.count(302) == 6
    assert statuses.count(429) == 994
    assert sum(report.receipts.count() for report in Report.objects.all()) == 6
