"""What reaches the real server raw: large bodies, tricks with paths and headers, clients that hang up."""

import os
import socket
from collections.abc import Iterator

import pytest

from tests.medpayiq.test_gunicorn import Server

pytestmark = pytest.mark.slow
TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("gunicorn"))
    running.wait()
    yield running
    running.process.terminate()
    running.process.wait(30)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def is_well(server: Server) -> bool:
    return b"alive" in server.get("/health/")


def memory_of_workers(server: Server) -> int:
    """Resident kilobytes of the server's processes together."""
    pages = 0
    for process in [p for p in os.listdir("/proc") if p.isdecimal()]:
        try:
            with open(f"/proc/{process}/stat") as stat, open(f"/proc/{process}/statm") as memory:
                parent = int(stat.read().rpartition(")")[2].split()[1])
                if server.process.pid in (parent, int(process)):
                    pages += int(memory.read().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def post(server: Server, head: bytes, body: bytes) -> bytes:
    """Send a body as far as the server takes it; what it answers."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        try:
            line.sendall(
                b"POST /receipt/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + head + b"\r\n"
            )
            line.sendall(body)
        except OSError:
            pass  # it hung up on us, which is an answer
        try:
            return line.recv(65536)
        except OSError:
            return b""


def test_ten_megabytes_are_refused_and_take_no_memory(server: Server) -> None:
    before = memory_of_workers(server)
    for kind in (b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"text/plain"):
        head = b"Content-Type: " + kind + b"\r\nContent-Length: %d\r\n" % TEN_MEGABYTES
        answer = post(server, head, b"x" * TEN_MEGABYTES)
        assert not answer or status(answer) == 413
    assert is_well(server)
    assert memory_of_workers(server) - before < 5_000


def test_ten_megabytes_in_chunks_are_not_taken_either(server: Server) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    answer = post(server, b"Transfer-Encoding: chunked\r\n", chunk * 160 + b"0\r\n\r\n")
    assert not answer or status(answer) in (400, 403, 411, 413)
    assert is_well(server)


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/static/../medpayiq/settings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%5c..%5csettings.py",
        "/static/css/../../../var/secret_key",
        "/static//etc/passwd",
        "/static/%00",
        "/cpt/..%2f..%2fetc%2fpasswd/",
        "/.git/config",
        "/.env",
        "/var/medpayiq.sqlite3",
    ],
)
def test_no_trick_with_a_path_gets_a_file(server: Server, path: str) -> None:
    answer = server.get(path)
    assert status(answer) in (301, 302, 400, 404)
    for secret in (b"root:x:0", b"SECRET_KEY", b"[core]", b"SQLite format 3"):
        assert secret not in answer


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/%2e%2e",
        "/\\evil.example",
        "/%5c%5cevil.example",
        "///evil.example/x",
    ],
)
def test_no_trick_with_a_path_leads_to_another_site(server: Server, path: str) -> None:
    head = server.get(path).partition(b"\r\n\r\n")[0].decode("latin-1")
    places = [line.partition(": ")[2] for line in head.splitlines() if line.lower().startswith("location:")]
    assert all(place.startswith("/") and not place.startswith(("//", "/\\")) for place in places), places


@pytest.mark.parametrize(
    "path",
    [
        "/cpt/99213%0d%0aX-Injected:yes-25/",
        "/cpt/%0d%0aX-Injected:%20yes/",
        "/glossary?a=%0d%0aX-Injected:%20yes",
    ],
)
def test_a_line_break_in_an_address_does_not_become_a_header(server: Server, path: str) -> None:
    head = server.get(path).partition(b"\r\n\r\n")[0]
    assert not any(line.lower().startswith(b"x-injected") for line in head.split(b"\r\n"))


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX\x00: y\r\n\r\n",
        b"GET /\r\nX: y HTTP/1.1\r\n\r\n",
        b"GE\x00T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_a_request_that_two_servers_could_read_differently_is_refused(server: Server, head: bytes) -> None:
    assert 400 <= status(server.say(head)) <= 505
    assert is_well(server)


def test_clients_that_hang_up_do_no_harm(server: Server) -> None:
    for cut in (
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: local",
        b"POST /receipt/ HTTP/1.1\r\nContent-Length: 50\r\n\r\nabc",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
            line.sendall(cut)
    assert is_well(server)
    assert "Traceback" not in server.log.read_text()
