"""`destroy_old_keys`: destroy the keys of months that ended more than thirty days ago."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from contributions import keys


class Command(BaseCommand):
    help = "Destroy the keys of months that ended 30 days ago or more, and the digests made with them. Run it daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            months = keys.old_months(today)
            self.stdout.write(f"Would destroy {len(months)} keys{_named(months)}.")
            return
        with transaction.atomic():
            months = keys.destroy_old_keys(today)
        self.stdout.write(f"Destroyed {len(months)} keys{_named(months)}.")


def _named(months: list[str]) -> str:
    return f" ({', '.join(months)})" if months else ""
