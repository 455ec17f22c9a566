from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContributionsConfig(AppConfig):
    """What visitors send: denial reports and toolkit sign-ups."""

    name = "contributions"

    def ready(self) -> None:
        """Register the system checks, and the permissions of staff."""
        from contributions import checks  # noqa: F401
        from contributions.groups import let_reviewers_decide

        post_migrate.connect(let_reviewers_decide, sender=self)
