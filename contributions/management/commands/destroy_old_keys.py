"""`destroy_old_keys`: destroy the keys of months that ended thirty days ago or more, and what else has had its time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from contributions import keys, tokens
from contributions.toolkit import signing_up


class Command(BaseCommand):
    help = (
        "Destroy the keys of months that ended 30 days ago or more with the digests made with them; erase addresses "
        "and form tokens whose time is up. Run it daily."
    )

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
            addresses, spent = signing_up.forget(today), tokens.forget(today)
        self.stdout.write(
            f"Destroyed {len(months)} keys{_named(months)}. Erased {addresses} addresses and {spent} form tokens."
        )


def _named(months: list[str]) -> str:
    return f" ({', '.join(months)})" if months else ""
