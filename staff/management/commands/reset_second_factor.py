"""Forget a second factor."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from staff.second_factor import remove


class Command(BaseCommand):
    help = (
        "Forget the authenticator app and the recovery codes of a member of staff who lost both. They set up a new app "
        "at the next log-in, with the password alone: be sure who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f'There is no account "{name}".')
        if not remove(user):
            raise CommandError(f"{name} has no second factor.")
        self.stdout.write(
            f"The second factor of {name} is forgotten: a new one is set up at the next log-in."
        )
