from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CodesConfig(AppConfig):
    """The reference: codes, fee schedules, edits, and what they mean."""

    name = "codes"

    def ready(self) -> None:
        """Make the groups of staff after each migration."""
        from codes.admin.groups import make_groups

        post_migrate.connect(make_groups, sender=self, dispatch_uid="codes.groups")
