from django.apps import AppConfig


class CodesConfig(AppConfig):
    """The reference: codes, fee schedules, edits, and what they mean."""

    name = "codes"
