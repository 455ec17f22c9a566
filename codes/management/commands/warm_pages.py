"""`warm_pages`: the pages that are asked for most, made before anybody asks."""

from argparse import ArgumentParser
from math import inf
from typing import Any

from django.core.management.base import BaseCommand

from codes.management import warming


class Command(BaseCommand):
    help = (
        f"Make the {warming.MOST_PAGES:,} pages that are asked for most, in {warming.MOST_SECONDS // 60} minutes at "
        "most, where processes share a cache (files, or a Redis); nothing where each process has its own (locmem://)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="make the page of every code, however long that takes: run it by night, at the lowest priority",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        most, seconds = (None, inf) if options["all"] else (warming.MOST_PAGES, warming.MOST_SECONDS)
        warming.warm(self.stdout.write, most=most, seconds=seconds)
