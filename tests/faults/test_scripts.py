"""The scripts that break things (`benchmarks/faults`) leave nothing behind, even when stopped in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow


def of_this_test(folder: Path) -> set[str]:
    """The commands of the processes whose environment names `folder`."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(folder) in (process / "environ").read_bytes():
                found.add((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def wait_until(holds: Callable[[], bool]) -> None:
    """For at most a minute."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("a minute was not enough")


def test_a_script_that_is_stopped_ends_what_it_started(tmp_path: Path) -> None:
    command = [sys.executable, "benchmarks/faults/two_workers.py"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    script = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
    wait_until(lambda: any("gunicorn" in each for each in of_this_test(tmp_path)))
    script.send_signal(signal.SIGTERM)
    assert script.wait(60) == 1
    wait_until(lambda: not of_this_test(tmp_path))
    assert list(tmp_path.iterdir()) == []
