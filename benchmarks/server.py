"""The site as an operator runs it, and a bare Django beside it; a client that counts answers a second."""

import http.client
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 2
NUMBERS = 900_000  # a charge may have six digits
TLS_ENDED_BEFORE = {"X-Forwarded-Proto": "https"}
Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers a second, and the processor time that our processes spent on each."""

    a_second: float
    cpu_milliseconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A gunicorn: its port and its first process."""

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
        ticks = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self._workers()]
        return sum(int(fields[11]) + int(fields[12]) for fields in ticks) / os.sysconf("SC_CLK_TCK")

    def _workers(self) -> list[str]:
        return Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", settings, application]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "BIND": f"127.0.0.1:{port}"})
    server = Server(port, process.pid)
    try:
        _wait_for(server)
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


def client() -> str:
    """The client that is used."""
    return "wrk" if shutil.which("wrk") else "the bundled client"


def rate(server: Server, path: str, seconds: float, headers: Headers | None = None) -> Rate:
    """The rate of answers to CONNECTIONS clients at once. `{}` in the path becomes another number each time.

    gunicorn's processes close each connection, so that each answer needs a new one, the baseline's too.
    """
    status, _, _ = server.get(path.replace("{}", str(secrets.randbelow(NUMBERS))), headers)
    if status not in (200, 304):
        raise RuntimeError(f"{path} was answered with {status}.")
    sent = TLS_ENDED_BEFORE | (headers or {})
    before, begun = server.cpu_seconds(), time.perf_counter()
    count = (_wrk if shutil.which("wrk") else _bundled)(server, path, seconds, sent)
    taken, spent = time.perf_counter() - begun, server.cpu_seconds() - before
    return Rate(count / taken, spent * 1000 / max(count, 1))


SCRIPT = """
local number = {start}
request = function()
  number = number + 1
  return wrk.format("GET", (string.gsub("{path}", "{{}}", tostring(number))))
end
"""


def _wrk(server: Server, path: str, seconds: float, headers: Headers) -> int:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--timeout", "30s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:  # wrk reads it twice
        if "{}" in path:
            script.write(SCRIPT.format(start=secrets.randbelow(NUMBERS), path=path))
            script.flush()
            command += ["-s", script.name]
        address = f"http://127.0.0.1:{server.port}{path.replace('{}', '1')}"
        said = subprocess.run([*command, address], check=True, stdout=subprocess.PIPE, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{path} was refused: {said}")
    found = re.search(r"(\d+) requests in", said)
    return int(found[1]) if found else 0


def _bundled(server: Server, path: str, seconds: float, headers: Headers) -> int:
    with get_context("fork").Pool(CONNECTIONS) as pool:
        counted = pool.starmap(_count, [(server, path, seconds, headers)] * CONNECTIONS)
    return sum(counted)


def _count(server: Server, path: str, seconds: float, headers: Headers) -> int:
    end, count, start = time.monotonic() + seconds, 0, secrets.randbelow(NUMBERS)
    while time.monotonic() < end:
        status, _, _ = server.get(path.replace("{}", str(start + count)), headers)
        if status not in (200, 304):
            raise RuntimeError(f"{path} was answered with {status}.")
        count += 1
    return count


def _megabytes(pid: str) -> tuple[float, float]:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    rss, pss = (int(re.search(rf"^{name}:\s+(\d+)", rollup, re.M)[1]) for name in ("Rss", "Pss"))  # type: ignore[index]
    return rss / 1024, pss / 1024
