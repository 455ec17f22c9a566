"""The whole site, served by gunicorn on a database of its own, and a real Chromium before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import missing

ROOT = Path(__file__).resolve().parent.parent.parent
expect.set_options(timeout=20_000)  # a busy machine answers late, and right
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The system's Chromium, as pytest-playwright asks for it: without a window where it is installed so, which takes
    half the processor time and draws the same pages."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        missing("no Chromium is installed (apt-get install chromium-headless-shell)")
    return {"executable_path": path, "args": list(QUIET), "headless": True}


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A window whose pointer has not moved: without a window, Chromium tells each page of one in its corner."""
    told = "moved.clientX || moved.clientY || moved.stopImmediatePropagation()"
    context.add_init_script(f"addEventListener('pointermove', (moved) => {{ {told}; }}, true)")
    return context


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with the sample and its invented reports."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


@contextmanager
def served(folder: Path, *further: str) -> Iterator[str]:
    """The address of a site with the sample, its invented reports, and these files of CMS besides."""
    environment = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "REPORT_LIMITS": "1000/hour",  # all tests come from one network
        "AUDIT_LIMITS": "1000/hour",
    }
    for command in ("migrate", "load_sample", "load_sample_reports", "check_correctness"):
        subprocess.run([sys.executable, "manage.py", command, "-v0"], cwd=ROOT, env=environment, check=True)
    if further:
        load = [sys.executable, "manage.py", "load_cms", "-v0", *further]
        subprocess.run(load, cwd=ROOT, env=environment, check=True)
    port = _free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "medpayiq.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "1",
            "--timeout",
            "120",
        ],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        urllib.request.urlopen(
            f"http://127.0.0.1:{port}/search/?q=knee", timeout=60
        ).close()  # builds the index
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {seconds} s")
