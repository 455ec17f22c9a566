"""What a load ends with, in processes of their own."""

import os

import django
import pytest
from pytest_django import Settings

from codes.management import after_load
from codes.management.apart import run_apart


def test_a_command_apart_is_heard_line_by_line() -> None:
    said: list[str] = []
    assert run_apart("version", said.append)
    assert said == [django.get_version()]
    assert not run_apart("no_such_command", said.append)
    assert "Unknown command: 'no_such_command'" in said[1]


def test_a_command_apart_leaves_the_processor_to_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    lower = os.setpriority

    def noted(which: int, process: int, priority: int) -> None:
        lower(which, process, priority)
        seen.append(os.getpriority(which, process))

    monkeypatch.setattr(os, "setpriority", noted)
    assert run_apart("version", print)
    assert seen == [19]


def test_a_failure_is_told_and_the_next_command_runs_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def fails(command: str, _: object) -> bool:
        ran.append(command)
        return False

    monkeypatch.setattr(after_load, "run_apart", fails)
    said: list[str] = []
    after_load.prepare(said.append)
    assert not ran, "a machine of one's own builds what is asked for"
    settings.BUILD_DOWNLOADS_ON_REQUEST = False
    after_load.prepare(said.append)
    assert ran == ["build_search_index", "build_downloads", "build_toolkit", "warm_pages"]
    assert said == [f"The release is in force; run {command} again." for command in ran]
    after_load.prepare(said.append, warm=False)
    assert ran[4:] == ["build_search_index", "build_downloads", "build_toolkit"]
