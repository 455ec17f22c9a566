"""`write_snapshots`: the nightly batch that brings what is shown in line with the accepted reports."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from codes.ncci.words import counted
from contributions.reports import actions, snapshots
from contributions.reports.snapshots import Written


class Command(BaseCommand):
    help = (
        "Write the snapshots of denial reports that are due, leave withdrawn reports out, and hide codes below five. "
        "Nothing else changes what visitors see: run it nightly."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count the codes, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            self.stdout.write(f"Would look at {counted(len(snapshots.codes_to_write(today)), 'code')}.")
            return
        done = actions.write_snapshots(today)
        self.stdout.write(
            f"Wrote {done[Written.TAKEN]} snapshots, left reports out of {done[Written.TAKEN_AGAIN]}, "
            f"hid {done[Written.HIDDEN]}, held {done[Written.HELD]} for staff."
        )
