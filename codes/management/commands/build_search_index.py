"""`build_search_index`: the index that all processes search, as a file among the downloads."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.queries import lexicon
from codes.queries.releases import calendar


class Command(BaseCommand):
    help = "Build the search index of the data as they are, and tomorrow's where it is another. Twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """No arguments."""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = lexicon.store(calendar(), timezone.localdate())
        except OSError as fault:
            raise CommandError(
                f"The store of downloads said: {fault}. Is there room? Run it again."
            ) from fault
        self.stdout.write("built the search index" if built else "the search index was there")
