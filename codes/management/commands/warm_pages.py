"""`warm_pages`: the pages that are asked for most, made before anybody asks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from codes.management import warming


class Command(BaseCommand):
    help = (
        f"Make the {warming.MOST_PAGES:,} pages that are asked for most, in {warming.MOST_SECONDS // 60} minutes at "
        "most, where processes share a cache (CACHE_URL names a Redis); nothing where each keeps its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """No arguments."""

    def handle(self, *args: Any, **options: Any) -> None:
        warming.warm(self.stdout.write)
