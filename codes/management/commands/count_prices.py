"""`count_prices`: how many code pages have an amount from some list, and why the others have none."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from codes.caching.versions import current_versions, versions_of_request
from codes.management.days import day
from codes.management.progress import at_work
from codes.queries.priced_pages import count_priced_pages
from codes.queries.releases import calendar


def _watched(codes: Sequence[str]) -> Iterable[str]:
    """A progress bar on a terminal, nothing in a pipe."""
    return tqdm(codes, unit=" pages", leave=False, disable=None)


class Command(BaseCommand):
    help = (
        "Count the code pages that have an amount from some list for a date that the list covers, by list, and the "
        "others by the reason that they give. Takes some ten seconds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=day, metavar="YYYY-MM-DD", help="as of this day instead of today")

    def handle(self, *args: Any, **options: Any) -> None:
        versions_of_request.set(current_versions())  # one version of the data from beginning to end
        with at_work("pricing every code page", self.stdout.write):
            counted = count_priced_pages(calendar(), options["at"] or timezone.localdate(), _watched)
        self.stdout.write(f"{counted.priced:,} of {counted.pages:,} code pages have an amount.")
        for name, count in counted.amounts.most_common():
            self.stdout.write(f"{count:>7,}  {name}")
        self.stdout.write(f"{sum(counted.reasons.values()):,} have none, because:")
        for reason, count in counted.reasons.most_common():
            self.stdout.write(f"{count:>7,}  {reason}")
