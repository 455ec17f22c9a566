from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """What visitors send: denial reports and toolkit sign-ups."""

    name = "contributions"

    def ready(self) -> None:
        """Register the system checks."""
        from contributions import checks  # noqa: F401
