"""What a load ends with, in processes of their own."""

import os
from pathlib import Path

import django
import pytest
from pytest_django import Settings

from codes.management import after_load
from codes.management.apart import go_last, run_apart


def test_a_command_apart_is_heard_line_by_line() -> None:
    said: list[str] = []
    assert run_apart("version", said.append)
    assert said == [django.get_version()]
    assert not run_apart("no_such_command", said.append)
    assert "Unknown command: 'no_such_command'" in said[1]


def test_a_command_apart_leaves_the_processor_to_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def noted(process: int) -> None:
        go_last(process)
        seen.append(_priorities(process))

    monkeypatch.setattr("codes.management.apart.go_last", noted)
    ours = _priorities(os.getpid())
    assert run_apart("version", print)
    assert seen[0].startswith("19 ")
    assert "autogroup" not in seen[0] or seen[0].endswith("nice 19")
    assert _priorities(os.getpid()) == ours, (
        "what this process's session has of the processor stays as it was"
    )


def _priorities(process: int) -> str:
    """That of a process and, on a Linux with autogroups, that of its session."""
    group = Path(f"/proc/{process}/autogroup")
    said = group.read_text().strip() if group.exists() else ""
    return f"{os.getpriority(os.PRIO_PROCESS, process)} {said}"


def test_an_interrupted_load_ends_the_command_that_it_runs_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[int] = []
    monkeypatch.setattr("codes.management.apart.go_last", began.append)

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_apart("version", interrupted)
    with pytest.raises(ProcessLookupError):
        os.kill(began[0], 0)


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
