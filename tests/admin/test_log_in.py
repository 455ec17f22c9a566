"""Log-in of staff: wrong passwords lock a name for a network, then for all, or a network; no trace of who asked."""

import logging

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from medpayiq.log_in import digest_of_network

pytestmark = pytest.mark.django_db
ADDRESS, BROWSER = "203.0.113.77", "Netscape Navigator 3.04 of a visitor"


def log_in(password: str, name: str = "editor", address: str = ADDRESS) -> int:
    """Log in from a fresh browser; the status of the answer."""
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=BROWSER)
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password}).status_code


def test_a_right_password_opens_the_admin(editor: User) -> None:
    assert log_in("a long pass phrase") == 302


def test_the_fifth_wrong_password_locks_the_name_for_its_network(editor: User) -> None:
    tries = [log_in("wrong", address=f"203.0.113.{number}") for number in range(5)]
    assert tries == [200, 200, 200, 200, 429]
    assert log_in("a long pass phrase", address="203.0.113.200") == 429


def test_a_stranger_cannot_keep_staff_out(editor: User) -> None:
    for _ in range(20):
        log_in("wrong")
    assert log_in("a long pass phrase", address="198.51.100.1") == 302


def failed(name: str, network: int, times: int) -> None:
    """As many wrong passwords for a name from a network, as they are counted."""
    request = RequestFactory().post("/", REMOTE_ADDR=f"198.18.{network}.1")
    AccessAttempt.objects.create(
        username=name,
        ip_address=digest_of_network(request),
        user_agent="",
        failures_since_start=times,
        attempt_time=timezone.now(),
    )


def test_fifty_wrong_passwords_from_many_networks_lock_the_name_for_all(editor: User) -> None:
    for network in range(13):
        failed("editor", network, 4 if network < 12 else 1)
    assert log_in("wrong", address="198.51.100.1") == 429
    assert log_in("a long pass phrase", address="198.51.100.200") == 429


def test_twenty_five_wrong_passwords_over_many_names_lock_the_network(editor: User) -> None:
    for number in range(6):
        failed(f"name{number}", 7, 4)
    assert log_in("wrong", name="nobody", address="198.18.7.9") == 429
    assert log_in("a long pass phrase", address="198.18.7.77") == 429
    assert log_in("a long pass phrase", address="198.18.8.77") == 302


def test_another_name_is_not_locked(editor: User, reviewer: User) -> None:
    for _ in range(5):
        log_in("wrong")
    assert log_in("a long pass phrase", name="reviewer") == 302


def test_a_right_password_forgets_the_wrong_ones(editor: User) -> None:
    for _ in range(4):
        log_in("wrong")
    log_in("a long pass phrase")
    assert [log_in("wrong") for _ in range(4)] == [200] * 4


def test_a_locked_name_is_told_so_in_words(editor: User) -> None:
    for _ in range(5):
        log_in("wrong")
    answer = Client(REMOTE_ADDR=ADDRESS).post("/admin/login/", {"username": "editor", "password": "x"})
    assert "Wait 15 minutes, then try again." in answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_neither_tables_nor_logs_hold_an_address_or_a_browser(
    editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for password in ("wrong", "wrong", "a long pass phrase", *["wrong"] * 6):
            log_in(password)
    held = [*AccessAttempt.objects.values(), *AccessLog.objects.values(), *AccessFailureLog.objects.values()]
    assert held
    told = f"{held}{caplog.text}"
    assert ADDRESS not in told
    assert BROWSER not in told
    assert "wrong" not in str(held)
    assert "203.0.113" not in told
    assert all(row["ip_address"].startswith("fd") for row in held)
    assert not AccessLog.objects.exists()


def test_the_session_of_staff_ends_with_the_browser_or_after_twelve_hours(settings: Settings) -> None:
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60


def test_the_admin_lives_where_admin_path_says() -> None:
    import os
    import subprocess
    import sys

    told = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from django.urls import reverse; "
         "print(reverse('admin:index'))"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "medpayiq.settings", "ADMIN_PATH": "/back-room/"},
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "/back-room/"
