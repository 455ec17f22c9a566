"""A real Redis for tests of what processes share, on a port that nothing else has."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from codes.caching.backends import FaultTolerantRedisCache
from tests.conftest import missing


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def redis_server(port: int) -> Iterator[None]:
    """A real Redis that keeps nothing."""
    program = shutil.which("redis-server")
    if not program:
        missing("redis-server is not installed")
    command = [str(program), "--port", str(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("redis-server does not answer")


def redis_cache(port: int) -> dict[str, Any]:
    """What stands in CACHES for a Redis there, as settings.py makes it of CACHE_URL."""
    return {
        "BACKEND": "codes.caching.backends.FaultTolerantRedisCache",
        "LOCATION": f"redis://127.0.0.1:{port}/0",
        "OPTIONS": {
            "serializer": "codes.caching.backends.SignedSerializer",
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.5,
        },
    }


@contextmanager
def shared_by_processes(kind: str, settings: Settings) -> Iterator[None]:
    """The default cache is one that threads share as processes do: "files", or a real "redis"."""
    with nullcontext() if kind == "files" else redis_server(port := free_port()):
        FaultTolerantRedisCache.forget_failure()
        default = settings.CACHES["default"] if kind == "files" else redis_cache(port)
        settings.CACHES = {**settings.CACHES, "default": default}
        cache.clear()
        yield
