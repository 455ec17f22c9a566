"""`send_digests`: mail each reviewer who asked for it what waits for them, once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contributions.mailing import digest


class Command(BaseCommand):
    help = "Mail staff who asked for it what waits for them: tips, reports, reported errors. Nothing waits: no mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count the mails, send none")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            self.stdout.write(f"Would send {len(list(digest.due(today)))} mails.")
            return
        sent, failed = digest.send(today)
        self.stdout.write(f"Sent {sent} mails to staff; {failed} were not sent.")
