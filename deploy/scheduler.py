#!/usr/bin/env python3
"""cron for a container: runs the jobs of deploy/crontab at their minutes, one after the other, until it is stopped.

    deploy/scheduler.py [--skip NAME]

Minutes are those of the container's clock (UTC). PROJECT and BACKUPS of the environment stand above the file's. What a
job says goes where this one's output goes; a job that fails is logged with its exit code, and the next one runs.
SIGTERM ends it with exit code 0: the first process of a container is stopped by no signal that it doesn't handle.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = Path(__file__).with_name("crontab")
JOB = re.compile(r"(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S.*)")
ASSIGNMENT = re.compile(r"(\w+)=(.*)")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Job:
    """A line of a crontab: five fields, each `*` or a number, and the command."""

    fields: tuple[str, ...]
    command: str

    def is_due(self, at: datetime) -> bool:
        """Whether it runs in this minute. Sunday is 0 or 7, as cron has it."""
        now = (at.minute, at.hour, at.day, at.month, at.isoweekday() % 7)
        wanted = (*self.fields[:4], self.fields[4].replace("7", "0"))
        return all(field == "*" or int(field) == part for field, part in zip(wanted, now, strict=True))


def read(text: str) -> tuple[dict[str, str], list[Job]]:
    """The variables and the jobs of a crontab. Raises ValueError for a line that is neither."""
    variables, jobs = {}, []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("#"):
            continue
        if found := ASSIGNMENT.fullmatch(line):
            variables[found[1]] = found[2]
        elif (found := JOB.fullmatch(line)) and all(
            re.fullmatch(r"\*|\d+", each) for each in found.groups()[:5]
        ):
            jobs.append(Job(found.groups()[:5], found[6]))
        else:
            raise ValueError(f"{FILE.name}: not a job: {line}")
    return variables, jobs


def minutes(start: datetime) -> Iterator[datetime]:
    """Each minute from `start` on, once, also those that went by while a job ran."""
    at = start.replace(second=0, microsecond=0) + MINUTE
    while True:
        time.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))
        yield at
        at += MINUTE


def run(job: Job, environment: dict[str, str]) -> int:
    """Run one job; its exit code."""
    code = subprocess.run(["sh", "-c", job.command], env=environment, check=False).returncode
    if code:
        print(f"Exit code {code}: {job.command}", flush=True)
    return code


def main() -> None:
    """Run until SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--skip", action="append", default=[], metavar="NAME", help="a job that runs elsewhere"
    )
    skipped = parser.parse_args().skip
    variables, jobs = read(FILE.read_text(encoding="utf-8"))
    wanted = [job for job in jobs if not any(f'/deploy/job" {name}' in job.command for name in skipped)]
    environment = {**variables, **os.environ}
    print(f"{len(wanted)} jobs of {FILE.name}", flush=True)
    for at in minutes(datetime.now(UTC)):
        for job in wanted:
            if job.is_due(at):
                run(job, environment)


if __name__ == "__main__":
    main()
