"""The server's own log and settings, on a gunicorn that really runs."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from contributions.tokens import YOUNGEST

BROWSER = "Peculiar-Browser/9.9"


class Server:
    """A gunicorn with this project's settings file, one process, on a port of its own."""

    def __init__(self, folder: Path, database: Path | None = None, **more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = folder / "log"
        environment = {
            **os.environ,
            "BIND": f"127.0.0.1:{self.port}",
            "WORKERS": "1",
            "ACCESS_LOG": "on",
            "LOG_FORMAT": "json",
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{database or folder / 'site.sqlite3'}",
            **more,
        }
        if database is None:
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True)
        command = ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "medpayiq.wsgi"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log
            )

    def say(self, sent: bytes) -> bytes:
        """What the server answers to these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(sent)
            parts = []
            while part := line.recv(65536):
                parts.append(part)
        return b"".join(parts)

    def get(self, path: str, method: str = "GET") -> bytes:
        """The whole answer to a request for `path`."""
        headers = f"Host: localhost\r\nUser-Agent: {BROWSER}\r\nConnection: close\r\n"
        return self.say(f"{method} {path} HTTP/1.1\r\n{headers}\r\n".encode())

    def post(self, path: str, fields: dict[str, str], cookie: str) -> bytes:
        """The whole answer to a form."""
        body = urlencode(fields)
        headers = (
            f"Host: localhost\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        )
        headers += "Content-Type: application/x-www-form-urlencoded\r\n"
        return self.say(f"POST {path} HTTP/1.1\r\n{headers}\r\n{body}".encode())

    def wait(self) -> None:
        """Until it answers, for at most 30 seconds."""
        for _ in range(300):
            try:
                if b"alive" in self.get("/health/"):
                    return
            except OSError:
                time.sleep(0.1)
        pytest.fail(self.log.read_text())

    def told(self, waited_for: str) -> str:
        """The log, once it holds `waited_for`."""
        for _ in range(100):
            if waited_for in self.log.read_text():
                break
            time.sleep(0.05)
        return self.log.read_text()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("gunicorn"))
    running.wait()
    yield running
    running.process.terminate()
    running.process.wait(30)


@pytest.mark.slow
def test_the_access_log_has_neither_address_nor_browser_nor_query(server: Server) -> None:
    server.get("/nothing-here/?typed=something")
    told = server.told("/nothing-here/")
    assert '"message": "GET /nothing-here/ ' in told
    assert all(word not in told for word in ("127.0.0.1 -", BROWSER, "something"))


@pytest.mark.slow
def test_pages_where_visitors_report_leave_no_line(server: Server) -> None:
    server.get("/receipt/")
    server.get("/toolkit/leave/signed/")
    server.get("/after-it/")
    told = server.told("/after-it/")
    assert "/after-it/" in told
    assert "/receipt/" not in told
    assert "/toolkit/" not in told, "a signed link would let anybody leave the list for its owner"


@pytest.mark.slow
def test_a_request_that_is_none_is_logged_without_its_address(server: Server) -> None:
    assert server.say(b"NONSENSE\r\n\r\n").startswith(b"HTTP/1.1 400")
    told = server.told("Invalid request")
    assert "Invalid request from a client" in told
    assert "ip=" not in told


@pytest.mark.slow
def test_head_has_the_headers_of_get_and_no_body_and_no_warning(server: Server) -> None:
    shown = re.search(rb"\{.+\}", server.get("/health/?head"))
    assert shown is not None
    answer = server.get("/health/?head", "HEAD")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Length: %d" % len(shown[0]) in head
    assert body == b""
    assert "no-body response" not in server.told("HEAD /health/")


@pytest.mark.slow
def test_a_header_that_is_smuggled_in_is_refused(server: Server) -> None:
    smuggled = b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert server.say(smuggled).split(b" ")[1] in (b"400", b"501")


@pytest.mark.slow
def test_an_endless_address_is_refused(server: Server) -> None:
    assert server.get("/" + "a" * 9000).split(b" ")[1] in (b"400", b"414")


@pytest.mark.slow
def test_the_containers_healthcheck_passes_where_the_site_answers_and_fails_elsewhere(server: Server) -> None:
    for bind, code in ((f"0.0.0.0:{server.port}", 0), ("0.0.0.0:9", 1)):
        checked = [sys.executable, str(settings.BASE_DIR / "deploy" / "healthcheck.py")]
        assert subprocess.run(checked, env={"BIND": bind}, check=False).returncode == code
    asked = [*checked, "/ready/"]
    answer = subprocess.run(
        asked, env={"BIND": f":{server.port}"}, check=False, capture_output=True, text=True
    )
    assert json.loads(answer.stdout).keys() == {"status", "missing"}


@pytest.mark.slow
def test_who_sends_a_form_while_a_load_writes_is_told_to_try_again_before_gunicorn_gives_up(
    server: Server,
) -> None:
    form = server.get("/toolkit/").decode()
    cookie = re.findall(r"Set-Cookie: (csrftoken=[^;]+)", form)[0]
    csrf, token = (
        re.findall(rf'name="{name}" value="([^"]+)"', form)[0] for name in ("csrfmiddlewaretoken", "token")
    )
    fields = {"csrfmiddlewaretoken": csrf, "token": token, "address": "biller@example.org", "consent": "on"}
    time.sleep(YOUNGEST + 0.1)
    with closing(sqlite3.connect(server.log.parent / "site.sqlite3", isolation_level=None)) as load:
        load.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        answer = server.post("/toolkit/", fields, cookie)
        waited = time.monotonic() - begun
    assert b" 503 " in answer.splitlines()[0]
    assert b"Retry-After" in answer
    assert 4 < waited < 9
    assert server.get("/health/").startswith(b"HTTP/1.1 200")
