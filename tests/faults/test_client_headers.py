"""No header of a visitor changes what the next visitor gets: on a gunicorn that really runs, and through a real Caddy.

Each header is sent with a request for a code that nobody asked for before (cold) and with one for a page that is kept
(warm). Then an honest visitor asks for both, and for where the search leads; a second server over the same database,
which has seen honest visitors only, says what is right, headers included.
"""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import missing
from tests.medpayiq.test_gunicorn import Server

pytestmark = pytest.mark.slow

WARM = "/cpt/99213/"
CODES = (
    "20605",
    "20610",
    "27447",
    "29881",
    "36415",
    "43239",
    "45378",
    "45380",
    "45385",
    "66984",
    "70551",
    "71046",
)
CGI = (
    *(
        "SCRIPT_NAME",
        "PATH_INFO",
        "PATH_TRANSLATED",
        "QUERY_STRING",
        "REQUEST_METHOD",
        "REQUEST_URI",
        "RAW_URI",
    ),
    *(
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "SERVER_SOFTWARE",
        "HTTPS",
        "REMOTE_ADDR",
        "REMOTE_HOST",
    ),
    *("REMOTE_USER", "AUTH_TYPE", "CONTENT_TYPE", "GATEWAY_INTERFACE", "WSGI.URL_SCHEME", "wsgi.url_scheme"),
    *("SCRIPT_URL", "SCRIPT_URI", "REDIRECT_URL", "DOCUMENT_ROOT", "HTTP_HOST", "CONTENT_LENGTH_"),
)
FORWARDING = (
    *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix"),
    *("X-Forwarded-Path", "X-Forwarded-Uri", "X-Forwarded-Server", "X-Forwarded-Scheme", "X-Forwarded-Ssl"),
    *(
        "X-Forwarded-Protocol",
        "Forwarded",
        "X-Original-URL",
        "X-Original-Host",
        "X-Original-Uri",
        "X-Rewrite-URL",
    ),
    *("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Real-IP", "X-Host", "X-Script-Name"),
    *(
        "X-Url-Scheme",
        "X-Scheme",
        "Front-End-Https",
        "True-Client-IP",
        "CF-Connecting-IP",
        "Via",
        "X-Accel-Redirect",
    ),
    *("X-Sendfile", "X-Wap-Profile", "Prefix", "Destination", "Origin", "Referer"),
)
VALUES = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-Protocol": "ssl",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "X-HTTP-Method-Override": "DELETE",
    "REQUEST_METHOD": "DELETE",
    "HTTPS": "on",
    "SERVER_PORT": "444",
}


def spellings(name: str) -> set[str]:
    """A name with underscores, with dashes, and in lower case."""
    return {name, name.replace("-", "_"), name.replace("_", "-"), name.lower()}


HEADERS = sorted(
    {
        (spelling, value)
        for name in (*CGI, *FORWARDING)
        for spelling in spellings(name)
        for value in (VALUES.get(name, "https://evil.example"), "/hacked")
    }
    | {
        ("Host", "evil.example"),
        ("Content-Length", "0"),
        ("Content_Length", "5"),
        ("Transfer_Encoding", "chunked"),
    }
)
LINES = (
    "{path}",
    "http://evil.example{path}",
    "http:https://evil.example{path}",
    "/hacked{path}",
    "//evil.example{path}",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, in a file."""
    path = tmp_path_factory.mktemp("sample") / "site.sqlite3"
    environment = {"PATH": "/usr/bin:/bin", "DATABASE_URL": f"sqlite:///{path}", "VAR_DIR": str(path.parent)}
    for command in (("migrate", "--verbosity", "0"), ("load_sample",)):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Server]:
    """A server that honest visitors ask only."""
    yield from running(Server(tmp_path_factory.mktemp("right"), database))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Server]:
    """The server that is attacked."""
    yield from running(Server(tmp_path_factory.mktemp("attacked"), database))


def running(server: Server) -> Iterator[Server]:
    server.wait()
    yield server
    server.process.terminate()
    server.process.wait(30)


@pytest.fixture(scope="module")
def caddy(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[int]:
    """The port of a Caddy with our Caddyfile before the attacked server."""
    program = shutil.which("caddy")
    if program is None:
        missing("caddy is not installed: what it passes on is not tried (apt install caddy)")
    folder = tmp_path_factory.mktemp("caddy")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rules = (settings.BASE_DIR / "deploy" / "Caddyfile").read_text()
    rules = rules.replace("web:8000", f"127.0.0.1:{server.port}").replace(
        "{$SITE}", f"http://localhost:{port}"
    )
    rules = re.sub(r"\t\t\w+_buffers .*\n", "", rules)  # Caddy 2.6 does not know them
    rules = rules.replace("{\n", "{\n\tadmin off\n\tauto_https off\n", 1)
    (folder / "Caddyfile").write_text(rules)
    process = subprocess.Popen(
        [str(program), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"],
        env={"HOME": str(folder), "XDG_DATA_HOME": str(folder)}, stderr=(folder / "log").open("wb"),
    )  # fmt: skip
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    else:
        pytest.fail((folder / "log").read_text())
    yield port
    process.terminate()
    process.wait(30)


def attack(port: int, host: str, target: str, header: tuple[str, str]) -> None:
    """Send a request with the header, and read whatever comes."""
    lines = [
        f"GET {target} HTTP/1.1",
        *([] if header[0] == "Host" else [f"Host: {host}"]),
        f"{header[0]}: {header[1]}",
    ]
    sent = "\r\n".join([*lines, "Connection: close", "", ""]).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        while line.recv(65536):
            pass


def answer(server: Server, path: str) -> bytes:
    """The answer without the time at which it was given."""
    return re.sub(rb"\r\nDate: [^\r]+", b"", server.get(path))


def assert_unharmed(server: Server, right: Server, code: str) -> None:
    for path in (f"/search/?q={code}", f"/cpt/{code}/", f"/cpt/{code}.json", WARM, f"/cpt/{code}/edits/"):
        assert answer(server, path).decode() == answer(right, path).decode(), path


def try_all(port: int, host: str, server: Server, right: Server) -> None:
    for number, header in enumerate(HEADERS):
        code = CODES[number % len(CODES)]
        for line in LINES:
            attack(port, host, line.format(path=f"/cpt/{code}/"), header)
            attack(port, host, line.format(path=f"/search/?q={code}"), header)
            attack(port, host, line.format(path=WARM), header)
        if number < len(CODES) or number % 10 == 0:
            assert_unharmed(server, right, code)
    for code in CODES:
        assert_unharmed(server, right, code)


def test_no_header_sent_to_the_server_changes_what_the_next_visitor_gets(
    server: Server, right: Server
) -> None:
    try_all(server.port, "localhost", server, right)


def test_no_header_sent_through_the_proxy_changes_what_the_next_visitor_gets(
    caddy: int, server: Server, right: Server
) -> None:
    try_all(caddy, f"localhost:{caddy}", server, right)


def test_a_prefix_opens_no_door_that_the_proxy_keeps_shut(caddy: int) -> None:
    said = (
        b"GET /x/ready/ HTTP/1.1\r\nHost: localhost:%d\r\nSCRIPT_NAME: /x\r\nConnection: close\r\n\r\n"
        % caddy
    )
    with socket.create_connection(("127.0.0.1", caddy), timeout=10) as line:
        line.sendall(said)
        assert line.recv(65536).startswith(b"HTTP/1.1 404")
