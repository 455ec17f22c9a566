"""A command of manage.py in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

LOWEST_PRIORITY = 19


def run_apart(command: str, tell: Callable[[str], object]) -> bool:
    """Run a command whose memory is gone when it ends; `tell` gets each line that it prints. Whether it ended well.

    Visitors go first: it has the processor when they leave it. It goes without the system checks, which read all
    pages and take 20 MB. If this process is interrupted, so is that.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONUNBUFFERED": "1",
    }
    arguments = [sys.executable, "-m", "django", command, "--skip-checks"]
    with subprocess.Popen(
        arguments,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        lower_priority(process.pid, LOWEST_PRIORITY)
        assert process.stdout
        try:
            for line in process.stdout:
                tell(line.rstrip())
        except BaseException:
            process.terminate()
            raise
    return process.returncode == 0


def lower_priority(pid: int, priority: int) -> None:
    """Give a process a lower priority (19 is the lowest), and its session too if it leads one, as a job of cron or
    systemd does. Linux shares the processor out among sessions first ("autogroup", man 7 sched), where the priority of
    a process counts within its session only; a shell's session is left as it is, because it could not go back."""
    priority = max(priority, os.getpriority(os.PRIO_PROCESS, pid))
    os.setpriority(os.PRIO_PROCESS, pid, priority)
    if os.getsid(pid) == pid:
        with suppress(OSError):  # not Linux, or autogroups are off
            Path(f"/proc/{pid}/autogroup").write_text(str(priority))
