#!/usr/bin/env python3
"""Two hosts behind Caddy with one PostgreSQL and one Redis: kill one, publish a tip, load a release, all under load.

    CMS_FILES=folder benchmarks/faults/two_hosts.py [--readers 4]

Needs Caddy, Redis and PostgreSQL, which it runs by itself; a host is a gunicorn with a folder of its own. Readers ask
through Caddy, with `deploy/Caddyfile`, for the page of a tip and for amounts of 2024-08-01, kept ones and new ones, and
visitors send reports. Exit code 1 where a visitor got an error other than `docs/scaling.md` states (502 for a form that
was on its way to the host that died), an amount is of no one release, a former tip or release is shown for longer than
the minute that is stated there, or an accepted report is lost.
"""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from quarter_under_load import CODES, SEEN_AFTER, address, figures, in_quiet
from reports import SETTINGS, report, tokens
from slow_clients import caddy
from trial import Site, end_with_the_script, free_port, postgres, site_on

TIP_OF = "99213"
KILLED = "one host killed"
FINE = {"page 200", "amount 200", "report 302"}
MOST_STALE = 60.0  # seconds: as long as the former page may be shown while the new one is made
PUBLISH = f"""
import time
from django.contrib.auth.models import User
from django.utils import timezone
from codes.actions import tips
from codes.models import Tip
writer, reviewer = (User.objects.create_user(name) for name in ("writer", "reviewer"))
tip = Tip.objects.filter(code="{TIP_OF}", state="published").first()
tip.text = "Change number 1."
tips.publish(tips.submit(tips.write(tip, writer), writer), reviewer, timezone.localdate())
print("changed", time.monotonic())
"""
RECEIPTS = "from contributions.models import Receipt; print('stored', Receipt.objects.count())"


@dataclass(slots=True)
class Seen:
    """What visitors got, by phase; what was shown, and when it was asked for."""

    known: dict[tuple[str, str], str]
    phase: str = "both hosts"
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    shown: list[tuple[float, str]] = field(default_factory=list)
    stale: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: int, began: float, shown: str = "") -> None:
        with self.lock:
            self.statuses.setdefault(self.phase, Counter())[f"{kind} {status}"] += 1
            self.milliseconds.setdefault(self.phase, []).append((time.monotonic() - began) * 1000)
            if shown:
                self.shown.append((began, shown))

    def stale_seconds(self, former: str, since: float) -> float:
        """For how long after a moment the former one was still shown to whoever asked then; 0 for never."""
        late = (began - since for began, shown in self.shown if shown == former)
        return max((0.0, *late))


def read(front: Site, seen: Seen, stop: threading.Event) -> None:
    """Ask until the stop event is set, by turns for the tip and for an amount."""
    while not stop.is_set():
        began = time.monotonic()
        answer = front.send("GET", f"/cpt/{TIP_OF}/")
        is_new = "Change number 1." in answer.text
        seen.note(
            "page", answer.status, began, f"tip {'new' if is_new else 'former'}" * (answer.status == 200)
        )
        path = address(code := secrets.choice(CODES))
        if secrets.randbelow(2):
            path += f"&charge={10_000 + secrets.randbelow(10**6)}"  # above any amount, which it would lower
        began = time.monotonic()
        answer = front.send("GET", path)
        found = seen.known.get((code, figures(answer.text)), "a mixture") if answer.status == 200 else ""
        seen.note("amount", answer.status, began, found)
        time.sleep(0.02)


def send_reports(front: Site, seen: Seen, stop: threading.Event, each: list[str]) -> None:
    """Send a report with each token."""
    for number, token in enumerate(each):
        if stop.is_set():
            return
        began = time.monotonic()
        seen.note("report", report(front, token, number).status, began)
        time.sleep(0.2)


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing on disk; its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=end_with_the_script)
    try:
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def hosts() -> Iterator[tuple[Site, Site, Site]]:
    """The two hosts, not yet serving, with one database, and what visitors talk to."""
    with ExitStack() as stack:
        base = stack.enter_context(redis())
        shared = {
            "CACHE_URL": f"{base}/0",
            "LIMITS_URL": f"{base}/1",
        }
        shared |= SETTINGS | {"REPORT_LIMITS": "100000/hour"}
        first = stack.enter_context(site_on(stack.enter_context(postgres()).url, **shared))
        var = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copy(first.var / "secret_key", var)
        second = Site(first.database_url, var, more=shared)
        yield first, second, Site(first.database_url, first.var, free_port())


def known_amounts(site: Site, old: str, new: str) -> dict[tuple[str, str], str]:
    """The amounts of both releases; the older one is in force afterwards, and the sample's tips are there."""
    site.manage("load_cms", new)
    with site.serving("/health/"):
        known: dict[tuple[str, str], str] = in_quiet(site)
        for line in site.manage("list_releases").splitlines()[:-1]:
            site.manage("retire_release", line.lstrip("* ").split()[0])
        site.manage("load_cms", old)
        time.sleep(SEEN_AFTER)
        known |= in_quiet(site)
    site.manage("load_sample")
    return known


def receipts(site: Site) -> int:
    """How many receipts were given."""
    return int(site.manage("shell", "--verbosity", "0", "--command", RECEIPTS).split("stored")[1])


def kill(server: subprocess.Popen[bytes]) -> None:
    """A host that loses its power: all its processes at once."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for pid in (server.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)


def faults(
    seen: Seen, first: Site, second: Site, server: subprocess.Popen[bytes], new: str, stop: threading.Event
) -> None:
    """One after the other; what was shown of the former tip and release afterwards is told at the end."""
    time.sleep(10)
    seen.phase = KILLED
    kill(server)
    time.sleep(15)
    seen.phase = "it comes back"
    with second.serving():
        time.sleep(8)
        seen.phase = "a tip is published"
        changed = float(first.manage("shell", "--verbosity", "0", "--command", PUBLISH).split("changed")[1])
        time.sleep(10)
        seen.phase = "a release is loaded"
        began = time.monotonic()
        first.manage("load_cms", new)
        loaded = time.monotonic()
        seen.phase = "afterwards"
        time.sleep(10)
        stop.set()
        time.sleep(3)
    print(f"the load took {loaded - began:.1f} s")
    seen.stale = {
        "the former tip": seen.stale_seconds("tip former", changed),
        "the former release": seen.stale_seconds("RVU24A", loaded),
    }


def run(files: Path, readers: int) -> list[str]:
    """The hosts, the load, the faults; what went wrong, as sentences."""
    old, new = str(files / "rvu24a.zip"), str(files / "rvu24c.zip")
    with hosts() as (first, second, front):
        seen, stop = Seen(known_amounts(first, old, new)), threading.Event()
        each, before = tokens(first, 2000), receipts(first)
        with first.serving(), second.serving() as server, caddy(front.port, first.port, second.port):
            work = [(read, (front, seen, stop))] * readers + [(send_reports, (front, seen, stop, each))]
            threads = [threading.Thread(target=target, args=arguments) for target, arguments in work]
            for thread in threads:
                thread.start()
            try:
                faults(seen, first, second, server, new, stop)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
        return verdict(seen, receipts(first) - before)


def verdict(seen: Seen, receipts_stored: int) -> list[str]:
    """Print what was seen, and say what went wrong."""
    wrong = []
    for phase, statuses in seen.statuses.items():
        slow = quantiles(seen.milliseconds[phase], n=100)
        said = (
            f"median {slow[49]:.0f} ms, p99 {slow[98]:.0f} ms, longest {max(seen.milliseconds[phase]):.0f} ms"
        )
        print(f"{phase:20} {said}; {dict(sorted(statuses.items()))}")
        fine = FINE | ({"report 502"} if phase == KILLED else set())
        wrong += [f"{phase}: {count} times {what}" for what, count in statuses.items() if what not in fine]
    accepted = sum(statuses["report 302"] for statuses in seen.statuses.values())
    print(f"{accepted} reports accepted, {receipts_stored} stored")
    if receipts_stored < accepted:
        wrong.append(f"{accepted} reports were accepted, {receipts_stored} are there.")
    if mixed := sum(shown == "a mixture" for _, shown in seen.shown):
        wrong.append(f"{mixed} amounts are of no one release.")
    for what, seconds in seen.stale.items():
        print(f"{what} was shown for {seconds:.1f} s")
        if seconds > MOST_STALE:
            wrong.append(f"{what} was shown for {seconds:.1f} s.")
    return wrong


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=4)
    if wrong := run(Path(os.environ["CMS_FILES"]), parser.parse_args().readers):
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
