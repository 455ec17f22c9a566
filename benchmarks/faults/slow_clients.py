#!/usr/bin/env python3
"""Let hundreds of slow clients trickle bytes, and look at what an ordinary visitor waits.

    benchmarks/faults/slow_clients.py [--clients 200] [--seconds 40] [--without-proxy]

Needs Caddy, which runs with `deploy/Caddyfile` before a gunicorn of two processes. A third of the clients send a header
byte by byte, a third a body, and a third read a page by a few bytes at a time; whoever is thrown out comes again. One
visitor looks up codes that were not kept, before and meanwhile; each look-up must be answered. Exit code 1 otherwise.
`--without-proxy` lets them all talk to gunicorn, to show what the proxy is for.
"""

import argparse
import asyncio
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from statistics import quantiles

from trial import ROOT, Site, free_port, send, sites

HEAD = b"Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = {
    "header": b"GET /cpt/99213/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"y" * 4000,
    "body": b"POST /receipt/ HTTP/1.1\r\n" + HEAD + b"Content-Length: 4000\r\n\r\n" + b"x" * 4000,
    "reader": b"GET /cpt/99213/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
}
AT_ONCE = {"header": 20, "body": SLOW["body"].index(b"xxxx"), "reader": len(SLOW["reader"])}


# What Caddy called these before version 2.7.
OLD_WORDS = {
    "request_buffers 1MB": "buffer_requests",
    "response_buffers 4MB": "buffer_responses\nmax_buffer_size 4MB",
}


def caddyfile(*behind: int) -> str:
    """The project's own, without the admin's port, and before this machine's gunicorns."""
    text: str = (ROOT / "deploy" / "Caddyfile").read_text()
    hosts = " ".join(f"127.0.0.1:{port}" for port in behind)
    text = text.replace("web:8000", hosts).replace("{\n", "{\n\tadmin off\n", 1)
    if len(behind) > 1:  # docs/scaling.md
        text = text.replace("health_uri", "fail_duration 10s\n\t\thealth_uri", 1)
    version = subprocess.run(["caddy", "version"], check=True, capture_output=True, text=True).stdout
    if [int(number) for number in re.findall(r"\d+", version)[:2]] < [2, 7]:
        for new, old in OLD_WORDS.items():
            text = text.replace(new, old)
    return text


@contextmanager
def caddy(port: int, *behind: int) -> Iterator[None]:
    """Caddy with the project's own file, without TLS."""
    with tempfile.TemporaryDirectory() as home:
        (config := Path(home) / "Caddyfile").write_text(caddyfile(*behind))
        environment = {**os.environ, "SITE": f"http://localhost:{port}", "HOME": home, "XDG_DATA_HOME": home}
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(config)]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if send(port, "GET", "/health/", "", {"Host": f"localhost:{port}"}).status == 200:
                    break
                time.sleep(0.1)
            else:
                raise SystemExit("Caddy does not answer.")
            yield
        finally:
            process.terminate()
            process.wait(20)


async def trickle(port: int, kind: str, ends: Counter[str]) -> None:
    """Be slow, again and again."""
    while True:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.setblocking(False)
        with suppress(OSError, TimeoutError):
            await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
            await slowly(line, kind)
        ends[kind] += 1
        line.close()
        await asyncio.sleep(0.2)


async def slowly(line: socket.socket, kind: str) -> None:
    """A byte each half second, sent or read, until the other side has had enough."""
    loop, bytes_sent = asyncio.get_running_loop(), AT_ONCE[kind]
    await loop.sock_sendall(line, SLOW[kind][:bytes_sent])
    while True:
        await asyncio.sleep(0.5)
        if kind == "reader":
            if not await loop.sock_recv(line, 16):
                return
        else:
            await loop.sock_sendall(line, SLOW[kind][bytes_sent : bytes_sent + 1])
            bytes_sent += 1


async def crowd(port: int, clients: int, ends: Counter[str], stop: threading.Event) -> None:
    """So many slow clients, until the stop event is set."""
    kinds = list(SLOW)
    tasks = [asyncio.create_task(trickle(port, kinds[n % len(kinds)], ends)) for n in range(clients)]
    while not stop.is_set():
        await asyncio.sleep(0.2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def price_code(port: int, seconds: float, first: int) -> tuple[Counter[int], list[float]]:
    """An ordinary visitor: statuses, and milliseconds of each look-up."""
    statuses: Counter[int] = Counter()
    times: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        first, began = first + 1, time.monotonic()
        path = f"/cpt/99213/?zip=36301&charge={first}"
        statuses[send(port, "GET", path, "", {"Host": f"localhost:{port}"}).status] += 1
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.1)
    return statuses, times


def said(what: str, statuses: Counter[int], times: list[float]) -> str:
    """One line of figures."""
    ranks = quantiles(times, n=100) if len(times) > 1 else times * 99
    return (
        f"{what}: {len(times)} look-ups {dict(statuses)}, median {ranks[49]:.0f} ms, p99 {ranks[98]:.0f} ms, "
        f"longest {max(times):.0f} ms"
    )


def run(site: Site, clients: int, seconds: float, with_proxy: bool) -> None:
    """Quiet, then the crowd."""
    site.manage("load_sample")
    port = free_port() if with_proxy else site.port
    ends: Counter[str] = Counter()
    stop = threading.Event()
    with site.serving(), caddy(port, site.port) if with_proxy else nullcontext():
        print(said("alone", *price_code(port, seconds / 2, 1)))
        slow = threading.Thread(target=lambda: asyncio.run(crowd(port, clients, ends, stop)))
        slow.start()
        try:
            time.sleep(3)
            statuses, times = price_code(port, seconds, 100_000)
        finally:
            stop.set()
            slow.join()
    print(said(f"beside {clients} slow clients", statuses, times))
    print(f"Slow clients were thrown out or came to their end: {dict(ends)}.")
    if set(statuses) != {200}:
        raise SystemExit("Not every look-up was answered.")


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--without-proxy", action="store_true")
    options = parser.parse_args()
    with sites("sqlite", WORKERS="2") as site:
        run(site, options.clients, options.seconds, not options.without_proxy)


if __name__ == "__main__":
    main()
