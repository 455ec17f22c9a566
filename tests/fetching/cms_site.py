"""A little CMS: landing pages, files, a license page, and the faults of the real one."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request. The site's `answers` say what becomes of it."""

    protocol_version = "HTTP/1.1"
    site: "Site"

    def do_GET(self) -> None:
        self.site.asked.append((self.path, self.headers.get("Range") or ""))
        answer = self.site.answers.get(self.path.partition("?")[0])
        if answer:
            answer(self)
        else:
            self.send(404, b"<!doctype html><title>gone</title>", "text/html")

    def send(self, status: int, content: bytes, kind: str = "application/zip", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""


class Site:
    """What the server knows: answers by path, and what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.base = ""

    def page(self, path: str, *links: str) -> None:
        """A page with these links."""
        html = "<!doctype html><title>CMS</title>" + "".join(
            f'<li><a href="{link}">file</a>' for link in links
        )
        self.answers[path] = lambda asked: asked.send(200, html.encode(), "text/html; charset=utf-8")

    def file(self, path: str, content: bytes, etag: str = '"one"') -> None:
        """A file that can be had in parts."""

        def answer(asked: Asked) -> None:
            start = _start(asked, etag)
            if start is None:
                asked.send(200, content, ETag=etag)
            elif start >= len(content):
                asked.send(416, b"", Content_Range=f"bytes */{len(content)}")
            else:
                span = f"bytes {start}-{len(content) - 1}/{len(content)}"
                asked.send(206, content[start:], ETag=etag, Content_Range=span)

        self.answers[path] = answer

    def breaking_off(self, path: str, content: bytes, after: int, times: int, etag: str = '"one"') -> None:
        """A file whose connection breaks `times` times, each time `after` bytes from where it began."""
        self.file(path, content, etag)
        whole, left = self.answers[path], [times]

        def answer(asked: Asked) -> None:
            if not left[0]:
                whole(asked)
                return
            left[0] -= 1
            start = _start(asked, etag) or 0
            asked.send_response(206 if start else 200)
            asked.send_header("ETag", etag)
            if start:
                asked.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            asked.send_header("Content-Length", str(len(content) - start))
            asked.end_headers()
            asked.wfile.write(content[start : start + after])
            asked.close_connection = True

        self.answers[path] = answer

    def failing(self, path: str, status: int, times: int) -> None:
        """The same answer as before, after `times` answers of `status`."""
        after, left = self.answers[path], [times]

        def answer(asked: Asked) -> None:
            if left[0]:
                left[0] -= 1
                asked.send(status, b"<!doctype html>busy", "text/html")
            else:
                after(asked)

        self.answers[path] = answer

    def slow(self, path: str, seconds: float, times: int) -> None:
        """The same answer as before, but silent for so long the first `times` times."""
        after, left = self.answers[path], [times]

        def answer(asked: Asked) -> None:
            if left[0]:
                left[0] -= 1
                time.sleep(seconds)
                asked.close_connection = True
            else:
                after(asked)

        self.answers[path] = answer

    def redirect(self, path: str, to: str) -> None:
        """A redirect."""
        self.answers[path] = lambda asked: asked.send(302, b"", "text/html", Location=to)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked.partition("?")[0] == path for asked, _ in self.asked)


class Quiet(ThreadingHTTPServer):
    """A client that hangs up is what some tests are about."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silence."""


def _start(asked: Asked, etag: str) -> int | None:
    """Where the part begins that is asked for; None where the whole is, or where the file has changed since."""
    span = asked.headers.get("Range")
    if not span or asked.headers.get("If-Range") != etag:
        return None
    return int(span.removeprefix("bytes=").rstrip("-"))


@contextmanager
def running() -> Iterator[Site]:
    """A site on a port of its own."""
    site = Site()
    handler = type("AskedHere", (Asked,), {"site": site})
    server = Quiet(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
