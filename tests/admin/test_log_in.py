"""Log-in of staff: locked after five wrong passwords by name, with no trace of who asked."""

import logging

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
ADDRESS, BROWSER = "203.0.113.77", "Netscape Navigator 3.04 of a visitor"


def log_in(password: str, name: str = "editor", address: str = ADDRESS) -> int:
    """Log in from a fresh browser; the status of the answer."""
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=BROWSER)
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password}).status_code


def test_a_right_password_opens_the_admin(editor: User) -> None:
    assert log_in("a long pass phrase") == 302


def test_the_fifth_wrong_password_locks_the_name_wherever_it_comes_from(editor: User) -> None:
    tries = [log_in("wrong", address=f"203.0.113.{number}") for number in range(5)]
    assert tries == [200, 200, 200, 200, 429]
    assert log_in("a long pass phrase", address="198.51.100.1") == 429


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
    answer = Client().post("/admin/login/", {"username": "editor", "password": "x"})
    assert "There were five wrong passwords for this name." in answer.content.decode()


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
    assert {row["ip_address"] for row in held} == {None}
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
