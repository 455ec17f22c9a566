#!/usr/bin/env python3
"""Restart gunicorn under load, as systemd does it with `medpayiq.socket`, and count what visitors see of it.

    benchmarks/faults/restart.py [--restarts 2] [--rate 10]

The port belongs to this script, as it belongs to systemd, and outlasts the server. Visitors come at the rate (requests
a second), each on a connection of its own; meanwhile the server is stopped with SIGTERM and started again. Prints how
many requests were answered, how many were not, and the longest wait in seconds. Exit code 1 where one was not answered.
"""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from trial import ROOT, Site, end_with_the_script, sites

BACKLOG = 2048
PATIENCE = 120  # seconds that a visitor waits
PATHS = ("/", "/glossary/", "/cpt/99213/", "/health/")


@dataclass
class Visitors:
    """What visitors saw: the seconds that each waited, and the answers that were none."""

    site: Site
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def come(self, path: str) -> None:
        """One visitor."""
        thread = threading.Thread(target=self._visit, args=(path,))
        self.threads.append(thread)
        thread.start()

    def _visit(self, path: str) -> None:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            answer: object = connection.getresponse().status
        except (OSError, http.client.HTTPException) as fault:
            answer = repr(fault)
        finally:
            connection.close()
        self.seconds.append(time.monotonic() - began)
        if answer not in (200, 404):  # the site is empty: no code has a page
            self.failures.append(f"{path}: {answer} after {self.seconds[-1]:.1f} s")


def start(site: Site, port: socket.socket) -> subprocess.Popen[bytes]:
    """gunicorn with the port that it is given as file 3, as systemd hands it over."""
    command = "-m gunicorn --config deploy/gunicorn.conf.py medpayiq.wsgi"
    serve = f'LISTEN_FDS=1 LISTEN_PID=$$ exec "{sys.executable}" {command}'

    def hand_over() -> None:
        end_with_the_script()
        os.dup2(port.fileno(), 3)

    return subprocess.Popen(
        ["/bin/sh", "-c", serve], cwd=ROOT, env=site.environment, pass_fds=(3,), preexec_fn=hand_over
    )


def load(visitors: Visitors, rate: float, over: threading.Event) -> None:
    """Visitors at that rate until it is over."""
    number = 0
    while not over.wait(1 / rate):
        visitors.come(PATHS[number % len(PATHS)])
        number += 1


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--restarts", type=int, default=2)
    parser.add_argument("--rate", type=float, default=10)
    options = parser.parse_args()
    with sites("sqlite") as site, socket.socket() as port:
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        port.bind(("127.0.0.1", site.port))
        port.listen(BACKLOG)
        server = start(site, port)
        visitors, over = Visitors(site), threading.Event()
        try:
            site.wait_for("/health/")
            crowd = threading.Thread(target=load, args=(visitors, options.rate, over))
            crowd.start()
            for _ in range(options.restarts):
                time.sleep(3)
                server.terminate()
                server.wait(30)
                server = start(site, port)
                site.wait_for("/health/")
            time.sleep(3)
        finally:
            over.set()
            for thread in visitors.threads:
                thread.join(PATIENCE)
            server.terminate()
            server.wait(30)
    longest = max(visitors.seconds, default=0)
    failed = len(visitors.failures)
    print(f"{options.restarts} restarts: {len(visitors.seconds) - failed} answered, {failed} not, ", end="")
    print(f"longest wait {longest:.1f} s", *visitors.failures[:10], sep="\n  ")
    return bool(visitors.failures)


if __name__ == "__main__":
    raise SystemExit(main())
