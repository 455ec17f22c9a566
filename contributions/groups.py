"""What the reviewers among staff may do with reports; editors of tips have no business with them."""

from typing import Any

from django.contrib.auth.models import Group, Permission

REVIEWER = "reviewer"
PERMISSIONS = ("view_report", "change_report", "view_decision", "view_snapshot", "change_snapshot")


def let_reviewers_decide(sender: Any, **kwargs: Any) -> None:
    """After each migration: the group, with at least these permissions. What was added by hand stays."""
    group, _ = Group.objects.get_or_create(name=REVIEWER)
    found = Permission.objects.filter(content_type__app_label="contributions", codename__in=PERMISSIONS)
    group.permissions.add(*found)
