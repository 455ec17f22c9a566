"""`build_downloads`: the search index, the fee schedules of all localities and the lists of changes, as files."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.exports.build import build_downloads
from codes.queries import lexicon
from codes.queries.releases import calendar


class Command(BaseCommand):
    help = (
        "Build what is not there yet: the search index, fee schedules of the last year, in force and to come, of every "
        "locality, and what each release changed. Files of releases that are gone go. Twice does no harm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be built, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(built_in_words(self.stdout.write, dry_run=options["dry_run"]))
        except OSError as fault:
            raise CommandError(
                f"The store of downloads said: {fault}. Is there room? Run it again."
            ) from fault


def built_in_words(tell: Callable[[str], object], *, dry_run: bool = False) -> str:
    """Build them, the search index first, and say in a sentence what was built."""
    today = timezone.localdate()
    if not dry_run and lexicon.store(calendar(), today):
        tell("built the search index")
    found = build_downloads(calendar(), today, tell, dry_run=dry_run)
    if dry_run:
        return f"Would build {found.new:,} downloads; {found.there:,} are there."
    return (
        f"Built {found.new:,} downloads ({found.size / 1e6:,.1f} MB); {found.there:,} were there; "
        f"{found.removed:,} that nothing names any more are gone."
    )
