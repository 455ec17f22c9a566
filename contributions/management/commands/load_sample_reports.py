"""`load_sample_reports`: invented reports on two codes, for a local site only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contributions import options as app_options
from contributions.reports.sample import load_sample_reports


class Command(BaseCommand):
    help = "Write invented denial reports on two codes, marked as a sample. Refused on a public site."

    def handle(self, *args: Any, **options: Any) -> None:
        if not app_options.local_mode():
            raise CommandError("Invented reports belong on a local site only.")
        count = load_sample_reports(timezone.localdate())
        self.stdout.write(f"Wrote {count} invented reports.")
