from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContributionsConfig(AppConfig):
    """What visitors send: denial reports and toolkit sign-ups."""

    name = "contributions"

    def ready(self) -> None:
        """Register the system checks, the permissions of staff, and what Django does not log."""
        from contributions import checks  # noqa: F401
        from contributions.groups import let_reviewers_decide
        from contributions.views.no_log import keep_refusals_unlogged

        keep_refusals_unlogged()
        post_migrate.connect(let_reviewers_decide, sender=self)
