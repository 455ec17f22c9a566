"""`unsubscribe_bounces`: take addresses off the toolkit's list whose mail came back."""

import sys
from argparse import ArgumentParser, FileType
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contributions.mailing import subscriptions


class Command(BaseCommand):
    help = "Take bounced addresses off the list: one a line, from a file or from standard input. No address is printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=FileType("r", encoding="utf-8"), default=sys.stdin)

    def handle(self, *args: Any, **options: Any) -> None:
        addresses = {line.strip().lower() for line in options["file"] if line.strip()}
        left = subscriptions.bounced(addresses, timezone.localdate())
        self.stdout.write(f"{left} of {len(addresses)} addresses left the list; the others were not on it.")
