"""`list_releases`: what is loaded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from codes.models.release import Release, Source
from codes.queries.releases import calendar


class Command(BaseCommand):
    help = "List the releases with key, first day, rows and state. An asterisk marks those in force today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", choices=Source.values, help="only this source")
        parser.add_argument("--all", action="store_true", help="retired ones too")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        dates = calendar()
        releases = Release.objects.all() if options["all"] else Release.objects.ready()
        if options["source"]:
            releases = releases.filter(source=options["source"])
        for release in releases:
            mark = "*" if release == dates.in_force(release.source, today) else " "
            sample = " sample" if release.is_sample else ""
            self.stdout.write(
                f"{mark} {release.pk:>4}  {release.effective_from}  {release.name:<24} {release.row_count:>9,} rows  "
                f"{release.state}{sample}  {release.get_source_display()}"
            )
        self.stdout.write(f"{releases.count()} releases.")
