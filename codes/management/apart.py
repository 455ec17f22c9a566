"""A command of manage.py in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable

from django.conf import settings

LOWEST_PRIORITY = 19


def run_apart(command: str, tell: Callable[[str], object]) -> bool:
    """Run a command whose memory is gone when it ends; `tell` gets each line that it prints. Whether it ended well.

    Visitors go first: it has the processor when they leave it. It goes without the system checks, which read all
    pages and take 20 MB.
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
    ) as process:
        os.setpriority(os.PRIO_PROCESS, process.pid, LOWEST_PRIORITY)
        assert process.stdout
        for line in process.stdout:
            tell(line.rstrip())
    return process.returncode == 0
