"""The site as an operator runs it, a bare Django beside it, and Datasette; what each answer costs in processor time."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TLS_ENDED_BEFORE = {"X-Forwarded-Proto": "https"}
Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    """A server on this machine: its port and its first process."""

    port: int
    pid: int

    def get(self, path: str, headers: Headers | None = None) -> tuple[int, Headers, bytes]:
        """Status, headers (names in lower case) and body of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=TLS_ENDED_BEFORE | (headers or {}))
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def post(self, path: str, body: str, headers: Headers) -> int:
        """Status of a form that is sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            origin = {"Origin": f"https://127.0.0.1:{self.port}"}
            connection.request("POST", path, body, TLS_ENDED_BEFORE | origin | headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def megabytes(self) -> list[tuple[float, float]]:
        """RSS and PSS (shared pages divided among their sharers) of each worker."""
        return [_megabytes(pid) for pid in self._workers()]

    def cpu_seconds(self) -> float:
        """Processor time of the workers so far."""
        return sum(map(_cpu_seconds, self._workers()))

    def started_in(self) -> float:
        """Processor seconds of the first process and its workers so far: asked at once, those of the start."""
        return _cpu_seconds(str(self.pid)) + self.cpu_seconds()

    def milliseconds(self, paths: Sequence[str], headers: Headers | None = None) -> float:
        """Processor time of an answer to one of these paths, on average. Raises RuntimeError where one is refused."""
        before = self.cpu_seconds()
        for path in paths:
            status, _, _ = self.get(path, headers)
            if status not in (200, 304):
                raise RuntimeError(f"{path} was answered with {status}.")
        time.sleep(0.02)  # what a worker does after its last answer counts too
        return (self.cpu_seconds() - before) * 1000 / len(paths)

    def renew(self) -> None:
        """End the workers; the first process makes new ones, which have kept nothing."""
        former = self._workers()
        for pid in former:
            os.kill(int(pid), signal.SIGTERM)
        while not (now := self._workers()) or set(now) & set(former):
            time.sleep(0.05)
        _wait_for(self)

    def _workers(self) -> list[str]:
        """The processes that answer: the children of the first one, or itself."""
        return Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split() or [str(self.pid)]


def production(address: str, var: Path, workers: int | None = None) -> Headers:
    """The environment of a production site behind a proxy that ends TLS; with as many processes as it is shipped
    with by default."""
    return {
        **os.environ,
        "MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_TLS_PROXY": "true",
        "REPORT_PROXY_HOPS": "1",
        "DATABASE_URL": address,
        "VAR_DIR": str(var),
        "LOG_LEVEL": "ERROR",
        **({"WORKERS": str(workers)} if workers else {}),
    }


def manage(environment: Headers, *arguments: str) -> str:
    """What a command of manage.py says."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


@contextmanager
def serving(
    application: str, environment: Headers, settings: str = "deploy/gunicorn.conf.py"
) -> Iterator[Server]:
    """gunicorn with those settings; it is stopped at the end."""
    command = [sys.executable, "-m", "gunicorn", "--config", settings, application]
    port = free_port()
    with _running(command, port, {**environment, "BIND": f"127.0.0.1:{port}"}) as server:
        yield server


@contextmanager
def datasette(database: Path) -> Iterator[Server]:
    """The Datasette that the environment names (DATASETTE), over a SQLite file that nothing else writes to. Without
    the suggestions that cost it most."""
    port = free_port()
    command = [os.environ["DATASETTE"], "serve", str(database), "--port", str(port)]
    command += ["--setting", "suggest_facets", "off"]
    with _running(command, port, dict(os.environ)) as server:
        yield server


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int, environment: Headers) -> Iterator[Server]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(server := Server(port, process.pid))
        yield server
    finally:
        process.terminate()
        process.wait(40)


def _wait_for(server: Server) -> None:
    for _ in range(240):
        try:
            server.get("/health/")
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise RuntimeError("The server does not start.")


def _cpu_seconds(pid: str) -> float:
    """Of all threads of a process, as the scheduler counts it."""
    stats = (task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(int(each.split()[0]) for each in stats) / 1e9


def _megabytes(pid: str) -> tuple[float, float]:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    rss, pss = (int(re.search(rf"^{name}:\s+(\d+)", rollup, re.M)[1]) for name in ("Rss", "Pss"))  # type: ignore[index]
    return rss / 1024, pss / 1024
