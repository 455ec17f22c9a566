"""Six an hour and twenty a day from one network; a burst on one code waits for a person."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from limits.storage import RedisStorage

from codes import throttling as counting
from contributions import throttling
from contributions.models import Report
from contributions.reports.choices import ReportState
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
        ReportState.ACCEPTED,
        ReportState.ACCEPTED,
        ReportState.HELD,
    ]


def test_limits_are_counted_in_a_redis_of_their_own_or_in_a_file_and_never_with_the_pages(
    settings: Any,
) -> None:
    settings.CACHES = {"default": {"BACKEND": "x", "LOCATION": ["redis://localhost:6379/0"]}}
    assert isinstance(counting.storage(), counting.FileStorage)
    settings.LIMITS_URL = "redis://localhost:6379/1"
    assert isinstance(counting.storage(), RedisStorage)


def test_another_process_counts_on(settings: Any) -> None:
    assert [throttling.admit(sender(1)) for _ in range(6)] == [True] * 6
    program = (
        "import django; django.setup(); from django.conf import settings; import sys;"
        "settings.LIMITS_FILE = sys.argv[1]; settings.SECRET_KEY = sys.argv[2];"
        "from codes.throttling import admit; print(admit(sys.argv[3], 'reports-of-network', sys.argv[4]))"
    )
    given = [str(settings.LIMITS_FILE), settings.SECRET_KEY, "6/hour;20/day", sender(1).network]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "medpayiq.settings"}
    said = subprocess.run(
        [sys.executable, "-c", program, *given],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert said.stdout == b"False\n"


def test_where_nothing_can_be_written_a_process_counts_for_itself(settings: Any, tmp_path: Path) -> None:
    settings.LIMITS_FILE = tmp_path / "no" / "such" / "folder"
    assert [throttling.admit(sender(900)) for _ in range(7)] == [True] * 6 + [False]
    settings.LIMITS_FILE = tmp_path / "limits.sqlite3"


@pytest.mark.parametrize(
    ("address", "limits", "sent"),
    [
        ("/audit/", "AUDIT_LIMITS", {"text": "99213 150"}),
        (
            "/corrections/report/",
            "CORRECTION_LIMITS",
            {"page": "/cpt/76376/", "what_is_wrong": "The fee is old."},
        ),
    ],
)
def test_audits_and_corrections_of_one_network_have_an_end_and_those_of_others_go_on(
    db: None, client: Client, settings: Any, address: str, limits: str, sent: dict[str, str]
) -> None:
    setattr(settings, limits, "2/hour;5/day")
    statuses = [client.post(address, sent).status_code for _ in range(3)]
    assert 429 not in statuses[:2]
    last = client.post(address, sent)
    assert (statuses[2], last.status_code, last["Retry-After"]) == (429, 429, "3600")
    assert next(iter(sent.values())) in last.content.decode()
    assert client.post(address, sent, REMOTE_ADDR="203.0.113.9").status_code != 429


def test_no_key_of_the_limits_holds_a_network(settings: Any) -> None:
    throttling.admit(Sender("198.51.100.0/24"))
    with closing(sqlite3.connect(settings.LIMITS_FILE)) as file:
        keys = [key for (key,) in file.execute("SELECT key FROM counted")]
    assert keys
    assert not any("198" in key for key in keys)


def test_a_hundred_posts_of_a_script_keep_six_reports_and_lose_none(post: Post) -> None:
    statuses = [post().status_code for _ in range(100)]
    assert statuses == [302] * 6 + [429] * 94
    assert sum(report.receipts.count() for report in Report.objects.all()) == 6
