from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """What visitors send: denial reports and toolkit sign-ups."""

    name = "contributions"
