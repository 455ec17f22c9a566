"""What a load ends with, in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import django
import pytest
from pytest_django import Settings

from codes.management import after_load
from codes.management.apart import lower_priority, run_apart


def test_a_command_apart_is_heard_line_by_line() -> None:
    said: list[str] = []
    assert run_apart("version", said.append)
    assert said == [django.get_version()]
    assert not run_apart("no_such_command", said.append)
    assert "Unknown command: 'no_such_command'" in said[1]


def test_a_command_apart_leaves_the_processor_to_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int | None]] = []

    def noted(pid: int, priority: int) -> None:
        lower_priority(pid, priority)
        seen.append(_priorities(pid))

    monkeypatch.setattr("codes.management.apart.lower_priority", noted)
    ours = _priorities(os.getpid())
    assert run_apart("version", print)
    assert seen in ([(19, 19)], [(19, None)])
    assert _priorities(os.getpid()) == ours


@pytest.mark.parametrize("leads", [True, False])
def test_a_session_has_the_priority_of_the_process_that_leads_it(leads: bool) -> None:
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, start_new_session=leads) as process:
        before = _priorities(process.pid)
        lower_priority(process.pid, 10)
        lower_priority(process.pid, 5)  # it never rises
        after = _priorities(process.pid)
        process.communicate(b"\n")
    assert after[0] == 10
    assert after[1] == (10 if leads and before[1] is not None else before[1])


def _priorities(pid: int) -> tuple[int, int | None]:
    """That of a process and, on a Linux with autogroups, that of its session."""
    group = Path(f"/proc/{pid}/autogroup")
    session = int(group.read_text().split()[-1]) if group.exists() else None
    return os.getpriority(os.PRIO_PROCESS, pid), session


def test_an_interrupted_load_ends_the_command_that_it_runs_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[int] = []
    monkeypatch.setattr("codes.management.apart.lower_priority", lambda pid, _: began.append(pid))

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
