"""`send_toolkit_mail`: tell everybody on the list of the newest edition, once."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.queries import releases
from contributions.mailing import subscriptions
from contributions.toolkit import build
from contributions.toolkit.edition import NO_EDITION, edition


class Command(BaseCommand):
    help = (
        "Mail the newest edition to confirmed addresses that have not had it, and confirmations that failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count the mails, send none")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        newest = edition(releases.calendar(), today)
        if newest == NO_EDITION:
            raise CommandError(
                "No relative value file in force is loaded, so there is no edition to tell of."
            )
        due = subscriptions.how_many_due(newest)
        if options["dry_run"]:
            self.stdout.write(f"Would send {due} mails on {newest}.")
            return
        erased = subscriptions.forget(today)  # which was promised, whether or not a mail can go out
        if not settings.POSTAL_ADDRESS:
            self.report_waiting(subscriptions.how_many_due(newest))
            return
        build.build(today)
        result = subscriptions.send_edition(newest, today, time.time())
        self.stdout.write(
            f"Sent {result.sent} mails on {newest}; {result.failed} are to be tried again, "
            f"{result.refused} were refused for good and left the list. "
            f"Erased {erased} addresses that never confirmed or had left."
        )

    def report_waiting(self, due: int) -> None:
        """Without a postal address no mail may go out: an error only where somebody waits for one."""
        if due:
            raise CommandError(
                f"{due} mail{'' if due == 1 else 's'} can't go out: each must carry the postal address of whoever "
                "sends it (CAN-SPAM Act, 15 U.S.C. 7704(a)(5)). Set POSTAL_ADDRESS."
            )
        self.stdout.write("POSTAL_ADDRESS is not set, so no mail can go out. Nobody waits for one.")
