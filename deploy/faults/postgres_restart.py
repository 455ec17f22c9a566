#!/usr/bin/env python3
"""Stop and start PostgreSQL under load, and look at what readers and reporters get.

    deploy/faults/postgres_restart.py [--seconds 8] [--mode immediate]

Starts a PostgreSQL and a gunicorn of its own in a temporary folder, asks for pages and sends reports from several
threads, stops the database (as a crash by default), starts it again, and goes on. Ends with exit code 1 unless every
answer was 200, 302 or 503 with Retry-After, pages came again by themselves, and every accepted report is there.
Needs PostgreSQL's programs; as root it runs them as the user postgres.
"""

import argparse
import http.client
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = ("99213", "99214", "76376", "93000", "20610", "45380", "J1100", "G0439")
TOKENS = """
import time, sys
from contributions import tokens
for _ in range(int(sys.argv[1])):
    print(tokens.issue("99213", time.time() - 60))
"""
READERS, REPORTERS = 4, 1


@dataclass(slots=True)
class Answers:
    """What came back, by phase, and when."""

    phase: str = "before"
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    accepted: int = 0
    started_again: float = 0.0
    first_page_again: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: int, retry_after: str, what: str) -> None:
        """One answer; status 0 stands for none at all."""
        with self.lock:
            self.counts.setdefault(self.phase, Counter())[f"{kind} {status}"] += 1
            if status not in (200, 302, 503) or (status == 503 and not retry_after):
                self.bad.append(f"{self.phase}: {what} was answered with {status or 'nothing'}")
            if kind == "report" and status == 302:
                self.accepted += 1
            if status == 200 and self.started_again and not self.first_page_again:
                self.first_page_again = time.monotonic()


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL in a folder of its own, started and stopped by its own tools."""

    folder: Path
    port: int

    def run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program) or str(
            next(iter(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))))
        )
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_other, found, *arguments], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def make(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run(
            "initdb", "-D", f"{self.folder}/data", "--auth=trust", "--username=postgres", "--encoding=UTF8"
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder}"
        self.run(
            "pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start"
        )

    def stop(self, mode: str) -> None:
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", mode, "stop")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    """Status and Retry-After of one request; status 0 where nothing came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body or None, {"Host": "localhost", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Retry-After") or ""
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def read(port: int, answers: Answers, stop: threading.Event) -> None:
    """Ask for pages that nobody has asked for before, so that each needs the database."""
    while not stop.is_set():
        charge = secrets.randbelow(10**6)
        path = f"/cpt/{secrets.choice(CODES)}/?zip=36301&charge={charge}".replace(
            "/cpt/J", "/hcpcs/J"
        ).replace("/cpt/G", "/hcpcs/G")
        status, retry_after = ask(port, "GET", path)
        answers.note("page", status, retry_after, path)
        time.sleep(0.02)


def report(port: int, answers: Answers, stop: threading.Event, tokens: list[str]) -> None:
    """Send reports, each from a network of its own."""
    for number, token in enumerate(tokens):
        if stop.is_set():
            return
        form = {
            "payer_kind": "medicare",
            "reason": "CO-97",
            "token": token,
            "sure": "on",
            "csrfmiddlewaretoken": "a" * 32,
        }
        headers = {
            "Cookie": f"csrftoken={'a' * 32}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{number // 250}.{number % 250}.1",
        }
        status, retry_after = ask(port, "POST", "/reports/99213/new/", urlencode(form), **headers)
        answers.note("report", status, retry_after, "a report")
        time.sleep(0.1)


def manage(environment: dict[str, str], *arguments: str) -> str:
    """What a command of manage.py says."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def wait_until_ready(port: int) -> None:
    """Until /ready/ says so, for at most a minute."""
    for _ in range(240):
        if ask(port, "GET", "/ready/")[0] == 200:
            return
        time.sleep(0.25)
    raise SystemExit("The site does not become ready.")


def strike(postgres: Postgres, answers: Answers, seconds: float, mode: str) -> None:
    """Before, away, after: each for so many seconds."""
    time.sleep(seconds)
    answers.phase = "stopping"
    postgres.stop(mode)
    answers.phase = "away"
    time.sleep(seconds)
    answers.phase = "starting"
    postgres.start()
    answers.started_again = time.monotonic()
    time.sleep(2)
    answers.phase = "after"
    time.sleep(seconds)


def verdict(answers: Answers, kept: int) -> list[str]:
    """What went wrong, as sentences."""
    wrong = answers.bad[:10]
    after = answers.counts.get("after", Counter())
    if not answers.first_page_again:
        wrong.append("No page came after the database was back.")
    if after["page 503"] or not after["page 200"]:
        wrong.append(f"Two seconds after the database was back: {dict(after)}.")
    if kept < answers.accepted:
        wrong.append(f"{answers.accepted} reports were accepted and {kept} are there.")
    if not answers.counts.get("away", Counter())["page 503"]:
        wrong.append("The database was away, and nobody noticed: the load was none.")
    return wrong


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--mode", choices=["immediate", "fast"], default="immediate")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (home := Path(folder) / "pg").mkdir()
        (var := Path(folder) / "var").mkdir()
        postgres, port = Postgres(home, free_port()), free_port()
        environment = {
            **os.environ,
            "DATABASE_URL": f"postgres://postgres@127.0.0.1:{postgres.port}/postgres",
            "VAR_DIR": str(var),
            "BIND": f"127.0.0.1:{port}",
            "WORKERS": "2",
            "REPORT_PROXY_HOPS": "1",
            "REPORT_BURST": "100000/hour",
            "LOG_LEVEL": "ERROR",
        }
        postgres.make()
        postgres.start()
        try:
            run(postgres, environment, port, options)
        finally:
            postgres.stop("immediate")


def run(postgres: Postgres, environment: dict[str, str], port: int, options: argparse.Namespace) -> None:
    """The site, the load, the strike, the verdict."""
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "load_sample")
    code = TOKENS.replace("sys.argv[1]", str(int(options.seconds * 40)))
    tokens = re.findall(r"\S{20,}", manage(environment, "shell", "--verbosity", "0", "--command", code))
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "medpayiq.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    answers, stop = Answers(), threading.Event()
    try:
        wait_until_ready(port)
        threads = [threading.Thread(target=read, args=(port, answers, stop)) for _ in range(READERS)]
        threads += [
            threading.Thread(target=report, args=(port, answers, stop, tokens)) for _ in range(REPORTERS)
        ]
        for thread in threads:
            thread.start()
        strike(postgres, answers, options.seconds, options.mode)
        stop.set()
        for thread in threads:
            thread.join()
    finally:
        stop.set()
        server.terminate()
        server.wait(30)
    count = "from contributions.models import Report; print(Report.objects.filter(reporter__isnull=False).count())"
    kept = int(manage(environment, "shell", "--verbosity", "0", "--command", count).split()[-1])
    for phase, counts in answers.counts.items():
        print(f"{phase:9} {json.dumps(dict(sorted(counts.items())))}")
    waited = answers.first_page_again - answers.started_again
    print(f"{answers.accepted} reports accepted, {kept} kept; first page {waited:.2f} s after the start.")
    if wrong := verdict(answers, kept):
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
