"""`check_data`: what is missing, contradictory or stale in the loaded data."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.management.days import day
from codes.queries.contradictions import contradictions
from codes.queries.data_health import needed, stale, untyped
from codes.queries.releases import calendar


class Command(BaseCommand):
    help = (
        "Say what is missing, contradictory or stale in the loaded data, how old it is and which pages it "
        "leaves without a price. Prints nothing where all is well. Exit code 1 if there is anything, for cron: "
        "it then prints to standard output what to look at."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=day, metavar="YYYY-MM-DD", help="as of this day instead of today")
        parser.add_argument(
            "--allow-stale",
            action="store_true",
            help="do not fail for what is stale, and print nothing where there is nothing else: for cron, which mails "
            "whatever is printed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, dates = options["at"] or timezone.localdate(), calendar()
        grave = [*needed(dates, at), *contradictions(dates, at)]
        old = [*stale(dates, at), *untyped(at)]
        if options["allow_stale"] and not grave:
            return
        for found in (*grave, *old):
            self.stdout.write(f"{found.kind.value}: {found.sentence}")
        if grave or old:
            raise CommandError(f"{len(grave) + len(old)} findings in {len(dates.releases)} releases on {at}.")
