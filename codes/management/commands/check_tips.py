"""`check_tips`: the published tips against the data that are loaded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.management.days import day
from codes.models import Tip, TipState
from codes.queries.releases import calendar
from codes.queries.tip_check import check_published, dates_of_releases, ties_of_published


class Command(BaseCommand):
    help = "List the published tips that contradict the loaded data. Exit code 1 if there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dos",
            type=day,
            action="append",
            metavar="YYYY-MM-DD",
            help="check the data of this day; without it, of each loaded release and of today",
        )

        parser.add_argument(
            "--ties", action="store_true", help="list the claim rule of each tip, or why none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dates = calendar()
        days = options["dos"] or dates_of_releases(dates, timezone.localdate())
        findings = [finding for at in days for finding in check_published(dates, at)]
        for finding in findings:
            for contradiction in finding.contradictions:
                self.stdout.write(
                    f"{finding.at} {finding.tip.subject} tip {finding.tip.order}: {contradiction}."
                )
        count = Tip.objects.filter(state=TipState.PUBLISHED).count()
        checked = ", ".join(f"{at:%Y-%m-%d}" for at in days)
        if findings:
            raise CommandError(f"{len(findings)} contradictions in {count} tips (data of {checked}).")
        self.stdout.write(f"{count} tips agree with the data of {checked}.")
        ties = ties_of_published(dates, timezone.localdate())
        if options["ties"]:
            for tip, tie in ties:
                named = tie.rule.name if tie.rule else f"no rule: {tie.why}"
                self.stdout.write(f"{tip.subject} tip {tip.order}: {named}")
        tied = sum(tie.rule is not None for _, tie in ties)
        self.stdout.write(
            f"{tied} tips say what a claim rule says; {len(ties) - tied} have none, each with why."
        )
