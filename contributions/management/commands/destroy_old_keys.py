"""`destroy_old_keys`: destroy the keys of years that ended thirty days ago or more, and what else has had its time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from contributions import tokens
from contributions.mailing import subscriptions
from contributions.reports import keys
from contributions.reports.erasing import forget_former_pages


class Command(BaseCommand):
    help = (
        "Destroy the keys of years that ended 30 days ago or more with the digests made with them, and the keys of "
        "past days; erase e-mail addresses that never confirmed or that left the toolkit's list after 30 days, and "
        "form tokens after two days. Run it daily."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            years = keys.old_years(today)
            self.stdout.write(f"Would destroy {len(years)} keys{_named(years)}.")
            return
        with transaction.atomic():
            forget_former_pages()
            years = keys.destroy_old_keys(today)
            addresses, spent = subscriptions.forget(today), tokens.forget(today)
        self.stdout.write(
            f"Destroyed {len(years)} keys{_named(years)}. Erased {addresses} e-mail addresses and {spent} form tokens."
        )


def _named(years: list[str]) -> str:
    return f" ({', '.join(years)})" if years else ""
